"""Rankers: rows of numbers to probabilities. Numbers only, so that a model file can hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Rows: TypeAlias = NDArray[np.float32]
Arrays: TypeAlias = Mapping[str, NDArray[np.generic]]


class Trees(NamedTuple):
    """Boosted trees by their nodes: `feature` −1 marks a leaf, a value up to `threshold` goes `left`; a root a tree."""

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    base: float

    def score(self, rows: Rows) -> NDArray[np.float64]:
        """Return the log odds of each row."""
        # All rows go down all trees together: as many steps as the deepest tree has.
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        every = np.arange(len(rows))[:, None]
        while True:
            feature = self.feature[at]
            inner = feature >= 0
            if not inner.any():
                break
            goes = rows[every, np.maximum(feature, 0)] <= self.threshold[at]
            at = np.where(inner, np.where(goes, self.left[at], self.right[at]), at)
        total: NDArray[np.float64] = self.value[at].sum(axis=1) + self.base
        return total


class Calibration(NamedTuple):
    """Scores to probabilities: a rising line through points; between them straight."""

    scores: NDArray[np.float64]
    shares: NDArray[np.float64]

    def probability(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how often a suggestion of each score is right."""
        return np.interp(scores, self.scores, self.shares)


class Ranker(NamedTuple):
    """A ranker with its calibration, the columns that it looks at, and how many keywords a record has."""

    trees: Trees
    calibration: Calibration
    columns: NDArray[np.int16]

    def judge(self, rows: Rows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return for each row how likely it is a keyword, and the score that tells equally likely ones apart."""
        scores = self.trees.score(rows[:, self.columns])
        return self.calibration.probability(scores), scores


def best_prefix(probabilities: NDArray[np.float64], expected: float) -> int:
    """Return how many of the first suggestions to give: the prefix with the greatest expected F1.

    `expected` is how many keywords the record is expected to have.
    """
    if not len(probabilities):
        return 0
    gains = 2 * np.cumsum(probabilities) / (np.arange(1, len(probabilities) + 1) + max(1.0, expected))
    return int(np.argmax(gains)) + 1
