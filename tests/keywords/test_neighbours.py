"""Who is near, what they say, and which words tell."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from metalint.keywords.neighbours import Near, Records, Votes, nearest, neighbours
from metalint.keywords.ranked import Ranked, _apart
from metalint.keywords.rankers import Trees, joined

TEXTS = [Counter({"勞工": 3, "講習": 1}), Counter({"勞工": 3, "安全": 1}), Counter({"公園": 3})]


def test_the_nearest_come_first_and_strangers_not_at_all() -> None:
    found = nearest(neighbours(TEXTS).similarities({"勞工": 1, "講習": 1}), 5)
    assert [one.number for one in found] == [0, 1]
    assert found[0].similarity > found[1].similarity


def test_the_words_that_tell_are_named() -> None:
    assert neighbours(TEXTS).shared({"勞工": 1, "講習": 1, "公園": 1}, [0, 1], 3) == ["講習", "勞工"]


def test_votes_are_shares_of_all_nearness() -> None:
    votes = Votes([Near(0, 0.6), Near(1, 0.2)], [("職安", "勞工"), ("勞工",)])
    assert votes.share == pytest.approx({"職安": 0.75, "勞工": 1.0})
    assert (votes.most["勞工"], votes.number["勞工"], votes.nearest) == (0.6, 2, 0.6)


def test_an_agency_tells_its_portal() -> None:
    agencies, portals = np.array([0, 1, 1], np.int32), np.array([0, 0, 1], np.int32)
    records = Records([("a",), ("b", "c", "d"), ()], ["勞動局", "衛生局"], agencies, portals)
    assert records.of_agency("勞動局").tolist() == [True, False, False]
    assert records.of_portal("勞動局").tolist() == [True, True, False]
    assert not records.of_portal("稅務局").any()
    assert records.size(records.of_agency("稅務局")) == pytest.approx(records.mean)


def stump(feature: int, low: float, high: float) -> Trees:
    """Return one tree: `low` up to 0.5, `high` above."""
    return Trees(
        np.array([0], np.int32),
        np.array([feature], np.int16),
        np.array([0.5], np.float32),
        np.array([0xFFFE], np.uint16),
        np.array([low, high, *[0.0] * 14]),
        0.0,
    )


def test_trees_together_score_the_mean() -> None:
    rows = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float32)
    both = joined([stump(0, -2.0, 2.0), stump(1, -4.0, 4.0)])
    assert both.score(rows).tolist() == [-3.0, -1.0, 1.0, 3.0]


def test_trees_score_as_scikit_learn_does() -> None:
    from metalint.keywords import train

    chance = np.random.default_rng(1)
    rows = chance.normal(size=(3000, 6)).astype(np.float32).round(1)
    right = rows[:, 1] * rows[:, 3] + chance.normal(size=3000) > 0.5
    boosting = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=15, random_state=0).fit(
        rows[:, [3, 1]], right
    )
    trees = train._trees(boosting, np.array([3, 1], np.int16))
    assert trees.score(rows) == pytest.approx(boosting.decision_function(rows[:, [3, 1]]))


def test_what_a_search_finds_in_a_suggestion_is_not_suggested_again() -> None:
    ranked = [Ranked(term, 0.5) for term in ("公司登記", "公司", "商業登記", "登記", "統計")]
    assert [one.term for one in _apart(ranked, 3)] == ["公司登記", "商業登記", "統計"]
