"""Rules over a whole file: which records share a key, told from 16 bytes a record and rule; how values are spelt."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress, islice
from operator import eq
from typing import NamedTuple

MOST = 200_000  # spellings that are counted: no file that people write has more of one field


class Member(NamedTuple):
    """A record of a group: the rule's number, the group's mark, and whether it is the first of `size`."""

    rule: int
    mark: int
    first: bool
    size: int


class Facts:
    """The keys that records have for each rule, kept as marks of 64 bits; equal marks are compared in full later.

    The marks are Python's own hashes: made in one process, and never told to anybody, they may differ from run to run.
    """

    def __init__(self, rules: int) -> None:
        self._marks = [array("q") for _ in range(rules)]
        self._records = [array("L") for _ in range(rules)]

    def add(self, first: int, keys: Sequence[Sequence[str | None]]) -> None:
        """Take over the keys of some records, for each rule one a record; `first` is the first record's number."""
        for marks, records, column in zip(self._marks, self._records, keys, strict=True):
            if None in column:
                records.extend([number for number, key in enumerate(column, first) if key is not None])
                marks.extend([hash(key) for key in column if key is not None])
            else:
                records.extend(range(first, first + len(column)))
                marks.extend(map(hash, column))

    def groups(self, rule: int, least: int) -> Iterator[tuple[int, Member]]:
        """Yield (record, member) for every record of a group of `least` or more, in the order of the records."""
        marks = self._marks[rule]
        ordered = sorted(marks)
        again = Counter(compress(ordered, map(eq, ordered, islice(ordered, 1, None))))  # one less than there are
        counts = {mark: size + 1 for mark, size in again.items() if size + 1 >= least}
        if not counts:
            return
        seen: set[int] = set()
        for record, mark in zip(self._records[rule], marks, strict=True):
            if mark in counts:
                yield record, Member(rule, mark, mark not in seen, counts[mark])
                seen.add(mark)


class Commoner(NamedTuple):
    """A commoner spelling, how often it stands in the file, and how often the rarer one does."""

    text: str
    times: int
    own: int


class Spellings:
    """The spellings of a file, for each rule that looks at some."""

    def __init__(self, rules: int) -> None:
        self._counts: list[Counter[str]] = [Counter() for _ in range(rules)]

    def add(self, counts: Sequence[Mapping[str, int]]) -> None:
        """Take over how often each spelling stands in some records, for each rule."""
        for kept, more in zip(self._counts, counts, strict=True):
            if len(kept) < MOST:
                kept.update(more)

    def rarer(self, rule: int, means: Callable[[str], str], times: int, least: int) -> Mapping[str, Commoner]:
        """Return the spellings beside which another one that `means` the same is far more common.

        It stands at least `times` times as often, and `least` in all.
        """
        groups: dict[str, list[str]] = {}
        counts: Counter[str] = Counter()
        for text, count in self._counts[rule].items():
            counts[spelling(text)] += count
        for text in counts:
            groups.setdefault(means(text), []).append(text)
        found = {}
        for group in groups.values():
            best = min(group, key=lambda text: (-counts[text], text))
            for text in group:
                if counts[best] >= max(least, times * counts[text]) and text != best:
                    found[text] = Commoner(best, counts[best], counts[text])
        return found


def spelling(text: str) -> str:
    """Return a text as its spelling counts: without the spaces of which other rules speak."""
    return " ".join(text.split())
