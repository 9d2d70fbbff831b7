"""What is left on both sides and can hardly be anything else: weaker signs, where each side has but one."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from metalint.later import pattern
from metalint.snapshots import agencies as kinds
from metalint.snapshots import similar
from metalint.snapshots.agencies import SAME, SUCCESSOR
from metalint.snapshots.pairing import Look, Matched, Pair, keep, near, titles_alike
from metalint.snapshots.titles import Title, ending, taken_apart
from metalint.snapshots.weights import head_of

_LONG = 6  # signs of a core that tells a dataset by itself
_LEAST, _MARGIN = 0.45, 0.1  # likeness of what is nobody else's best, and by how much the next is worse
_LOOKS = 2
_REMARK = pattern(r"[(（【\[][^()（）【】\[\]]*[)）】\]]")
_CHINESE = pattern("[\u4e00-\u9fff]")
_OFFICE = pattern(
    r"([\u4e00-\u9fff]{3,12}(?:[^主各]局|分?署|[^各]處|公所|委員會|中心|大隊|分會))[^\u4e00-\u9fff]?(?=.{6})"
)
_AREA = 4  # signs of its name at most
_LINES = "-－—–─_:："
_ITEM = " 0123456789."


class Cut(NamedTuple):
    """A title without what a step leaves out of it, and that."""

    text: str
    left_out: str


class Seen(NamedTuple):
    """A title as one step sees it: the dataset's number, what is left of the title, what was left out of it."""

    number: int
    part: Title
    left_out: str


def by_remark(done: Matched) -> None:
    """Match titles that differ in a remark in brackets: one has none, or both are names of files."""
    _alone(done, _without_remark, _one_remark)


def _without_remark(title: str) -> Cut | None:
    remarks = "".join(_REMARK.findall(title))
    bare = _REMARK.sub(" ", title)
    return Cut(bare, remarks) if remarks and bare.strip() else None


def _one_remark(done: Matched, old: Seen, new: Seen) -> bool:
    """Tell whether remarks make no other dataset: no other time, and one side alone says something."""
    before, after = done.olds.part(old.number), done.news.part(new.number)
    both = bool(_CHINESE.search(old.left_out) and _CHINESE.search(new.left_out))
    return not both and similar.same_numbers(before._replace(numbers=()), after._replace(numbers=()))


def by_tail(done: Matched) -> None:
    """Match titles of one agency of which one has a head before it that the other lost: the name of a collection."""
    _alone(done, _without_head, _one_head)


def _without_head(title: str) -> Cut | None:
    end = max(map(title.rfind, _LINES)) + 1
    tail = title[end:].strip(_ITEM)
    return Cut(tail, "".join(_CHINESE.findall(title[:end]))) if end and not similar.AREA.fullmatch(tail) else None


def _one_head(done: Matched, old: Seen, new: Seen) -> bool:
    same = done.agencies.near(done.olds.agencies[old.number], done.news.agencies[new.number]) in (SAME, SUCCESSOR)
    return same and bool(old.left_out) != bool(new.left_out)


def by_office(done: Matched) -> None:
    """Match titles of one agency of which one begins with an office's name: one of its own, or what it was before."""
    _alone(done, _without_office, _one_head)


def _without_office(title: str) -> Cut | None:
    match = _OFFICE.match(title)
    return None if match is None else Cut(title[match.end(1) :], match[1])


def _alone(done: Matched, cut: Callable[[str], Cut | None], fits: Callable[[Matched, Seen, Seen], bool]) -> None:
    """Match free datasets whose titles are called the same as they are cut, where there is one on each side."""
    old, new = (_cuts(side, taken, cut) for side, taken in ((done.olds, done.pairs), (done.news, done.taken)))
    here, there = _called(done.olds, old, new), _called(done.news, new, old)
    for key, olds in here.items():
        news = there.get(key, ())
        for one in olds:
            kin = [other for other in news if near(done, one.number, other.number)]
            akin = [rival for rival in olds if near(done, rival.number, kin[0].number)] if kin else []
            if len(kin) == len(akin) == 1 and _same(done, one, kin[0]) and fits(done, one, kin[0]):
                share = titles_alike(done, one.number, kin[0].number)
                keep(done, Pair(one.number, kin[0].number, "form", share))


