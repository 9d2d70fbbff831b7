"""The use of an agency, a year, a month: sums of the datasets'. Pure."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

from metalint.usage import gains
from metalint.usage.periods import Period
from metalint.usage.result import Change, Group, Use

_MONTHS = 12


def agencies(uses: Iterable[Use], present: Sequence[bool]) -> tuple[Group, ...]:
    """Return the agencies, most downloads first."""
    own: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        own[use.agency].append(use)
    there = [number for number, one in enumerate(present) if one]
    made = (_group(name, some)._replace(change=_between(some, there)) for name, some in own.items())
    return tuple(sorted(made, key=lambda one: (-(one.downloads or 0), -(one.views or 0), one.name)))


def listed(uses: Iterable[Use]) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Return the years and the months in which datasets were listed, in order, those without a date last."""
    years: dict[str, list[Use]] = defaultdict(list)
    months: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        years[use.issued[:4]].append(use)
        months[use.issued[:7]].append(use)

    def in_order(own: dict[str, list[Use]]) -> tuple[Group, ...]:
        return tuple(_group(name, own[name]) for name in sorted(own, key=lambda name: (not name, name)))

    return in_order(years), in_order(months)


def of_periods(
    uses: Sequence[Use], periods: Sequence[Period], present: Sequence[bool], *, counters: bool, led: bool
) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Return the years and the months of a series with the use in each; of counters how much more they show.

    `led`: counters were read in the period before the first, too.
    """
    read = _read(uses, present)
    alone = [here and (not counters or before) for here, before in zip(read, (led, *read), strict=False)]
    months = _months(uses, periods, present, alone, counters=counters)
    years: dict[int, list[int]] = defaultdict(list)
    for number, period in enumerate(periods):
        years[period.year].append(number)
    made: list[Group] = []
    whole = False  # of all months of the year before there are figures
    for year, numbers in years.items():
        some = [months[number] for number in numbers]
        missing = tuple(periods[number] for number in numbers if not present[number])
        known = [use for use in uses if any(use.downloads_by[n] >= 0 or use.views_by[n] >= 0 for n in numbers)]
        never = sum(_none(use.downloads_by, numbers, counters=counters) for use in known)
        downloads = _total(group.downloads for group in some)
        complete = all(alone[n] for n in numbers) and len(numbers) == (_MONTHS if periods[0].month else 1)
        before = made[-1].downloads if made and whole and complete else None
        change = Change(before, downloads) if before is not None and downloads is not None else None
        views = _total(group.views for group in some)
        counter = next((group.counter for group in reversed(some) if group.counter is not None), None)
        made.append(Group(str(year), len(known), views, downloads, never, change, None, None, missing, counter))
        whole = complete
    return tuple(made), tuple(months)


def _months(
    uses: Sequence[Use], periods: Sequence[Period], present: Sequence[bool], alone: Sequence[bool], *, counters: bool
) -> list[Group]:
    """Return the periods, each with the use in it: a missing one without any.

    A change is told where the use of both periods is theirs `alone`: after a gap counters show that of several.
    """
    made: list[Group] = []
    views = _in_each(uses, len(periods), counters=counters, downloads=False)
    downloads = _in_each(uses, len(periods), counters=counters, downloads=True)
    for number, period in enumerate(periods):
        if not present[number]:
            made.append(Group(str(period), 0, None, None, 0, missing=(period,)))
            continue
        known = [use for use in uses if use.downloads_by[number] >= 0 or use.views_by[number] >= 0]
        never = sum(use.downloads_by[number] == 0 for use in known)
        before = made[-1].downloads if made and alone[number - 1] and alone[number] else None
        now = downloads[number]
        change = Change(before, now) if before is not None and now is not None else None
        counter = _total(use.downloads_by[number] for use in known if use.downloads_by[number] >= 0)
        shown = counter if counters else None
        made.append(Group(str(period), len(known), views[number], now, never, change, counter=shown))
    return made


def _read(uses: Sequence[Use], present: Sequence[bool]) -> list[bool]:
    """Tell of each period whether it was read: of the datasets that go on over it, half at least have figures."""
    on, there = [0] * len(present), [0] * len(present)
    for use in uses:
        known = [number for number, there_is in enumerate(use.known) if there_is]
        for number in range(known[0], known[-1] + 1) if known else ():
            on[number] += 1
        for number in known:
            there[number] += 1
    return [here and 2 * some >= all_ for here, some, all_ in zip(present, there, on, strict=True)]


def _in_each(uses: Sequence[Use], count: int, *, counters: bool, downloads: bool) -> list[int | None]:
    """Return the use in each period, over all datasets; `None` where nothing is known of it."""
    totals: list[int | None] = [None] * count
    for use in uses:
        if counters:
            for gain in gains.of(use, downloads=downloads):
                totals[gain.number] = (totals[gain.number] or 0) + gain.by
            continue
        for number, value in enumerate(use.downloads_by if downloads else use.views_by):
            if value >= 0:
                totals[number] = (totals[number] or 0) + value
    return totals


def _group(name: str, uses: Sequence[Use]) -> Group:
    views, downloads, errors, warnings = (
        _total(value for value in values if value is not None)
        for values in zip(*((one.views, one.downloads, one.errors, one.warnings) for one in uses), strict=True)
    )
    never = sum(one.downloads == 0 for one in uses)
    return Group(name, len(uses), views, downloads, never, None, errors, warnings)


def _between(uses: Sequence[Use], there: Sequence[int]) -> Change | None:
    """Return the downloads in the first and in the last period with figures, of datasets that have them in both."""
    if len(there) < 2:
        return None
    pairs = [(use.downloads_by[there[0]], use.downloads_by[there[-1]]) for use in uses]
    both = [(first, last) for first, last in pairs if first >= 0 and last >= 0]
    return Change(sum(first for first, _ in both), sum(last for _, last in both)) if both else None


def _none(by: array[int], numbers: Sequence[int], *, counters: bool) -> bool:
    known = [by[number] for number in numbers if by[number] >= 0]
    return bool(known) and (known[-1] == 0 if counters else not any(known))


def _total(values: Iterable[int | None]) -> int | None:
    """Return the sum of what is known, `None` where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
