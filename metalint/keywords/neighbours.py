"""Which records of a catalogue are near a text, and what keywords they have.

Nearness is the cosine of TF-IDF vectors, kept by word: of words (weighted by the field they stand in), or of pairs of
signs, which need no segmentation and so know a twin however its title is cut.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Near(NamedTuple):
    """A record of the catalogue that is near, by its number, and how near, from 0 to 1."""

    number: int
    similarity: float


class Records:
    """The records of a catalogue: the keywords of each, and the numbers of its agency (of `names`) and its portal."""

    def __init__(
        self,
        keywords: Sequence[Sequence[str]],
        names: Sequence[str],
        agencies: NDArray[np.int32],
        portals: NDArray[np.int32],
    ) -> None:
        self.keywords, self.names, self.agencies, self.portals = keywords, names, agencies, portals
        self._number = {name: at for at, name in enumerate(names)}
        self._sizes = np.array([len(some) for some in keywords], np.float64)
        self.mean = float(self._sizes.mean()) if len(self._sizes) else 0.0

    def of_agency(self, agency: str) -> NDArray[np.bool_]:
        """Return which records are of an agency."""
        mask: NDArray[np.bool_] = self.agencies == self._number.get(agency, -1)
        return mask

    def of_portal(self, agency: str) -> NDArray[np.bool_]:
        """Return which records are of the portal that has an agency."""
        own = self.portals[self.of_agency(agency)]
        mask: NDArray[np.bool_] = self.portals == (own[0] if len(own) else -1)
        return mask

    def size(self, which: NDArray[np.bool_]) -> float:
        """Return how many keywords some records have on average; of few records the catalogue's average counts too."""
        return float((self._sizes[which].sum() + 2 * self.mean) / (which.sum() + 2))


class Neighbours:
    """Records as vectors, kept by word: those of `words[i]` stand from `starts[i]` to `starts[i + 1]`."""

    def __init__(
        self,
        words: Sequence[str],
        rarity: NDArray[np.float32],
        starts: NDArray[np.int32],
        records: NDArray[np.int32],
        weights: NDArray[np.float32],
        size: int,
    ) -> None:
        """Take over the vectors of `size` records."""
        self.words, self.rarity, self.starts = words, rarity, starts
        self.records, self.weights, self.size = records, weights, size
        self._number = {word: at for at, word in enumerate(words)}

    def similarities(self, counts: Mapping[str, int]) -> NDArray[np.float64]:
        """Return how near each record is to a text, given how often it has which words."""
        total: NDArray[np.float64] = np.zeros(self.size)
        for at, weight in _vector(counts, self._number, self.rarity).items():
            one = slice(self.starts[at], self.starts[at + 1])
            total[self.records[one]] += weight * self.weights[one]
        return total

    def shared(self, counts: Mapping[str, int], numbers: Sequence[int], most: int) -> list[str]:
        """Return the words that bring a text near to some records, those that count most first."""
        gain = {}
        for at, weight in _vector(counts, self._number, self.rarity).items():
            one = slice(self.starts[at], self.starts[at + 1])
            same = np.isin(self.records[one], numbers)
            if same.any():
                gain[self.words[at]] = weight * float(self.weights[one][same].sum())
        return sorted(gain, key=lambda word: (-round(gain[word], 6), word))[:most]


def neighbours(texts: Sequence[Mapping[str, int]]) -> Neighbours:
    """Return the vectors of records, given how often each has which words."""
    met = Counter(word for counts in texts for word in counts)
    words = sorted(met)
    number = {word: at for at, word in enumerate(words)}
    rarity = np.array([math.log((len(texts) + 1) / (met[word] + 0.5)) for word in words], np.float32)
    listed: list[list[tuple[int, float]]] = [[] for _ in words]
    for record, counts in enumerate(texts):
        for at, weight in _vector(counts, number, rarity).items():
            listed[at].append((record, weight))
    return Neighbours(
        words,
        rarity,
        np.cumsum([0, *map(len, listed)]).astype(np.int32),
        np.array([record for one in listed for record, _ in one], np.int32),
        np.array([weight for one in listed for _, weight in one], np.float32),
        len(texts),
    )


def nearest(similarities: NDArray[np.float64], most: int) -> list[Near]:
    """Return the records that are nearest, the nearest first; of equal ones the earlier."""
    some = np.flatnonzero(similarities > 0)
    best = some[np.lexsort((some, -similarities[some].round(6)))][:most]
    return [Near(int(number), min(1.0, float(similarities[number]))) for number in best]


class Votes:
    """What near records say of terms: the share of all similarity, the nearest that has it, how many have it."""

    def __init__(self, near: Sequence[Near], keywords: Sequence[Sequence[str]]) -> None:
        self.nearest = near[0].similarity if near else 0.0
        self.share: dict[str, float] = {}
        self.most: dict[str, float] = {}
        self.number: Counter[str] = Counter()
        every = sum(one.similarity for one in near) or 1.0
        for one in near:
            for keyword in keywords[one.number]:
                self.share[keyword] = self.share.get(keyword, 0) + one.similarity / every
                self.number[keyword] += 1
                self.most.setdefault(keyword, one.similarity)


def _vector(counts: Mapping[str, int], number: Mapping[str, int], rarity: NDArray[np.float32]) -> dict[int, float]:
    known = {number[word]: count for word, count in sorted(counts.items()) if word in number}
    made = {at: (1 + math.log(count)) * float(rarity[at]) for at, count in known.items()}
    size = math.sqrt(sum(weight * weight for weight in made.values())) or 1.0
    return {at: weight / size for at, weight in made.items()}
