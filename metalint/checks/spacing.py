"""`spacing`: white space is where it belongs.

`report`: `ends` (none at either end), `inner` (no run of it, no tab, no ideographic space), `lines` (no line break),
`no-break` (no space that only looks like one). With `blocks` one line end at the end of a text is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from metalint.checks.kinds import OfValue, Params, Words
from metalint.model import Finding

_SPACE = r"[ \t\r\n\f\v\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
# The defect, and what stands in its place afterwards.
_DEFECTS = {
    "ends": (rf"^{_SPACE}+|{_SPACE}+$", ""),
    "inner": (r"(?<=\S)(?:[ \u00a0\u3000]{2,}|[ \u00a0]*\t[ \t\u3000]*)(?=\S)", " "),
    "lines": (rf"(?<=\S){_SPACE}*[\r\n]+{_SPACE}*(?=\S)", " "),
    "no-break": (r"(?<=\S)[\u00a0\u2007\u202f](?=\S)", " "),
}
_INNOCENT = {
    "ends": rf"(?!{_SPACE})(?=(?s:.*)(?<!{_SPACE})\Z)",
    "inner": r"(?=(?:[^ \t\u00a0\u3000]++[ \u00a0\u3000]?+)*+\Z)",
}
_INNOCENT_BLOCK = rf"(?!{_SPACE})(?=(?s:.*)(?<!{_SPACE})\n?\Z)"
_TRIGGERS = {"lines": "\r\n", "no-break": "\u00a0\u2007\u202f"}
_OPENING, _CLOSING = tuple("(（「『【《〈"), tuple(")）」』】》〉，、。；：！？,.;:!?")
PARAMS: Params = {
    "type": "object",
    "properties": {"report": {"enum": [*sorted(_DEFECTS)]}, "blocks": {"type": "boolean"}},
    "required": ["report"],
    "additionalProperties": False,
}
_NAMES = {" ": "space", "\t": "tab", "\r": "CR", "\n": "LF", "\u3000": "U+3000", "\u00a0": "U+00A0"}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    report, blocks = str(params["report"]), bool(params.get("blocks"))
    source, instead = _DEFECTS[report]

    @cache
    def defect() -> re.Pattern[str]:
        return re.compile(source)

    def judge(whole: str) -> Iterable[Finding]:
        text = whole.removesuffix("\n") if blocks else whole
        if (report == "ends" and text == text.strip()) or (report == "inner" and not _may_hold_runs(text)):
            return ()
        match = defect().search(text)
        if match is None:
            return ()
        found = "+".join(dict.fromkeys(_NAMES.get(sign, f"U+{ord(sign):04X}") for sign in match.group()))
        mended = defect().sub(lambda one: _between(one, instead), text)
        return (Finding({"found": found}, (mended + whole[len(text) :],)),)

    innocent = _INNOCENT_BLOCK if blocks and report == "ends" else _INNOCENT.get(report)
    return OfValue(judge, _TRIGGERS.get(report), innocent)


def _between(match: re.Match[str], instead: str) -> str:
    """Return what stands in the place of a defect: nothing beside a bracket or before a mark of punctuation."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return "" if before in _OPENING or after in _CLOSING else instead


def _may_hold_runs(text: str) -> bool:
    return "  " in text or "\t" in text or "\u3000" in text or "\u00a0" in text
