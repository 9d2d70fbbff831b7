"""Counters to use: how much more they show than when they were last read. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from metalint.usage.periods import Period
from metalint.usage.result import Change, Use


class Gain(NamedTuple):
    """How much more a counter shows in a period, by its number from 0; `alone`: in that period and in none before."""

    number: int
    by: int
    alone: bool


def of(use: Use, *, downloads: bool) -> Iterator[Gain]:
    """Yield what the counter of a dataset gained, in order of time; nothing is known of its first reading.

    That of a new dataset counts in full, if it has a figure from its first row on.
    """
    by, last, led = (use.views_by, use.before[0], use.led[0])
    if downloads:
        by, last, led = (use.downloads_by, use.before[1], use.led[1])
    other = use.views_by if downloads else use.downloads_by
    first = use.new
    for number, value in enumerate(by):
        if value >= 0:
            if last >= 0:
                yield Gain(number, value - last, by[number - 1] >= 0 if number else led)
            elif first:
                yield Gain(number, value, alone=False)
            last = value
        first = first and value < 0 and other[number] < 0


def total(use: Use, *, downloads: bool) -> int | None:
    """Return what a counter gained in all; `None` where nothing is known of it."""
    gained = [gain.by for gain in of(use, downloads=downloads)]
    return sum(gained) if gained else None


def trend(use: Use) -> Change | None:
    """Return the downloads of the first and of the last period of which they are known apart from others."""
    alone = [gain.by for gain in of(use, downloads=True) if gain.alone]
    return Change(alone[0], alone[-1]) if len(alone) > 1 else None


def is_new(use: Use, periods: Sequence[Period], present: Sequence[bool], earlier: Period | None) -> bool:
    """Tell whether a dataset was listed after the reading before the first that has it.

    `earlier` is the last reading before the periods. Where the date of listing is not known, a dataset is new.
    """
    if max(use.before) >= 0:
        return False
    first = use.known.index(True) if True in use.known else 0
    read = str(next((periods[n] for n in range(first - 1, -1, -1) if present[n]), earlier) or "")
    return bool(read) and (not use.issued or use.issued[: len(read)] >= read)
