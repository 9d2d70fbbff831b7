"""What is known of each candidate, as numbers for a ranker: a row a candidate, its columns as in `NAMES`."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from metalint.keywords.background import Background
from metalint.keywords.candidates import Candidate, Company, Finder, Judge
from metalint.keywords.example import Example
from metalint.keywords.neighbours import Near, Votes
from metalint.keywords.statistics import Statistics, counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

REMEMBERED = 50_000  # terms: the same ones are candidates for many records
_BODY = re.compile(r"(?:局|處|署|會|所|部|公司|中心|院)$")
_PLACE = re.compile(r".{1,3}[市縣區鄉鎮村里]")
_KINDS = ("preferred", "everyday", "official", "other")
# What says how one portal's people choose, and nothing of others: left out where the portal was never seen.
HABITS = frozenset(
    {f"{whose}_{what}" for whose in ("votes", "alike", "portal") for what in ("share", "most", "near", "number")}
    | {"own_share", "votes_title", "near_votes", "size_agency", "size_near", "size_nearest"}
    | {"agency", "agency_title", "agency_count", "category", "category_title", "city", "place"}
)
# What the vocabulary of the known portals says of a term.
VOCABULARY = frozenset(
    {"vocabulary", "weight", "once", "occurs", "keyness", "keyness_log", "portals", "phrases", "phrase_keyness"}
    | {"begins", "ends", "ends_count"}
)
Columns = dict[str, Sequence[float]]


class Features:
    """Makes candidates and their numbers from what was counted; `judge` knows words that say little."""

    def __init__(self, statistics: Statistics, judge: Judge) -> None:
        self.statistics = statistics
        self._finder = Finder(statistics, judge.stop)
        self._judge = judge
        self._terms: dict[str, list[float]] = {}

    def of(self, example: Example) -> tuple[list[str], NDArray[np.float32], Sequence[Near]]:
        """Return the candidates (folded, in order), a row of numbers for each (`NAMES`), and the nearest records."""
        company = self._finder.company(example)
        found = self._finder.candidates(example, company)
        terms = [*found]
        columns = {
            **_places(example, terms, [*found.values()]),
            **_named(example, terms, [*found.values()]),
            **_others(terms, company, [term in example.folded["title"] for term in terms]),
            **self._habits(example, terms),
        }
        own = np.array([*columns.values()], np.float32).T.reshape(len(terms), len(columns))
        general = np.array([self._general(term) for term in terms], np.float32).reshape(len(terms), len(_GENERAL))
        return terms, np.hstack([own, general]), company.near

    def _general(self, term: str) -> list[float]:
        """Return what is known of a term whatever the record (`_GENERAL`)."""
        found = self._terms.get(term)
        if found is None:
            if len(self._terms) >= REMEMBERED:
                self._terms.clear()
            found = self._terms[term] = [*self.term(term).values()]
        return found

    def term(self, term: str) -> dict[str, float]:
        """Return what is known of a term whatever the record."""
        counts, seen = self.statistics.counts, self.statistics.background.of(term)
        weight, occurs, phrases = counts.weight.get(term, 0), counts.occurs.get(term, 0), counts.phrases.get(term, 0)
        begins, ends = counts.keyword_begins.get(term[:2], 0), counts.keyword_ends.get(term[-2:], 0)
        return {
            **{f"signs_{number}": len(term) == number for number in range(2, 7)},
            "signs_more": min(len(term), 30) / 10,
            "latin": term.isascii(),
            "digit": any(map(str.isdigit, term)),
            "place": _PLACE.fullmatch(term) is not None,
            "city": term in self._judge.cities,
            "body": _BODY.search(term) is not None,
            "nothing": term in self._judge.stop,
            "background": math.log1p(seen.times),
            "before": seen.before,
            "behind": seen.behind,
            "free": seen.free,
            "run_begins": seen.begins,
            "run_ends": seen.ends,
            "vocabulary": weight > 0,
            "weight": math.log1p(weight),
            "once": 0 < weight <= 1.01,
            "occurs": math.log1p(occurs),
            "keyness": (weight + 0.05) / (occurs + 1) if weight else 0,
            "keyness_log": math.log((weight + 0.05) / (occurs + 1)),
            "portals": counts.portals.get(term, 0) > 1,
            "phrases": math.log1p(phrases),
            "phrase_keyness": math.log((weight + 0.1) / (phrases + 1)),
            "begins": math.log((begins + 0.3) / (counts.phrase_begins.get(term[:2], 0) + 1)),
            "ends": math.log((ends + 0.3) / (counts.phrase_ends.get(term[-2:], 0) + 1)),
            "ends_count": math.log1p(ends),
        }

    def _habits(self, example: Example, terms: Sequence[str]) -> Columns:
        counts, title = self.statistics.counts, example.folded["title"]
        own = counts.by_agency.get(example.agency, {})
        every = counts.agencies.get(example.agency, 0) + 0.5
        agency = [own.get(term, 0) / every for term in terms]
        shares: list[tuple[Mapping[str, float], float]] = [
            (counts.by_category[category], counts.categories[category] + 0.5)
            for category in example.categories
            if category in counts.by_category
        ]
        category = [max((some.get(term, 0) / all_ for some, all_ in shares), default=0.0) for term in terms]
        return {
            "agency": agency,
            "agency_title": [share * (term in title) for share, term in zip(agency, terms, strict=True)],
            "agency_count": [math.log1p(own.get(term, 0)) for term in terms],
            "category": category,
            "category_title": [share * (term in title) for share, term in zip(category, terms, strict=True)],
        }


def _places(example: Example, terms: Sequence[str], candidates: Sequence[Candidate]) -> Columns:
    """Return where the candidates stand in the record's texts."""
    title, description = example.folded["title"], example.folded["description"]
    words, long = max(1, example.words), max(1, len(example.texts["description"]))
    phrases = [one.title for one in candidates]
    others = [one.description for one in candidates]
    in_title = [term in title for term in terms]
    in_description = [term in description for term in terms]
    sizes = [(a or b).size if a or b else 0 for a, b in zip(phrases, others, strict=True)]  # type: ignore[union-attr]
    return {
        "title": in_title,
        "title_phrase": [one is not None for one in phrases],
        "title_begins": [one is not None and one.first == 0 for one in phrases],
        "title_ends": [one is not None and one.first + one.size == example.words for one in phrases],
        "title_whole": [term == title for term in terms],
        "title_place": [0.5 if one is None else one.first / words for one in phrases],
        "opens": [one is not None and one.opens for one in phrases],
        "closes": [one is not None and one.closes for one in phrases],
        "cuts": [0 if one is None else one.cuts for one in phrases],
        "title_share": [
            min(1.0, len(term) / max(4, len(title))) * there for term, there in zip(terms, in_title, strict=True)
        ],
        "description": in_description,
        "description_phrase": [one is not None for one in others],
        "description_times": [
            math.log1p(description.count(term)) if there else 0
            for term, there in zip(terms, in_description, strict=True)
        ],
        "description_place": [0 if one is None else 1 - one.start / long for one in others],
        "columns": [term in example.folded["columns"] for term in terms],
        "both": [one and other for one, other in zip(in_title, in_description, strict=True)],
        "words": sizes,
        "in_agency": [bool(example.agency) and term in example.agency for term in terms],
        "is_category": [term in example.categories for term in terms],
    }


