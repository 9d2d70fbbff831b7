"""`repeated`: no value stands twice in a field; with `exact`, case and width count.

台 and 臺 are two spellings that people search for: a keyword in both is no copy.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from metalint.checks.kinds import Fields, OfRecord, Params, Peers, Words
from metalint.model import At, Finding, Json
from metalint.vocabulary import fold

PARAMS: Params = {
    "type": "object",
    "properties": {"exact": {"type": "boolean"}},
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge."""
    exact = bool(params.get("exact"))

    def judge(fields: Fields, today: date) -> Iterator[Finding]:  # noqa: ARG001
        for name in given:
            values = fields.get(name, ())
            if len(values) < 2:
                continue
            seen: dict[str, str] = {}
            for number, at in enumerate(values):
                text = str(at.value)
                key = text if exact else unicodedata.normalize("NFKC", text).casefold().strip()
                if key and key in seen:
                    instead, part = _without(values, number)
                    yield Finding({"first": seen[key], "again": text}, instead, at.pointer, part=part)
                seen.setdefault(key, text)

    def doubt(peers: Peers) -> Iterator[int]:
        for name in given:
            columns = peers.each(_as_written if exact else _folded, name)
            if len(columns) > 1:
                rows = zip(*columns, strict=True)
                yield from (number for number, row in enumerate(rows) if len(set(row)) < len(row))

    return OfRecord(judge, (given[0],), looks=tuple(given), doubt=doubt)


def _without(values: Sequence[At], number: int) -> tuple[tuple[Json, ...] | None, tuple[int, int] | None]:
    """Return what takes a value away: all of it, or a piece of a joined cell with what parts it from the one before."""
    at, before = values[number], values[number - 1]
    if at.part is None:
        return (), None
    if before.part is None or before.pointer != at.pointer:
        return None, None
    return ("",), (before.part[1], at.part[1])


def _as_written(values: Sequence[Json]) -> list[str]:
    return list(map(str, values))


def _folded(values: Sequence[str]) -> list[str]:
    """Return keys that are equal for all values that count as equal, and perhaps for more."""
    return list(map(fold, values))
