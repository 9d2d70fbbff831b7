"""The phrases of a text: neighbouring words with nothing between them, as they may stand in a list of keywords."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from metalint.hanzi import has_hanzi
from metalint.keywords.segment import Token
from metalint.vocabulary import fold

LONGEST_HANZI, LONGEST_LATIN = 14, 45
_HINGES = (
    "之",
    "及",
    "與",
    "和",
    "或",
    "暨",
    "的",
    "各",
)  # which segmentation leaves at the ends of words that it guesses
_TIME = re.compile(r"[0-9年月日度季第期至週]+")


class Word(NamedTuple):
    """A word of a text: folded, with its place."""

    folded: str
    start: int
    end: int


class Phrase(NamedTuple):
    """A phrase: folded, as it is written from `start` to `end`, its words, and where it stands among those of its run.

    `first` is the number of its first word in the text; `opens` and `closes` tell that its run begins or ends with it.
    """

    folded: str
    start: int
    end: int
    size: int
    first: int
    opens: bool
    closes: bool


def runs(tokens: Sequence[Token]) -> list[list[Word]]:
    """Return the words of a text in runs that no sign parts; a space parts Hanzi, and Latin words it does not."""
    found: list[list[Word]] = [[]]
    for token in tokens:
        if any(map(str.isalnum, token.text)):
            found[-1].append(Word(fold(token.text), token.start, token.end))
        elif token.text.strip() or (found[-1] and has_hanzi(found[-1][-1].folded)):
            found.append([])
    return [run for run in found if run]


def phrases(found: Sequence[Sequence[Word]], longest: int, stop: Collection[str]) -> Iterator[Phrase]:
    """Yield the phrases of up to `longest` words that may be keywords, in order, the shorter first."""
    before = 0
    for run in found:
        for first, word in enumerate(run):
            text = ""
            for last in range(first, min(len(run), first + longest)):
                text += run[last].folded
                if _may_be(text, word.folded, run[last].folded, stop):
                    size, end = last - first + 1, run[last].end
                    yield Phrase(text, word.start, end, size, before + first, first == 0, last + 1 == len(run))
        before += len(run)


def _may_be(text: str, first: str, last: str, stop: Collection[str]) -> bool:
    if first in stop or last in stop or text.startswith(_HINGES) or text.endswith(_HINGES) or _TIME.fullmatch(text):
        return False
    return 2 <= len(text) <= LONGEST_HANZI if has_hanzi(text) else 3 <= len(text) <= LONGEST_LATIN
