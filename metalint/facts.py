"""Rules over a whole file: which records share a key, told from 16 bytes a record and rule."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Member(NamedTuple):
    """A record of a group: the rule's number, the group's mark, and whether it is the first of `size`."""

    rule: int
    mark: int
    first: bool
    size: int


class Facts:
    """The keys that records have for each rule, kept as marks of 64 bits; equal marks are compared in full later."""

    def __init__(self, rules: int) -> None:
        self._marks = [array("Q") for _ in range(rules)]
        self._records = [array("L") for _ in range(rules)]

    def add(self, record: int, marks: Iterable[tuple[int, int]]) -> None:
        """Take over one record's marks: pairs of a rule's number and a mark."""
        for rule, mark in marks:
            self._marks[rule].append(mark)
            self._records[rule].append(record)

    def groups(self, rule: int, least: int) -> Iterator[tuple[int, Member]]:
        """Yield (record, member) for every record of a group of `least` or more, in the order of the records."""
        marks = self._marks[rule]
        counts: dict[int, int] = {}
        last, run = -1, 0
        for mark in sorted(marks):
            run = run + 1 if mark == last else 1
            last = mark
            if run >= least:
                counts[mark] = run
        if not counts:
            return
        seen: set[int] = set()
        for record, mark in zip(self._records[rule], marks, strict=True):
            if mark in counts:
                yield record, Member(rule, mark, mark not in seen, counts[mark])
                seen.add(mark)


def mark(key: str) -> int:
    """Return 64 bits of a key: the same in every process, whatever the hash seed."""
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
