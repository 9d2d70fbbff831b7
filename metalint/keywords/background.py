"""What a large catalogue's titles say of a text: how often it stands there, and how freely.

A term stands freely: many different signs stand before and behind it. 身心障礙 does, 心障礙 does not, because 身
stands before it nearly always. (Branching entropy: Z. Jin and K. Tanaka-Ishii, “Unsupervised Segmentation of Chinese
Text by Use of Branching Entropy”, ACL 2006.)
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metalint.vocabulary import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 4  # runs in which a text of the table stands
LONGEST = 12  # signs of a text of the table
MANY = 5_000  # questions after which a table of all texts is cheaper
_LINE = ord("\n")
FREE = 1.0  # entropy (nats) of what stands beside a text that stands freely

_PARTS = re.compile(r"[^\w]+|_|[0-9]+")


class Seen(NamedTuple):
    """How often a text stands in the titles, and beside what.

    `before` and `behind`: the entropy of the signs there; `begins` and `ends`: in what share of the places it is the
    beginning or the end of a run.
    """

    times: float
    before: float
    behind: float
    begins: float
    ends: float

    @property
    def free(self) -> float:
        """Return how freely it stands where it is bound most."""
        return min(self.before, self.behind)


_FREEDOM = [Seen._fields.index("before"), Seen._fields.index("behind")]
NEVER = Seen(0.0, 0.0, 0.0, 0.0, 0.0)


class Background:
    """What stands in several of the runs of a catalogue's titles: `texts`, a row of numbers (`Seen`) for each.

    The texts are lines, in the order of their UTF-8. One record asks for a few hundred of them: they are looked up by
    halving, as the words of the segmentation are; a catalogue's worth of questions is worth a table.
    """

    def __init__(self, texts: bytes = b"", numbers: NDArray[np.float32] | None = None) -> None:
        self.texts = texts
        self.numbers = np.zeros((0, len(Seen._fields)), np.float32) if numbers is None else numbers
        ends = np.flatnonzero(np.frombuffer(texts, np.uint8) == _LINE)
        self._starts = [0, *(ends + 1).tolist()]  # the last one: where a line more would begin
        self._is_free = self.numbers[:, _FREEDOM].min(axis=1, initial=math.inf) >= FREE
        self._known: dict[str, int | None] = {}
        self._whole = False

    def of(self, term: str) -> Seen:
        """Return what is known of a folded text."""
        at = self._find(term)
        return NEVER if at is None else Seen._make(self.numbers[at].tolist())

    def free(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield where in a folded run a text begins and ends that stands freely."""
        for start in range(len(folded) - 1):
            for end in range(start + 2, min(len(folded), start + LONGEST) + 1):
                at = self._find(folded[start:end])
                if at is None:
                    break
                if self._is_free[at]:
                    yield start, end

    def _find(self, text: str) -> int | None:
        """Return the number of a text."""
        if not self._whole and text not in self._known:
            if len(self._known) < MANY:
                self._known[text] = self._look_up(text)
            else:
                self._known = {
                    line: at for at, line in enumerate(self.texts.decode("utf-8", "surrogatepass").split("\n")[:-1])
                }
                self._whole = True
        return self._known.get(text)

    def _look_up(self, text: str) -> int | None:
        wanted = text.encode("utf-8", "surrogatepass")
        texts, starts = self.texts, self._starts
        low, high = 0, len(starts) - 1
        while low < high:
            middle = (low + high) // 2
            if texts[starts[middle] : starts[middle + 1] - 1] < wanted:
                low = middle + 1
            else:
                high = middle
        found = low < len(starts) - 1 and texts[starts[low] : starts[low + 1] - 1] == wanted
        return low if found else None


def background(titles: Iterable[str]) -> Background:
    """Return what the runs of a catalogue's titles tell; each counts once, since series say the same again."""
    every = sorted({fold(run) for title in titles for run in _PARTS.split(title) if len(run) > 1})
    frequent = _frequent(every)
    beside: dict[str, tuple[Counter[str], Counter[str]]] = {text: (Counter(), Counter()) for text in frequent}
    for run in every:
        for start in range(len(run) - 1):
            for end in range(start + 2, min(len(run), start + LONGEST) + 1):
                both = beside.get(run[start:end])
                if both is None:
                    break
                both[0][run[start - 1] if start else ""] += 1
                both[1][run[end] if end < len(run) else ""] += 1
    texts = sorted(frequent)  # by code point: in the order of their UTF-8
    rows = [_seen(frequent[text], *beside[text]) for text in texts]
    numbers = np.array(rows, np.float32).reshape(len(texts), len(Seen._fields))
    return Background("".join(f"{text}\n" for text in texts).encode("utf-8", "surrogatepass"), numbers)


def _frequent(runs: list[str]) -> dict[str, int]:
    """Return the texts that stand in enough runs: a text cannot be frequent whose parts are not."""
    found: dict[str, int] = {}
    shorter: set[str] = set()
    for size in range(2, LONGEST + 1):
        counts: Counter[str] = Counter()
        for run in runs:
            for start in range(len(run) - size + 1):
                text = run[start : start + size]
                if size == 2 or (text[:-1] in shorter and text[1:] in shorter):
                    counts[text] += 1
        kept = {text: count for text, count in counts.items() if count >= LEAST}
        found |= kept
        shorter = {*kept}
    return found


def _seen(times: int, before: Counter[str], behind: Counter[str]) -> Seen:
    return Seen(times, _entropy(before), _entropy(behind), before[""] / times, behind[""] / times)


def _entropy(beside: Counter[str]) -> float:
    """Return the entropy of the signs beside a text; each edge of a run counts as a sign of its own."""
    every = sum(beside.values())
    signs = -sum(count / every * math.log(count / every) for sign, count in beside.items() if sign)
    return signs + beside[""] / every * math.log(every)
