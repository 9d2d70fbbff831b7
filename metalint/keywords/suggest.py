"""A record's text to the keywords it lacks, each with the evidence for it.

Without a model: what a thing is called besides (職業安全衛生 → 職安), then the words of the title by TF-IDF. The scores
of this way are set by hand; they rank, and are no probabilities.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from metalint.hanzi import has_hanzi
from metalint.keywords.concepts import Named, leads
from metalint.keywords.example import Example, Reader, Subject
from metalint.keywords.segment import Token
from metalint.model import Reason, Suggestion
from metalint.vocabulary import fold

FEW = 3  # suggestions without a model
LEAST = 0.3  # score of a suggestion that is worth a look
LONGEST = 20_000  # characters of a field that are read: what a dataset is about is said at the beginning
# What a place tells: a title names the subject, a description also what stands near it.
WEIGHTS: Mapping[str, float] = {"keyword": 0.9, "title": 0.9, "description": 0.55, "columns": 0.25}
_FIRST, _OTHER, _PREFERRED, _WRITTEN, _AGENCY, _INSIDE = 1.0, 0.5, 0.8, 0.85, 0.6, 0.75
_TITLE_WORD = 0.5


class Suggester:
    """Suggests keywords. `refused` tells of a text that it is no keyword: a format, a placeholder, a place."""

    def __init__(self, reader: Reader, refused: Callable[[str], bool]) -> None:
        self._reader, self._refused = reader, refused
        self._segmenter, self._stop = reader.segmenter, reader.stop

    def suggest(self, subject: Subject, top: int = FEW, least: float | None = None) -> list[Suggestion]:
        """Return at most `top` keywords that a record lacks, the best first; none that scores less than `least`."""
        found: dict[str, tuple[str, float, list[Reason]]] = {}
        for term, score, reason in (*self._called(subject), *self._written(subject)):
            key = fold(term)
            known, best, reasons = found.setdefault(key, (term, 0.0, []))
            if not any(_says_same(reason, other) for other in reasons):
                reasons.append(reason)
            found[key] = known, max(best, score), reasons
        present = [*filter(None, map(fold, subject.present))]
        names = {fold(name) for name in subject.names}
        kept = [
            Suggestion(term, round(score, 2), tuple(reasons))
            for key, (term, score, reasons) in found.items()
            if score >= (LEAST if least is None else least)
            and key not in names
            and self._is_new(key, present)
            and not self._refused(term)
        ]
        # Of equal ones the shorter first, since that is what people type.
        return sorted(kept, key=lambda one: (-one.score, len(one.term), one.term))[:top]

    def _called(self, subject: Subject) -> Iterator[tuple[str, float, Reason]]:
        """Yield what the things that a record names are called besides."""
        texts = {**subject.texts, "keyword": "\n".join(subject.present)}
        for field, text in texts.items():
            for named in self._reader.named(text[:LONGEST]):
                weight = WEIGHTS[field] * (_AGENCY if named.concept.file == "agencies" else 1)
                weight *= _INSIDE if named.inside else 1
                for term, share in _names(named):
                    if not (field == "keyword" and fold(term) == fold(named.written)):
                        yield term, weight * share, _because(named, term, field)

    def _written(self, subject: Subject) -> Iterator[tuple[str, float, Reason]]:
        """Yield the words of the title, rare ones first; a word that the description has too counts more."""
        title = subject.texts.get("title", "")[:LONGEST]
        words = [token for token in self._segmenter.cut(title) if self._is_word(token)]
        rest = fold(subject.texts.get("description", "")[:LONGEST])
        for token in words:
            # Two Hanzi are seldom a subject, and what no dictionary knows is seldom a word.
            doubt = 0.5 if has_hanzi(token.text) and (len(token.text) == 2 or not self._is_known(token.text)) else 0.8
            score = _TITLE_WORD * self._rarity(token.text) * (1.0 if fold(token.text) in rest else 0.9) * doubt
            yield token.text, score, Reason("text", {"field": "title", "found": token.text, "start": token.start})

    def _is_known(self, word: str) -> bool:
        return self._segmenter.count(word)[0] > 0

    def _is_word(self, token: Token) -> bool:
        text = token.text
        least = 2 if has_hanzi(text) else 3
        return (
            len(text) >= least
            and not text.isdigit()
            and any(map(str.isalpha, text))
            and not self._says_nothing(fold(text))
        )

    def _says_nothing(self, word: str) -> bool:
        """Tell whether a word is in the list of those that say nothing, or made of two of them (一覽 + 表)."""
        stop = self._stop
        return word in stop or any(word[:at] in stop and word[at:] in stop for at in range(1, len(word)))

    def _rarity(self, word: str) -> float:
        """Return how rare a word is, from 0 to 1."""
        if not has_hanzi(word):
            return 0.8
        count, total = self._segmenter.count(word)
        return math.log((total + 1) / (count + 1)) / math.log(total + 1)

    def _is_new(self, key: str, present: Sequence[str]) -> bool:
        """Tell whether a search for a word finds none of the keywords that are there."""
        return not any(key in known for known in present)


def _says_same(one: Reason, other: Reason) -> bool:
    """Tell whether two reasons differ in their place alone: the first is enough."""
    return one.kind == other.kind and {**one.detail, "start": 0} == {**other.detail, "start": 0}


def _names(named: Named) -> Iterator[tuple[str, float]]:
    """Yield the other names of what a text names, and the name itself, each with its weight."""
    concept, name = named.concept, named.name
    public = name in concept.everyday
    for number, other in enumerate(concept.everyday):
        if other == name:
            yield name, _WRITTEN if not number else _OTHER
        elif not public or not number:
            yield other, (_PREFERRED if public else _FIRST) if not number else _OTHER
    if name == concept.preferred:
        yield name, _WRITTEN
    elif leads(name, concept):
        yield concept.preferred, _PREFERRED


def _because(named: Named, term: str, field: str) -> Reason:
    detail: dict[str, str | int] = {"field": field, "found": named.written, "start": named.start, "term": term}
    if fold(term) == fold(named.written):
        return Reason("text", detail)
    everyday = term in named.concept.everyday
    return Reason(
        "synonym", {**detail, "relation": "everyday" if everyday else "preferred", "source": named.concept.file}
    )


def synonyms(example: Example, reader: Reader) -> dict[str, list[Reason]]:
    """Return the public's first word for each thing that the title or a keyword names, where no search finds it yet."""
    texts = {"title": example.texts["title"], "keyword": "\n".join(example.written)}
    searched = "\n".join((*example.folded.values(), *example.keywords))
    found: dict[str, list[Reason]] = {}
    for field, text in texts.items():
        for named in example.named["title"] if field == "title" else reader.named(text):
            everyday = named.concept.everyday[:1]  # the commonest
            for term in everyday:
                if fold(term) not in searched:
                    reasons = found.setdefault(term, [])
                    reason = _because(named, term, field)
                    if not any(_says_same(reason, other) for other in reasons):
                        reasons.append(reason)
    return found