def _same(done: Matched, old: Seen, new: Seen) -> bool:
    kin = near(done, old.number, new.number)
    fits = similar.compatible(old.part, new.part, kin) and similar.same_numbers(old.part, new.part)
    return fits and similar.same_hinges(done, old.part, new.part)


Cuts = Mapping[int, tuple[str, Cut | None]]


def _cuts(side: Look, taken: Iterable[int], cut: Callable[[str], Cut | None]) -> Cuts:
    """Return the free datasets: how their title ends, words that may be missing left out, and their title cut."""
    held, found = set(taken), {}
    for number, entry in enumerate(side.entries):
        if number not in held:
            title = unicodedata.normalize("NFKC", entry.title)
            one = cut(title)
            end = side.ending(number) if one is None else ending(side.words.folded(one.text), side.words)
            found[number] = (end, one)
    return found


def _called(side: Look, cuts: Cuts, others: Cuts) -> dict[Hashable, list[Seen]]:
    """Return core, numbers and times → the datasets that are called so; of those alone that can have a counterpart."""
    ends, cut_ends = {end for end, _ in others.values()}, {end for end, one in others.values() if one}
    found: defaultdict[Hashable, list[Seen]] = defaultdict(list)
    for number, (end, one) in cuts.items():
        if end not in (ends if one else cut_ends):
            continue
        part = side.part(number)
        if one is not None:
            part = taken_apart(one.text, kinds.today(side.agencies[number], side.words), side.words, side.sites[number])
        if len(part.key) >= _LONG and len(part.core) > similar.SHORT:
            found[part.core, part.numbers, part.times].append(Seen(number, part, one.left_out if one else ""))
    return found


def by_rest(done: Matched, told: AbstractSet[int]) -> None:
    """Match what is much less alike than else is asked, where no other old dataset would take the new one.

    `told` are the old datasets of which another fate is known. What the first look took is no rival in the next.
    """
    placed = sorted({done.news.agencies[new] for new, site in enumerate(done.news.sites) if site})
    among = similar.index(done, [new for new in range(len(done.news.entries)) if new not in done.taken])
    alike = {old: rows for old in _left(done, told) if (rows := _alike(done, old, among, placed))}
    for _ in range(_LOOKS):
        best: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
        for old, rows in alike.items():
            free = [row for row in rows if row[1] not in done.taken] if old not in done.pairs else []
            if free and (len(free) == 1 or free[0][0] - free[1][0] >= _MARGIN):
                best[free[0][1]].append((free[0][0], old))
        for new, olds in sorted(best.items()):
            if len(olds) == 1 and olds[0][0] >= _LEAST:
                keep(done, Pair(olds[0][1], new, "similar", olds[0][0]))


def _left(done: Matched, told: AbstractSet[int]) -> Iterator[int]:
    for old in range(len(done.olds.entries)):
        if old not in done.pairs and old not in told and len(done.olds.part(old).core) >= _LONG - 1:
            yield old


def _alike(done: Matched, old: int, among: similar.Index, placed: Sequence[str]) -> list[tuple[float, int]]:
    """Return the new datasets that an old one might be, best first; `placed` are agencies that name no county."""
    besides = placed if done.olds.part(old).home else ()
    alike = similar.candidates(done, old, among, _LEAST - _MARGIN, loose=True, besides=besides)
    fitting = (row for row in alike if near(done, old, row[1]) and not _of_two_areas(done, old, row[1]))
    return sorted(fitting, reverse=True)


def _of_two_areas(done: Matched, old: int, new: int) -> bool:
    """Tell whether two titles differ in the name of a district, town or village, and in nothing else."""
    one, other = done.olds.part(old).core, done.news.part(new).core
    start = len(head_of([one, other]))
    end = len(head_of([one[start:][::-1], other[start:][::-1]]))
    here, there = one[start : len(one) - end + 1], other[start : len(other) - end + 1]
    return all(1 < len(area) <= _AREA and area[-1] in "區鄉鎮市縣里村" for area in (here, there))
