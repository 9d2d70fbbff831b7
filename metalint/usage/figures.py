"""Datasets and their points to figures: totals, growth, gaps. Pure."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from metalint.model import Texts
from metalint.run import CannotRun
from metalint.usage import gains, groups, named, renamed
from metalint.usage.gathered import Entry, Gathered
from metalint.usage.periods import Period, after, between, bounds, inside
from metalint.usage.result import Change, Kind, Usage, Use

_MAY_FALL = 0.01  # of counters, the share of changes that may be downwards: they are corrected now and then
_UNKNOWN = -1

Point = tuple[Period | None, int | None, int | None]  # views and downloads of a period


class Asked(NamedTuple):
    """What was asked of the figures: the stretch, what kind they are, where that is not to be told by them, and whose.

    `agency` are texts of which an agency has one in its name; none for all agencies.
    """

    first: Period | None = None
    last: Period | None = None
    kind: Kind | None = None
    agency: tuple[str, ...] = ()


def usage(gathered: Gathered, asked: Asked) -> Usage:
    """Return what the datasets come to.

    What kind the figures are, and which datasets go on under another name, is told by those of all agencies. Raises
    CannotRun where the periods do not fit together or lie elsewhere, and for an agency that nobody has.
    """
    all_periods = sorted({point[0] for entry in gathered.entries for point in entry.figures() if point[0]})
    kind, rises, falls = _kind(gathered.entries, asked, len(all_periods))
    entries = named.kept(renamed.merged(gathered.entries, counters=kind == "cumulative"), asked.agency)
    units = _units(all_periods)
    snapshot = kind == "snapshot"
    periods = tuple(units) if snapshot else _stretch(_since(entries, units, asked), asked)
    if not snapshot and not periods:
        raise CannotRun(_nothing(gathered, entries, asked, kind))
    uses, outside = [], 0
    seen = [False] * len(periods)
    for entry in entries:
        points = entry.figures()
        if snapshot:
            kept = _listed_in(entry, asked)
            use = _snapshot(entry, points, len(periods)) if kept else None
        else:
            use = _series(entry, points, periods, kind)
        if use is None:
            outside += 1
            continue
        uses.append(use)
        seen = [before or here for before, here in zip(seen, use.known, strict=True)]
    if not uses:
        raise CannotRun(_nothing(gathered, entries, asked, kind))
    present = tuple(seen)
    uses = [_with_gaps(use, present) for use in uses] if len(periods) > 1 else uses
    earlier = max((unit for unit in units if unit < periods[0]), default=None) if periods else None
    if kind == "cumulative":
        uses = [_gained(use, periods, present, earlier, asked) for use in uses]
    uses.sort(key=_rank)
    led = any(use.led[1] for use in uses)
    years, months = (
        groups.listed(uses)
        if snapshot
        else groups.of_periods(uses, periods, present, counters=kind == "cumulative", led=led)
    )
    return Usage(
        *(kind, asked.kind is None and not snapshot, rises, falls, periods, present, tuple(uses)),
        *(groups.agencies(uses, present), years, months, snapshot, gathered.sources, gathered.rows),
        *(sum(one.twins for one in entries), sum(one.replaced for one in entries), gathered.sums),
        *(sum(one.renamed for one in entries), outside),
        asked=(asked.first, asked.last),
        unreadable=gathered.unreadable,
        agency=asked.agency,
        others=tuple(one for one, there in zip(periods, present, strict=True) if not there and one in units),
    )


def _kind(entries: Iterable[Entry], asked: Asked, count: int) -> tuple[Kind, int, int]:
    """Return the kind of the figures, and how often they rose and fell from one period to the next."""
    if count < 2:
        return ("periodic" if count and asked.kind == "periodic" else "snapshot"), 0, 0
    rises = falls = 0
    for entry in entries:
        points = entry.figures()
        for column in (1, 2):
            known = [value for point in points if isinstance(value := point[column], int)]
            rises += sum(a < b for a, b in pairwise(known))
            falls += sum(a > b for a, b in pairwise(known))
    told: Kind = "cumulative" if falls <= _MAY_FALL * (rises + falls) else "periodic"
    return asked.kind or told, rises, falls


def _units(periods: Sequence[Period]) -> list[Period]:
    """Return the months that periods are of, or the years, in order. Raises CannotRun where some are of either."""
    months = [period for period in periods if period.month]
    if months and len(months) < len(periods):
        year = next(period for period in periods if not period.month)
        zh = f"{year} 是整年、{months[0]} 是一個月，不能排成一個序列；請分開統計"
        raise CannotRun(Texts(zh, f"{year} is a year and {months[0]} a month: they make no series; ask for each alone"))
    return sorted({Period(period.year, period.month) for period in periods})


def _since(entries: Sequence[Entry], units: Sequence[Period], asked: Asked) -> Sequence[Period]:
    """Return the periods from which on the agencies that were asked for have figures: before there is no gap."""
    if not asked.agency:
        return units
    first = min(point[0] for entry in entries for point in entry.figures() if point[0])
    return [unit for unit in units if unit >= Period(first.year, first.month)]


def _stretch(units: Sequence[Period], asked: Asked) -> tuple[Period, ...]:
    """Return all periods from the first to the last, or of the stretch that was asked for; there may be none."""
    first, last = units[0], units[-1]
    start, end = bounds(asked.first, asked.last)
    if asked.first is not None:
        first = Period(start.year, start.month if first.month else 0)
    if asked.last is not None:
        last = Period(end.year, end.month if last.month else 0)
    return tuple(between(first, last))


@lru_cache(maxsize=4)
def _index(periods: tuple[Period, ...]) -> dict[Period, int]:
    return {period: number for number, period in enumerate(periods)}


def _listed_in(entry: Entry, asked: Asked) -> bool:
    """Tell whether a dataset was listed in the stretch that was asked for."""
    if asked.first is None and asked.last is None:
        return True
    issued = entry.row.issued
    return bool(issued) and inside(Period(*map(int, issued.split("-"))), asked.first, asked.last)


def _snapshot(entry: Entry, points: Sequence[Point], count: int) -> Use:
    _, views, downloads = points[-1]
    by = [array("q", [_UNKNOWN if value is None else value] * count) for value in (views, downloads)]
    return _use(entry, views, downloads, by[0], by[1])


def _series(entry: Entry, points: Sequence[Point], periods: tuple[Period, ...], kind: Kind) -> Use | None:
    """Return the use of a dataset in the periods, `None` where it has no figures in any of them."""
    counters = kind == "cumulative"
    index = _index(periods)
    views_by, downloads_by = (array("q", [_UNKNOWN]) * len(periods) for _ in range(2))
    before, led = (_UNKNOWN, _UNKNOWN), (False, False)
    there = False
    for period, views, downloads in points:
        unit = Period(period.year, period.month) if period is not None else Period(0)
        number = index.get(unit)
        if number is None:
            if unit < periods[0]:
                before = (before[0] if views is None else views, before[1] if downloads is None else downloads)
                just = after(unit) == periods[0]
                led = (led[0] or (just and views is not None), led[1] or (just and downloads is not None))
            continue
        there = True
        for by, value in ((views_by, views), (downloads_by, downloads)):
            if value is not None:  # of several days in a month counters show the last, others add up
                by[number] = value if counters or by[number] == _UNKNOWN else by[number] + value
    if not there:
        return None
    whole = _last if counters else _sum
    use = _use(entry, whole(views_by), whole(downloads_by), views_by, downloads_by)
    if not counters:
        return use._replace(trend=use.downloaded)
    use = use._replace(before=before, led=led)
    return use._replace(new=points[0][1:] != (None, None))  # a row without figures is not the first


def _gained(use: Use, periods: Sequence[Period], present: Sequence[bool], earlier: Period | None, asked: Asked) -> Use:
    """Return a dataset with what its counters gained; since a period that was asked for, that is its use."""
    use = use._replace(new=use.new and gains.is_new(use, periods, present, earlier))
    use = use._replace(trend=gains.trend(use))
    if asked.first is None:
        return use
    return use._replace(views=gains.total(use, downloads=False), downloads=gains.total(use, downloads=True))


def _use(entry: Entry, views: int | None, downloads: int | None, views_by: array[int], downloads_by: array[int]) -> Use:
    row = entry.row
    place = (row.path, row.line, row.number, row.record, row.title, row.agency, row.issued)
    return Use(*place, views, downloads, views_by, downloads_by, _change(views_by), _change(downloads_by), ())


def _sum(by: array[int]) -> int | None:
    known = [value for value in by if value >= 0]
    return sum(known) if known else None


def _last(by: array[int]) -> int | None:
    return next((value for value in reversed(by) if value >= 0), None)


def _change(by: array[int]) -> Change | None:
    known = [value for value in by if value >= 0]
    return Change(known[0], known[-1]) if len(known) > 1 else None


def _with_gaps(use: Use, present: Sequence[bool]) -> Use:
    """Return a dataset with the periods that others have figures for and it, since its first, has not."""
    known = use.known
    first = known.index(True) if True in known else len(known)
    missing = tuple(number for number in range(first, len(known)) if present[number] and not known[number])
    return use._replace(missing=missing, gone=bool(missing) and not any(present[missing[-1] + 1 :]))


def _rank(use: Use) -> tuple[float, float, str, str, str, str, int]:
    downloads, views = (float("inf") if one is None else -one for one in (use.downloads, use.views))
    return downloads, views, use.title, use.agency, use.record, use.path, use.line


def _nothing(gathered: Gathered, entries: Sequence[Entry], asked: Asked, kind: Kind) -> Texts:
    """Return why there is nothing to tell of the agencies that were asked for."""
    if not gathered.entries:
        zh, en = "沒有可用的使用統計", "there are no figures of use"
        why = gathered.unreadable[:1]
        more = [Texts(f"：{one.path}：{one.why.zh}", f": {one.path}: {one.why.en}") for one in why]
        return Texts(zh + "".join(one.zh for one in more), en + "".join(one.en for one in more))
    if kind != "snapshot":
        periods = sorted({point[0] for entry in entries for point in entry.figures() if point[0]})
        first, last = periods[0], periods[-1]
        of_zh, of_en = ("這些機關的", " of these agencies") if asked.agency else ("", "")
        zh = f"這段期間沒有{of_zh}統計；檔案裡有 {first}" + (f" 至 {last}" if last != first else "")
        en = f"there are no figures{of_en} for this time; the files have {first}"
        return Texts(zh, en + (f" to {last}" if last != first else ""))
    if not any(entry.row.issued for entry in entries):
        zh = "只有一期統計，而且沒有上架日期，不能依期間篩選"
        return Texts(zh, "there is but one period and no date of listing: no stretch of time can be asked for")
    zh = "這段期間沒有上架的資料集（只有一期統計時，--from、--to 指上架日期）"
    en = "no dataset was listed in this time (where there is but one period, --from and --to mean the date of listing)"
    return Texts(zh, en)
