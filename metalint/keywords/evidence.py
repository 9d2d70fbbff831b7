"""What speaks for a word being short for another one, collected from the records of catalogues.

`said`: a text says so. `keywords`: both are keywords of one record. `texts`: both stand in the title, the description,
the agency or the keywords of one. `agencies`: a title or description has what the name of an agency is short by.
`places`: both stand between the same words, in titles of any records.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from sys import intern

from metalint.keywords.example import READ, Reader, Subject
from metalint.keywords.phrases import runs
from metalint.keywords.said import said
from metalint.keywords.short_forms import HANZI, UNITS, Fit, ShortForms
from metalint.keywords.spans import Places, Runs, longs, shorts, suffixes
from metalint.vocabulary import fold

LEAST = 2  # titles that speak for a pair, or that have its long form, where no person has said or listed it
LISTED, MOST = 20, 100  # Hanzi of a keyword and keywords of a record that are looked at: the work grows with squares
_CHANGING = re.compile(r"[0-9]+|[一二三四五六七八九十]+(?=[年月季])|年度?|月份?|第.季")
_CODES = re.compile(r"[A-Za-z0-9【】\s]+")

Key = tuple[str, str]  # long, short: folded
Titles = dict[str, str]  # titles without what changes in a series, each with a record; or places, likewise


class Evidence:
    """Collects. `refused` tells of a text that it is no keyword: a place, a format."""

    def __init__(self, reader: Reader, refused: Callable[[str], bool]) -> None:
        self.found: dict[Key, dict[str, Titles]] = {}
        self.firsts: dict[Key, tuple[str, str]] = {}  # of what stands in the same places: a record of each side
        self._reader, self._refused = reader, refused
        self._forms = ShortForms(reader.segmenter.count)
        self._runs = lru_cache(maxsize=1 << 12)(self._cut)  # descriptions, keywords and agencies come again
        self._fits: dict[Key, Fit | None] = {}
        self._units: dict[str, Titles] = {}  # what may be the short name of an agency
        self._agencies: dict[str, None] = {}
        self._titles: dict[str, tuple[Runs, str]] = {}
        self._others: list[Runs] = []  # descriptions and keywords

    def add(self, record: str, subject: Subject) -> None:
        """Look at a record."""
        title, description = (subject.texts.get(field, "")[: READ[field]] for field in ("title", "description"))
        bare = intern(_CHANGING.sub("", fold(title)) or record)
        for text in (title, description):
            for long, short in said(text, self._words):
                self._note((fold(long), fold(short)), "said", bare, record)
        for key in self._listed(subject.present):
            self._note(key, "keywords", bare, record)
        agency = _CODES.sub("", subject.agency)
        self._agencies[agency] = None
        keywords = [run for keyword in subject.present for run in self._runs(keyword)]
        texts = self._runs(title), self._runs(description), self._runs(agency), keywords
        brief = [shorts(text, self._reader.stop) for text in texts]
        for key in self._together(texts, brief):
            self._note(key, "texts", bare, record)
        for word in brief[0] | brief[1]:
            if word[-1] in UNITS and len(word) > 2:
                self._units.setdefault(word, {}).setdefault(bare, record)
        self._titles.setdefault(bare, (texts[0], record))
        self._others += filter(None, (texts[1], keywords))

    def close(self) -> None:
        """Look at all of them together, when the last one was added."""
        self._name_agencies()
        self._compare()

    def fit(self, key: Key) -> Fit | None:
        """Return how the short form is made of the long one; `None` where it is not."""
        if key not in self._fits:
            fit = self._forms.fit(key[1], key[0])
            self._fits[key] = None if fit is None or self._refused(key[1]) else fit
        return self._fits[key]

    def _note(self, key: Key, kind: str, bare: str, record: str) -> None:
        self.found.setdefault(key, {}).setdefault(kind, {}).setdefault(bare, record)

    def _words(self, text: str) -> list[str]:
        return [token.text for token in self._reader.segmenter.cut(text)]

    def _cut(self, text: str) -> Runs:
        return [[intern(word.folded) for word in run] for run in runs(self._reader.segmenter.cut(text))]

    def _longs(self, text: Runs) -> set[str]:
        return longs(text, self._reader.stop)

    def _listed(self, keywords: Iterable[str]) -> Iterator[Key]:
        """Yield the pairs among the keywords of a record, without the words that both sides share."""
        plain = [word for word in dict.fromkeys(map(fold, keywords)) if len(word) <= LISTED and HANZI.fullmatch(word)]
        for long in plain[:MOST]:
            for short in plain[:MOST]:
                if len(short) < min(len(long), LISTED / 2) and short[0] == long[0] and short not in long:
                    one, other = self._forms.bared(short, long)
                    if len(one) > 1 and self.fit((other, one)) is not None:
                        yield other, one

    def _together(self, texts: Sequence[Runs], brief: Sequence[set[str]]) -> Iterator[Key]:
        """Yield the pairs of which both stand in the texts of a record, the last of which are its keywords."""
        long = [self._longs(text) for text in texts]
        yield from self._fitting(set().union(*brief), (word for words in long[:-1] for word in words))
        yield from self._fitting(set().union(*brief[:-1]), long[-1])  # both among the keywords is evidence of its own

    def _fitting(self, short: Iterable[str], long: Iterable[str]) -> Iterator[Key]:
        """Yield the pairs that some words make: by their first and last signs, else there would be too many."""
        by_ends: dict[tuple[str, str], list[str]] = {}
        for word in sorted(short):
            by_ends.setdefault((word[0], word[-1]), []).append(word)
        for text in dict.fromkeys(long):
            for last in dict.fromkeys(text[-2:]):  # a word has two signs at most, and the last word is one of them
                for word in by_ends.get((text[0], last), ()):
                    if self.fit((text, word)) is not None:
                        yield text, word

    def _name_agencies(self) -> None:
        """Look for the short names of agencies: what ends the name of another one is a name of its own."""
        names = {name: None for agency in self._agencies for name in suffixes(self._runs(agency))}
        for long, short in self._fitting(self._units.keys() - names.keys(), names):
            fit = self.fit((long, short))
            if fit is not None and fit.agency and len(self._units[short]) >= LEAST:
                for bare, record in self._units[short].items():
                    self._note((long, short), "agencies", bare, record)

    def _compare(self) -> None:
        """Look for pairs that stand in the same places; drop what texts alone speak for and what never stands free."""
        times = Counter[str]()
        in_titles: dict[str, str] = {}  # what may be a short or a long form, with the first record that has it
        for text, record in self._titles.values():
            long = self._longs(text)
            times.update(long)
            for word in long | shorts(text, self._reader.stop):
                in_titles.setdefault(word, record)
        often = [long for long, count in times.items() if count >= LEAST]
        alike = [key for key in self._fitting(in_titles, often) if self._is_close(key)]
        alone = [key for key, found in self.found.items() if found.keys() == {"texts"}]
        everywhere = (*(text for text, _ in self._titles.values()), *self._others)
        places = Places({side for key in (*alike, *alone) for side in key}, everywhere, self._tells)
        for key in alone:
            if not all(map(places.is_free, key)):
                del self.found[key]
        for key in alike:
            for place in places.shared(*key):
                self._note(key, "places", place, "")
                self.firsts[key] = in_titles[key[1]], in_titles[key[0]]

    def _is_close(self, key: Key) -> bool:
        """Tell whether a short form is made as most are, and no word of both could be left out."""
        fit = self.fit(key)
        return fit is not None and fit.is_close and self._forms.bared(key[1], key[0])[0] == key[1]

    def _tells(self, neighbour: str) -> bool:
        """Tell whether a neighbour says what a place is about: 及, 統計表 and 臺中市 stand beside anything."""
        stop = self._reader.stop
        halves = ((neighbour[:at], neighbour[at:]) for at in range(1, len(neighbour)))
        says_nothing = neighbour in stop or any(one in stop and other in stop for one, other in halves)
        return not says_nothing and not self._refused(neighbour)
