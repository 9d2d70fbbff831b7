"""What stands freely in many titles is a word, however the segmentation cuts it."""

from __future__ import annotations

import math

import pytest

from metalint.keywords.background import LEAST, NEVER, background
from metalint.keywords.phrases import Word, free

TITLES = [f"{a}會議實錄{b}" for a, b in zip("甲乙丙丁戊己", "子丑寅卯辰巳", strict=True)]


def runs(*words: str) -> list[list[Word]]:
    made, at = [], 0
    for word in words:
        made.append(Word(word, at, at + len(word)))
        at += len(word)
    return [made]


def test_what_many_signs_stand_beside_is_free() -> None:
    of = background(TITLES).of
    assert of("會議實錄").times == len(TITLES)
    assert of("會議實錄").free == pytest.approx(math.log(len(TITLES)))
    assert of("會議實").behind == 0  # 錄 stands behind it always
    assert of("議實錄").before == 0
    assert of("甲會議") == NEVER


def test_an_edge_is_a_sign_of_its_own() -> None:
    one = background(["路燈，", *(f"{a}路燈" for a in "甲乙丙")]).of("路燈")
    assert (one.times, one.begins, one.ends) == (4, 0.25, 1.0)
    assert one.behind == pytest.approx(math.log(4))


def test_a_title_of_a_series_counts_once() -> None:
    assert not background([f"{year}年路燈" for year in range(90, 90 + 5 * LEAST)]).texts


def test_free_places_are_told_in_order() -> None:
    assert [*background(TITLES).free("午會議實錄")] == [(1, 5)]


def test_a_word_that_is_cut_otherwise_is_a_phrase_all_the_same() -> None:
    found = [*free(runs("聽證", "會", "議實錄"), background(TITLES).free, ())]
    spans = {phrase.folded: phrase for phrase in found}
    assert "會議實錄" in spans
    assert (spans["會議實錄"].start, spans["會議實錄"].end, spans["會議實錄"].first) == (2, 6, 1)
    assert spans["會議實錄"].closes
    assert not spans["會議實錄"].opens


def test_a_whole_run_goes_without_the_time_before_it() -> None:
    found = {
        phrase.folded
        for phrase in free(runs("104", "-", "106", "年度", "附屬單位預算現金流量綜計表"), lambda _: (), ())
    }
    assert "附屬單位預算現金流量綜計表" in found


def test_phrases_keep_their_places_where_folding_shortens() -> None:
    (phrase,) = free([[Word("臺北", 0, 3)]], lambda _: (), ())
    assert (phrase.start, phrase.end) == (0, 3)


@pytest.mark.parametrize("word", ["的路燈", "路燈及"])
def test_no_phrase_begins_or_ends_with_a_hinge(word: str) -> None:
    assert word not in {phrase.folded for phrase in free(runs(word), lambda _: [(0, 3)], ())}
