"""`alike`: the first given field does not say the same as one of the others.

`how`: `same` (equal), or `inside` (the first stands wholly within the other and adds nothing). Case, width,
punctuation and 台/臺 do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
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

    def judge(fields: Fields, today: date) -> Sequence[Finding]:  # noqa: ARG001
        found: list[Finding] = []
        for other in others:
            for there in fields.get(other, ()):
                said = there[1]
                if said.__class__ is not str:
                    continue
                for at in fields[name]:
                    text = at[1]
                    if text.__class__ is str and _near(text, said, inside=inside) and _same(text, said, inside=inside):
                        found.append(Finding({"other": other, "said": said, "value": text}, pointer=at.pointer))
        return found

    return OfRecord(judge, (name,))


def _near(text: str, said: str, *, inside: bool) -> bool:
    """Tell whether two texts may fold to the same: folding costs, and most texts differ at first sight."""
    size, other = len(text), len(said)
    if size > other + other // 2 + 8:
        return False
    if inside:
        return True
    if other > size + size // 2 + 8:
        return False
    return not (_differ(text[0], said[0]) or _differ(text[-1], said[-1]))


def _differ(one: str, two: str) -> bool:
    return one != two and _stays(one) and _stays(two)


def _stays(sign: str) -> bool:
    """Tell whether folding leaves a sign as it is."""
    return "a" <= sign <= "z" or "0" <= sign <= "9" or ("一" <= sign <= "鿿" and sign not in "台臺")


def _same(text: str, said: str, *, inside: bool) -> bool:
    one, two = fold(text), fold(said)
    return bool(one) and (one == two or (inside and one in two))
