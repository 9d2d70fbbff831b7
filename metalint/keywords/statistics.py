"""What is counted over a catalogue: its keywords, its phrases, the habits of its agencies, and who is near whom.

Each record of a series of n counts 1/√n: a hundred twins are no hundred witnesses.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from metalint.keywords.background import Background
from metalint.keywords.example import Example
from metalint.keywords.neighbours import Neighbours, Records, neighbours

_BEGIN = 2  # signs by which the keywords of a text are looked up


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


class Statistics(NamedTuple):
    """What is counted over the records of one language; who is near by words, and who by pairs of signs."""

    counts: Counts
    records: Records
    words: Neighbours
    signs: Neighbours
    background: Background


def counted(examples: Sequence[Example], background: Background) -> Statistics:
    """Return the statistics of some records."""
    words, alike = [example.bag for example in examples], [signs(example) for example in examples]
    return Statistics(_counts(examples), _records(examples), neighbours(words), neighbours(alike), background)


def signs(example: Example) -> Counter[str]:
    """Return the pairs of signs of a record's title, or the groups of four letters."""
    title, size = example.folded["title"], 2 if example.hanzi else 4
    return Counter(title[at : at + size] for at in range(len(title) - size + 1))


def _records(examples: Sequence[Example]) -> Records:
    names = sorted({example.agency for example in examples})
    agencies, portals = _numbers(names), _numbers(sorted({example.portal for example in examples}))
    return Records(
        [example.keywords for example in examples],
        names,
        np.array([agencies[example.agency] for example in examples], np.int32),
        np.array([portals[example.portal] for example in examples], np.int32),
    )


def _numbers(names: Sequence[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}


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


def _add(sums: dict[str, float], key: str, weight: float) -> None:
    sums[key] = sums.get(key, 0.0) + weight
