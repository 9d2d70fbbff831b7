"""`some`: at least one of a field's values is a term that has one of `facts`; a word nobody knows passes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from metalint.checks.kinds import Fields, OfRecord, Params, Words
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {"vocabulary": {"type": "string"}, "facts": {"type": "array", "items": {"type": "string"}}},
    "required": ["vocabulary", "facts"],
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:
    """Return the judge: a term passes if any of `facts` is true of it."""
    terms = words.vocabulary(str(params["vocabulary"]))
    facts = params["facts"]
    wanted = [str(fact) for fact in facts] if isinstance(facts, list) else []
    name = given[0]

    def judge(fields: Fields, today: date) -> Iterable[Finding]:  # noqa: ARG001
        values = fields.get(name)
        if not values:
            return ()
        for at in values:
            term = terms.find(str(at.value))
            if term is None or any(term.facts.get(fact) for fact in wanted):
                return ()
        said = list(dict.fromkeys(str(at.value) for at in values))
        return (Finding({"said": said}, pointer=values[0].pointer),)

    return OfRecord(judge, (name,), looks=(name,))
