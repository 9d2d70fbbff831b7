"""What may be a keyword of a record: phrases of its texts, and what others have who are like it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from metalint.keywords.example import Example
from metalint.keywords.neighbours import Near, Votes, nearest
from metalint.keywords.phrases import Phrase, free
from metalint.keywords.statistics import Statistics, signs
from metalint.vocabulary import fold

NEAREST, ALIKE = 25, 15  # records that are near by words, and by signs
_VOTES, _AGENCY, _CATEGORY = 60, 10, 5  # keywords taken from neighbours, agency, each category
_FREQUENT = 8  # titles of the background in which a phrase of a description must stand
_YEAR = re.compile(r"[0-9]+年?度?")
Name = tuple[str, str, bool]  # the field in which a concept is named, which name of it this is, and if it is written


@dataclass
class Candidate:
    """What the search for candidates noticed of one: its phrase in the title, its phrases in the description."""

    title: Phrase | None = None
    description: Phrase | None = None
    times: int = 0
    names: set[Name] = field(default_factory=set)


class Judge(NamedTuple):
    """Folded words that say little: cities, and words with which no phrase begins or ends."""

    cities: Collection[str]
    stop: Collection[str]


class Company(NamedTuple):
    """A record among those of the catalogue: who is near, and what they say.

    By words, and those of its agency among them (`own`); by signs, and those of its portal (`portal`). `sizes`: how
    many keywords its agency's records have, the near ones, and the nearest.
    """

    near: Sequence[Near]
    words: Votes
    own: Votes
    alike: Votes
    portal: Votes
    sizes: tuple[float, float, float]


class Finder:
    """Finds the candidates of records among what was counted."""

    def __init__(self, statistics: Statistics, stop: Collection[str] = frozenset()) -> None:
        self.statistics, self._stop = statistics, stop

    def company(self, example: Example) -> Company:
        """Return who is near a record, and what they say."""
        records, words, alike = self.statistics.records, self.statistics.words, self.statistics.signs
        near = nearest(words.similarities(example.bag), NEAREST)
        like = alike.similarities(signs(example))
        agency, portal = records.of_agency(example.agency), records.of_portal(example.agency)

        def votes(some: Sequence[Near]) -> Votes:
            return Votes(some, records.keywords)

        every = sum(one.similarity for one in near)
        sizes = (
            records.size(agency),
            sum(one.similarity * len(records.keywords[one.number]) for one in near) / every if near else records.mean,
            len(records.keywords[near[0].number]) if near else records.mean,
        )
        return Company(
            near,
            votes(near),
            votes([one for one in near if agency[one.number]]),
            votes(nearest(like, ALIKE)),
            votes(nearest(like * portal, ALIKE)),
            sizes,
        )

    def candidates(self, example: Example, company: Company) -> dict[str, Candidate]:
        """Return the candidates by their folded terms."""
        found: dict[str, Candidate] = {}
        background = self.statistics.background
        for phrase in (*example.title, *free(example.runs, background.free, self._stop)):
            candidate = found.setdefault(phrase.folded, Candidate())
            candidate.title = candidate.title or phrase
        self._of_description(example, found)
        for text in example.folded.values():
            for term in self.statistics.counts.within(text):
                found.setdefault(term, Candidate())
        for where, listed in example.named.items():
            for named in listed:
                for kind, name in _names(named.concept.preferred, named.concept.everyday, named.concept.official):
                    found.setdefault(fold(name), Candidate()).names.add((where, kind, named.name == name))
        for term in self._of_others(example, company):
            found.setdefault(term, Candidate())
        return {term: one for term, one in found.items() if len(term) > 1 and not _YEAR.fullmatch(term)}

    def _of_description(self, example: Example, found: dict[str, Candidate]) -> None:
        counts, background = self.statistics.counts, self.statistics.background
        times = Counter(phrase.folded for phrase in example.description)
        for phrase in example.description:
            term = phrase.folded
            known = term in found or term in counts.weight or background.of(term).times >= _FREQUENT
            early = not example.hanzi and phrase.start < len(example.texts["description"]) // 3 and phrase.size < 3
            if known or early or times[term] > 1 or counts.phrases.get(term, 0) >= 2:
                candidate = found.setdefault(term, Candidate())
                candidate.description, candidate.times = candidate.description or phrase, times[term]

    def _of_others(self, example: Example, company: Company) -> Iterable[str]:
        counts = self.statistics.counts
        yield from _most(company.words.share, _VOTES)
        for votes in (company.alike, company.portal):
            yield from _most(votes.share, _VOTES // 2)
        yield from _most(counts.by_agency.get(example.agency, {}), _AGENCY)
        for category in example.categories:
            yield from _most(counts.by_category.get(category, {}), _CATEGORY)


def _names(preferred: str, everyday: Sequence[str], official: Sequence[str]) -> Iterable[tuple[str, str]]:
    yield "preferred", preferred
    for number, name in enumerate(everyday):
        yield "other" if number else "everyday", name
    for name in official:
        yield "official", name


def _most(sums: Mapping[str, float], number: int) -> list[str]:
    """Return the terms with the greatest sums; of equal ones the first in the order of their terms."""
    if len(sums) <= number:
        return sorted(sums)
    return sorted(sums, key=lambda term: (-sums[term], term))[:number]
