"""`future`: none of the given dates lies after today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from metalint import dates
from metalint.checks.kinds import Fields, OfRecord, Params, Words
from metalint.model import Finding

PARAMS: Params = {"type": "object", "properties": {}, "additionalProperties": False}
_DAY = timedelta(days=1)  # a portal on the other side of the date line is a day ahead


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge."""

    def judge(fields: Fields, today: date) -> Iterator[Finding]:
        latest = today + _DAY if today < date.max else today
        for name in given:
            for at in fields.get(name, ()):
                day = dates.read(str(at.value)).day
                if day is not None and day > latest:
                    yield Finding({"day": day.isoformat(), "today": today.isoformat()}, pointer=at.pointer)

    return OfRecord(judge, tuple(given), looks=tuple(given))
