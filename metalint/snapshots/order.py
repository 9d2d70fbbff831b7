"""What an old dataset can be by its place in a list that has no identifiers, but the order in which they were given.

A portal numbers datasets as they are registered and lists them so. Where the rows of an old list and the numbers of the
new one rise together, a row between two that are known stands for a number between theirs: of some ten thousand that
are free, a handful are left. So much fewer signs of the title are enough.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from metalint.snapshots.pairing import Matched, Pair, keep, near, titles_alike
from metalint.snapshots.titles import Title, are_apart

_KNOWN, _RISING = 100, 0.5  # datasets that are known, and how many of them at least must rise together: chance has 1 %
_ALONE = 0.4  # likeness that is enough where a gap has one old dataset and one new
_DIGITS = 18  # of a number that is given out one after the other
_CROWD = 10_000  # pairs of an old and a new one in a gap, from which on it tells nothing
_AMONG, _MARGIN = 0.5, 0.15  # where it has several: likeness, and by how much the next is worse


class _Gap(NamedTuple):
    """What is left between two known datasets: old rows and new ones, by number from 0."""

    olds: list[int]
    news: Sequence[int]


def by_order(done: Matched, told: AbstractSet[int]) -> None:
    """Match what stands between the same known datasets on both sides; `told` are those whose fate is known."""
    if done.identifiers:
        return
    names = ((new, one.identifier) for new, one in enumerate(done.news.entries))
    numbers = {new: int(name) for new, name in names if name.isdecimal() and len(name) <= _DIGITS}
    for gap in _gaps(done, told, numbers):
        least = _ALONE if len(gap.olds) == len(gap.news) == 1 else _AMONG
        rows = sorted(_likely(done, gap), reverse=True)
        of_old, of_new = defaultdict(list), defaultdict(list)
        for row in rows:
            of_old[row[1]].append(row[0])
            of_new[row[2]].append(row[0])
        for share, old, new in rows:
            both = of_old[old], of_new[new]  # the best first
            if share >= least and all(share == one[0] and share - max(one[1:2], default=0) >= _MARGIN for one in both):
                keep(done, Pair(old, new, "order", share))


def _gaps(done: Matched, told: AbstractSet[int], numbers: Mapping[int, int]) -> Iterator[_Gap]:
    known = _known(done, numbers)
    rising = _rising([number for _, number in known])
    if len(rising) < max(_KNOWN, _RISING * len(known)):
        return
    rows, given = [known[at][0] for at in rising], [known[at][1] for at in rising]
    free = sorted((number, new) for new, number in numbers.items() if new not in done.taken)
    free_numbers = [number for number, _ in free]
    between: defaultdict[int, list[int]] = defaultdict(list)
    for old in range(len(done.olds.entries)):
        if old not in done.pairs and old not in told:
            between[bisect_left(rows, old)].append(old)
    for at, olds in between.items():
        if 0 < at < len(rows):  # what comes before all that are known, or after, may be anything
            first, last = bisect_right(free_numbers, given[at - 1]), bisect_left(free_numbers, given[at])
            if 0 < (last - first) * len(olds) <= _CROWD:
                yield _Gap(olds, [new for _, new in free[first:last]])


def _known(done: Matched, numbers: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the rows, and numbers, of those whose title and agency are the same and whose title no other has."""
    here, there = Counter(done.olds.titles), Counter(done.news.titles)
    return sorted(
        (pair.old, numbers[pair.new])
        for pair in done.pairs.values()
        if pair.how == "title"
        and pair.new in numbers
        and here[done.olds.titles[pair.old]] == there[done.news.titles[pair.new]] == 1
    )


def _rising(numbers: Sequence[int]) -> list[int]:
    """Return the places of the longest part of some numbers that rises; a few may stand elsewhere."""
    ends: list[int] = []  # the least number with which a part of each length ends
    places: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(places[length - 1] if length else None)
        ends[length : length + 1], places[length : length + 1] = [number], [place]
    found: list[int] = []
    at = places[-1] if places else None
    while at is not None:
        found.append(at)
        at = before[at]
    return found[::-1]


def _likely(done: Matched, gap: _Gap) -> Iterator[tuple[float, int, int]]:
    """Yield how alike those are that may be the same."""
    for old in gap.olds:
        for new in gap.news:
            share = titles_alike(done, old, new)
            if share >= _ALONE - _MARGIN and near(done, old, new) and _fit(done.olds.part(old), done.news.part(new)):
                yield share, old, new


def _fit(old: Title, new: Title) -> bool:
    """Tell whether two titles contradict each other in nothing: years, months, numbers, counties, towns."""
    spans = [(year, year) for year in old.years] if not old.spans else old.spans
    others = [(year, year) for year in new.years] if not new.spans else new.spans
    if spans and others and all(are_apart(one, other) for one in spans for other in others):
        return False
    return all(
        not one or not other or one & other
        for one, other in (
            (old.where, new.where),
            (old.towns, new.towns),
            (frozenset(old.numbers), frozenset(new.numbers)),
            (_within_years(old), _within_years(new)),
        )
    )


def _within_years(part: Title) -> frozenset[tuple[str, str]]:
    return frozenset(time for time in part.times if time[1] != "年")
