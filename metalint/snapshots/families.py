"""Families of old datasets that one dataset holds now: each county's, each office's, each part's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from metalint.later import pattern
from metalint.snapshots import similar
from metalint.snapshots.pairing import Matched, titles_alike
from metalint.snapshots.titles import Title
from metalint.snapshots.weights import head_of

FEW = 5  # members that make a family
_HEAD = 6  # signs of a title that all of a family must share
_ALL = pattern("各|所屬")  # words of a title that is of all offices, all districts
_OFFICE = pattern("^(?:分局|分隊|大隊|地政事務所|戶政事務所|事務所|公所|分處|分署|[區鄉鎮市]公所)")
_LISTS = 2  # wholes of one family: two lists of the same
_MORE = 8  # signs that the whole's title may have before them
MARGIN = 0.15  # by which a whole that is not called like its members must be better than the next


def by_place(done: Matched, left: Sequence[int], among: similar.Index) -> Iterator[tuple[int, int]]:
    """Yield (old, new) for datasets of one county each whose family is most like one dataset."""
    families: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for old in left:
        if done.olds.part(old).places:
            families[done.olds.agencies[old], done.olds.part(old).core].append(old)
    sizes = sizes_by_place(done, left)
    for key, olds in families.items():
        if sizes[key] >= FEW and (new := _best_of(done, olds, among)) is not None:
            yield from ((old, new) for old in olds)


def sizes_by_place(done: Matched, left: Sequence[int]) -> Counter[tuple[str, str]]:
    """Return how many old datasets of counties an agency has of each core: those that are found elsewhere too.

    Of the agencies alone that have some of what is `left`.
    """
    asked = {done.olds.agencies[old] for old in left if done.olds.part(old).places}
    olds = (old for old, agency in enumerate(done.olds.agencies) if agency in asked)
    return Counter((done.olds.agencies[old], done.olds.part(old).core) for old in olds if done.olds.part(old).places)


def _best_of(done: Matched, olds: Sequence[int], among: similar.Index) -> int | None:
    """Return what is clearly most like one of a family, with its county or without."""
    parts = [done.olds.part(old) for old in olds]
    for old, part in zip(olds, parts, strict=True):
        for one in (part._replace(places=frozenset()), part) if len(part.core) > similar.SHORT + 1 else ():
            found = sorted(similar.candidates(done, old, among, part=one), reverse=True)
            if clear(found):
                return found[0][1]
    return None


def clear(found: Sequence[tuple[float, int]]) -> bool:
    """Tell whether the first of what is alike, best first, is clearly better than the next."""
    return bool(found) and (len(found) == 1 or found[0][0] - found[1][0] >= MARGIN)


def by_wording(done: Matched, left: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (old, new) for families of one agency: their titles end alike, or begin so, and one new title is that."""
    news: defaultdict[str, list[int]] = defaultdict(list)
    for new in range(len(done.news.entries)):
        news[done.news.agencies[new]].append(new)
    for agency, olds in _grouped(left, done).items():
        held = [new for name in done.agencies.kin.get(agency, {}) for new in news.get(name, ())]
        for backwards in (True, False):
            for members, shared in _alike(done, olds, backwards=backwards):
                wholes = [new for new in held if _is_whole(done, new, shared, backwards=backwards)]
                wholes = [new for new in wholes if _ALL.search(done.news.part(new).core)] or wholes
                if not _is_one(done, wholes):
                    continue
                for old in members:
                    new = _of_its_time(done, old, wholes)
                    if not done.news.part(new).times or done.news.part(new).when >= done.olds.part(old).when:
                        yield old, new


def _grouped(left: Sequence[int], done: Matched) -> Mapping[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for old in left:
        if len(done.olds.part(old).core) >= _HEAD:
            found[done.olds.agencies[old]].append(old)
    return {agency: olds for agency, olds in found.items() if len(olds) >= FEW}


def _alike(done: Matched, olds: Sequence[int], *, backwards: bool) -> Iterator[tuple[list[int], str]]:
    """Yield the families of an agency whose cores differ but end (or begin) alike, and what they share."""
    families: defaultdict[str, list[int]] = defaultdict(list)
    for old in olds:
        core = done.olds.part(old).core
        families[core[-_HEAD:] if backwards else core[:_HEAD]].append(old)
    for members in families.values():
        cores = {done.olds.part(old).core for old in members}
        parts = {_place(done.olds.part(old)) for old in members}
        if len(cores) >= FEW or (len(parts) >= FEW and len(cores) > 1):
            yield members, _shared(sorted(cores), backwards=backwards)


def _place(part: Title) -> tuple[object, ...]:
    return part.core, part.facet, part.towns, part.places


def _shared(cores: Sequence[str], *, backwards: bool) -> str:
    turned = [core[::-1] if backwards else core for core in cores]
    shared = head_of(turned)
    return shared[::-1] if backwards else shared


def _is_one(done: Matched, wholes: Sequence[int]) -> bool:
    """Tell whether what may hold a family is one dataset, its editions, or two lists of all."""
    cores = {done.news.part(new).core for new in wholes}
    return len(cores) == 1 or (len(cores) == _LISTS and all(map(_ALL.search, cores)))


def _of_its_time(done: Matched, old: int, wholes: Sequence[int]) -> int:
    """Return the whole of an old dataset's time, else the last one."""
    times = done.olds.part(old).times
    same = [new for new in wholes if done.news.part(new).times == times]
    return max(same or wholes, key=lambda new: (done.news.part(new).years, titles_alike(done, old, new), new))


def _is_whole(done: Matched, new: int, shared: str, *, backwards: bool) -> bool:
    part = done.news.part(new)
    if part.towns or similar.AREA.fullmatch(part.facet):
        return False
    if part.core == shared or not backwards:
        return part.core == shared
    if part.core.endswith(shared):
        return len(part.core) <= len(shared) + _MORE
    return bool(_ALL.search(part.core)) and part.core.endswith(_OFFICE.sub("", shared))
