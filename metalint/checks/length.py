"""`length`: the text has at least `min` and at most `max` characters, spaces at its ends not counted.

`latin_min` and `latin_max` hold for a text without Chinese characters, where a word takes more letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from metalint.checks.kinds import OfValue, Params, Words, longer_than
from metalint.hanzi import has_hanzi
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {
        "min": {"type": "integer", "minimum": 1},
        "latin_min": {"type": "integer", "minimum": 1},
        "max": {"type": "integer", "minimum": 1},
        "latin_max": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    least, most = int(str(params.get("min", 0))), int(str(params.get("max", 0)))
    latin, latin_most = int(str(params.get("latin_min", least))), int(str(params.get("latin_max", most)))

    def judge(text: str) -> Iterable[Finding]:
        size = len(text.strip())
        if size < max(least, latin) and size < (least if has_hanzi(text) else latin):
            return (Finding({"size": size, "limit": least if has_hanzi(text) else latin}),)
        if most and size > most:
            limit = most if has_hanzi(text) else latin_most
            return (Finding({"size": size, "limit": limit}),) if size > limit else ()
        return ()

    enough = longer_than(max(least, latin) - 1) if max(least, latin) > 1 else ""
    short = rf"(?!(?s:.{{{most + 1}}}))" if most else ""
    return OfValue(judge, innocent=short + enough)
