"""Dates as publishers write them: ISO 8601, slashes, the 民國 calendar, years alone, and things that are no date."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from metalint.later import pattern

Kind = Literal["day", "month", "year", "roc", "sentinel", "written", "impossible", "interval", "text"]

_ISO = pattern(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ](?:[01][0-9]|2[0-4])(?::?[0-5][0-9](?::?[0-6][0-9](?:[.,][0-9]+)?)?)?"
    r"(?:Z|z|[+-][0-2][0-9]:?(?:[0-5][0-9])?)?)?$"
)
_PARTS = pattern(
    r"(?:民國|中華民國)?([0-9]{1,4})(?:[-/.]|年)([0-9]{1,2})(?:(?:[-/.]|月)([0-9]{1,2})日?|月?)"
    r"(?:[T ]?[ 上下午]*[0-9]{1,2}[:時].*)?$"
)
_CLOCK = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_PACKED = pattern(r"([0-9]{4})([0-9]{2})([0-9]{2})$|(?:民國)?(1?[0-9]{2})([0-9]{2})([0-9]{2})?$")
_YEAR = pattern(r"(?:西元)?([0-9]{4})年?$")
_ROC_YEAR = pattern(r"(?:民國|中華民國)([0-9]{1,3})年?度?$|([0-9]{2,3})年度?$")
_SENTINEL = pattern(r"(?:9999|0000|0001|1900-01-01|1899-12-3|1970-01-01(?:$|[T ]00:00))|99?-99-99|0000?[-/]00")
_INTERVAL = pattern(r"R?[0-9]*/?P[0-9YMWDTHS.]+$|[0-9]{4}.*/.*[0-9PZ]$|\.\./|R/")
_ROC_OFFSET = 1911
_ROC_LAST = 199  # a year below this is of the 民國 calendar: no portal describes data of the second century


class Reading(NamedTuple):
    """What a text says as a date: `day` is the (first) day meant, `iso` its proper spelling where certain."""

    kind: Kind
    day: date | None = None
    iso: str | None = None


@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """Return how a text reads as a date; without 民國 written out, a year of two digits may be of either calendar."""
    text = text.strip()
    match = _ISO.match(text)
    if match and not _SENTINEL.match(text):
        return _made("day", match.groups(), text)
    if _SENTINEL.match(text):
        return Reading("sentinel")
    if (clock := _CLOCK.match(text)) and (int(clock[1]) > 24 or int(clock[2]) > 59 or int(clock[3] or 0) > 60):
        return Reading("impossible")
    if match := _PARTS.match(text):
        return _parts(text, match)
    if match := _YEAR.match(text):
        return _made("year", (match[1], "01", "01"), None)
    if match := _ROC_YEAR.match(text):
        return _roc(match[1] or match[2], None, None)
    if match := _PACKED.match(text):
        return _made("written", match.groups()[:3], None) if match[1] else _roc(match[4], match[5], match[6])
    return Reading("interval" if _INTERVAL.match(text) and not _PARTS.match(text) else "text")


def _parts(text: str, match: re.Match[str]) -> Reading:
    year, month, day = match.groups()
    if int(year) <= _ROC_LAST:
        marked = "民國" in text
        return _roc(year, month, day, marked=marked) if len(year) > 1 or marked else Reading("text")
    if len(year) < 4:
        return Reading("impossible")
    if day is None:
        return _made("month", (year, month, "01"), None)
    whole = _made("written", (year, month, day), None)
    # With a time of day the spelling is not ours to guess.
    return whole if whole.day is None or ":" in text or "時" in text else whole._replace(iso=whole.day.isoformat())


def _roc(year: str, month: str | None, day: str | None, *, marked: bool = False) -> Reading:
    reading = _made("roc", (str(int(year) + _ROC_OFFSET), month or "01", day or "01"), None)
    if reading.day is None:
        return Reading("text") if month is not None and len(year) < 3 else Reading("impossible")
    certain = month and day and (len(year) == 3 or marked)
    return reading._replace(iso=reading.day.isoformat() if certain else None)


def _made(kind: Kind, parts: tuple[str, ...], iso: str | None) -> Reading:
    try:
        return Reading(kind, date(*(int(part) for part in parts)), iso)
    except ValueError:
        return Reading("impossible")
