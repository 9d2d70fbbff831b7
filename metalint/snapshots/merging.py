"""Several datasets that became one: a year's, a month's or a district's that are one dataset now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from metalint.snapshots import agencies as kinds
from metalint.snapshots import families, similar
from metalint.snapshots.pairing import Matched, Pair, keep, may_move, near, titles_alike
from metalint.snapshots.titles import ALL_YEARS, Title
from metalint.snapshots.weights import likeness

_SISTERS = 0.7  # likeness of a series with a dataset of another bureau of the same city or ministry
_LEAST = 0.5  # likeness of a series with what it went into that is enough where nothing else is nearly as good
_SURE = 0.85  # likeness of a series with what it went into that is enough where the next is nearly as good


class Merged(NamedTuple):
    """An old dataset that went into a new one (numbers from 0): by which sign, how alike (0 to 1)."""

    old: int
    new: int
    how: str  # twin, series, part, like-series; later: in a later edition, which does not hold it
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
    _twice(done, found)
    stems = Counter((done.olds.agencies[old], done.olds.part(old).stem) for old in _left(done, found))
    for old in _left(done, found):
        part = done.olds.part(old)
        if stems[done.olds.agencies[old], part.stem] > 1 or similar.AREA.fullmatch(part.facet):
            _note(done, found, old, _nearest(done, old, part.stem, by_core, _part), "part")
    _by_place(done, found, by_core)
    timeless = [new for new in range(len(done.news.entries)) if not done.news.part(new).times]
    for merged in _like_series(done, found, similar.index(done, timeless)):
        found[merged.old] = merged
    without = [new for new in timeless if not done.news.part(new).spans]
    undated = similar.index(done, without)
    for merged in _of_sisters(done, found, without, by_core) if not done.identifiers else ():
        found[merged.old] = merged
    for old, new in families.by_place(done, _left(done, found), undated):
        _note(done, found, old, new, "part")
    for old, new in families.by_wording(done, _left(done, found)):
        _note(done, found, old, new, "later" if done.news.part(new).times - done.olds.part(old).times else "part")
    crowds = Counter(merged.new for merged in found.values())
    return {merged.old: merged for merged in found.values() if not _is_rename(done, merged, crowds[merged.new])}


def _twice(done: Matched, found: dict[int, Merged]) -> None:
    """Note what was listed twice and is listed once now."""
    left = _left(done, found)
    ends = {(done.olds.agencies[old], done.olds.ending(old)) for old in left}
    kept: dict[tuple[object, ...], int] = {}
    for old, pair in sorted(done.pairs.items()):
        if (done.olds.agencies[old], done.olds.ending(old)) in ends:
            kept.setdefault(similar.twin_key(done, old), pair.new)
    for old in left:
        new = kept.get(similar.twin_key(done, old))
        if new is not None and len(done.olds.part(old).core) >= similar.SHORT:
            kin = near(done, old, new)
            if kin and similar.compatible(done.olds.part(old), done.news.part(new), kin):
                _note(done, found, old, new, "twin")


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
Row = tuple[int, float, float, int]
Fits = Callable[[Title, Title], bool]


def _twin(old: Title, new: Title) -> bool:
    """The same dataset under nearly the same title: it was listed twice."""
    return similar.same_numbers(old, new)


def _series(old: Title, new: Title) -> bool:
    """One of a series, and what has all of it: no date, a span of years that holds it, its year without the month."""
    if not (old.times or old.spans):
        return False
    if not new.spans:
        return old.numbers == new.numbers and new.times < (old.times or frozenset([("", "")]))
    if new.times or not (old.numbers == new.numbers or ALL_YEARS in new.spans):
        return False
    return all(any(first <= year <= last for first, last in new.spans) for year in old.years)


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
        unsaid = not done.news.part(crowd[0]).home or (bool(part.places) and not part.home)
        if done.agencies.near(done.olds.agencies[old], name) or unsaid:
            best = min(filter(None, (best, _best(done, old, crowd, part, fits))), default=None)
    return None if best is None else best[-1]


def _best(done: Matched, old: int, news: Sequence[int], part: Title, fits: Fits) -> Row | None:
    """Return the nearest of some new datasets that fits: how near, how alike (all negative), its number."""
    best: Row | None = None
    for new in news:
        other = done.news.part(new)
        if fits(part, other) and (kin := near(done, old, new)) and similar.compatible(part, other, kin):
            share = likeness(done.olds.part(old).said, other.said)
            row = (-kin, -share, -titles_alike(done, old, new), new)
            best = row if best is None or row < best else best
    return best


def _by_place(done: Matched, found: dict[int, Merged], by_core: ByCore) -> None:
    """Note what was one dataset for each county, and is one for all of them."""
    left = [old for old in _left(done, found) if done.olds.part(old).places]
    cores = families.sizes_by_place(done, left)
    for old in left:
        part = done.olds.part(old)
        if cores[done.olds.agencies[old], part.core] >= families.FEW:
            bare = part._replace(places=frozenset())
            _note(done, found, old, _nearest(done, old, part.core, by_core, _of_all, bare), "part")


def _note(done: Matched, found: dict[int, Merged], old: int, new: int | None, how: str) -> None:
    if new is not None:
        share = likeness(done.olds.part(old).said, done.news.part(new).said)
        found[old] = Merged(old, new, how, share)


def _like_series(done: Matched, found: Mapping[int, Merged], among: similar.Index) -> Iterator[Merged]:
    """Yield members of series that went into a dataset without numbers whose title is nearly theirs without them."""
    for old in _left(done, found):
        part = done.olds.part(old)
        if not (part.times or part.spans) or len(part.core) <= similar.SHORT + 1:
            continue
        bare = part._replace(times=frozenset(), spans=())
        found_ = similar.candidates(done, old, among, _LEAST - families.MARGIN, part=bare)
        best = sorted((row for row in found_ if _may_hold(part, done.news.part(row[1]))), reverse=True)
        sure = best and best[0][0] >= _SURE and (len(best) == 1 or best[0][0] - best[1][0] >= similar.MARGIN)
        alike = [row for row in best if row[0] >= similar.LEAST]
        likely = families.clear(alike) or (best and best[0][0] >= _LEAST and families.clear(best))
        if sure or (likely and not done.identifiers):  # where these tell datasets, what it went into was there before
            yield Merged(old, best[0][1], "like-series", best[0][0])


def _may_hold(old: Title, new: Title) -> bool:
    """Tell whether a new title may be of all of a series: of its years too, and of no town where the old one is not."""
    return new.towns <= old.towns and (not new.spans or (bool(old.times) and _holds_years(old, new)))


def _holds_years(old: Title, new: Title) -> bool:
    """Tell whether the years of a title are within the spans of another: of several, those that it names."""
    spans = [span for span in new.spans if span != ALL_YEARS] or new.spans
    return bool(old.years) and all(any(first <= year <= last for first, last in spans) for year in old.years)


def _of_sisters(
    done: Matched, found: Mapping[int, Merged], undated: Sequence[int], by_core: ByCore
) -> Iterator[Merged]:
    """Yield members of series that went into a dataset of another bureau of their city or ministry."""
    left = [old for old in _left(done, found) if _may_be_of_sisters(done, old, by_core)]
    above = {name: kinds.above(name, done.agencies) for name in set(done.news.agencies)}
    heads = {kinds.above(done.olds.agencies[old], done.agencies) for old in left} - {""}
    among = similar.index(done, [new for new in undated if above[done.news.agencies[new]] in heads], together=True)
    for old in left:
        part = done.olds.part(old)
        bare = part._replace(times=frozenset(), spans=())
        alike = similar.candidates(done, old, among, _SISTERS, part=bare, strangers=True)
        best = sorted((row for row in alike if similar.sisters(done, old, row[1])), reverse=True)
        if families.clear(best):
            yield Merged(old, best[0][1], "like-series", best[0][0])


def _may_be_of_sisters(done: Matched, old: int, by_core: ByCore) -> bool:
    """Tell whether a dataset is of a series with a long title that its own bureau does not go on with."""
    part = done.olds.part(old)
    dated = bool(part.times or part.spans) and len(part.core) > similar.SHORT + 2
    return dated and done.olds.agencies[old] not in by_core.get(part.core, {})


def _is_rename(done: Matched, merged: Merged, crowd: int) -> bool:
    """Pair what alone went into a dataset that nothing else became, and tell whether it was so."""
    alone = crowd == 1 and merged.new not in done.taken
    return alone and keep(done, Pair(merged.old, merged.new, "form", merged.similarity))
