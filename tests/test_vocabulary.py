"""What words mean: how spellings are found, what nearly is one, and what the shipped vocabularies owe."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from metalint import frequency, vocabulary
from metalint.fields import FIELDS
from metalint.lexicon import Lexicon
from metalint.shipped import shipped
from metalint.vocabulary import VocabularyError, fold

FOLDER = shipped("vocab")
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def load(name: str) -> vocabulary.Vocabulary:
    return Lexicon([FOLDER]).vocabulary(name)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("ＣＳＶ", "csv", id="full width"),
        pytest.param("政府資料開放授權條款－第1版", "政府資料開放授權條款第1版", id="full-width dash"),
        pytest.param("台北市", "臺北市", id="simple tai"),
        pytest.param(" .Geo_JSON ", "geojson", id="spaces and signs"),
        pytest.param("（—）", "", id="signs alone"),
    ],
)
def test_what_does_not_count_is_folded_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_signs_around_a_text_do_not_count(text: str) -> None:
    assert fold(f" 「{text}」。") == fold(text)


@pytest.mark.parametrize(
    ("name", "text", "term"),
    [
        pytest.param("licenses", "依政府資料開放授權條款－第1版", "OGDL-Taiwan-1.0", id="with a prefix"),
        pytest.param("licenses", "http://creativecommons.org/licenses/by/4.0/deed.zh_TW", "CC-BY-4.0", id="address of a deed"),
        pytest.param("licenses", "https://creativecommons.org/licenses/by/4.0/legalcode", "CC-BY-4.0", id="address of the code"),
        pytest.param("licenses", "創用CC 姓名標示-非商業性 3.0 台灣", "CC-BY-NC", id="national port"),
        pytest.param("licenses", "CC BY-SA 4.0 國際", "CC-BY-SA-4.0", id="international"),
        pytest.param("licenses", "cc-by", "CC-BY", id="without a version"),
        pytest.param("licenses", "http://opendefinition.org/licenses/cc-zero/", "CC0-1.0", id="two prefixes"),
        pytest.param("licenses", "CC BY 5.0", None, id="no such version"),
        pytest.param("licenses", "https://example.org/terms", None, id="an address of its own"),
        pytest.param("frequencies", "每天", "daily", id="every day"),
        pytest.param("frequencies", "R/P3M", "quarterly", id="repeating interval"),
        pytest.param("frequencies", "每 10 分鐘", "at-an-interval", id="ten minutes"),
        pytest.param("frequencies", "R/P18M", "at-an-interval", id="eighteen months"),
        pytest.param("frequencies", "http://publications.europa.eu/resource/authority/frequency/ANNUAL", "annual", id="european code"),
        pytest.param("frequencies", "每年3月底", "annual", id="a day of the year"),
        pytest.param("frequencies", "美日", None, id="a typing error"),
        pytest.param("frequencies", "每月、年", None, id="two of them"),
        pytest.param("frequencies", "0", None, id="a number alone"),
        pytest.param("formats", ".xlsx", "XLSX", id="with its dot"),
        pytest.param("formats", "application/json", "JSON", id="media type"),
        pytest.param("formats", "壓縮檔", "ZIP", id="in Chinese"),
        pytest.param("formats", "utf-8", None, id="an encoding"),
        pytest.param("encodings", "big5", "Big5", id="small letters"),
        pytest.param("languages", "zh_TW", "zh", id="underscore"),
        pytest.param("languages", "no", "no", id="Norwegian is no boolean"),
        pytest.param("categories", "i00", "I00", id="small code"),
        pytest.param("categories", "公共資訊 (948)", None, id="with a count"),
        pytest.param("costs", " 免費", "free", id="space before"),
        pytest.param("places", "台中", "TW-TXG", id="short name"),
        pytest.param("places", "嘉義", None, id="city or county"),
        pytest.param("placeholders", "N/A", "not applicable", id="with a slash"),
        pytest.param("placeholders", "——", "-", id="dashes"),
        pytest.param("placeholders", "。。。", "-", id="stops"),
        pytest.param("placeholders", "無障礙設施", None, id="begins like one"),
    ],
)  # fmt: skip
def test_a_spelling_finds_its_term(name: str, text: str, term: str | None) -> None:
    found = load(name).find(text)
    assert (found and found.id) == term


@pytest.mark.parametrize(
    ("name", "text", "term"),
    [
        pytest.param("licenses", "CC-BY-4", "CC-BY-4.0", id="half a version"),
        pytest.param("licenses", "政府資料開放授權條款-第1板", "OGDL-Taiwan-1.0", id="one sign wrong"),
        pytest.param("licenses", "政府資料開放授權條款-第2版", None, id="another version"),
        pytest.param("licenses", "CC BY-NC 9.0", None, id="no such version"),
        pytest.param("licenses", "CC BY-NX", None, id="no such condition of it"),
        pytest.param("licenses", "https://creativecommons.org", None, id="an address"),
        pytest.param("frequencies", "美日", "daily", id="known typing error"),
        pytest.param("frequencies", "不訂期", "irregular", id="same sound"),
        pytest.param("frequencies", "quartely", "quarterly", id="letter missing"),
        pytest.param("frequencies", "每曰更新", None, id="too far"),
        pytest.param("frequencies", "每旬更新一次", None, id="another unit"),
        pytest.param("frequencies", "R/P1Q", None, id="no such unit"),
        pytest.param("categories", "購屋及遷徒", "C00", id="the portal's own"),
        pytest.param("categories", "休閒旅游", "900", id="simplified sign"),
        pytest.param("categories", "就學", None, id="too short"),
        pytest.param("access", "unpublic", None, id="turned round"),
        pytest.param("formats", "GEOJSN", "GeoJSON", id="letter missing in a format"),
        pytest.param("formats", "XLSW", None, id="one of several"),
        pytest.param("encodings", "UFT-8", "UTF-8", id="letters changed"),
        pytest.param("encodings", "UTF-32", None, id="another number"),
        pytest.param("languages", "us-EN", "en", id="turned tag"),
        pytest.param("placeholders", "", None, id="nothing"),
    ],
)
def test_only_a_strict_near_miss_is_near(name: str, text: str, term: str | None) -> None:
    found = load(name).nearest(text)
    assert (found and found.id) == term


@pytest.mark.parametrize(
    ("name", "text", "canonical"),
    [
        pytest.param("frequencies", "每日", True, id="label"),
        pytest.param("frequencies", "每1日", True, id="plain spelling"),
        pytest.param("frequencies", "每天", False, id="alias"),
        pytest.param("frequencies", "每 10 分鐘", True, id="by pattern"),
        pytest.param("formats", "CSV", True, id="format"),
        pytest.param("formats", "csv", False, id="small format"),
        pytest.param("formats", "shx", True, id="a part is not the whole"),
        pytest.param("licenses", "創用CC 姓名標示 3.0 台灣", True, id="an older version stays"),
        pytest.param("licenses", "政府資料開放授權條款", False, id="version left out"),
        pytest.param("licenses", "something else", False, id="unknown"),
    ],
)
def test_what_needs_no_mending_is_canonical(name: str, text: str, canonical: bool) -> None:
    assert load(name).is_canonical(text) is canonical


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_what_it_is_and_where_from(name: str) -> None:
    data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    assert data["summary"]["zh-TW"]
    assert data["summary"]["en"]
    assert data["source"]
    assert all(isinstance(source, str) and source for source in data["source"])


@pytest.mark.parametrize("name", NAMES)
def test_every_spelling_finds_its_own_term(name: str) -> None:
    words = load(name)
    for term in words.terms:
        for key in ("aliases", "plain", "media-types"):
            for spelling in term.facts.get(key) or []:  # type: ignore[union-attr]
                assert words.find(str(spelling)) is term
        assert words.find(term.id) is words.find(term.label.zh) is words.find(term.label.en) is term


@pytest.mark.parametrize("name", NAMES)
def test_a_typing_error_is_near_its_term_and_found_nowhere(name: str) -> None:
    words = load(name)
    for term in words.terms:
        for typo in term.facts.get("typos") or []:  # type: ignore[union-attr]
            assert words.find(str(typo)) is None
            assert words.nearest(str(typo)) is term


@given(st.sampled_from(NAMES), st.text(max_size=30))
def test_no_text_stops_a_look_up(name: str, text: str) -> None:
    words = load(name)
    words.find(text)
    words.nearest(text)
    assert not words.is_canonical(text) or words.find(text) is not None


def test_every_field_has_a_label() -> None:
    assert {term.id for term in load("fields").terms} == set(FIELDS)


def test_the_period_of_a_frequency_is_the_same_in_words_and_in_code() -> None:
    for term in load("frequencies").terms:
        days = term.facts.get("days")
        spellings = [term.label.zh, *(term.facts.get("plain") or []), *(term.facts.get("aliases") or [])]  # type: ignore[misc]
        for period in filter(None, (frequency.period(str(spelling)) for spelling in spellings)):
            assert days is not None
            assert period == pytest.approx(float(str(days)), rel=0.02, abs=0.001), spellings
        assert days is None or frequency.period(term.label.zh) is not None


def test_generic_words_name_no_dataset_and_no_place() -> None:
    generic = Lexicon([FOLDER]).words("generic")
    whole = re.compile(f"(?:{'|'.join(generic)})+")
    assert all(whole.fullmatch(title) for title in ("人數統計", "知識調查提案", "資料一覽表"))
    assert not any(whole.fullmatch(title) for title in ("公園名冊", "空氣品質監測", "勞動檢查統計"))
    assert not any(load("places").find(word) for word in generic - {"全國"})


def test_a_later_folder_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "costs.yaml").write_text("terms: [{id: free, label: 白送}, {id: by weight, label: 秤重}]", "utf-8")
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "generic.txt").write_text("雜項 其餘  # remark\n", "utf-8")
    lexicon = Lexicon([FOLDER, tmp_path])
    words = lexicon.vocabulary("costs")
    assert [words.find(text) is not None for text in ("白送", "秤重", "付費", "免費")] == [True, True, True, False]
    assert {"雜項", "其餘", "統計"} <= lexicon.words("generic")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("terms: [", "line", id="no yaml"),
        pytest.param("- one", "terms", id="no mapping"),
        pytest.param("terms: [{id: a, label: a}, {id: b}]", "/terms/1", id="no label"),
        pytest.param("terms: [{id: a, label: {zh-TW: a}}]", "/terms/0", id="half a label"),
        pytest.param("terms: [{id: a, label: x, aliases: [null]}]", "a/aliases", id="null not quoted"),
        pytest.param("terms: [{id: a, label: x, aliases: one}]", "a/aliases", id="no list"),
        pytest.param("terms: [{id: a, label: x}, {id: b, label: X}]", "two terms", id="one spelling twice"),
        pytest.param("terms: [{id: a, label: x, pattern: '('}]", "pattern", id="no pattern"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_reason(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    with pytest.raises(VocabularyError, match=reason) as caught:
        Lexicon([tmp_path]).vocabulary("own").find("nothing")  # patterns are made when they are first needed
    assert "own" in str(caught.value)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"nothing\.yaml"):
        Lexicon([tmp_path]).vocabulary("nothing")


# What is left is at fault: two values in one, an occasion in a sentence, a portal's count behind the name, 無.
@pytest.mark.parametrize(
    ("name", "columns", "left"),
    [
        pytest.param("formats", ("檔案格式",), 0.001, id="formats"),
        pytest.param("frequencies", ("更新頻率",), 0.03, id="frequencies"),
        pytest.param("encodings", ("編碼格式",), 0.01, id="encodings"),
        pytest.param("licenses", ("授權方式",), 0.01, id="licences"),
        pytest.param("types", ("資料集類型",), 0, id="types"),
        pytest.param("costs", ("計費方式",), 0.002, id="costs"),
    ],
)
def test_real_values_are_known(name: str, columns: tuple[str, ...], left: float, corpus: Path) -> None:
    words, values = load(name), Counter(_real_values(corpus, columns))
    unknown = {value: count for value, count in values.items() if words.find(value) is None}
    assert sum(unknown.values()) <= left * sum(values.values()), unknown


def test_real_licences_of_other_portals_are_known(corpus: Path) -> None:
    values: list[str] = []
    for path in sorted(corpus.glob("us-datajson-*/*.json")):
        values += [str(one["license"]) for one in json.loads(path.read_bytes())["dataset"] if one.get("license")]
    for path in sorted(corpus.glob("depositar-*.jsonl")):
        lines = path.read_bytes().splitlines()
        values += [str(one["license_id"]) for one in map(json.loads, lines) if one.get("license_id")]
    words = load("licenses")
    assert sum(words.find(value) is None for value in values) <= 0.01 * len(values)


def _real_values(corpus: Path, columns: tuple[str, ...]) -> Iterator[str]:
    for path, encoding in (
        ("data-gov-tw-2026-03.csv", "utf-8-sig"),
        ("taipei-2018-07.csv", "cp950"),
        ("taoyuan-2018-07.csv", "utf-8-sig"),
    ):
        with (corpus / path).open(encoding=encoding, errors="replace", newline="") as file:
            csv.field_size_limit(1 << 24)
            for row in csv.DictReader(file):
                for cell in (row[column] for column in columns if column in row):
                    pieces = re.split(r"[,;、`]", cell) if columns[0] in ("檔案格式", "編碼格式") else [cell]
                    yield from (piece.strip(' \t\r\n"') for piece in pieces if piece.strip(' \t\r\n"'))
