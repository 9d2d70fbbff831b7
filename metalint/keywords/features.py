"""The candidates for a record's keywords, and what is known of each, as numbers for a ranker."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from metalint.keywords.example import Example
from metalint.keywords.phrases import Phrase
from metalint.keywords.statistics import Near, Statistics
from metalint.vocabulary import fold

_VOTES, _AGENCY, _CATEGORY = 60, 10, 5  # keywords that are taken from neighbours, agency, each category
_FREQUENT = 8  # titles of the background in which a phrase of a description must stand
_YEAR = re.compile(r"[0-9]+年?度?")
_BODY = re.compile(r"(?:局|處|署|會|所|部|公司|中心|院)$")
_PLACE = re.compile(r".{1,3}[市縣區鄉鎮村里]")
# What says how one portal's people choose, and nothing of others: left out where the portal was never seen.
HABITS = frozenset(
    {"votes", "nearest_vote", "voters", "top_votes", "vote_sum", "vote_title", "near", "near_votes"}
    | {"agency", "agency_title", "agency_count", "category", "category_title", "city", "place"}
)


@dataclass
class Candidate:
    """What the search for candidates noticed of one: its phrase in the title, its phrases in the description."""

    title: Phrase | None = None
    description: Phrase | None = None
    times: int = 0
    names: set[tuple[str, str, bool]] = field(default_factory=set)  # field, which name, whether it is written there


class Features:
    """Makes candidates and their numbers from what was counted. `is_city` and `says_nothing` tell of folded words."""

    def __init__(
        self, statistics: Statistics, is_city: Callable[[str], bool], says_nothing: Callable[[str], bool]
    ) -> None:
        self.statistics = statistics
        self._is_city, self._says_nothing = is_city, says_nothing

    def of(self, example: Example) -> tuple[list[str], NDArray[np.float32], list[Near]]:
        """Return the candidates (folded, in order), a row of numbers for each (`NAMES`), and the nearest records."""
        near = self.statistics.neighbours.near(example)
        found = self._candidates(example, near)
        terms = [term for term in found if len(term) > 1 and not _YEAR.fullmatch(term)]
        if not terms:
            return [], np.zeros((0, len(NAMES)), np.float32), near
        votes = _Votes(self.statistics, near)
        rows = [[*self.row(example, term, found[term], votes).values()] for term in terms]
        return terms, np.array(rows, np.float32), near

    def _candidates(self, example: Example, near: Sequence[Near]) -> dict[str, Candidate]:
        counts, background = self.statistics.counts, self.statistics.background.counts
        found: dict[str, Candidate] = {}
        for phrase in example.title:
            candidate = found.setdefault(phrase.folded, Candidate())
            candidate.title = candidate.title or phrase
        times = Counter(phrase.folded for phrase in example.description)
        for phrase in example.description:
            term = phrase.folded
            known = term in found or term in counts.weight or background.get(term, 0) >= _FREQUENT
            early = not example.hanzi and phrase.start < len(example.texts["description"]) // 3 and phrase.size < 3
            if known or early or times[term] > 1 or counts.phrases.get(term, 0) >= 2:
                candidate = found.setdefault(term, Candidate(times=times[term]))
                candidate.description, candidate.times = candidate.description or phrase, times[term]
        for text in example.folded.values():
            for term in counts.within(text):
                found.setdefault(term, Candidate())
        for where, listed in example.named.items():
            for named in listed:
                concept = named.concept
                names = (
                    ("preferred", concept.preferred),
                    *zip(("everyday", *["other"] * 9), concept.everyday, strict=False),
                )
                for kind, name in (*names, *(("official", name) for name in concept.official)):
                    found.setdefault(fold(name), Candidate()).names.add((where, kind, named.name == name))
        voted: dict[str, float] = {}
        for one in near:
            for term in self.statistics.neighbours.keywords[one.number]:
                voted[term] = voted.get(term, 0) + one.similarity
        habits = [term for term, _ in _most(voted, _VOTES)]
        habits += [term for term, _ in _most(counts.by_agency.get(example.agency, {}), _AGENCY)]
        for category in example.categories:
            habits += [term for term, _ in _most(counts.by_category.get(category, {}), _CATEGORY)]
        for term in habits:
            found.setdefault(term, Candidate())
        return found

    def row(self, example: Example, term: str, candidate: Candidate, votes: _Votes) -> dict[str, float]:
        """Return the numbers of one candidate, by their names."""
        title, description = example.folded["title"], example.folded["description"]
        in_title, in_description = term in title, term in description
        phrase = candidate.title
        size = (phrase or candidate.description).size if phrase or candidate.description else 0  # type: ignore[union-attr]
        names = candidate.names
        row: dict[str, float] = {
            "title": in_title,
            "title_phrase": phrase is not None,
            "title_begins": phrase is not None and phrase.first == 0,
            "title_ends": phrase is not None and phrase.first + phrase.size == example.words,
            "title_whole": term == title,
            "title_place": phrase.first / max(1, example.words) if phrase is not None else 0.5,
            "opens": phrase is not None and phrase.opens,
            "closes": phrase is not None and phrase.closes,
            "title_share": min(1.0, len(term) / max(4, len(title))) if in_title else 0,
            "description": in_description,
            "description_phrase": candidate.description is not None,
            "description_times": math.log1p(description.count(term)) if in_description else 0,
            "description_place": 1 - candidate.description.start / max(1, len(example.texts["description"]))
            if candidate.description
            else 0,
            "columns": term in example.folded["columns"],
            "both": in_title and in_description,
            **{f"words_{number}": size == number for number in range(4)},
            "words_more": size > 3,
            **{f"signs_{number}": len(term) == number for number in range(2, 7)},
            "signs_more": min(len(term), 30) / 10,
            "latin": term.isascii(),
            "digit": any(map(str.isdigit, term)),
            "place": _PLACE.fullmatch(term) is not None,
            "city": self._is_city(term),
            "body": _BODY.search(term) is not None,
            "in_agency": bool(example.agency) and term in example.agency,
            "is_category": term in example.categories,
            "nothing": self._says_nothing(term),
            **self._counted(term, in_text=in_title or in_description, in_title=phrase is not None),
            **votes.of(term, in_title=in_title),
            **self._habits(example, term, in_title=in_title),
            **{f"named_{kind}": any(one[0] == "title" and one[1] == kind for one in names) for kind in _KINDS},
            "named_itself": any(one[0] == "title" and one[2] for one in names),
            "named_description": any(one[0] == "description" for one in names),
            "named_only": bool(names) and not in_title and not in_description,
            "nowhere": not names and not in_title and not in_description,
        }
        return row

    def _counted(self, term: str, *, in_text: bool, in_title: bool) -> dict[str, float]:
        counts, background = self.statistics.counts, self.statistics.background.counts
        weight, occurs, phrases = counts.weight.get(term, 0), counts.occurs.get(term, 0), counts.phrases.get(term, 0)
        begins, ends = counts.keyword_begins.get(term[:2], 0), counts.keyword_ends.get(term[-2:], 0)
        return {
            "background": math.log1p(background.get(term, 0)),
            "background_none": term not in background,
            "vocabulary": weight > 0,
            "weight": math.log1p(weight),
            "once": 0 < weight <= 1.01,
            "occurs": math.log1p(occurs),
            "keyness": (weight + 0.05) / (occurs + 1) if weight else 0,
            "keyness_log": math.log((weight + 0.05) / (occurs + 1)) if in_text else 0,
            "portals": counts.portals.get(term, 0) > 1,
            "phrases": math.log1p(phrases),
            "phrase_keyness": math.log((weight + 0.1) / (phrases + 1)) if in_title else 0,
            "begins": math.log((begins + 0.3) / (counts.phrase_begins.get(term[:2], 0) + 1)),
            "ends": math.log((ends + 0.3) / (counts.phrase_ends.get(term[-2:], 0) + 1)),
            "ends_count": math.log1p(ends),
        }

    def _habits(self, example: Example, term: str, *, in_title: bool) -> dict[str, float]:
        counts = self.statistics.counts
        own = counts.by_agency.get(example.agency, {}).get(term, 0)
        agency = own / (counts.agencies.get(example.agency, 0) + 0.5)
        shares = [
            counts.by_category[category].get(term, 0) / (counts.categories[category] + 0.5)
            for category in example.categories
            if category in counts.by_category
        ]
        category = max(shares, default=0)
        return {
            "agency": agency,
            "agency_title": agency * in_title,
            "agency_count": math.log1p(own),
            "category": category,
            "category_title": category * in_title,
        }


_KINDS = ("preferred", "everyday", "official", "other")


def _most(sums: Mapping[str, float], number: int) -> list[tuple[str, float]]:
    """Return the greatest sums; of equal ones the first in the order of their terms."""
    return sorted(sums.items(), key=lambda one: (-one[1], one[0]))[:number]


class _Votes:
    """What the nearest records say of a term."""

    def __init__(self, statistics: Statistics, near: Sequence[Near]) -> None:
        self._all = sum(one.similarity for one in near) or 1.0
        self._nearest = near[0].similarity if near else 0.0
        self._sum: dict[str, float] = {}
        self._most: dict[str, float] = {}
        self._number: Counter[str] = Counter()
        self._top: Counter[str] = Counter()
        for rank, one in enumerate(near):
            for keyword in statistics.neighbours.keywords[one.number]:
                self._sum[keyword] = self._sum.get(keyword, 0) + one.similarity
                self._number[keyword] += 1
                self._top[keyword] += rank < 3
                self._most[keyword] = max(self._most.get(keyword, 0), one.similarity)

    def of(self, term: str, *, in_title: bool) -> Mapping[str, float]:
        share, most = self._sum.get(term, 0) / self._all, self._most.get(term, 0)
        return {
            "votes": share,
            "nearest_vote": most,
            "voters": math.log1p(self._number.get(term, 0)),
            "top_votes": self._top.get(term, 0) / 3,
            "vote_sum": self._sum.get(term, 0),
            "vote_title": most * in_title,
            "near": self._nearest,
            "near_votes": self._nearest * share,
        }


def _names() -> tuple[str, ...]:
    """Return the names of the numbers, in their order."""
    from metalint.keywords.statistics import Background, counted

    nothing = Features(counted([], Background(0, {})), lambda _: False, lambda _: False)
    empty = Example(
        dict.fromkeys(("title", "description", "columns"), ""),
        dict.fromkeys(("title", "description", "columns"), ""),
        0,
        (),
        (),
        {},
        {},
        (),
        (),
        "",
        (),
        hanzi=False,
    )
    return tuple(nothing.row(empty, "", Candidate(), _Votes(nothing.statistics, ())))


NAMES = _names()
