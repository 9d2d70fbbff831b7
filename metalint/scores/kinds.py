"""What a score is made of."""

from __future__ import annotations

from typing import NamedTuple

from metalint.model import Texts


class Indicator(NamedTuple):
    """One thing that a method looks at: what it is worth, and how it is earned."""

    id: str
    label: Texts
    points: float
    help: Texts
    dimension: Texts = Texts("", "")


class Method(NamedTuple):
    """A way to score; its version is named wherever its scores are."""

    id: str
    version: str
    label: Texts
    source: tuple[str, ...]
    indicators: tuple[Indicator, ...]


class Standing(NamedTuple):
    """How a dataset stands by one method: points earned, points that could be evaluated, indicators missed (from 0).

    `unasked` are those that could not be evaluated; the rest is earned.
    """

    earned: float
    possible: float
    missed: tuple[int, ...]
    unasked: tuple[int, ...] = ()

    @property
    def share(self) -> float | None:
        """What was earned of what could be, from 0 to 1; `None` where nothing could be evaluated."""
        return self.earned / self.possible if self.possible else None


class Theme(NamedTuple):
    """A high-value theme that a dataset seems to belong to, its sub-category, and the words that say so."""

    theme: str
    category: str
    evidence: tuple[str, ...]


class Gap(NamedTuple):
    """What one indicator would win: how many datasets miss it, and the points that they would earn together.

    `method` and `indicator` are numbers from 0: of the methods, and of the method's indicators.
    """

    method: int
    indicator: int
    datasets: int
    points: float
