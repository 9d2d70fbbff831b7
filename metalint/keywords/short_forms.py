"""Whether a word is a short form of a long one: a sign of some of its words each, in their order (職安, 勞基法)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from metalint.keywords.concepts import is_among

HANZI = re.compile(r"[一-鿿]+")
UNITS = frozenset("局處署會部院所室科隊館校")  # what the name of an agency ends with
NUMERALS = frozenset("零〇一二三四五六七八九十百千萬億兩半第幾每各")
_HINGES = frozenset("的之與和或而為是在於等以及暨至")  # in a long form they tell that it is two things, or a sentence
_JOINING = frozenset("及暨")  # which a name of an agency may have: 國家科學及技術委員會
_ORGANS = frozenset("局署部府")  # within a long form they end the name of another agency: 勞動部│勞工保險局
_COUNTS = frozenset("數別率額")  # what is counted is no thing with a name
_PART = 2  # Hanzi of a word at most


class Fit(NamedTuple):
    """How a short form is made: how many signs begin no word, whether it ends as an agency, how many words it skips."""

    within: int
    agency: bool
    skipped: int

    @property
    def is_usual(self) -> bool:
        """Tell whether it takes the head of every word; an agency's may pass over one, and takes its last sign."""
        return self.within == 0 and self.skipped <= self.agency

    @property
    def is_close(self) -> bool:
        """Tell whether all but one of its signs are such: 環境用藥, 環藥."""
        return self.within <= 1 and self.skipped <= self.agency


class ShortForms:
    """Tells short forms. `count` says how often a dictionary has met a word, and all of them."""

    def __init__(self, count: Callable[[str], tuple[int, int]]) -> None:
        self._count = count
        self.parts = lru_cache(maxsize=1 << 16)(self._parts)

    def fit(self, short: str, long: str) -> Fit | None:
        """Return how a word is the short form of a long one; `None` if it is none.

        It begins as the long one does, takes no two signs of one word, and its last sign is of the last word. Whole
        words alone are no short form, but a wider term: 廢食用油 is a 廢油.
        """
        if short[:1] != long[:1] or not is_among(short, long) or short in long or len(long) < len(short) + 2:
            return None
        parts = self.parts(long)
        chosen = _chosen(short, parts)
        if chosen is None or long[-1] in _COUNTS or all(len(parts[number]) == 1 for number, _ in chosen):
            return None
        agency = len(short) > 2 and short[-1] == long[-1] and short[-1] in UNITS
        if _ORGANS.intersection(parts[:-1]) or _HINGES.intersection(parts) - (_JOINING if agency else frozenset()):
            return None
        signs = chosen[:-1] if agency else chosen
        return Fit(sum(at > 0 for _, at in signs), agency, len(parts) - len(chosen))

    def bared(self, short: str, long: str) -> tuple[str, str]:
        """Return both without what both begin or end with: 桃園市都委會 is short by 都委會 alone, 環教機構 by 環教."""
        same = _alike(short, long)
        cuts = [(short[at:], long[at:]) for at in range(min(same, len(short) - 2), 0, -1)]
        short, long = next((cut for cut in cuts if self.fit(*cut)), (short, long))
        same = _alike(short[::-1], long[::-1])
        cuts = [(short[:-at], long[:-at]) for at in range(min(same, len(short) - 2), 1, -1)]
        return next((cut for cut in cuts if self.fit(*cut)), (short, long))

    def _parts(self, long: str) -> tuple[str, ...]:
        """Return the likeliest words of one or two Hanzi that a text is made of: what Chinese shortens by."""
        best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for end in range(1, len(long) + 1):
            ways = []
            for start in range(max(0, end - _PART), end):
                word = long[start:end]
                count, total = self._count(word)
                if count or len(word) == 1:
                    ways.append((best[start][0] + math.log((total + 1) / (count + 0.5)), (*best[start][1], word)))
            best.append(min(ways))
        return best[-1][1]


def _alike(one: str, other: str) -> int:
    """Return how many signs two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))


def _chosen(short: str, parts: tuple[str, ...]) -> tuple[tuple[int, int], ...] | None:
    """Return for each sign of a short form its part and its place there: of all ways the one with most heads."""
    ways: list[tuple[tuple[int, int], ...]] = [((0, 0),)]
    for sign in short[1:]:
        ways = [
            (*way, (number, at))
            for way in ways
            for number in range(way[-1][0] + 1, len(parts))
            for at, other in enumerate(parts[number])
            if other == sign
        ]
    whole = [way for way in ways if way[-1][0] == len(parts) - 1]
    return max(whole, key=lambda way: (sum(at == 0 for _, at in way), way), default=None)
