"""Datasets that go on under another agency's name, in lists that know them by title and agency alone. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from metalint.usage.gathered import Entry
from metalint.vocabulary import fold


class _Move(NamedTuple):
    """A dataset that is last met where another of its title is met first; `sure`: nobody else has that title."""

    old: Entry
    new: Entry
    sure: bool

    @property
    def agencies(self) -> tuple[str, str]:
        return fold(self.old.row.agency), fold(self.new.row.agency)


def merged(entries: Sequence[Entry], *, counters: bool) -> tuple[Entry, ...]:
    """Return the datasets, those that only changed their agency made one.

    A dataset went on if the next list has its title for the first time, under another agency, and nobody else ever had
    that title; or others of the one agency went on under the other. A counter that shows less is another dataset's.
    """
    moves = _moves(entries, counters=counters)
    known = {move.agencies for move in moves if move.sure}
    into = {id(move.new): move.old for move in moves if move.sure or move.agencies in known}
    gone = {id(old) for old in into.values()}
    return tuple(_with_past(entry, into) for entry in entries if id(entry) not in gone)


def _moves(entries: Sequence[Entry], *, counters: bool) -> list[_Move]:
    spans = {id(entry): _span(entry) for entry in entries}
    following = dict(pairwise(sorted({code for entry in entries for code in entry.codes()})))
    titled: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if not entry.row.record and entry.row.title:
            titled[fold(entry.row.title)].append(entry)
    moves: list[_Move] = []
    for some in titled.values():
        pairs = list(_pairs(some, spans, following)) if len(some) > 1 else []
        sure = len(pairs) == len(some) - 1  # each is what became of the one before
        moves += [_Move(old, new, sure) for old, new in pairs if not (counters and _less(old, new))]
    return moves


def _pairs(
    some: Sequence[Entry], spans: dict[int, tuple[int, int]], following: dict[int, int]
) -> Iterator[tuple[Entry, Entry]]:
    """Yield those of one title that end where but one other begins, and are the only ones that end there."""
    ends: dict[int, list[Entry]] = defaultdict(list)
    starts: dict[int, list[Entry]] = defaultdict(list)
    for entry in some:
        first, last = spans[id(entry)]
        starts[first].append(entry)
        if last in following:
            ends[following[last]].append(entry)
    for code, olds in ends.items():
        news = starts.get(code, [])
        if len(olds) == len(news) == 1 and fold(olds[0].row.agency) != fold(news[0].row.agency):
            yield olds[0], news[0]


def _span(entry: Entry) -> tuple[int, int]:
    codes = entry.codes()
    return min(codes), max(codes)


def _less(old: Entry, new: Entry) -> bool:
    """Tell whether the counters of one show less at first than those of the other at last."""
    before, after = old.figures()[-1], new.figures()[0]
    return any(a is not None and b is not None and b < a for a, b in zip(before[1:], after[1:], strict=True))


def _with_past(entry: Entry, into: dict[int, Entry]) -> Entry:
    """Return a dataset with the figures that it had under its former names."""
    if id(entry) not in into:
        return entry
    made, at = Entry(entry.row, entry.key, entry.points[:], entry.twins, entry.replaced), entry
    while (old := into.get(id(at))) is not None:
        made.points = old.points + made.points
        made.twins, made.replaced, made.renamed = made.twins + old.twins, made.replaced + old.replaced, made.renamed + 1
        at = old
    return made
