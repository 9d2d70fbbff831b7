"""What a dataset that is gone left behind: others of its series, or the parts that it was split into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from metalint.snapshots import similar
from metalint.snapshots.pairing import Matched, near, titles_alike
from metalint.snapshots.titles import Title

_LEAST, _MARGIN = 0.7, 0.1  # likeness of a series that goes on under another name, and of the next
_FAMILY = 3  # parts whose titles have one head
_HEAD, _WHOLE = 6, 8  # signs of a title that is long enough to be the head of others; of a budget's
Key = tuple[str, tuple[str, ...]]


class Sibling(NamedTuple):
    """The last dataset of an old one's series. `later`: it came after the old one, and none as old is left.

    `whole`: the old one was a part of a whole of the same time, which is this one.
    """

    new: int
    later: bool
    whole: bool = False


class Members(NamedTuple):
    """The new datasets that have a time: by what they are called, and by pairs of signs."""

    called: Mapping[Key, list[int]]
    among: similar.Index
    placed: tuple[str, ...]  # agencies that name no county, and whose files tell it


def members(done: Matched) -> Members:
    """Return the new datasets that are of a series."""
    called: dict[Key, list[int]] = {}
    dated = [new for new in range(len(done.news.entries)) if _has_time(done.news.part(new))]
    for new in dated:
        part = done.news.part(new)
        for core in {part.core, part.whole}:
            called.setdefault((core, part.numbers), []).append(new)
    placed = sorted({done.news.agencies[new] for new in dated if done.news.sites[new]})
    return Members(called, similar.index(done, dated), tuple(placed))


def _has_time(part: Title) -> bool:
    return bool(part.times or part.spans) and len(part.core) > similar.SHORT


def series(done: Matched, held: Members) -> dict[int, Sibling]:
    """Return for an old dataset without a pair the last of the new datasets of its series, of those the most alike."""

    def exact(old: int) -> list[int]:
        part = done.olds.part(old)
        for core in (part.core, part.whole):
            if found := [new for new in held.called.get((core, part.numbers), ()) if _fits(done, old, new)]:
                return found
        return []

    return _siblings(done, exact, frozenset())


def series_alike(done: Matched, held: Members, told: AbstractSet[int]) -> dict[int, Sibling]:
    """Return the same for series that are called nearly so. Of `told` another fate is known."""
    stems = Counter(
        (done.olds.agencies[old], done.olds.part(old).stem)
        for old in range(len(done.olds.entries))
        if old not in done.pairs and old not in told
    )

    def alike(old: int) -> list[int]:
        part = done.olds.part(old)
        found = _called_alike(done, old, held, part)
        if found or stems[done.olds.agencies[old], part.stem] < _FAMILY:
            return found
        return _called_alike(done, old, held, part._replace(core=part.stem, facet=""))

    found = _siblings(done, alike, told)
    return {old: _of_its_time(done, old, sibling, held) for old, sibling in found.items()}


def _of_its_time(done: Matched, old: int, sibling: Sibling, held: Members) -> Sibling:
    """Return the whole of the same time for what was a part of it; else the sibling."""
    part, core = done.olds.part(old), done.news.part(sibling.new).core
    if not part.stem or not part.times:
        return sibling
    news = (new for new in held.called.get((core, part.numbers), ()) if done.news.part(new).times == part.times)
    new = next((new for new in news if _fits(done, old, new) and not done.news.part(new).facet), None)
    return sibling if new is None else Sibling(new, later=False, whole=True)


def _siblings(done: Matched, of: Callable[[int], list[int]], told: AbstractSet[int]) -> dict[int, Sibling]:
    akin: dict[tuple[object, ...], list[int]] = {}
    found: dict[int, Sibling] = {}
    for old in range(len(done.olds.entries)):
        if old in done.pairs or old in told:
            continue
        part = done.olds.part(old)
        mine = (done.olds.agencies[old], part.core, part.whole, part.numbers)
        if mine not in akin:
            akin[mine] = of(old)
        if akin[mine]:
            new = max(_last(done, akin[mine]), key=lambda new: (titles_alike(done, old, new), new))
            found[old] = Sibling(new, _goes_on(done, old, akin[mine]))
    return found


def _called_alike(done: Matched, old: int, held: Members, part: Title) -> list[int]:
    """Return the members of the series whose title is most like an old one's, clearly more so than another's."""
    best: dict[str, list[tuple[float, int]]] = {}
    if len(part.core) > similar.SHORT + 1:
        besides = held.placed if part.home else ()
        for share, new in similar.candidates(done, old, held.among, _LEAST, part=part, timeless=True, besides=besides):
            if near(done, old, new):
                best.setdefault(done.news.part(new).core, []).append((share, new))
    (first, news), *others = sorted(((max(news)[0], news) for news in best.values()), reverse=True) or [(0.0, [])]
    return [new for _, new in news] if all(first - share >= _MARGIN for share, _ in others) else []


def _last(done: Matched, news: list[int]) -> list[int]:
    """Return those of the last years."""
    years = max((done.news.part(new).years for new in news), default=())
    return [new for new in news if done.news.part(new).years == years]


def _goes_on(done: Matched, old: int, news: list[int]) -> bool:
    """Tell whether a later edition, which was not there before, has come for an old one and all before it."""
    when = done.olds.part(old).when
    if not any(when[:2]):  # a first quarter, or a month, of no year
        return False
    times = {new: done.news.part(new).when for new in news}
    return all(time > when for time in times.values()) and any(new not in done.taken for new in times)


def split(done: Matched) -> dict[int, int]:
    """Return old → the most alike of several new datasets whose titles go on where the old one's ends: its parts."""
    begun: dict[str, list[int]] = {}
    for new in range(len(done.news.entries)):
        core = done.news.part(new).core
        if new not in done.taken and len(core) > _HEAD:
            begun.setdefault(core[:_HEAD], []).append(new)
    found: dict[int, int] = {}
    for old in range(len(done.olds.entries)):
        core = done.olds.part(old).core if old not in done.pairs else ""
        # A short title is the head of others, unless it is of a budget: a fund's is no part of the general one.
        if len(core) < (_WHOLE if similar.is_budget(done.olds.part(old)) else _HEAD):
            continue
        near_ = begun.get(core[:_HEAD], ())[: similar.CROWD]
        parts = [new for new in near_ if done.news.part(new).core.startswith(core)]
        parts = [new for new in parts if _fits(done, old, new) and _of_one_time(done, old, new)]
        if len(parts) > 1:
            found[old] = max(parts, key=lambda new: (titles_alike(done, old, new), -new))
    return found


def _fits(done: Matched, old: int, new: int) -> bool:
    kin = near(done, old, new)
    return bool(kin) and similar.compatible(done.olds.part(old), done.news.part(new), kin)


def _of_one_time(done: Matched, old: int, new: int) -> bool:
    return similar.same_numbers(done.olds.part(old), done.news.part(new))
