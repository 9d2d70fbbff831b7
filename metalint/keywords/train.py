"""A catalogue with keywords to a model: what is counted, and rankers that learned what its people choose.

Every number that a ranker learns from is made without the record's own series, since twins flatter. Of a portal of the
catalogue the ranker `known` looks at all of them; of another one `unseen` leaves out what tells its people's habits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metalint.keywords.example import Example
from metalint.keywords.features import HABITS, NAMES, Features
from metalint.keywords.model_file import Learned
from metalint.keywords.rankers import Calibration, Ranker, Trees
from metalint.keywords.series import part, series
from metalint.keywords.statistics import Background, counted
from metalint.keywords.suggest import Judge

FOLDS = 5
LEAST = 200  # records of a language, below which nothing is learned from them
FREQUENT = 3  # titles in which a phrase of the background stands
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
    written = every.rows[:, NAMES.index("nowhere")] < 0.5
    general = [at for at, name in enumerate(NAMES) if name not in HABITS and name != "nowhere"]
    return Learned(
        counted(examples, background),
        _boosted(every, np.arange(len(NAMES), dtype=np.int16)),
        _boosted(Table(every.rows[written], every.right[written]), np.array(general, np.int16)),
        float(np.mean([len(example.keywords) for example in examples])),
    )


def _table(examples: Sequence[Example], background: Background, judge: Judge) -> Table:
    """Return the candidates of all records, each made from what was counted over other series."""
    folds = [part(example.series, "fold", FOLDS) for example in examples]
    rows, right = [], []
    for fold in sorted({*folds}):
        rest = [example for example, own in zip(examples, folds, strict=True) if own != fold]
        inside = [example for example, own in zip(examples, folds, strict=True) if own == fold]
        features = Features(counted(rest, background), judge.is_city, judge.says_nothing)
        for example in inside:
            terms, made, _ = features.of(example)
            keywords = {*example.keywords}
            rows.append(made)
            right += [term in keywords for term in terms]
    return Table(np.vstack(rows), np.array(right))


def _boosted(table: Table, columns: NDArray[np.int16]) -> Ranker:
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    def fitted(some: NDArray[np.bool_]) -> Trees:
        boosting = HistGradientBoostingClassifier(
            max_iter=150,
            learning_rate=0.06,
            max_leaf_nodes=15,
            min_samples_leaf=60,
            l2_regularization=1.0,
            early_stopping=False,
            random_state=0,
        )
        with threadpool_limits(1):  # sums in another order would be other sums
            return _trees(boosting.fit(table.rows[some][:, columns], table.right[some]))

    every = np.ones(len(table.right), bool)
    # Trees know what they were grown from: the calibration looks at scores from trees that were grown from other rows.
    thirds = np.arange(len(table.right)) // min(_BLOCK, max(1, len(table.right) // 12)) % 3
    scores = np.zeros(len(table.right))
    for third in range(3):
        scores[thirds == third] = fitted(thirds != third).score(table.rows[thirds == third][:, columns])
    return Ranker(fitted(every), _calibration(scores, table.right), columns)


def _calibration(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> Calibration:
    from sklearn.isotonic import IsotonicRegression

    line = IsotonicRegression(y_min=1e-4, y_max=0.99, out_of_bounds="clip").fit(scores, right)
    at, share = line.X_thresholds_, line.y_thresholds_
    some = np.unique(np.linspace(0, len(at) - 1, _POINTS * 4).astype(int))
    return Calibration(at[some].astype(np.float64), share[some].astype(np.float64))


def _trees(boosting: object) -> Trees:
    """Return scikit-learn's trees as arrays: their nodes one after another."""
    nodes = [predictors[0].nodes for predictors in boosting._predictors]  # type: ignore[attr-defined]  # noqa: SLF001
    starts = np.cumsum([0, *map(len, nodes)])[:-1]
    joined = np.concatenate(nodes)
    shift = np.repeat(starts, [*map(len, nodes)])
    leaf = joined["is_leaf"].astype(bool)
    return Trees(
        starts.astype(np.int32),
        np.where(leaf, -1, joined["feature_idx"]).astype(np.int16),
        np.where(leaf, 0.0, joined["num_threshold"]).astype(np.float64),
        np.where(leaf, 0, joined["left"] + shift).astype(np.int32),
        np.where(leaf, 0, joined["right"] + shift).astype(np.int32),
        joined["value"].astype(np.float64),
        float(np.ravel(boosting._baseline_prediction)[0]),  # type: ignore[attr-defined]  # noqa: SLF001
    )


def background(titles: Sequence[Sequence[str]]) -> Background:
    """Return in how many titles of a catalogue each phrase stands; `titles` has the folded phrases of each."""
    counts = Counter(phrase for phrases in titles for phrase in {*phrases})
    kept: Mapping[str, int] = {phrase: count for phrase, count in sorted(counts.items()) if count >= FREQUENT}
    return Background(len(titles), kept)
