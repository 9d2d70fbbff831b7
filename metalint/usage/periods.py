"""The year, month or day that figures are of, as lists and file names write it, 民國 too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from metalint import dates

_ROC = 1911
_FIRST, _LAST = 1980, 2200  # years that a period may be of: no portal counts earlier
_YEAR = re.compile(r"(?:民國|西元)?([0-9]{2,4})年?度?")
_PACKED = re.compile(r"(?:民國)?((?:19|20)[0-9]{2}|1[0-9]{2}|[89][0-9])([0-9]{2})([0-9]{2})?")
_LONG_MONTH = re.compile(r"([A-Za-z]{3,9})[ .,/-]*([0-9]{4})|([0-9]{4})[ .,/-]*([A-Za-z]{3,9})")
_NAMED = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2}|1[0-9]{2}|[89][0-9](?=年))"
    r"(?:年([0-9]{1,2})月(?:([0-9]{1,2})日)?|([-_.]?)(0[1-9]|1[0-2])(?:\4(0[1-9]|[12][0-9]|3[01]))?)(?![0-9])"
)
_NAMED_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2}年?|1[0-9]{2}年度?|[89][0-9]年度?)(?![0-9])")
_ENDS = re.compile(r" *(?:至|到|~|–|—) *|(?<=[0-9]{2})/(?=[0-9]{4}-)")  # of a stretch
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip


class Period(NamedTuple):
    """A year, a month of it, or a day; what is not said is 0."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in self[1:] if part)])


def read(text: str) -> Period | None:
    """Return the period that a text means, `None` for one that means none: 2018-07, 201807, 10707, 107年7月, 107.

    A stretch within one month means this month: 107年7月1日至107年7月31日.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    ends = _ENDS.split(text)
    if len(ends) == 2:
        first, last = map(read, ends)
        same = first and last and first.month and first[:2] == last[:2] and first.day <= last.day
        return Period(*first[:2]) if first and same else None
    if match := _YEAR.fullmatch(text):
        return _made(int(match[1]), 0, 0)
    if match := _PACKED.fullmatch(text):
        return _made(int(match[1]), int(match[2]), int(match[3] or 0))
    if match := _LONG_MONTH.fullmatch(text):
        month = _MONTHS.get((match[1] or match[4])[:3].lower())
        return _made(int(match[2] or match[3]), month, 0) if month else None
    found = dates.read(text)
    if found.day is None:
        return None
    whole = found.kind == "day" or len(re.findall(r"[0-9]+", text)) > 2
    return _made(found.day.year, found.day.month, found.day.day if whole else 0)


def of_name(path: str) -> Period | None:
    """Return the period that a file's name says, else its folder's; `None` where neither says one, or several."""
    pure = PurePath(path)
    for name in (pure.name, pure.parent.name):
        text = unicodedata.normalize("NFKC", name)
        found = {_made(int(m[1]), int(m[2] or m[5]), int(m[3] or m[6] or 0)) for m in _NAMED.finditer(text)} - {None}
        found = found or {read(match[1]) for match in _NAMED_YEAR.finditer(text)} - {None}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def bounds(first: Period | None, last: Period | None) -> tuple[Period, Period]:
    """Return the first and the last day of a stretch; what is not said is open."""
    start = first or Period(0)
    end = last or Period(9999)
    return (
        Period(start.year, start.month or 1, start.day or 1),
        Period(end.year, end.month or 12, end.day or 31),
    )


def inside(period: Period, first: Period | None, last: Period | None) -> bool:
    """Tell whether all of a period lies in a stretch."""
    start, end = bounds(first, last)
    return start <= bounds(period, period)[0] and bounds(period, period)[1] <= end


def between(first: Period, last: Period) -> Iterator[Period]:
    """Yield the months from one to another, both included; the years where the first has no month."""
    if not first.month:
        yield from (Period(year) for year in range(first.year, last.year + 1))
        return
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield Period(number // 12, number % 12 + 1)


def after(period: Period) -> Period:
    """Return the month after a month; the year after a year."""
    if not period.month:
        return Period(period.year + 1)
    return Period(period.year + period.month // 12, period.month % 12 + 1)


def _made(year: int, month: int, day: int) -> Period | None:
    year = year + _ROC if year < 200 else year
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Period(year, month, day) if _FIRST <= year <= _LAST else None
