"""Several datasets that became one: a year's, a month's or a district's that are one dataset now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from metalint.snapshots import similar
from metalint.snapshots.pairing import Matched, Pair, keep, may_move, near
from metalint.snapshots.titles import ALL_YEARS, Title
from metalint.snapshots.weights import likeness

_LEAST = 0.85  # likeness of a series with the one dataset that it went into, where their cores are not the same
_COUNTIES = 5  # that had a dataset of their own


class Merged(NamedTuple):
    """An old dataset that went into a new one (numbers from 0): by which sign, how alike (0 to 1)."""

    old: int
    new: int
    how: str  # twin, series, part, like-series
    similarity: float


def merge(done: Matched) -> dict[int, Merged]:
    """Return the old datasets that went into a new one. What alone went into a free one is its new title: a pair."""
    found: dict[int, Merged] = {}
    by_core = _by_core(done)
    for how, step in (("twin", _twin), ("series", _series)):
        for old in _left(done, found):
            title = done.olds.part(old)
            new = _nearest(done, old, title.core, by_core, step)
            _note(done, found, old, new if new is not None else _nearest(done, old, title.whole, by_core, step), how)
    titles = {title: new for new, title in reversed(list(enumerate(done.news.titles)))}
    for old in _left(done, found):
        new = titles.get(done.olds.titles[old])
        if new is not None and may_move(done, old, new):
            _note(done, found, old, new, "twin")
    families = Counter((done.olds.agencies[old], done.olds.part(old).stem) for old in _left(done, found))
    for old in _left(done, found):
        part = done.olds.part(old)
        if families[done.olds.agencies[old], part.stem] > 1 or similar.AREA.fullmatch(part.facet):
            _note(done, found, old, _nearest(done, old, part.stem, by_core, _part), "part")
    _by_place(done, found, by_core)
    for merged in _like_series(done, found):
        found[merged.old] = merged
    crowds = Counter(merged.new for merged in found.values())
    return {merged.old: merged for merged in found.values() if not _is_rename(done, merged, crowds[merged.new])}


def _left(done: Matched, found: Mapping[int, Merged]) -> list[int]:
    return [old for old in range(len(done.olds.entries)) if old not in done.pairs and old not in found]


def _by_core(done: Matched) -> ByCore:
    """Return core, or whole → agency → its new datasets; of too many those without dates: series go into these."""
    found: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for new in range(len(done.news.entries)):
        for core in {done.news.part(new).core, done.news.part(new).whole}:
            found[core][done.news.agencies[new]].append(new)
    for crowd in (crowd for agencies in found.values() for crowd in agencies.values()):
        if len(crowd) > similar.CROWD:
            crowd.sort(key=lambda new: (_tokens(done.news.part(new)), new))
            del crowd[similar.CROWD :]
    return found


def _tokens(part: Title) -> int:
    return len(part.times) + len(part.numbers) + len(part.spans)


ByCore = Mapping[str, Mapping[str, list[int]]]
Row = tuple[int, float, int]
Fits = Callable[[Title, Title], bool]


def _twin(old: Title, new: Title) -> bool:
    """The same dataset under nearly the same title: it was listed twice."""
    return similar.same_numbers(old, new)


def _series(old: Title, new: Title) -> bool:
    """One of a series, and what has all of it: no date, a span of years that holds it, its year without the month."""
    if not (old.times or old.spans):
        return False
    held = all(any(first <= year <= last for first, last in new.spans) for year in old.years)
    if new.spans and held and not new.times:
        return old.numbers == new.numbers or ALL_YEARS in new.spans
    return old.numbers == new.numbers and new.times < (old.times or frozenset([("", "")])) and not new.spans


def _of_all(old: Title, new: Title) -> bool:
    return not new.places and _part(old, new)


def _part(old: Title, new: Title) -> bool:
    return new.numbers in ((), old.numbers) and new.times <= old.times


def _nearest(done: Matched, old: int, core: str, by_core: ByCore, fits: Fits, part: Title | None = None) -> int | None:
    """Return the new dataset with a core, of the nearest agency; `None` where there is none that fits."""
    if len(core) < similar.SHORT:
        return None
    part = part or done.olds.part(old)
    best: Row | None = None
    for name, crowd in by_core.get(core, {}).items():
        # An agency that does not say its county may be kin by what its titles say.
        if done.agencies.near(done.olds.agencies[old], name) or not done.news.part(crowd[0]).home:
            best = min(filter(None, (best, _best(done, old, crowd, part, fits))), default=None)
    return None if best is None else best[2]


def _best(done: Matched, old: int, news: Sequence[int], part: Title, fits: Fits) -> Row | None:
    """Return the nearest of some new datasets that fits: how near, how alike (both negative), its number."""
    best: Row | None = None
    for new in news:
        kin, other = near(done, old, new), done.news.part(new)
        if kin and similar.compatible(part, other, kin) and fits(part, other):
            row = (-kin, -likeness(done.olds.part(old).said, done.news.part(new).said), new)
            best = row if best is None or row < best else best
    return best


def _by_place(done: Matched, found: dict[int, Merged], by_core: ByCore) -> None:
    """Note what was one dataset for each county, and is one for all of them."""
    left = [old for old in _left(done, found) if done.olds.part(old).places]
    families = Counter((done.olds.agencies[old], done.olds.part(old).core) for old in left)
    for old in left:
        part = done.olds.part(old)
        if families[done.olds.agencies[old], part.core] >= _COUNTIES:
            bare = part._replace(places=frozenset())
            _note(done, found, old, _nearest(done, old, part.core, by_core, _of_all, bare), "part")


def _note(done: Matched, found: dict[int, Merged], old: int, new: int | None, how: str) -> None:
    if new is not None:
        share = likeness(done.olds.part(old).said, done.news.part(new).said)
        found[old] = Merged(old, new, how, share)


def _like_series(done: Matched, found: Mapping[int, Merged]) -> Iterator[Merged]:
    """Yield members of series that went into a dataset without numbers whose title is nearly theirs without them."""
    index = similar.index(done, [new for new in range(len(done.news.entries)) if _undated(done.news.part(new))])
    for old in _left(done, found):
        part = done.olds.part(old)
        if not (part.times or part.spans) or len(part.core) <= similar.SHORT + 1:
            continue
        bare = part._replace(times=frozenset(), spans=())
        best = sorted(similar.candidates(done, old, index, _LEAST, part=bare), reverse=True)
        if best and (len(best) == 1 or best[0][0] - best[1][0] >= similar.MARGIN):
            yield Merged(old, best[0][1], "like-series", best[0][0])


def _undated(part: Title) -> bool:
    return not part.times and not part.spans


def _is_rename(done: Matched, merged: Merged, crowd: int) -> bool:
    """Pair what alone went into a dataset that nothing else became, and tell whether it was so."""
    alone = crowd == 1 and merged.new not in done.taken
    return alone and keep(done, Pair(merged.old, merged.new, "form", merged.similarity))
