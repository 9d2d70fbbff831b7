"""`requires`: where the first given field is a term of which `fact` says `value`, one of the others is there too.

With `all`, all of them are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from metalint.checks.kinds import Fields, OfRecord, Params, Words
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {
        "vocabulary": {"type": "string"},
        "fact": {"type": "string"},
        "value": {},
        "all": {"type": "boolean"},
    },
    "required": ["vocabulary", "fact"],
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:
    """Return the judge."""
    terms = words.vocabulary(str(params["vocabulary"]))
    fact, value = str(params["fact"]), params.get("value", True)
    name, needed, every = given[0], given[1:], bool(params.get("all"))

    def judge(fields: Fields, today: date) -> Iterable[Finding]:  # noqa: ARG001
        values = fields.get(name)
        if not values:
            return ()
        term = terms.find(str(values[0].value))
        if (
            term is None
            or term.facts.get(fact) != value
            or (any if not every else all)(other in fields for other in needed)
        ):
            return ()
        lacking = next(other for other in needed if other not in fields)
        return (Finding({"said": values[0].value, "needed": lacking}, pointer=values[0].pointer),)

    return OfRecord(judge, (name,), looks=(name,))
