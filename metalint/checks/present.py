"""`present`: at least one of the given fields has a value; with `each`, in each of the record's distributions.

A row of a table that has no distributions of its own, only cells about them, is judged as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from metalint.checks.kinds import Fields, OfRecord, Params, Words
from metalint.fields import FIELDS
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {"each": {"type": "boolean"}},
    "additionalProperties": False,
}


_PARTS = tuple(name for name in FIELDS if name.split(".")[0] == "distribution")


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge."""

    def judge(fields: Fields, today: date) -> Iterable[Finding]:  # noqa: ARG001
        for name in given:
            if name in fields:
                return ()
        return (Finding(field=given[0]),)

    def judge_each(fields: Fields, today: date) -> Iterator[Finding]:
        parts = fields.get("distribution", ())
        if not parts or not isinstance(parts[0].value, dict):
            if any(name.startswith("distribution.") for name in fields):
                yield from judge(fields, today)
            return
        filled = {at.pointer[: len(parts[0].pointer)] for name in given for at in fields.get(name, ())}
        for part in parts:
            if part.pointer not in filled:
                at = part.pointer[-1]  # a number, unless the only one is written without its list
                yield Finding({"number": at + 1 if isinstance(at, int) else 1}, pointer=part.pointer)

    return OfRecord(judge_each, _PARTS) if params.get("each") else OfRecord(judge, absence=tuple(given))
