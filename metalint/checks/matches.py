"""`matches`: the format a resource declares agrees with the ending of its address.

Only where the address ends in a suffix that exactly one family of formats uses: `.csv`, `.json`, `.xlsx` …; a page
(`.aspx`, `.php`) or an archive says nothing about what it delivers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from metalint.checks.kinds import Fields, OfRecord, Params, Peers, Words
from metalint.model import Finding, Json

PARAMS: Params = {"type": "object", "properties": {}, "additionalProperties": False}
_SILENT = ("archive", "service", "page")  # what holds or hands over other formats
_LONGEST = 8  # letters of an ending and its point


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
            ending = _ending(beside[0].value)
            if differ(str(at.value), ending):
                yield Finding({"said": at.value, "found": "." + ending}, pointer=at.pointer)

    @lru_cache(maxsize=4096)
    def differ(said: str, ending: str) -> bool:
        term, found = formats.find(said), by_ending.get(ending.lower())
        if not found or ending.lower() in silent or term is None or any(term.facts.get(fact) for fact in _SILENT):
            return False
        return term.id not in found

    def doubt(peers: Peers) -> Iterator[int]:
        addressed = [
            (place, endings)
            for name in addresses
            for place, endings in zip(peers.places(name), peers.each(_endings, name), strict=True)
        ]
        for place, said in zip(peers.places(declared), peers.values(declared), strict=True):
            for other, endings in addressed:
                if _together(place, other):
                    pairs = zip(said, endings, strict=True)
                    yield from (number for number, (one, two) in enumerate(pairs) if two and differ(str(one), two))

    return OfRecord(judge, (declared,), looks=tuple(given), doubt=doubt)


def _endings(addresses: Sequence[Json]) -> list[str]:
    return list(map(_ending, addresses))


def _ending(address: Json) -> str:
    """Return what stands after the last point of an address's path, if that is short and plain; else nothing."""
    path = str(address)
    if "?" in path or "#" in path:
        path = path.partition("?")[0].partition("#")[0]
    ending = path.rstrip()[-_LONGEST:].rpartition(".")[2]
    return ending if 1 < len(ending) < _LONGEST and ending.isalnum() and ending.isascii() else ""


def _together(one: tuple[str | int, ...], two: tuple[str | int, ...]) -> bool:
    """Tell whether two values belong to the same resource: the same object, or cells of one row."""
    return one[:-1] == two[:-1]
