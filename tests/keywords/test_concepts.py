"""The synonym vocabulary is in order, and its names are found where they stand for the thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from metalint import synonyms
from metalint.hanzi import has_hanzi
from metalint.keywords import concepts
from metalint.keywords.concepts import Concept, ConceptError, Concepts
from metalint.keywords.segment import Segmenter
from metalint.keywords.words import Words
from metalint.shipped import shipped

VOCAB = shipped("vocab")
SHIPPED = concepts.read([VOCAB])


def test_there_are_enough_concepts_from_all_domains() -> None:
    assert len(SHIPPED.all) >= 400
    files = {concept.file for concept in SHIPPED.all}
    assert files >= {"labour", "transport", "health", "environment", "education", "welfare", "finance", "justice"}
    assert files >= {"housing", "agriculture", "culture", "disaster", "digital", "energy", "elections", "agencies"}


def test_the_shipped_concepts_are_in_order() -> None:
    proof = synonyms.vocab_check(())
    assert proof.mistakes == ()
    assert proof.concepts == len(SHIPPED.all)
    assert [concept.preferred for concept in SHIPPED.all if not concept.en] == []


def test_the_dictionary_keeps_every_name_whole() -> None:
    words = Words(VOCAB / "words" / "segments.txt")
    names = [name for concept in SHIPPED.all for name in concept.names if has_hanzi(name) and name.isalnum()]
    assert [name for name in names if not words.get(name)] == [], "run tests/trim_words.py"


SOME = Concepts(
    [
        Concept("國民年金", ("國保",), but=("全國保育",)),
        Concept("公共自行車", ("YouBike",)),
        Concept("自動體外心臟電擊去顫器", ("AED",)),
        Concept("長期照顧", ("長照",), but=("校長照",)),
        Concept("臺灣電力公司", ("台電",)),
        Concept("自行車", ("腳踏車",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("國民年金統計", ["國民年金"]),
        ("全國保育類動物", []),
        ("國保給付", ["國民年金"]),
        ("youbike站點", ["公共自行車"]),
        ("ＹｏｕＢｉｋｅ站點", ["公共自行車"]),
        ("AED設置地點", ["自動體外心臟電擊去顫器"]),
        ("AEDX", []),
        ("歷任校長照片", []),
        ("台灣電力公司", ["臺灣電力公司"]),
        ("公共自行車", ["公共自行車", "自行車"]),
        ("", []),
        ("\ud800", []),
    ],
)
def test_names_are_found(text: str, found: list[str]) -> None:
    tokens = Segmenter(VOCAB / "words" / "segments.txt").cut(text)
    bounds = {0, len(text), *(token.start for token in tokens), *(token.end for token in tokens)}
    named = SOME.named(text, bounds)
    assert [one.concept.preferred for one in named] == found
    assert all(text[one.start : one.end] == one.written for one in named)


def test_a_name_inside_a_longer_one_is_told() -> None:
    inside = {one.name: one.inside for one in SOME.named("公共自行車")}
    assert inside == {"公共自行車": False, "自行車": True}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("concepts: 3", "a list `concepts` is wanted"),
        ("concepts: [3]", "/concepts/0: a mapping with a text `preferred`"),
        ("concepts: [{preferred: 職安, everday: [x]}]", "unknown key everday"),
        ("concepts: [{preferred: 陳情, everyday: [1999]}]", "/concepts/0: everyday: a list of texts"),
        ("concepts: [", "while parsing"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "synonyms").mkdir()
    (tmp_path / "synonyms" / "own.yaml").write_text(text, "utf-8")
    with pytest.raises(ConceptError) as error:
        concepts.read([tmp_path])
    assert reason in str(error.value)
    assert "own.yaml" in str(error.value)
