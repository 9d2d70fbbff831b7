"""What is counted over a catalogue: its keywords, its phrases, the habits of its agencies, and who is near whom.

Each record of a series of n counts 1/√n: a hundred twins are no hundred witnesses.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metalint.keywords.example import Example

NEAREST = 25
_BEGIN = 2  # signs by which the keywords of a text are looked up


class Near(NamedTuple):
    """A record of the catalogue that is near, by its number, and how near, from 0 to 1."""

    number: int
    similarity: float


class Background(NamedTuple):
    """In how many titles of a large catalogue each phrase stands."""

    titles: int
    counts: Mapping[str, int]


class Counts:
    """Keywords and phrases: how often, by whom, beside how many occurrences in the texts.

    `weight`, `occurs` and `phrases` are by folded term; `uses` counts records, by agency.
    """

    def __init__(self) -> None:
        self.weight: dict[str, float] = {}
        self.portals: dict[str, int] = {}
        self.written: dict[str, str] = {}
        self.occurs: dict[str, float] = {}
        self.phrases: dict[str, float] = {}
        self.by_agency: dict[str, dict[str, float]] = {}
        self.by_category: dict[str, dict[str, float]] = {}
        self.agencies: dict[str, float] = {}
        self.categories: dict[str, float] = {}
        self.uses: dict[str, dict[str, int]] = {}

    def prepare(self) -> None:
        """Make ready what is derived: where keywords begin, and how keywords and phrases begin and end."""
        self._by_beginning: dict[str, list[str]] = {}
        for keyword in self.weight:
            if len(keyword) >= _BEGIN:
                self._by_beginning.setdefault(keyword[:_BEGIN], []).append(keyword)
        self.keyword_begins = Counter(keyword[:2] for keyword in self.weight)
        self.keyword_ends = Counter(keyword[-2:] for keyword in self.weight)
        self.phrase_begins: dict[str, float] = {}
        self.phrase_ends: dict[str, float] = {}
        for phrase, weight in self.phrases.items():
            _add(self.phrase_begins, phrase[:2], weight)
            _add(self.phrase_ends, phrase[-2:], weight)

    def within(self, folded: str) -> Iterator[str]:
        """Yield the keywords that stand in a folded text."""
        for at in range(len(folded) - 1):
            for keyword in self._by_beginning.get(folded[at : at + _BEGIN], ()):
                if folded.startswith(keyword, at):
                    yield keyword


class Neighbours:
    """Records as vectors of their words, weighted by TF-IDF, kept by word (`starts`); and each record's keywords."""

    def __init__(
        self,
        words: Sequence[str],
        rarity: NDArray[np.float32],
        starts: NDArray[np.int32],
        records: NDArray[np.int32],
        weights: NDArray[np.float32],
        keywords: Sequence[Sequence[str]],
    ) -> None:
        self.words, self.rarity, self.starts = words, rarity, starts
        self.records, self.weights, self.keywords = records, weights, keywords
        self._number = {word: at for at, word in enumerate(words)}

    def vector(self, example: Example) -> dict[int, float]:
        """Return a record's known words by number, of length 1 all together."""
        return _vector(example, self._number, self.rarity)

    def near(self, example: Example) -> list[Near]:
        """Return the records that are nearest, the nearest first; of equal ones the earlier."""
        total: NDArray[np.float64] = np.zeros(len(self.keywords))
        for at, weight in self.vector(example).items():
            one = slice(self.starts[at], self.starts[at + 1])
            total[self.records[one]] += weight * self.weights[one]
        some = np.flatnonzero(total)
        best = some[np.lexsort((some, -total[some].round(6)))][:NEAREST]
        return [Near(int(number), min(1.0, float(total[number]))) for number in best]


class Statistics(NamedTuple):
    """What is counted over the records of one language."""

    counts: Counts
    neighbours: Neighbours
    background: Background


def counted(examples: Sequence[Example], background: Background) -> Statistics:
    """Return the statistics of some records."""
    return Statistics(_counts(examples), _neighbours(examples), background)


def _counts(examples: Sequence[Example]) -> Counts:
    made = Counts()
    size = Counter(example.series for example in examples)
    weights = [1 / math.sqrt(size[example.series]) for example in examples]
    portals: dict[str, set[str]] = {}
    written: dict[str, Counter[str]] = {}
    for example, weight in zip(examples, weights, strict=True):
        _add(made.agencies, example.agency, weight)
        for category in example.categories:
            _add(made.categories, category, weight)
        for keyword, spelling in zip(example.keywords, example.written, strict=True):
            _add(made.weight, keyword, weight)
            portals.setdefault(keyword, set()).add(example.portal)
            written.setdefault(keyword, Counter())[spelling] += 1
            _add(made.by_agency.setdefault(example.agency, {}), keyword, weight)
            uses = made.uses.setdefault(example.agency, {})
            uses[keyword] = uses.get(keyword, 0) + 1
            for category in example.categories:
                _add(made.by_category.setdefault(category, {}), keyword, weight)
    made.portals = {keyword: len(found) for keyword, found in portals.items()}
    made.written = {keyword: min(found, key=lambda one: (-found[one], one)) for keyword, found in written.items()}
    made.prepare()
    for example, weight in zip(examples, weights, strict=True):
        for keyword in {*made.within(example.folded["title"]), *made.within(example.folded["description"])}:
            _add(made.occurs, keyword, weight)
        for phrase in {phrase.folded for phrase in example.title}:
            _add(made.phrases, phrase, weight)
    made.prepare()
    return made


def _neighbours(examples: Sequence[Example]) -> Neighbours:
    met = Counter(word for example in examples for word in example.bag)
    words = sorted(met)
    number = {word: at for at, word in enumerate(words)}
    rarity = np.array([math.log((len(examples) + 1) / (met[word] + 0.5)) for word in words], np.float32)
    listed: list[list[tuple[int, float]]] = [[] for _ in words]
    for record, example in enumerate(examples):
        for at, weight in _vector(example, number, rarity).items():
            listed[at].append((record, weight))
    return Neighbours(
        words,
        rarity,
        np.cumsum([0, *map(len, listed)]).astype(np.int32),
        np.array([record for one in listed for record, _ in one], np.int32),
        np.array([weight for one in listed for _, weight in one], np.float32),
        [example.keywords for example in examples],
    )


def _vector(example: Example, number: Mapping[str, int], rarity: NDArray[np.float32]) -> dict[int, float]:
    counts = {number[word]: count for word, count in sorted(example.bag.items()) if word in number}
    made = {at: (1 + math.log(count)) * float(rarity[at]) for at, count in counts.items()}
    size = math.sqrt(sum(weight * weight for weight in made.values())) or 1.0
    return {at: weight / size for at, weight in made.items()}


def _add(sums: dict[str, float], key: str, weight: float) -> None:
    sums[key] = sums.get(key, 0.0) + weight
