"""`columns`: the list of a dataset's columns tells a reader what each one holds.

`report`: `single` (only one named), `repeated` (one written twice), `blank` (an item without a name), `unexplained`
(none of several has its explanation in brackets), `datum` (longitude or latitude without the reference system),
`cut` (the list ends in an ellipsis).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from metalint.checks.kinds import OfValue, Params, Words
from metalint.later import pattern
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {"report": {"enum": ["single", "repeated", "blank", "unexplained", "datum", "cut"]}},
    "required": ["report"],
    "additionalProperties": False,
}
_NESTED = pattern(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|「[^「」]*」")
_BETWEEN = pattern(r"[、,，;；`\n\r|]|\t")
_TWICE = pattern(r"[、,，;；|`][ \t]*[、,，;；|`]")
_NUMBERED = pattern(r"^\s*[0-9]{1,2}\s*[.．、)）:：]\s*")
_COORDINATE = pattern(r"經度|緯度|經緯度|(?i:\b(?:longitude|latitude)\b)|座標|坐標")
_DATUM = pattern(r"(?i)TWD|WGS|GPS|EPSG|TM2|二度分帶|SRID|CRS|GRS|ITRF")
_CUT = pattern(r"(?:\.{3}|…)+\s*(?:[(（]?詳(?:內|見)[^)）]*[)）]?)?\s*[)）]?\s*$|[(（]\.{3}詳內[)）]")


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    judges: dict[str, Callable[[str], Iterable[Finding]]] = {
        "single": _single,
        "repeated": _repeated,
        "blank": _blank,
        "unexplained": _unexplained,
        "datum": _datum,
        "cut": _cut,
    }
    triggers = {"datum": "度標Ll", "cut": ".…"}
    report = str(params["report"])
    return OfValue(judges[report], triggers.get(report))


@lru_cache(maxsize=8)  # several rules look at the same text one after the other
def names(text: str) -> tuple[str, ...]:
    """Return the named columns without their explanations, in order; an item without a name is an empty text."""
    while (flat := _NESTED.sub("", text)) != text:
        text = flat
    return tuple(_NUMBERED.sub("", item).strip(" \t\r\n\"'。.") for item in _BETWEEN.split(text))


@lru_cache(maxsize=8)
def _whole(text: str) -> str:
    """Return the list without its brackets and what separates inside them: each column is in one piece."""
    while (flat := _NESTED.sub(lambda match: _BETWEEN.sub(" ", match.group()[1:-1]), text)) != text:
        text = flat
    return text


def _single(text: str) -> Iterable[Finding]:
    if len(text) > 80:
        return ()
    named = [name for name in names(text) if name]
    plain = len(named) == 1 and len(named[0]) <= 12 and not re.search(r"[\s。：:]", named[0])
    return (Finding({"name": named[0]}),) if plain else ()


def _repeated(text: str) -> Iterable[Finding]:
    # Tables in several parts, prose, and lists with commas inside an item name the same thing again with reason.
    if re.search(r"[\n\t`。：:]", text.strip()):
        return ()
    seen: set[str] = set()
    for name in map(str.strip, _BETWEEN.split(_whole(text))):
        if name and name in seen:
            return (Finding({"name": name}),)
        seen.add(name)
    return ()


def _blank(text: str) -> Iterable[Finding]:
    # A line break after a separator is one separation, not two.
    bare = _whole(text).strip(" \t\r\n、,，;；`|。")
    match = _TWICE.search(bare)
    if match is None:
        return ()
    before = [item for item in _BETWEEN.split(bare[: match.start()]) if item.strip()]
    return (Finding({"number": len(before) + 1}),)


def _unexplained(text: str) -> Iterable[Finding]:
    if re.search(r"[(（:：\[「]", text):
        return ()
    named = [name for name in names(text) if name]
    if len(named) < 3:
        return ()
    return (Finding({"count": len(named)}),) if all(len(name) <= 20 for name in named) else ()


def _datum(text: str) -> Iterable[Finding]:
    match = _COORDINATE.search(text)
    return (Finding({"found": match.group()}),) if match and not _DATUM.search(text) else ()


def _cut(text: str) -> Iterable[Finding]:
    match = _CUT.search(text)
    return (Finding({"found": match.group().strip()}),) if match else ()
