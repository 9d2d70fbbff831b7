"""What words mean: a list of terms, each with its labels, the spellings it is met in, and facts about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from metalint.later import pattern
from metalint.model import Json, Texts

_SIGNS = re.compile(r"[\s_\-‐-―−－─━/\\.,，、。．·・:：;；'\"“”‘’「」『』()（）\[\]【】《》<>〈〉|]+")
# What turns the meaning of a term: numbers, units of time, negations, the conditions of a licence.
_KEPT = "a-z0-9一-可叱-鿿"  # what folding leaves as it is: of the Hanzi all but 台, between 可 and 叱
_FOLDED = re.compile(f"[{_KEPT}]*")
_HINGES = pattern(r"[0-9]+|[一二三四五六七八九十兩半雙秒分時日天週周旬月季年不非無未免付否]|nc|nd|sa|non|not")
_REMEMBERED = 10_000  # texts whose term is kept: the same few are asked of every record
_SPELLED = ("aliases", "plain", "media-types")


class VocabularyError(Exception):
    """A vocabulary file that cannot be used: its name, the place and the reason."""


class Term(NamedTuple):
    """A term: its name, the spelling to propose in each language, and what else its file says of it.

    Facts with a meaning here: `aliases` and `media-types` are other spellings, `plain` are those that need no mending,
    `pattern` finds spellings without end (folded, in full), `typos` are known misspellings, for `nearest` alone.
    """

    id: str
    label: Texts
    facts: Mapping[str, Json]


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one file, found by any of their spellings. What is kept beside the terms is folded."""

    name: str
    terms: tuple[Term, ...]
    _by_spelling: Mapping[str, Term] = field(repr=False)
    _by_typo: Mapping[str, Term] = field(repr=False)
    _patterns: tuple[tuple[str, Term], ...] = field(repr=False)
    _prefixes: tuple[str, ...] = field(repr=False)
    _canonical: frozenset[str] = field(repr=False)
    _initials: frozenset[str] = field(repr=False)  # empty where a pattern may find anything
    strangers: str | None = field(
        repr=False, default=None
    )  # a pattern: what begins as it says is no term; not all of them
    _asked: dict[str, Term | None] = field(repr=False, compare=False, default_factory=dict)

    def find(self, text: str) -> Term | None:
        """Return the term of which the text is a spelling; case, width, signs and 台/臺 do not count."""
        try:
            return self._asked[text]
        except KeyError:
            found = self._spelled(text) or self._matched(text) if self._may_begin(text) else None
            if len(self._asked) < _REMEMBERED:
                self._asked[text] = found
            return found

    def _may_begin(self, text: str) -> bool:
        """Tell whether a spelling may begin like the text: folding costs, and most texts are no terms."""
        sign = text[:1]
        return not (_plain(sign) and self._initials) or sign in self._initials

    def is_canonical(self, text: str) -> bool:
        """Tell whether the text needs no mending: a term's name, label or plain spelling, or found by pattern alone."""
        return text in self._canonical or (self._spelled(text) is None and self._matched(text) is not None)

    def nearest(self, text: str) -> Term | None:
        """Return the term that the text nearly spells; `None` where none is near, or two are equally so."""
        address = "://" in text  # one sign off, an address is another one
        for folded in self._bare(text):
            term = self._by_typo.get(folded) or (None if address else self._alike(folded))
            if term is not None:
                return term
        return None

    def _spelled(self, text: str) -> Term | None:
        return next((term for folded in self._bare(text) if (term := self._by_spelling.get(folded))), None)

    def _matched(self, text: str) -> Term | None:
        bare = tuple(self._bare(text))
        return next((term for pattern, term in self._compiled if any(map(pattern.fullmatch, bare))), None)

    @cached_property
    def _compiled(self) -> tuple[tuple[re.Pattern[str], Term], ...]:
        try:
            return tuple((re.compile(pattern), term) for pattern, term in self._patterns)
        except re.error as error:
            raise VocabularyError(f"{self.name}: the pattern {error.pattern!r} is wrong: {error}") from error

    def _bare(self, text: str) -> Iterator[str]:
        """Yield the folded text, then without a prefix that says nothing, such as 依 or https://."""
        folded: str | None = fold(text)
        while folded is not None:
            yield folded
            rests = (folded[len(prefix) :] for prefix in self._prefixes if folded.startswith(prefix))
            folded = next(filter(None, rests), None)

    def _alike(self, folded: str) -> Term | None:
        """Return the one term with a spelling that differs in a sign or two, but in nothing that turns its meaning."""
        least, ratio = (6, 0.8) if folded.isascii() else (4, 0.75)  # in shorter texts one sign more is another word
        if len(folded) < least:
            return None
        from difflib import SequenceMatcher

        hinges, more = _HINGES.findall(folded), 1 + len(folded) // 8
        best: dict[str, Term] = {}
        for spelling, term in self._by_spelling.items():
            if spelling[:1] != folded[0] or abs(len(spelling) - len(folded)) > more:
                continue
            alike = SequenceMatcher(None, spelling, folded).ratio()
            if alike < ratio or _HINGES.findall(spelling) != hinges:
                continue
            best = {**best, term.id: term} if alike == ratio else {term.id: term}
            ratio = alike
        return next(iter(best.values())) if len(best) == 1 else None


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """Return a text as it is compared: NFKC, small letters, 臺 for 台, no spaces and signs. For comparison only."""
    if _FOLDED.fullmatch(text):
        return text
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold()).replace("台", "臺")


