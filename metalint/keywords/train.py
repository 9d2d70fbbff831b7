"""A catalogue with keywords to a model: what is counted, and rankers that learned what its people choose.

Every number that a ranker learns from is made without the record's own series, since twins flatter. Of a portal of the
catalogue the ranker `known` looks at all of them; for others `unseen` leaves out what tells of people's habits, and is
the mean of one that knows the vocabulary and one that does not: alone the first trusts a vocabulary that is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metalint.keywords.background import Background
from metalint.keywords.candidates import Judge
from metalint.keywords.example import Example
from metalint.keywords.features import HABITS, NAMES, VOCABULARY, Features
from metalint.keywords.model_file import Learned
from metalint.keywords.rankers import LEAVES, Calibration, Ranker, Trees, joined
from metalint.keywords.series import part, series
from metalint.keywords.statistics import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 5
LEAST = 200  # records of a language, below which nothing is learned from them
_EVERY = (1 << LEAVES) - 1  # leaves, a bit each
_POINTS = 40  # of a calibration
_BLOCK = 4096  # rows that stay together when trees are grown from others


class Table(NamedTuple):
    """Rows of candidates: `right` tells which are keywords."""

    rows: NDArray[np.float32]
    right: NDArray[np.bool_]


def in_series(examples: Sequence[Example]) -> list[Example]:
    """Return the records with the names of their series."""
    names = series([example.texts["title"] for example in examples])
    return [example._replace(series=name) for example, name in zip(examples, names, strict=True)]


def learn(examples: Sequence[Example], background: Background, judge: Judge) -> Learned:
    """Return what is learned from the records of one language; they carry the names of their series."""
    every = _table(examples, background, judge)
    # A word that the record's texts neither hold nor name, only its own portal's people can have chosen.
    written = every.rows[:, NAMES.index("nowhere")] < 0.5
    general = [at for at, name in enumerate(NAMES) if name not in HABITS and name != "nowhere"]
    bare = [at for at in general if NAMES[at] not in VOCABULARY]
    return Learned(
        counted(examples, background),
        _ranker(every, [range(len(NAMES))]),
        _ranker(Table(every.rows[written], every.right[written]), [general, bare]),
    )


def _table(examples: Sequence[Example], background: Background, judge: Judge) -> Table:
    """Return the candidates of all records, each made from what was counted over other series."""
    folds = [part(example.series, "fold", FOLDS) for example in examples]
    rows, right = [], []
    for fold in sorted({*folds}):
        rest = [example for example, own in zip(examples, folds, strict=True) if own != fold]
        inside = [example for example, own in zip(examples, folds, strict=True) if own == fold]
        features = Features(counted(rest, background), judge)
        for example in inside:
            terms, made, _ = features.of(example)
            keywords = {*example.keywords}
            rows.append(made)
            right += [term in keywords for term in terms]
    return Table(np.vstack(rows), np.array(right))


def _ranker(table: Table, views: Sequence[Sequence[int]]) -> Ranker:
    """Return a ranker that is the mean of trees that look at some columns each, and its calibration."""

    def grown(some: NDArray[np.bool_]) -> Trees:
        return joined([_grown(Table(table.rows[some], table.right[some]), view) for view in views])

    every = np.ones(len(table.right), bool)
    # Trees know what they were grown from: the calibration looks at scores from trees that were grown from other rows.
    thirds = np.arange(len(table.right)) // min(_BLOCK, max(1, len(table.right) // 12)) % 3
    scores = np.zeros(len(table.right))
    for third in range(3):
        scores[thirds == third] = grown(thirds != third).score(table.rows[thirds == third])
    return Ranker(grown(every), _calibration(scores, table.right))


def _grown(table: Table, view: Sequence[int]) -> Trees:
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    boosting = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.06,
        max_leaf_nodes=LEAVES - 1,
        min_samples_leaf=60,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=0,
    )
    columns = np.array(view, np.int16)
    with threadpool_limits(1):  # sums in another order would be other sums
        return _trees(boosting.fit(table.rows[:, columns], table.right), columns)


def _calibration(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> Calibration:
    from sklearn.isotonic import IsotonicRegression

    line = IsotonicRegression(y_min=1e-4, y_max=0.99, out_of_bounds="clip").fit(scores, right)
    at, share = line.X_thresholds_, line.y_thresholds_
    some = np.unique(np.linspace(0, len(at) - 1, _POINTS * 4).astype(int))
    return Calibration(at[some].astype(np.float64), share[some].astype(np.float64))


def _trees(boosting: object, columns: NDArray[np.int16]) -> Trees:
    """Return scikit-learn's trees, which look at some columns, in the form that is scored quickly."""
    starts: list[int] = []
    nodes: list[tuple[int, float, int]] = []
    values: list[float] = []
    for (predictor,) in boosting._predictors:  # type: ignore[attr-defined]  # noqa: SLF001
        starts.append(len(nodes))
        leaves: list[float] = []
        nodes += [*_inner(predictor.nodes, 0, leaves)] or [(0, float(np.finfo(np.float32).max), _EVERY)]
        values += [*leaves, *[0.0] * (LEAVES - len(leaves))]
    features, thresholds, masks = zip(*nodes, strict=True)
    return Trees(
        np.array(starts, np.int32),
        columns[list(features)],
        np.array(thresholds, np.float32),
        np.array(masks, np.uint16),
        np.array(values, np.float64),
        float(np.ravel(boosting._baseline_prediction)[0]),  # type: ignore[attr-defined]  # noqa: SLF001
    )


def _inner(nodes: NDArray[np.void], at: int, leaves: list[float]) -> list[tuple[int, float, int]]:
    """Return the inner nodes below one, itself first, with the leaves that a value above the threshold leaves over."""
    node = nodes[at]
    if node["is_leaf"]:
        leaves.append(float(node["value"]))
        return []
    begin = len(leaves)
    left = _inner(nodes, int(node["left"]), leaves)
    gone = (1 << len(leaves)) - (1 << begin)
    right = _inner(nodes, int(node["right"]), leaves)
    # Numbers of 32 bits are compared: the greatest of them that is not above the threshold.
    threshold = np.float32(node["num_threshold"])
    if threshold > node["num_threshold"]:
        threshold = np.nextafter(threshold, np.float32(-np.inf))
    return [(int(node["feature_idx"]), float(threshold), _EVERY & ~gone), *left, *right]
