"""`fresh`: the last change lies no further back than the update frequency promises.

Given the frequency first and the dates of change after it: the latest of them counts. `periods` is how many periods
may pass, `grace` how many days on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from metalint import dates, frequency
from metalint.checks.kinds import Fields, OfRecord, Params, Words
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {"periods": {"type": "number"}, "grace": {"type": "integer"}},
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge."""
    periods, grace = float(str(params.get("periods", 2))), int(str(params.get("grace", 30)))
    promised, changed = given[0], given[1:]

    def judge(fields: Fields, today: date) -> Iterable[Finding]:
        said = fields.get(promised)
        if not said:
            return ()
        period = frequency.period(str(said[0].value))
        if period is None:
            return ()
        days = [day for name in changed for at in fields.get(name, ()) if (day := dates.read(str(at.value)).day)]
        if not days:
            return ()
        late = (today - max(days)).days
        if late <= period * periods + grace:
            return ()
        detail = {"said": said[0].value, "changed": max(days).isoformat(), "days": late}
        return (Finding(detail, pointer=said[0].pointer),)

    return OfRecord(judge, (promised,), looks=tuple(given))