def _named(example: Example, terms: Sequence[str], candidates: Sequence[Candidate]) -> Columns:
    """Return which candidates are names of what the texts name, and which stand nowhere at all."""
    names = [one.names for one in candidates]
    texts = (example.folded["title"], example.folded["description"])
    written = [any(term in text for text in texts) for term in terms]
    return {
        **{f"named_{kind}": [any(one[:2] == ("title", kind) for one in some) for some in names] for kind in _KINDS},
        "named_itself": [any(one[0] == "title" and one[2] for one in some) for some in names],
        "named_description": [any(one[0] == "description" for one in some) for some in names],
        "named_only": [bool(some) and not there for some, there in zip(names, written, strict=True)],
        "nowhere": [not some and not there for some, there in zip(names, written, strict=True)],
    }


def _others(terms: Sequence[str], company: Company, in_title: Sequence[bool]) -> Columns:
    """Return what the records that are near say of the candidates."""
    words, size = company.words, len(terms)

    def said(name: str, votes: Votes) -> Columns:
        return {
            f"{name}_share": [votes.share.get(term, 0) for term in terms],
            f"{name}_most": [votes.most.get(term, 0) for term in terms],
            f"{name}_near": [votes.nearest] * size,
        }

    return {
        **said("votes", words),
        "votes_number": [math.log1p(words.number.get(term, 0)) for term in terms],
        "votes_title": [words.most.get(term, 0) * there for term, there in zip(terms, in_title, strict=True)],
        "near_votes": [words.nearest * words.share.get(term, 0) for term in terms],
        "own_share": [company.own.share.get(term, 0) for term in terms],
        **said("alike", company.alike),
        **said("portal", company.portal),
        "size_agency": [company.sizes[0]] * size,
        "size_near": [company.sizes[1]] * size,
        "size_nearest": [company.sizes[2]] * size,
    }


def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the numbers, in their order: all of them, and those that a term has whatever the record."""
    nothing = Features(counted([], Background()), Judge((), ()))
    texts = dict.fromkeys(("title", "description", "columns"), "")
    empty = Example(texts, texts, 0, (), (), (), {}, {}, (), (), "", (), hanzi=False)
    company = nothing._finder.company(empty)  # noqa: SLF001
    own = {**_places(empty, (), ()), **_named(empty, (), ()), **_others((), company, ()), **nothing._habits(empty, ())}  # noqa: SLF001
    general = tuple(nothing.term("詞"))
    return (*own, *general), general


NAMES, _GENERAL = _names()
