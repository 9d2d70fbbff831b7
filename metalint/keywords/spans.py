"""Stretches of whole words that may be a long form or a short one, and between what they stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from metalint.keywords.short_forms import HANZI, NUMERALS

SHORT, LONG, LEAST_LONG = 4, 12, 4  # Hanzi of a short form at most, of a long one at most and at least
_SHORT_WORDS, _LONG_WORDS = 4, 6
_EDGE = ""  # the neighbour where a run ends
Runs = Sequence[Sequence[str]]


def shorts(runs: Runs, stop: Collection[str]) -> set[str]:
    """Return what may be a short form: two to four Hanzi, often cut into single ones by a dictionary."""
    spans = _spans(runs, _SHORT_WORDS, SHORT, stop)
    return {text for text in spans if len(text) > 1 and text not in stop and _is_plain(text)}


def longs(runs: Runs, stop: Collection[str]) -> set[str]:
    """Return what may be a long form: it does not begin with a word that says nothing."""
    return {text for text in _spans(runs, _LONG_WORDS, LONG, stop) if len(text) >= LEAST_LONG and _is_plain(text)}


def suffixes(runs: Runs) -> Iterator[str]:
    """Yield what the name of an agency ends with: 都市發展局 of 臺北市政府都市發展局."""
    for run in runs:
        for at in range(len(run)):
            text = "".join(run[at:])
            if LEAST_LONG - 1 <= len(text) <= LONG and _is_plain(text):
                yield text


class Places:
    """Between which neighbours some texts stand, in all runs. `tells` is asked whether a neighbour says anything."""

    def __init__(self, wanted: Collection[str], texts: Iterable[Runs], tells: Callable[[str], bool]) -> None:
        self._tells = lru_cache(maxsize=None)(tells)
        self._places: dict[str, set[tuple[str, str]]] = {text: set() for text in wanted}
        self._ends: dict[str, list[int]] = {text: [0, 0] for text in wanted}  # times at the ends of a run
        begun = {text[:1] for text in wanted}
        for runs in texts:
            for run in runs:
                self._look(run, begun)

    def is_free(self, text: str) -> bool:
        """Tell whether a text stands by itself: it has two neighbours or ends of a run on either side."""
        sides = zip(*self._places[text], strict=True) if self._places[text] else ((), ())
        return all(len({*side} - {_EDGE}) + ends > 1 for side, ends in zip(sides, self._ends[text], strict=True))

    def shared(self, one: str, other: str) -> list[str]:
        """Return the places that two texts share: their neighbours on both sides, on the left, on the right."""
        here, there = self._places[one], self._places[other]
        sides = [{place[at] for place in here} & {place[at] for place in there} for at in (0, 1)]
        left, right = ({word for word in words if word != _EDGE and self._tells(word)} for words in sides)
        both = {place for place in here & there if place[0] in left or place[1] in right}
        beside = (*(f"{word}…" for word in left), *(f"…{word}" for word in right))
        return sorted({*("…".join(place) for place in both), *beside})

    def _look(self, run: Sequence[str], begun: Collection[str]) -> None:
        for first, word in enumerate(run):
            if word[:1] not in begun:
                continue
            text = ""
            for last in range(first, min(len(run), first + _LONG_WORDS)):
                text += run[last]
                if text in self._places:
                    place = run[first - 1] if first else _EDGE, run[last + 1] if last + 1 < len(run) else _EDGE
                    self._places[text].add(place)
                    for side in (0, 1):
                        self._ends[text][side] += place[side] == _EDGE


def _spans(runs: Runs, words: int, most: int, stop: Collection[str]) -> Iterator[str]:
    for run in runs:
        for first in range(len(run)):
            if run[first] in stop:
                continue
            text = ""
            for last in range(first, min(len(run), first + words)):
                text += run[last]
                if len(text) > most:
                    break
                yield text


def _is_plain(text: str) -> bool:
    return HANZI.fullmatch(text) is not None and NUMERALS.isdisjoint(text)
