"""A catalogue with keywords to a model: what is counted, and rankers that learned what its people choose.

Every number that a ranker learns from is made without the record's own series (`known`: a portal of the catalogue), or
without its whole portal (`unseen`: one that is not), as it will be when it is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metalint.keywords.example import Example
from metalint.keywords.features import HABITS, NAMES, Features
from metalint.keywords.model_file import Learned
from metalint.keywords.rankers import Calibration, Logistic, Ranker, Trees
from metalint.keywords.series import part, series
from metalint.keywords.statistics import Background, counted
from metalint.keywords.suggest import Judge

FOLDS = 5
LEAST = 200  # records of a language, below which nothing is learned from them
FREQUENT = 3  # titles in which a phrase of the background stands
_POINTS = 40  # of a calibration


class Table(NamedTuple):
    """Rows of candidates: `right` tells keywords, `weight` makes portals equal, `record` numbers their records."""

    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    weight: NDArray[np.float64]


def in_series(examples: Sequence[Example]) -> list[Example]:
    """Return the records with the names of their series."""
    names = series([example.texts["title"] for example in examples])
    return [example._replace(series=name) for example, name in zip(examples, names, strict=True)]


def learn(examples: Sequence[Example], background: Background, judge: Judge) -> Learned:
    """Return what is learned from the records of one language; they carry the names of their series."""
    known = _table(examples, background, judge, lambda one: str(part(one.series, "fold", FOLDS)))
    portals = {example.portal for example in examples}
    apart = _table(examples, background, judge, lambda one: one.portal) if len(portals) > 1 else known
    nowhere = NAMES.index("nowhere")
    here = apart.rows[:, nowhere] < 0.5
    general = np.array([at for at, name in enumerate(NAMES) if name not in HABITS and name != "nowhere"], np.int16)
    return Learned(
        counted(examples, background),
        _boosted(known, np.arange(len(NAMES), dtype=np.int16)),
        _logistic(Table(apart.rows[here], apart.right[here], apart.weight[here]), general),
        float(np.mean([len(example.keywords) for example in examples])),
    )


def _table(
    examples: Sequence[Example], background: Background, judge: Judge, fold_of: Callable[[Example], str]
) -> Table:
    """Return the candidates of all records, each made from what was counted over the other folds."""
    folds = [fold_of(example) for example in examples]
    rows, right, weight = [], [], []
    for fold in sorted({*folds}):
        rest = [example for example, own in zip(examples, folds, strict=True) if own != fold]
        inside = [example for example, own in zip(examples, folds, strict=True) if own == fold]
        features = Features(counted(rest, background), judge.is_city, judge.says_nothing)
        sizes = Counter(example.portal for example in inside)
        for example in inside:
            terms, made, _ = features.of(example)
            keywords = {*example.keywords}
            rows.append(made)
            right += [term in keywords for term in terms]
            weight += [1 / sizes[example.portal]] * len(terms)
    weights = np.array(weight)
    return Table(np.vstack(rows), np.array(right), weights / weights.mean())


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
    halves = np.arange(len(table.right)) // 4096 % 3
    scores = np.zeros(len(table.right))
    for half in range(3):
        scores[halves == half] = fitted(halves != half).score(table.rows[halves == half][:, columns])
    return Ranker(fitted(every), _calibration(scores, table.right, np.ones(len(scores))), columns)


def _logistic(table: Table, columns: NDArray[np.int16]) -> Ranker:
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    rows = table.rows[:, columns].astype(np.float64)
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale == 0] = 1
    with threadpool_limits(1):
        model = LogisticRegression(C=0.3, max_iter=500).fit((rows - mean) / scale, table.right, table.weight)
    found = Logistic(mean, scale, model.coef_[0].astype(np.float64), float(model.intercept_[0]))
    scores = found.score(table.rows[:, columns])
    return Ranker(found, _calibration(scores, table.right, table.weight), columns)


def _calibration(scores: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]) -> Calibration:
    from sklearn.isotonic import IsotonicRegression

    line = IsotonicRegression(y_min=1e-4, y_max=0.99, out_of_bounds="clip").fit(scores, right, weight)
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
