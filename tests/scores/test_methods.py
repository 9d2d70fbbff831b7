"""The methods as data: points as published, files that cannot be used refused with name, place and reason."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

import pytest
from scoring_records import METHODS, POINTS

from metalint import ruleset
from metalint.ruleset import RuleError
from metalint.scores import methods
from metalint.scores.gaps import gaps
from metalint.scores.kinds import Gap
from metalint.shipped import shipped


def test_mqa_has_the_published_indicators_and_405_points() -> None:
    assert {one.id: one.points for one in METHODS["mqa"].indicators} == POINTS
    assert sum(POINTS.values()) == 405
    sums: dict[str, float] = {}
    for one in METHODS["mqa"].indicators:
        sums[one.dimension.en] = sums.get(one.dimension.en, 0) + one.points
    assert sums == {
        "Findability": 100,
        "Accessibility": 100,
        "Interoperability": 110,
        "Reusability": 75,
        "Contextuality": 20,
    }


@pytest.mark.parametrize(
    ("points", "word"),
    [(405, "excellent"), (351, "excellent"), (350, "good"), (221, "good"), (220, "sufficient"), (121, "sufficient"), (120, "bad"), (0, "bad")],
)  # fmt: skip
def test_the_bands_of_mqa(points: int, word: str) -> None:
    said = methods.rating(METHODS["mqa"], points / 405)
    assert said is not None
    assert said.en == word


def test_no_share_and_no_bands_have_no_word() -> None:
    assert methods.rating(METHODS["mqa"], None) is None
    assert methods.rating(METHODS["findability"], 0.5) is None


def test_methods_are_small_enough_to_send_and_come_in_one_order() -> None:
    assert [method.id for method in methods.methods()] == ["findability", "mqa", "tw-quality"]
    assert pickle.loads(pickle.dumps(methods.methods())) == methods.methods()


def test_every_text_is_there_in_both_languages_and_every_rule_exists() -> None:
    rules = {rule.id for rule in ruleset.load([shipped("rules")])}
    assert not any(name.startswith("scores/") for name in rules)
    for scheme in methods.schemes().values():
        for one, question in zip(scheme.method.indicators, scheme.tests, strict=True):
            assert all(re.search("[一-鿿]", text.zh) and text.en for text in (one.label, one.help)), one.id
            assert set(map(str, question.params.get("rules", ()))) <= rules


GOOD = {
    "version": "1",
    "label": {"zh-TW": "自訂", "en": "own"},
    "source": ["us"],
    "several": "all",
    "indicators": [
        {
            "id": "title",
            "label": {"zh-TW": "名稱", "en": "title"},
            "points": 5,
            "test": "value",
            "fields": ["title"],
            "help": {"zh-TW": "填寫名稱", "en": "give a title"},
        }
    ],
}


def read(tmp_path: Path, text: str) -> None:
    (tmp_path / "scores").mkdir()
    (tmp_path / "scores" / "own.yaml").write_text(text, "utf-8")
    methods.read(tmp_path)


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    read(tmp_path, json.dumps(GOOD, ensure_ascii=False))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"version": 1}, "version: a text is wanted"),
        ({"colour": "red"}, "colour: unknown key"),
        ({"several": "some"}, "some is none of all, best"),
        ({"indicators": []}, "indicators: a list is wanted"),
        ({"indicators": [{**GOOD["indicators"][0], "points": 0}]}, "/indicators/0: points: 0 is no number"),
        ({"indicators": [{**GOOD["indicators"][0], "points": True}]}, "/indicators/0: points: True"),
        ({"indicators": [{**GOOD["indicators"][0], "test": "magic"}]}, "/indicators/0: magic is none of"),
        ({"indicators": [{**GOOD["indicators"][0], "fields": ["titel"]}]}, "/indicators/0: titel is no field; did you mean title"),
        ({"indicators": [{**GOOD["indicators"][0], "fields": []}]}, "/indicators/0: fields: at least one"),
        ({"indicators": [{**GOOD["indicators"][0], "params": {"least": 3}}]}, "/indicators/0: least: unknown key"),
        ({"indicators": [{**GOOD["indicators"][0], "dimension": "x"}]}, "/indicators/0: dimension: x is none"),
        ({"indicators": [{**GOOD["indicators"][0], "help": {"en": "x"}}]}, "/indicators/0: help: a text in both languages"),
        ({"indicators": [GOOD["indicators"][0], GOOD["indicators"][0]]}, "two indicators are named title"),
        ({"ratings": [{"above": "1/0", "label": {"zh-TW": "佳", "en": "good"}}]}, "Fraction"),
        ({"ratings": [{"label": {"zh-TW": "佳", "en": "good"}}, {"above": 0.5, "label": {"zh-TW": "優", "en": "fine"}}]}, "the best one comes first"),
        ({"label": None}, "label: a text in both languages"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_name_place_and_reason(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    with pytest.raises(RuleError) as refused:
        read(tmp_path, json.dumps({**GOOD, **change}, ensure_ascii=False))
    for text in (refused.value.texts.zh, refused.value.texts.en):
        assert "own.yaml" in text
        assert reason in text


@pytest.mark.parametrize("text", ["[1, 2]", "a: [", "version: *x"])
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RuleError, match=r"own\.yaml"):
        read(tmp_path, text)


def test_the_gap_list_comes_most_points_first_ties_by_number() -> None:
    one = [METHODS["findability"], METHODS["mqa"]]
    missed = [[0] * 6, [0] * 23]
    missed[0][0], missed[0][4], missed[1][0], missed[1][1] = 1, 2, 10, 1
    assert gaps(one, missed) == (Gap(1, 0, 10, 300), Gap(0, 0, 1, 30), Gap(0, 4, 2, 30), Gap(1, 1, 1, 30))
