"""Rules over a whole file: which records share a key, told from 16 bytes a record and rule."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress, islice
from operator import eq
from typing import NamedTuple


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
