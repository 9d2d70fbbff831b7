"""`matches`: the format a resource declares agrees with the ending of its address.

Only where the address ends in a suffix that exactly one family of formats uses: `.csv`, `.json`, `.xlsx` …; a page
(`.aspx`, `.php`) or an archive says nothing about what it delivers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from metalint.checks.kinds import Fields, OfRecord, Params, Words
from metalint.model import Finding

PARAMS: Params = {"type": "object", "properties": {}, "additionalProperties": False}
_SILENT = ("archive", "service", "page")  # what holds or hands over other formats
_ENDING = re.compile(r"\.([A-Za-z0-9]{2,7})(?:[?#].*)?$")


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge."""
    formats = words.vocabulary("formats")
    by_ending: dict[str, set[str]] = {}
    silent: set[str] = set()
    for term in formats.terms:
        endings = term.facts.get("extensions")
        for ending in endings if isinstance(endings, list) else []:
            by_ending.setdefault(str(ending).lstrip("."), set()).add(term.id)
            if any(term.facts.get(fact) for fact in _SILENT):
                silent.add(str(ending).lstrip("."))
    declared, addresses = given[0], given[1:]

    def judge(fields: Fields, today: date) -> Iterator[Finding]:  # noqa: ARG001
        said = fields.get(declared, ())
        if not said:
            return
        urls = [at for name in addresses for at in fields.get(name, ())]
        for at in said:
            beside = [url for url in urls if _together(at.pointer, url.pointer)]
            # A list of formats beside a list of addresses names no pairs: one of each is a pair.
            if len(beside) != 1 or sum(_together(other.pointer, beside[0].pointer) for other in said) != 1:
                continue
            ending = _ENDING.search(str(beside[0].value).split("?")[0])
            term = formats.find(str(at.value))
            if ending is None or term is None or any(term.facts.get(fact) for fact in _SILENT):
                continue
            found = by_ending.get(ending[1].lower())
            if found and term.id not in found and ending[1].lower() not in silent:
                yield Finding({"said": at.value, "found": "." + ending[1]}, pointer=at.pointer)

    return OfRecord(judge, (declared,))


def _together(one: tuple[str | int, ...], two: tuple[str | int, ...]) -> bool:
    """Tell whether two values belong to the same resource: the same object, or cells of one row."""
    return one[:-1] == two[:-1]
