"""Suggestions by a model: candidates, their probabilities, how many to give, and the evidence for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from metalint.keywords.candidates import Judge
from metalint.keywords.example import Example, Reader, Subject
from metalint.keywords.features import NAMES, Features
from metalint.keywords.model_file import Learned, Model
from metalint.keywords.neighbours import Near
from metalint.keywords.rankers import best_prefix
from metalint.keywords.suggest import synonyms
from metalint.model import Reason, Suggestion
from metalint.vocabulary import fold

LEAST = 0.05  # probability below which a guess costs a clerk more than it gives
SHARED = 3  # words that are named, by which records are near
HABIT = 5  # records of an agency with a keyword that is otherwise none, such as “API”
_NOWHERE = NAMES.index("nowhere")


class Ranked(NamedTuple):
    """A candidate (folded) and how likely people would choose it."""

    term: str
    probability: float


class ByModel:
    """Suggests keywords by a model. `refused` tells of a text that it is no keyword."""

    def __init__(self, model: Model, reader: Reader, judge: Judge, refused: Callable[[str], bool]) -> None:
        self._reader, self._refused = reader, refused
        self._learned = model.learned
        self._judge = judge
        self._features: dict[str, Features] = {}

    def suggest(self, subject: Subject, top: int, least: float | None) -> list[Suggestion] | None:
        """Return at most `top` keywords that a record lacks, what the public calls its things among them.

        None that a search finds in one before it, but for what the public says.

        Without `least` as many as are worth it; else all that score at least so much. `None` for a language of which
        nothing was learned.
        """
        example = self._reader.read(subject)
        learned = self._learned.get("zh" if example.hanzi else "en")
        if learned is None:
            return None
        ranked, near = self.ranked(example, subject.names)
        chosen = _apart(ranked, top)
        if least is None:
            total = sum(one.probability for one in ranked)
            chosen = chosen[: best_prefix(np.array([one.probability for one in chosen]), total)]
            chosen = [one for one in chosen if one.probability >= LEAST]
        else:
            chosen = [one for one in chosen if one.probability >= least]
        called = {fold(term): (term, reasons) for term, reasons in synonyms(example, self._reader).items()}
        more = [
            one
            for one in ranked
            if one.term in called
            and one.probability >= (least or 0)
            and all(one.term != other.term for other in chosen)
        ]
        chosen = [*chosen[: max(1, top - len(more))], *more][:top]
        return [self._suggestion(one, example, learned, near, called) for one in chosen]

    def ranked(self, example: Example, names: Sequence[str] = ()) -> tuple[list[Ranked], Sequence[Near]]:
        """Return the candidates that a record lacks, the likeliest first, and the nearest records.

        Left out are the whole title, `names` (what the record says of itself elsewhere), what a search finds among the
        keywords that are there, and what is no keyword at all, unless its agency has the habit.
        """
        language = "zh" if example.hanzi else "en"
        learned = self._learned[language]
        if language not in self._features:
            self._features[language] = Features(learned.statistics, self._judge)
        terms, rows, near = self._features[language].of(example)
        if not terms:
            return [], near
        ranker = learned.known if is_known(example, learned) else learned.unseen
        chances, scores = ranker.judge(rows)
        if ranker is learned.unseen:  # what other portals' people like says nothing here
            chances = np.where(rows[:, _NOWHERE] > 0.5, 0.0, chances)
        order = np.lexsort((np.arange(len(terms)), -scores, -chances))
        own = {example.folded["title"], *(fold(name) for name in names)}
        found = []
        for at in order:
            term = terms[at]
            if term in own or any(term in keyword for keyword in example.keywords):
                continue
            if not self._refused(term) or _uses(term, example, learned) >= HABIT:
                found.append(Ranked(term, float(chances[at])))
        return found, near

    def _suggestion(
        self,
        one: Ranked,
        example: Example,
        learned: Learned,
        near: Sequence[Near],
        called: Mapping[str, tuple[str, list[Reason]]],
    ) -> Suggestion:
        term, reasons = called.get(one.term, ("", []))
        reasons = [*reasons, *_texts(one.term, example), *_neighbours(one.term, example, learned, near)]
        uses = _uses(one.term, example, learned)
        if uses:
            reasons.append(Reason("agency", {"uses": uses}))
        if not reasons:
            reasons.append(Reason("catalogue", {"portals": learned.statistics.counts.portals.get(one.term, 1)}))
        return Suggestion(term or self._written(one.term, example, learned), round(one.probability, 2), tuple(reasons))

    def _written(self, term: str, example: Example, learned: Learned) -> str:
        """Return a folded term as it is written: by the catalogue, in the record's own text, or by the vocabulary."""
        written = learned.statistics.counts.written.get(term)
        if written is not None:
            return written
        found = _found(term, example)
        if found is not None:
            return found[1]
        names = (
            name
            for listed in example.named.values()
            for named in listed
            for name in (named.concept.preferred, *named.concept.everyday, *named.concept.official)
        )
        return next((name for name in names if fold(name) == term), term)


def _apart(ranked: Sequence[Ranked], top: int) -> list[Ranked]:
    """Return the first terms but for those that a search finds in one before them (公司 in 公司登記)."""
    found: list[Ranked] = []
    for one in ranked:
        if len(found) == top:
            break
        if not any(one.term in other.term for other in found):
            found.append(one)
    return found


def is_known(example: Example, learned: Learned) -> bool:
    """Tell whether a record is of a portal that the model was trained on: its agency is known there."""
    return bool(example.agency) and example.agency in learned.statistics.counts.agencies


def _uses(term: str, example: Example, learned: Learned) -> int:
    """Return how many records of the record's agency have a keyword."""
    return learned.statistics.counts.uses.get(example.agency, {}).get(term, 0)


def _texts(term: str, example: Example) -> list[Reason]:
    found = _found(term, example)
    return [Reason("text", {"field": found[0], "found": found[1], "start": found[2]})] if found else []


def _found(term: str, example: Example) -> tuple[str, str, int] | None:
    """Return where a folded term stands in a record's texts: the field, how it is written there, and from where."""
    for field, phrases in (("title", example.title), ("description", example.description)):
        for phrase in phrases:
            if phrase.folded == term:
                return field, example.texts[field][phrase.start : phrase.end], phrase.start
    for field, text in example.texts.items():
        place = _place(text, term) if term in example.folded[field] else None
        if place is not None:
            return field, text[place[0] : place[1]], place[0]
    return None


def _place(text: str, term: str) -> tuple[int, int] | None:
    """Return where a folded term stands in a text."""
    for start in range(len(text)):
        if fold(text[start]) and term.startswith(fold(text[start])):
            for end in range(start + 1, min(len(text), start + 3 * len(term)) + 1):
                folded = fold(text[start:end])
                if folded == term:
                    return start, end
                if not term.startswith(folded):
                    break
    return None


def _neighbours(term: str, example: Example, learned: Learned, near: Sequence[Near]) -> list[Reason]:
    """Return how many of the nearest records carry a term, and by which words they are near."""
    words, records = learned.statistics.words, learned.statistics.records
    carry = [one.number for one in near if term in records.keywords[one.number]]
    if not carry:
        return []
    by = words.shared(example.bag, carry, SHARED)
    return [Reason("neighbours", {"carry": len(carry), "near": len(near), "by": by})]
