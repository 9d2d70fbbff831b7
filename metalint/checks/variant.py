"""`variant`: of the spellings of one value in a file, none is rare where another is common.

Case, width, signs and 台/臺 make spellings. One is found where another stands `least` times or more, and `times` times
as often; not in a record that has the commoner one too, for people search for both.
"""

from __future__ import annotations

from collections.abc import Sequence

from metalint.checks.kinds import OfSpelling, Params, Words
from metalint.vocabulary import fold

PARAMS: Params = {
    "type": "object",
    "properties": {"least": {"type": "integer", "minimum": 2}, "times": {"type": "integer", "minimum": 2}},
    "required": ["least", "times"],
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfSpelling:  # noqa: ARG001
    """Return what the engine counts by."""
    return OfSpelling(fold, int(str(params["times"])), int(str(params["least"])))
