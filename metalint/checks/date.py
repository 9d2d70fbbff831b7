"""`date`: the text is a date of a wanted kind.

`report` names the kinds of reading that are found (see `metalint.dates`): `text`, `impossible`, `roc`, `year`,
`month`, `written`, `sentinel`. Where the proper spelling is certain it is proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from metalint import dates
from metalint.checks.kinds import OfValue, Params, Words
from metalint.model import Finding

# What nearly every date looks like: a day of our times that its month has in every year, perhaps with a time.
_PLAIN = (
    r"(?:199[1-9]|20[0-4][0-9])-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    r"|(?:0[13578]|1[02])-31)"
    r"(?:[ T](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-][01][0-9]:[0-5][0-9])?)?\Z"
)
PARAMS: Params = {
    "type": "object",
    "properties": {
        "report": {
            "type": "array",
            "items": {"enum": ["text", "impossible", "roc", "year", "month", "written", "sentinel"]},
        },
    },
    "required": ["report"],
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    report = params["report"]
    if not isinstance(report, list):
        raise TypeError("params: report: a list is wanted, such as [roc]")
    kinds = frozenset(report)

    def judge(text: str) -> Iterable[Finding]:
        reading = dates.read(text)
        if reading.kind not in kinds:
            return ()
        if reading.iso is not None:
            return (Finding({"nearest": reading.iso}, (reading.iso,)),)
        if reading.kind == "roc" and reading.day is not None:
            return (Finding({"year": reading.day.year}),)
        return (Finding(),)

    return OfValue(judge, innocent=_PLAIN if "day" not in kinds else None)
