"""Which of the high-value themes a dataset seems to belong to, told by words in its title, keywords and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from metalint.checks.kinds import Fields
from metalint.keywords.concepts import level
from metalint.lexicon import Lexicon
from metalint.model import Json, Texts
from metalint.scores.kinds import Theme
from metalint.vocabulary import Term, VocabularyError

NAME = "themes"
NONE = "none"  # the term whose `unless` holds for all themes
_LEAST = 2  # signs of a word: they are found by their first two


class _Word(NamedTuple):
    """A word that points to a theme: as it is compared and as it is written, the words that hide it, and its term."""

    flat: str
    written: str
    hidden: tuple[str, ...]
    term: str


def theme_judge(lexicon: Lexicon) -> Callable[[Fields], tuple[Theme, ...]]:
    """Return what tells a record's high-value themes, in the vocabulary's order, each with its evidence.

    Raises VocabularyError.
    """
    terms = lexicon.vocabulary(NAME).terms
    owner = {term.id: str(term.facts.get("theme", term.id)) for term in terms}
    for term in terms:
        if owner[term.id] not in owner:
            raise VocabularyError(f"{NAME}: {term.id}: theme: {owner[term.id]} is no term")
    in_title, in_columns = _index(terms, "words"), _index(terms, "columns")
    unless = {term.id: tuple(map(level, _texts(term, "unless"))) for term in terms}
    order = {term.id: number for number, term in enumerate(terms)}
    never = unless.get(NONE, ())

    def judge(fields: Fields) -> tuple[Theme, ...]:
        title = level("\n".join(at.value for at in fields.get("title", ()) if isinstance(at.value, str)))
        found: dict[str, dict[str, None]] = {}
        for word in _hits(title, in_title):
            found.setdefault(word.term, {})[word.written] = None
        for at in fields.get("keyword", ()):
            if isinstance(at.value, str):
                for word in _hits(level(at.value), in_title):
                    found.setdefault(word.term, {})[word.written] = None
        for name in ("columns", "distribution.columns"):
            for at in fields.get(name, ()):
                for word in _hits(level(_said(at.value)), in_columns):
                    found.setdefault(word.term, {})[word.written] = None
        if not found or any(word in title for word in never):
            return ()
        kept = (
            term for term in sorted(found, key=order.__getitem__) if not any(word in title for word in unless[term])
        )
        return tuple(Theme(owner[term], term if owner[term] != term else "", tuple(found[term])) for term in kept)

    return judge


def _index(terms: tuple[Term, ...], key: str) -> dict[str, list[_Word]]:
    """Return the words of all terms by their first two signs, longer ones first."""
    index: dict[str, list[_Word]] = {}
    for term in terms:
        but = tuple(map(level, _texts(term, "not")))
        for written in _texts(term, key):
            flat = level(written)
            if len(flat) < _LEAST:
                raise VocabularyError(f"{NAME}: {term.id}/{key}: {written} is too short: two signs at least")
            index.setdefault(flat[:_LEAST], []).append(
                _Word(flat, written, tuple(o for o in but if flat in o), term.id)
            )
    for words in index.values():
        words.sort(key=lambda word: (-len(word.flat), word.flat, word.term))
    return index


def _hits(text: str, index: dict[str, list[_Word]]) -> Iterator[_Word]:
    """Yield the words that stand in a text and are no part of a word that hides them; no Latin ones inside words."""
    for at in range(len(text) - 1):
        for word in index.get(text[at : at + _LEAST], ()):
            if text.startswith(word.flat, at) and _free(text, at, word):
                yield word


def _free(text: str, at: int, word: _Word) -> bool:
    end = at + len(word.flat)
    if (at and _latin(text[at - 1]) and _latin(word.flat[0])) or (
        _latin(text[end : end + 1]) and _latin(word.flat[-1])
    ):
        return False
    for other in word.hidden:
        start = text.find(other, max(0, end - len(other)), at + len(other))
        if start >= 0 and start <= at and end <= start + len(other):
            return False
    return True


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _said(value: Json) -> str:
    if isinstance(value, list):
        return "、".join(str(item.get("name", "")) if isinstance(item, dict) else str(item) for item in value)
    return value if isinstance(value, str) else ""


def _texts(term: Term, key: str) -> tuple[str, ...]:
    value = term.facts.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise VocabularyError(f"{NAME}: {term.id}/{key}: a list of texts is wanted (put numbers, yes and no in quotes)")
    return tuple(map(str, value))


def labels(lexicon: Lexicon) -> dict[tuple[str, str], Texts]:
    """Return what each theme, and each of its sub-categories, is called, in the vocabulary's order.

    The key is (theme, sub-category), the latter empty for the theme itself. Raises VocabularyError.
    """
    terms = (term for term in lexicon.vocabulary(NAME).terms if term.id != NONE)
    return {
        (str(term.facts.get("theme", term.id)), term.id if "theme" in term.facts else ""): term.label for term in terms
    }