def build(name: str, files: Mapping[Path, Json]) -> Vocabulary:
    """Return the vocabulary that some files make up; a later file's term replaces one of the same name.

    Raises VocabularyError for a file that cannot be used.
    """
    terms: dict[str, Term] = {}
    prefixes: list[str] = []
    for path, content in files.items():
        try:
            data = _mapping(content)
            prefixes += _texts(data, "prefixes")
            terms.update((term.id, term) for term in _terms(data))
            vocabulary = _index(name, tuple(terms.values()), prefixes)
        except ValueError as error:
            raise VocabularyError(f"{path}: {error}") from error
    return vocabulary


def _index(name: str, terms: tuple[Term, ...], prefixes: Iterable[str]) -> Vocabulary:
    spellings: dict[str, Term] = {}
    typos: dict[str, Term] = {}
    patterns: list[tuple[str, Term]] = []
    canonical: set[str] = set()
    for term in terms:
        own = (term.id, term.label.zh, term.label.en)
        canonical.update(own, _texts(term.facts, "plain"))
        others = (spelling for key in _SPELLED for spelling in _texts(term.facts, key))
        for spelling in (*own, *others):
            if (known := spellings.setdefault(fold(spelling), term)) is not term:
                raise ValueError(f"“{spelling}” is a spelling of two terms, {known.id} and {term.id}")
        typos.update((fold(typo), term) for typo in _texts(term.facts, "typos"))
        if "pattern" in term.facts:
            patterns.append((str(term.facts["pattern"]), term))
    bare = sorted({fold(prefix) for prefix in prefixes}, key=lambda prefix: (-len(prefix), prefix))
    begun = {spelling[0] for spelling in (*spellings, *bare) if spelling}
    initials = frozenset() if patterns else frozenset(begun | ({"台"} if "臺" in begun else set()))
    longest = max(map(len, spellings), default=0)
    other = f"(?![{re.escape(''.join(sorted(initials)))}])[{_KEPT}]" if initials else "(?!)"
    # Folding keeps these signs: a text with more of them than the longest term is none.
    more = rf"(?:[^{_KEPT}A-Z]*+[{_KEPT}A-Z]){{{longest + 1}}}"
    strangers = None if patterns or bare else f"(?:{other}|{more})"
    canon = frozenset(canonical)
    return Vocabulary(name, terms, spellings, typos, tuple(patterns), tuple(bare), canon, initials, strangers)


def _mapping(data: Json) -> Mapping[str, Json]:
    if not isinstance(data, dict) or not isinstance(data.get("terms"), list):
        raise ValueError("a mapping with a list `terms` is wanted")  # noqa: TRY004  the file is wrong, not the caller
    return data


def _terms(data: Mapping[str, Json]) -> Iterator[Term]:
    entries = data["terms"]
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        label = entry.get("label") if isinstance(entry, dict) else None
        both = label if isinstance(label, dict) else {"zh-TW": label, "en": label}
        if not isinstance(entry, dict) or "id" not in entry or not both.get("zh-TW") or not both.get("en"):
            raise ValueError(f"/terms/{number}: an id and a label (one text, or zh-TW and en) are wanted")
        yield Term(str(entry["id"]), Texts(str(both["zh-TW"]), str(both["en"])), entry)


def _texts(facts: Mapping[str, Json], key: str) -> list[str]:
    listed = facts.get(key, [])
    if not isinstance(listed, list) or any(item is None or isinstance(item, (bool, list, dict)) for item in listed):
        raise ValueError(f"{facts.get('id', '')}/{key}: a list of texts is wanted (put null, yes and no in quotes)")
    return [str(item) for item in listed]


def _plain(sign: str) -> bool:
    """Tell whether folding leaves a sign as it is."""
    return "a" <= sign <= "z" or "0" <= sign <= "9" or "一" <= sign <= "鿿"
