"""Rankers: rows of numbers to probabilities. Numbers only, so that a model file can hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Rows: TypeAlias = "NDArray[np.float32]"
LEAVES = 16  # of a tree, at most: one bit each
_BITS = np.arange(1 << LEAVES)
_FIRST = np.log2(np.maximum(1, _BITS & -_BITS)).astype(np.int32)  # the number of the lowest bit that is set


class Trees(NamedTuple):
    """Boosted trees, one after another: the inner nodes of tree `i` stand from `starts[i]` on.

    A value above the `threshold` of its `feature` rules out the leaves on the node's left side, those that are not in
    its `mask`; of a tree's leaves, numbered from the left, the first that no node rules out is the row's, and has its
    value at `LEAVES` · tree + leaf. (C. Lucchese and others, “QuickScorer”, SIGIR 2015.)
    """

    starts: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    mask: NDArray[np.uint16]
    value: NDArray[np.float64]
    base: float

    def score(self, rows: Rows) -> NDArray[np.float64]:
        """Return the log odds of each row."""
        above = rows.T[self.feature] > self.threshold[:, None]
        # Where a node says nothing all bits are set: less one, 0 is all of them.
        left = np.bitwise_or(self.mask[:, None], above.astype(np.uint16) - np.uint16(1))
        leaf = _FIRST[np.bitwise_and.reduceat(left, self.starts, axis=0)]
        leaf += (LEAVES * np.arange(len(self.starts), dtype=np.int32))[:, None]
        total: NDArray[np.float64] = self.value[leaf].sum(axis=0) + self.base
        return total


def joined(some: Sequence[Trees]) -> Trees:
    """Return trees whose score is the mean of those of some."""
    shifts = np.cumsum([0, *(len(trees.feature) for trees in some)])[:-1]
    return Trees(
        np.concatenate([trees.starts + shift for trees, shift in zip(some, shifts, strict=True)]).astype(np.int32),
        np.concatenate([trees.feature for trees in some]),
        np.concatenate([trees.threshold for trees in some]),
        np.concatenate([trees.mask for trees in some]),
        np.concatenate([trees.value for trees in some]) / len(some),
        sum(trees.base for trees in some) / len(some),
    )


class Calibration(NamedTuple):
    """Scores to probabilities: a rising line through points; between them straight."""

    scores: NDArray[np.float64]
    shares: NDArray[np.float64]

    def probability(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how often a suggestion of each score is right."""
        return np.interp(scores, self.scores, self.shares)


class Ranker(NamedTuple):
    """A ranker with its calibration."""

    trees: Trees
    calibration: Calibration

    def judge(self, rows: Rows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return for each row how likely it is a keyword, and the score that tells equally likely ones apart."""
        scores = self.trees.score(rows)
        return self.calibration.probability(scores), scores


def best_prefix(probabilities: NDArray[np.float64], expected: float) -> int:
    """Return how many of the first suggestions to give: the prefix with the greatest expected F1.

    `expected` is how many keywords the record is expected to have.
    """
    if not len(probabilities):
        return 0
    gains = 2 * np.cumsum(probabilities) / (np.arange(1, len(probabilities) + 1) + max(1.0, expected))
    return int(np.argmax(gains)) + 1
