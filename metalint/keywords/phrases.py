"""The phrases of a text: neighbouring words with nothing between them, as they may stand in a list of keywords."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from metalint.hanzi import has_hanzi
from metalint.keywords.segment import Token
from metalint.vocabulary import fold

LONGEST_HANZI, LONGEST_LATIN = 14, 45
WHOLE, FREE = 24, 8  # signs of a whole run, and of what words or freedom bound
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
_ENDS = (*_HINGES, "第")  # 附近地區第｜3場
_LEAD = re.compile(r"(?:民國|[0-9年月度份、至及-])*")
_TIME = re.compile(r"[0-9年月日度季第期至週]+")


class Word(NamedTuple):
    """A word of a text: folded, with its place."""

    folded: str
    start: int
    end: int


class Phrase(NamedTuple):
    """A phrase: folded, as it is written from `start` to `end`, its words, and where it stands among those of its run.

    `first` is the number of its first word in the text; `opens` and `closes` tell that its run begins or ends with it,
    `cuts` how many words it cuts through at its ends.
    """

    folded: str
    start: int
    end: int
    size: int
    first: int
    opens: bool
    closes: bool
    cuts: int = 0


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


def free(
    found: Sequence[Sequence[Word]], freely: Callable[[str], Iterable[tuple[int, int]]], stop: Collection[str]
) -> Iterator[Phrase]:
    """Yield what a text may hold though its words are cut otherwise, and its whole runs without the time before them.

    `freely` tells where in a folded run a text begins and ends that stands freely elsewhere; a phrase begins and ends
    at such places or between words.
    """
    before = 0
    for run in found:
        text = "".join(word.folded for word in run)
        number = [before + at for at, word in enumerate(run) for _ in word.folded]
        places = [place for word in run for place in _places(word)]
        edges = {0, len(text), *(at for at in range(1, len(text)) if number[at - 1] != number[at])}
        spots = [*freely(text)]
        begins, ends = sorted(edges | {begin for begin, _ in spots}), sorted(edges | {end for _, end in spots})
        spans = [*spots, *((begin, end) for begin in begins for end in ends if 2 <= end - begin <= FREE)]
        lead = len(_lead(text))
        spans += [(lead, len(text))] if 2 <= len(text) - lead <= WHOLE else []
        for begin, end in dict.fromkeys(spans):
            term = text[begin:end]
            if term not in stop and not term.startswith(_HINGES) and not term.endswith(_ENDS):
                first, last = number[begin], number[end - 1]
                place = places[begin][0], places[end - 1][1]
                cuts = (begin not in edges) + (end not in edges)
                yield Phrase(term, *place, last - first + 1, first, begin == 0, end == len(text), cuts)
        before += len(run)


def _lead(text: str) -> str:
    """Return the time that a run begins with."""
    match = _LEAD.match(text)
    return match.group() if match else ""


def _places(word: Word) -> list[tuple[int, int]]:
    """Return where each sign of a folded word is written."""
    if len(word.folded) == word.end - word.start:
        return [(at, at + 1) for at in range(word.start, word.end)]
    return [(word.start, word.end)] * len(word.folded)


def _may_be(text: str, first: str, last: str, stop: Collection[str]) -> bool:
    if first in stop or last in stop or text.startswith(_HINGES) or text.endswith(_ENDS) or _TIME.fullmatch(text):
        return False
    return 2 <= len(text) <= LONGEST_HANZI if has_hanzi(text) else 3 <= len(text) <= LONGEST_LATIN
