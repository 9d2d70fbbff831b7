"""`alike`: the first given field does not say the same as one of the others.

`how`: `same` (equal), or `inside` (the first stands wholly within the other and adds nothing). Case, width,
punctuation and 台/臺 do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from metalint.checks.kinds import Fields, OfRecord, Params, Words
from metalint.model import Finding
from metalint.vocabulary import fold

PARAMS: Params = {
    "type": "object",
    "properties": {"how": {"enum": ["same", "inside"]}},
    "required": ["how"],
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge."""
    inside = params["how"] == "inside"
    name, others = given[0], given[1:]

    def judge(fields: Fields, today: date) -> Iterator[Finding]:  # noqa: ARG001
        values = fields.get(name)
        if not values:
            return
        for other in others:
            for there in fields.get(other, ()):
                if not isinstance(there.value, str):
                    continue
                said = there.value
                for at in values:
                    text = at.value
                    if not isinstance(text, str):
                        continue
                    # Folding costs: texts of which one is much longer cannot fold to the same.
                    if not inside and not len(text) <= 2 * len(said) + 8 <= 4 * len(text) + 48:
                        continue
                    one, two = fold(text), fold(said)
                    if one and (one == two or (inside and one in two)):
                        yield Finding({"other": other, "said": said, "value": text}, pointer=at.pointer)

    return OfRecord(judge)
