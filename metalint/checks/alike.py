"""`alike`: the first given field does not say the same as one of the others.

`how`: `same` (equal), or `inside` (the first stands wholly within the other and adds nothing). Case, width,
punctuation and 台/臺 do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import compress, count
from operator import eq, itemgetter
from typing import Any

from metalint.checks.kinds import Fields, OfRecord, Params, Peers, Words
from metalint.model import Finding, Json
from metalint.vocabulary import fold

PARAMS: Params = {
    "type": "object",
    "properties": {"how": {"enum": ["same", "inside"]}},
    "required": ["how"],
    "additionalProperties": False,
}
_SPARE = 8  # signs that folding may take away, beside a third of a text
_FIRST = itemgetter(slice(1))


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge."""
    inside = params["how"] == "inside"
    name, others = given[0], given[1:]
    if not others:
        raise ValueError("given: a field, then those that it is compared with")

    def judge(fields: Fields, today: date) -> Iterator[Finding]:  # noqa: ARG001
        for other in others:
            for there in fields.get(other, ()):
                for at in fields.get(name, ()):
                    if _alike(at.value, there.value, inside=inside):
                        yield Finding({"other": other, "said": there.value, "value": at.value}, pointer=at.pointer)

    def doubt(peers: Peers) -> Iterator[int]:
        look, compare = (_sizes, _may_fit) if inside else (_first_signs, _may_be_same)
        for other in others:
            for theirs, there in zip(peers.values(other), peers.each(look, other), strict=True):
                for ours, here in zip(peers.values(name), peers.each(look, name), strict=True):
                    yield from (at for at in compare(here, there) if _alike(ours[at], theirs[at], inside=inside))

    return OfRecord(judge, (name,), looks=tuple(given), doubt=doubt)


class _Signs(dict[str, str]):
    """What folding makes of a sign, where that is sure; else an empty text."""

    def __missing__(self, sign: str) -> str:
        small = "臺" if sign == "台" else sign.lower() if sign.isascii() else sign
        sure = "一" <= small <= "鿿" or "a" <= small <= "z" or "0" <= small <= "9"  # folding leaves it as it is
        self[sign] = small if sure else ""
        return self[sign]


_SIGNS = _Signs()


def _first_signs(texts: Sequence[Any]) -> list[Any]:
    return list(map(_SIGNS.__getitem__, map(_FIRST, texts)))


def _sizes(texts: Sequence[Any]) -> list[Any]:
    return list(map(len, texts))


def _may_be_same(ours: Sequence[Any], theirs: Sequence[Any]) -> Iterable[int]:
    """Return where two texts may be the same, told by their first signs: all rows at once, if all signs are sure."""
    if "" in ours or "" in theirs:
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [at for at, (one, two) in pairs if one == two or not one or not two]
    return compress(count(), map(eq, ours, theirs))


def _may_fit(ours: Sequence[Any], theirs: Sequence[Any]) -> Iterable[int]:
    """Return where the first text may stand in the second, told by their sizes."""
    pairs = enumerate(zip(ours, theirs, strict=True))
    return [at for at, (size, room) in pairs if size <= room + room // 2 + _SPARE]


def _alike(text: Json, said: Json, *, inside: bool) -> bool:
    if not isinstance(text, str) or not isinstance(said, str):
        return False
    # Folding costs, and most texts differ at first sight.
    if not inside and (_differ(text[:1], said[:1]) or _differ(text[-1:], said[-1:])):
        return False
    size, room = len(text), len(said)
    if size > room + room // 2 + _SPARE or (not inside and room > size + size // 2 + _SPARE):
        return False
    one, two = fold(text), fold(said)
    return bool(one) and (one == two or (inside and one in two))


def _differ(one: str, two: str) -> bool:
    first, second = _SIGNS[one], _SIGNS[two]
    return bool(first and second) and first != second
