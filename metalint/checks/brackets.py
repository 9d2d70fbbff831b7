"""`brackets`: brackets come in pairs; `report`: `unbalanced` (one has no partner) or `mixed` (（ closed by ))."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from metalint.checks.kinds import OfValue, Params, Words
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {"report": {"enum": ["unbalanced", "mixed"]}},
    "required": ["report"],
    "additionalProperties": False,
}
_PAIRS = {
    "(": ")",
    "（": "）",
    "[": "]",
    "［": "］",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "｢": "｣",
}
_WIDE = {"(": "（", ")": "）", "[": "［", "]": "］", "｢": "「", "｣": "」"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_SIGNS = "".join(f"\\{sign}" if sign in "[]()" else sign for sign in (*_PAIRS, *_CLOSING))

# No brackets, or pairs of them side by side: what most texts look like.
_PAIR = "|".join(f"{re.escape(opening)}[^{_SIGNS}]*+{re.escape(close)}" for opening, close in _PAIRS.items())
_INNOCENT = rf"(?=(?:[^{_SIGNS}]++|{_PAIR})*+\Z)"


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    mixed = params["report"] == "mixed"

    def judge(text: str) -> Iterable[Finding]:
        open_signs: list[str] = []
        for index, sign in enumerate(text):
            if sign in _PAIRS:
                open_signs.append(sign)
            elif sign in _CLOSING:
                # (1) or a) may stand for an item of a list: a closing sign alone is no fault there.
                if not open_signs:
                    listed = sign in ")）" and index and text[index - 1].isalnum()
                    return () if mixed or listed else (Finding({"found": sign}),)
                last = open_signs.pop()
                if _PAIRS[last] == sign:
                    continue
                same = _WIDE.get(last, last) == _WIDE.get(_CLOSING[sign], _CLOSING[sign])
                if mixed and same:
                    return (Finding({"found": f"{last}…{sign}"}),)
                if not mixed and not same:
                    return (Finding({"found": sign}),)
        return (Finding({"found": open_signs[-1]}),) if open_signs and not mixed else ()

    return OfValue(judge, innocent=_INNOCENT)
