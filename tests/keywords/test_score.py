"""How suggestions are scored against what people chose."""

from __future__ import annotations

import pytest

from metalint.keywords.score import Judged, score


def test_strictly_only_the_same_term_is_right() -> None:
    found = score([Judged(["公用天然氣", "瓦斯"], [("公用天然氣", 0.9), ("瓦斯", 0.5)], {"天然氣", "瓦斯"})])
    assert (found.f1, found.precision, found.f1_five) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("given", "hidden", "wanted"),
    [
        (["公用天然氣"], {"天然氣"}, 1.0),
        (["環境保護"], {"環保"}, 1.0),
        (["保環"], {"環境保護"}, 0.0),
        (["road"], {"read only data"}, 0.0),  # letters in their order are no short form
        (["天然氣", "路燈"], {"公用天然氣"}, 2 / 3),
        ([], {"公用天然氣"}, 0.0),
    ],
)
def test_leniently_a_part_or_a_short_form_is_right_too(given: list[str], hidden: set[str], wanted: float) -> None:
    assert score([Judged(given, [(term, 0.5) for term in given], hidden)]).lenient == pytest.approx(wanted)


def test_the_first_ten_are_recalled() -> None:
    ranking = [(f"詞{at}", 0.1) for at in range(12)]
    found = score([Judged([], ranking, {"詞0", "詞9", "詞11"})])
    assert found.recall_ten == pytest.approx(2 / 3)
    assert found.ndcg_ten < 1
