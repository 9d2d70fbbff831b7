"""`member`: the text is a term of a vocabulary.

`report` says what is found: `unknown` (no term at all), `spelling` (a term, but not as the vocabulary writes it),
`listed` (any term: for vocabularies of what means nothing), or `fact` (a term of which `fact` says `value`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from metalint.checks.kinds import OfValue, Params, Words
from metalint.hanzi import has_hanzi
from metalint.model import Finding
from metalint.vocabulary import Term

PARAMS: Params = {
    "type": "object",
    "properties": {
        "vocabulary": {"type": "string"},
        "report": {"enum": ["unknown", "spelling", "listed", "fact"]},
        "fact": {"type": "string"},
        "value": {},
        "unless": {"type": "string", "description": "texts that match this are left alone"},
        "except": {"type": "string", "description": "terms of which this fact is true are left alone"},
    },
    "required": ["vocabulary", "report"],
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    terms = words.vocabulary(str(params["vocabulary"]))
    report, fact, value = params["report"], str(params.get("fact")), params.get("value", True)
    if report == "fact" and "fact" not in params:
        raise ValueError("params: report: fact needs the fact's name, such as fact: open")
    spared = str(params.get("except"))
    unless = re.compile(str(params["unless"])) if "unless" in params else None

    def judge(text: str) -> Iterable[Finding]:
        if unless is not None and unless.search(text):
            return ()
        term = terms.find(text)
        if report == "unknown" and term is None:
            nearest = terms.nearest(text)
            if nearest is None:
                return (Finding(),)
            proposed = spelling(nearest, text)
            return (Finding({"nearest": proposed}, (proposed,)),)
        if term is None or term.facts.get(spared) is True:
            return ()
        if report == "spelling" and not terms.is_canonical(text.strip()):
            proposed = spelling(term, text)
            return (Finding({"nearest": proposed}, (proposed,)),)
        if report == "listed" or (report == "fact" and term.facts.get(fact) == value):
            return (Finding({"term": spelling(term, text), "id": term.id}),)
        return ()

    return OfValue(judge, innocent=None if report == "unknown" else terms.strangers)


def spelling(term: Term, text: str) -> str:
    """Return the term's label in the script that the text is written in; of an address, the one in Chinese."""
    return term.label.zh if has_hanzi(text) or "://" in text else term.label.en
