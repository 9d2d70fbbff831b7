"""How often each spelling of a value stands in a file, and which of them a commoner one should replace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

MOST = 200_000  # spellings that are counted: no file that people write has more of one field


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
        counts = self._counts[rule]
        for spelling in counts:
            groups.setdefault(means(spelling), []).append(spelling)
        found = {}
        for group in groups.values():
            best = min(group, key=lambda spelling: (-counts[spelling], spelling))
            for spelling in group:
                if counts[best] >= max(least, times * counts[spelling]) and spelling != best:
                    found[spelling] = Commoner(best, counts[best], counts[spelling])
        return found
