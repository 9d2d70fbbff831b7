"""`order`: the first given date is not after the second."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from metalint import dates
from metalint.checks.kinds import Fields, OfRecord, Params, Words
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {"slack": {"type": "integer", "description": "days by which the order may be off"}},
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge."""
    first, second = given
    slack = int(str(params.get("slack", 0)))

    def judge(fields: Fields, today: date) -> Iterable[Finding]:  # noqa: ARG001
        before, after = fields.get(first), fields.get(second)
        if not before or not after:
            return ()
        earlier, later = dates.read(str(before[0].value)), dates.read(str(after[0].value))
        if earlier.day is None or later.day is None or (earlier.day - later.day).days <= slack:
            return ()
        if later.kind in ("year", "month") and earlier.day.year == later.day.year:
            return ()  # the later date is only known by its year
        detail = {"first": before[0].value, "second": after[0].value}
        return (Finding(detail, pointer=before[0].pointer),)

    return OfRecord(judge, (first,), looks=tuple(given))
