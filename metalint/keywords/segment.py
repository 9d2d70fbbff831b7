"""Texts to tokens, each with its place. Chinese is cut by jieba, which is imported only where there is Chinese."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metalint.hanzi import has_hanzi
from metalint.keywords.words import Words

if TYPE_CHECKING:
    from types import ModuleType

RUN = 500  # Hanzi without a break in them: jieba's time grows with the square of what it does not know
_LONG = re.compile(rf"[一-鿿㐀-䶿]{{{RUN}}}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[.&+'-][A-Za-z0-9]+)*|[0-9]+(?:[.,][0-9]+)*")


class Token(NamedTuple):
    """A piece of a text and the offset at which it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the offset behind it."""
        return self.start + len(self.text)


class Segmenter:
    """Cuts texts with a dictionary of its own: never jieba's module-wide tokenizer, never its cache file."""

    def __init__(self, dictionary: Path) -> None:
        self._dictionary = dictionary

    def cut(self, text: str) -> list[Token]:
        """Return the tokens of a text, in order: all of it if there is Chinese in it, else the words and numbers."""
        if not has_hanzi(text):
            return [Token(match.group(), match.start()) for match in _LATIN.finditer(text)]
        tokens, at = [], 0
        for piece in _pieces(text):
            for word in self._tokenizer.lcut(piece):
                tokens.append(Token(word, at))
                at += len(word)
        return tokens

    def count(self, word: str) -> tuple[int, int]:
        """Return how often the dictionary has met a word, and all words."""
        return self._words.get(word) or 0, self._words.total

    @cached_property
    def _words(self) -> Words:
        return Words(self._dictionary)

    @cached_property
    def _tokenizer(self):  # type: ignore[no-untyped-def]  # noqa: ANN202  jieba has no types
        tokenizer = _jieba().Tokenizer()
        # What `initialize` would read from a dictionary, or from a cache file that anybody may have put there.
        tokenizer.FREQ, tokenizer.total, tokenizer.initialized = self._words, self._words.total, True
        return tokenizer


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces without too long a run of Hanzi."""
    at = 0
    for match in _LONG.finditer(text):
        yield text[at : match.end()]
        at = match.end()
    yield text[at:]


def _jieba() -> ModuleType:
    """Import jieba without pkg_resources, which it would take for opening its own files and which takes longer."""
    nothing = object()
    kept = sys.modules.get("pkg_resources", nothing)
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # this is how an import is made to fail
    try:
        import jieba
    finally:
        if kept is nothing:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = kept  # type: ignore[assignment]
    return jieba  # type: ignore[no-any-return]
