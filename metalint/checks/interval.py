"""`interval`: the text is a stretch of time of ISO 8601: two dates, or a date and a duration, with a slash between.

`report`: `malformed` (no such stretch) or `reversed` (it starts after it ends).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from metalint import dates
from metalint.checks.kinds import OfValue, Params, Words
from metalint.later import pattern
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {"report": {"enum": ["malformed", "reversed"]}},
    "required": ["report"],
    "additionalProperties": False,
}
_REPEATS = pattern(r"R[0-9]*/")
_DURATION = pattern(r"P(?=.)(?:[0-9.]+[YMWD])*(?:T(?:[0-9.]+[HMS])+)?$")
_PACKED = pattern(r"[0-9]{4}(?:-?W[0-5][0-9](?:-?[1-7])?|-?[0-3][0-9]{2}|[01][0-9][0-3][0-9])(?:T.*)?$")
_REDACTED = "[[REDACTED"
_DAY = r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)?"


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    if params["report"] == "reversed":
        return OfValue(_reversed, "/")
    return OfValue(_malformed, innocent=rf"{_DAY}/{_DAY}\Z")


def _ends(text: str) -> list[str]:
    bare = text.strip()
    repeats = _REPEATS.match(bare)
    return bare[repeats.end() if repeats else 0 :].split("/")


def _malformed(text: str) -> Iterable[Finding]:
    ends = _ends(text)
    if text.strip().startswith(_REDACTED):
        return ()
    told = sum(_is_day(end) for end in ends)
    sound = len(ends) == 2 and told and told + sum(_DURATION.match(end) is not None for end in ends) == 2
    return () if sound else (Finding(),)


def _is_day(text: str) -> bool:
    return dates.read(text).kind in ("day", "month", "year", "sentinel") or _PACKED.match(text) is not None


def _reversed(text: str) -> Iterable[Finding]:
    ends = _ends(text)
    if len(ends) != 2:
        return ()
    first, last = (dates.read(end) for end in ends)
    if first.day is None or last.day is None or first.day <= last.day:
        return ()
    # Of a year or a month all days are meant.
    same = {"year": first.day.year == last.day.year, "month": first.day.replace(day=1) == last.day}
    return () if same.get(last.kind) else (Finding({"first": ends[0], "second": ends[1]}),)
