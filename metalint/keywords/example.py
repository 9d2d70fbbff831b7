"""A record made ready for learning and for suggesting: its words, its phrases, what it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from metalint.hanzi import has_hanzi
from metalint.keywords.concepts import Concepts, Named
from metalint.keywords.phrases import Phrase, Word, phrases, runs
from metalint.keywords.segment import Segmenter, Token
from metalint.vocabulary import fold

READ: Mapping[str, int] = {"title": 500, "description": 600, "columns": 400}  # characters of a field that are read
TITLE, DESCRIPTION = 5, 3  # words of a phrase


class Subject(NamedTuple):
    """What is known of a dataset: texts by field, keywords, agency, categories, and names that are no subject."""

    texts: Mapping[str, str]
    present: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    agency: str = ""
    categories: tuple[str, ...] = ()


class Example(NamedTuple):
    """A record made ready: `words` and `runs` of its title, the phrases of both texts, what they name, by field.

    `keywords` are folded, `written` as they are written; `bag` counts the words of both texts.
    """

    texts: Mapping[str, str]
    folded: Mapping[str, str]
    words: int
    runs: Sequence[Sequence[Word]]
    title: tuple[Phrase, ...]
    description: tuple[Phrase, ...]
    named: Mapping[str, Sequence[Named]]
    bag: Mapping[str, int]
    keywords: tuple[str, ...]
    written: tuple[str, ...]
    agency: str
    categories: tuple[str, ...]
    hanzi: bool
    portal: str = ""
    series: str = ""


class Reader:
    """Makes records ready."""

    def __init__(self, segmenter: Segmenter, concepts: Concepts, stop: Collection[str]) -> None:
        self.segmenter, self.concepts = segmenter, concepts
        self.stop = frozenset(map(fold, stop))

    def read(self, subject: Subject, portal: str = "") -> Example:
        """Return a record made ready."""
        texts = {field: subject.texts.get(field, "")[:size] for field, size in READ.items()}
        tokens = {field: self.segmenter.cut(texts[field]) for field in ("title", "description")}
        title, description = runs(tokens["title"]), runs(tokens["description"])
        bag: Counter[str] = Counter()
        for weight, part in ((3, title), (1, description)):
            for run in part:
                for word in run:
                    if len(word.folded) > 1 and not word.folded.isdigit() and word.folded not in self.stop:
                        bag[word.folded] += weight
        keywords = {fold(keyword): keyword for keyword in reversed(subject.present) if fold(keyword)}
        return Example(
            texts,
            {field: fold(text) for field, text in texts.items()},
            sum(map(len, title)),
            title,
            tuple(phrases(title, TITLE, self.stop)),
            tuple(phrases(description, DESCRIPTION, self.stop)),
            {field: self._named(texts[field], cut) for field, cut in tokens.items()},
            bag,
            tuple(reversed(keywords)),
            tuple(reversed(keywords.values())),
            fold(subject.agency),
            tuple(dict.fromkeys(map(fold, subject.categories))),
            has_hanzi(texts["title"] + texts["description"]),
            portal,
        )

    def named(self, text: str) -> list[Named]:
        """Return where a text names a concept."""
        return self._named(text, self.segmenter.cut(text))

    def _named(self, text: str, tokens: Sequence[Token]) -> list[Named]:
        bounds = {0, len(text), *(token.start for token in tokens), *(token.end for token in tokens)}
        return self.concepts.named(text, bounds)
