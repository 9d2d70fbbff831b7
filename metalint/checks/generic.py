"""`generic`: the text is more than words that fit any dataset (`vocab/words/generic.txt`) and signs between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from metalint.checks.kinds import OfValue, Params, Words, longer_than
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {"words": {"type": "string"}, "max": {"type": "integer"}},
    "required": ["words"],
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    listed = sorted(words.words(str(params["words"])), key=lambda word: (-len(word), word))
    longest = int(str(params.get("max", 12)))  # a longer text says something by its length alone

    @cache
    def whole() -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(map(re.escape, listed))}|[\s\W0-9])+$")

    def judge(text: str) -> Iterable[Finding]:
        bare = text.strip()
        return (Finding(),) if len(bare) <= longest and whole().match(bare) else ()

    initials = re.escape("".join(sorted({word[0] for word in listed})))
    return OfValue(judge, innocent=rf"(?:{longer_than(longest)}|(?![{initials}\s\W0-9]))")
