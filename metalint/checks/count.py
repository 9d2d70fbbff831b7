"""`count`: a field that is there has at least `min` and at most `max` values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from metalint.checks.kinds import Fields, OfRecord, Params, Words
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {"min": {"type": "integer"}, "max": {"type": "integer"}},
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge."""
    least, most = int(str(params.get("min", 0))), int(str(params.get("max", 1 << 30)))
    name = given[0]

    def judge(fields: Fields, today: date) -> Iterable[Finding]:  # noqa: ARG001
        values = fields.get(name, ())
        if not values or least <= len(values) <= most:
            return ()
        first = values[0]
        whole = first.pointer if first.part is not None or len(first.pointer) == 1 else first.pointer[:1]
        return (Finding({"count": len(values), "min": least, "max": most}, pointer=whole),)

    return OfRecord(judge, (name,))
