"""What earns points: everything, nothing, each thing by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_records import DCAT_US, METHODS, POINTS, TW_STANDARD, changed, missed, stands, unasked

ONLINE = {"access-url-works", "download-url-works"}
MQA = [
    ({"keyword"}, {"keyword": None}),
    ({"keyword"}, {"keyword": ["none", "無", "N/A"]}),
    ({"category"}, {"theme": None}),
    ({"spatial"}, {"spatial": "N/A"}),
    ({"temporal"}, {"temporal": None}),
    ({"download-url"}, {"part_downloadURL": None, "part_accessURL": "https://example.gov/injuries"}),
    ({"format"}, {"part_format": None}),
    ({"format"}, {"part_format": "Other"}),
    ({"media-type"}, {"part_mediaType": None}),
    ({"format-vocabulary"}, {"part_format": "MySheet", "part_mediaType": "type/csv", "_": {"non-proprietary", "machine-readable"}}),
    ({"non-proprietary"}, {"part_format": "XLSX", "part_mediaType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}),
    ({"machine-readable"}, {"part_format": "TXT", "part_mediaType": "text/plain"}),
    ({"dcat-ap"}, {"description": "N/A"}),
    ({"dcat-ap"}, {"distribution": [*DCAT_US["distribution"], {"format": "CSV"}]}),
    ({"dcat-ap"}, {"issued": "the day before", "_": {"issued"}}),
    ({"license"}, {"license": None, "_": {"license-vocabulary"}}),
    ({"license"}, {"license": "notspecified", "_": {"license-vocabulary"}}),
    ({"license-vocabulary"}, {"license": "https://example.gov/our-own-terms"}),
    ({"access-rights"}, {"accessLevel": None, "_": {"access-rights-vocabulary"}}),
    ({"access-rights-vocabulary"}, {"accessLevel": "for friends"}),
    ({"contact"}, {"contactPoint": None}),
    ({"publisher"}, {"publisher": {"name": "unknown"}}),
    ({"rights"}, {"rights": "N/A"}),
    ({"issued"}, {"issued": None}),
    ({"issued"}, {"issued": "1970-01-01"}),
    ({"modified"}, {"modified": None}),
]  # fmt: skip
TW = [
    ({"structured"}, {"part_format": "PDF"}),
    ({"encoding"}, {"part_characterSetCode": None}),
    ({"encoding"}, {"part_characterSetCode": "ANSI"}),
    ({"columns"}, {"fieldDescription": None}),
    ({"columns"}, {"fieldDescription": "職業安全衛生教育訓練單位名冊"}),
    ({"timely"}, {"modified": "2025-06-01", "part_resourceModified": "2025-06-01"}),
    ({"category"}, {"categoryCode": "職業安全"}),
    ({"identifier"}, {"identifier": None}),
    ({"title"}, {"title": "統計資料"}),
    ({"description"}, {"description": "職業安全衛生教育訓練單位名冊"}),
    ({"type"}, {"type": "檔"}),
    ({"license"}, {"license": "未指定"}),
    ({"license-url"}, {"licenseURL": "見網站"}),
    ({"cost"}, {"cost": "無"}),
    ({"organization"}, {"organization": "無"}),
    ({"publisher"}, {"publisher": None}),
    ({"contact-name"}, {"publisherContactName": None}),
    ({"contact-phone"}, {"publisherContactPhone": "請洽承辦人"}),
    ({"contact-email"}, {"publisherContactEmail": "osha＠mail"}),
    ({"resource-id"}, {"part_resourceID": None}),
    ({"resource-description"}, {"part_resourceDescription": "無"}),
    ({"format"}, {"part_format": None, "_": {"structured"}}),
    ({"resource-url"}, {"part_downloadURL": "http://10.0.0.8/a.csv"}),
    ({"coverage-from"}, {"temporalCoverageFrom": "109/01/01"}),
    ({"coverage-to"}, {"temporalCoverageTo": "99-99-99"}),
    ({"issued"}, {"issued": "109.01.31"}),
    ({"modified"}, {"modified": "去年"}),
    ({"spatial"}, {"spatial": None}),
    ({"language"}, {"language": "火星文"}),
    ({"landing-page"}, {"landingPage": None}),
    ({"keyword"}, {"keyword": None}),
    ({"resource-modified"}, {"part_resourceModified": None}),
]
FIND = [
    ({"public-words"}, {"keyword": ["教育訓練", "勞工安全", "訓練單位"], "description": "經認可辦理訓練之單位，含地址與課程，供雇主查詢。"}),
    ({"keyword"}, {"keyword": ["109年", "CSV", "勞動部職業安全衛生署"], "_": {"three-keywords", "public-words"}}),
    ({"three-keywords"}, {"keyword": ["職安", "職安", "教育訓練", "職業安全衛生教育訓練單位名冊"]}),
    ({"category"}, {"categoryCode": None}),
    ({"description"}, {"description": "名冊"}),
    ({"title"}, {"title": "統計資料"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "platform", "record", "possible"),
    [("mqa", "dcat-us", DCAT_US, 320), ("tw-quality", "tw-standard", TW_STANDARD, 148), ("findability", "tw-standard", TW_STANDARD, 100)],
)  # fmt: skip
def test_a_record_without_a_fault_earns_everything_and_an_empty_one_nothing(
    method: str, platform: str, record: dict[str, Any], possible: float
) -> None:
    assert stands(method, platform, record)[:3] == (possible, possible, ())
    empty = stands(method, platform, {"title": ""})
    assert empty.earned == 0
    assert empty.share == 0


@pytest.mark.parametrize(("wanted", "values"), MQA)
def test_each_indicator_of_mqa_by_itself(wanted: set[str], values: dict[str, Any]) -> None:
    record, also = (
        changed(DCAT_US, **{key: value for key, value in values.items() if key != "_"}),
        values.get("_", set()),
    )
    assert missed("mqa", "dcat-us", record) == wanted | also
    standing = stands("mqa", "dcat-us", record)
    assert standing.earned == 320 - sum(POINTS[name] for name in wanted | also)
    assert standing.possible == 320


@pytest.mark.parametrize(("wanted", "values"), TW)
def test_each_indicator_of_tw_quality_by_itself(wanted: set[str], values: dict[str, Any]) -> None:
    record, also = (
        changed(TW_STANDARD, **{key: value for key, value in values.items() if key != "_"}),
        values.get("_", set()),
    )
    assert missed("tw-quality", "tw-standard", record) == wanted | also


@pytest.mark.parametrize(("wanted", "values"), FIND)
def test_each_indicator_of_findability_by_itself(wanted: set[str], values: dict[str, Any]) -> None:
    record, also = (
        changed(TW_STANDARD, **{key: value for key, value in values.items() if key != "_"}),
        values.get("_", set()),
    )
    told = missed("findability", "tw-standard", record) | (unasked("findability", "tw-standard", record) & also)
    assert told == wanted | also


def test_the_tables_above_ask_everything_that_can_be_asked() -> None:
    flipped = {name for wanted, _ in MQA for name in wanted}
    assert flipped == set(POINTS) - ONLINE - {"byte-size"}
    online = {"link-works", "direct-download", "reply-rate"}
    assert {name for wanted, _ in TW for name in wanted} == {
        one.id for one in METHODS["tw-quality"].indicators
    } - online - {"frequency"}
    assert {name for wanted, _ in FIND for name in wanted} == {one.id for one in METHODS["findability"].indicators}


def test_byte_size_and_what_else_ckan_has() -> None:
    record = {
        "name": "a",
        "title": "Injuries",
        "resources": [{"url": "https://example.org/a.csv", "format": "CSV", "size": 0}],
    }
    assert "byte-size" not in missed("mqa", "ckan", record)
    assert "byte-size" in missed("mqa", "ckan", {**record, "resources": [{"url": "https://example.org/a.csv"}]})


def test_of_several_distributions_the_best_one_counts_for_mqa_and_all_for_the_badge() -> None:
    page = {"accessURL": "https://example.gov/page", "format": "HTML", "mediaType": "text/html"}
    record = changed(DCAT_US, distribution=[page, *DCAT_US["distribution"], page])
    assert stands("mqa", "dcat-us", record).earned == 320
    # Neither of the two has everything: points of different distributions are not put together.
    halves = [
        {"downloadURL": "https://example.gov/a", "format": "XLSX"},
        {"accessURL": "https://example.gov/b", "format": "TXT"},
    ]
    assert {"non-proprietary", "media-type"} <= missed("mqa", "dcat-us", changed(DCAT_US, distribution=halves))
    two = [*TW_STANDARD["distribution"], {**TW_STANDARD["distribution"][0], "format": "PDF", "characterSetCode": None}]
    assert missed("tw-quality", "tw-standard", changed(TW_STANDARD, distribution=two)) == {"structured", "encoding"}


def test_what_cannot_be_told_of_one_record_is_not_evaluated() -> None:
    archive = changed(TW_STANDARD, part_format="ZIP", accrualPeriodicity="不定期", part_characterSetCode="其他")
    assert {"structured", "timely", "encoding"} <= unasked("tw-quality", "tw-standard", archive)
    assert stands("tw-quality", "tw-standard", archive)[:3] == (118, 118, ())
    english = changed(DCAT_US, title="Rainfall")
    assert unasked("findability", "dcat-us", english) == {"public-words"}


def test_the_day_tells_what_is_timely() -> None:
    late = {"accrualPeriodicity": "每月", "modified": "2026-03-15"}
    record = changed(TW_STANDARD, **late)
    assert missed("tw-quality", "tw-standard", record, today=date(2026, 7, 14)) == set()
    assert missed("tw-quality", "tw-standard", record, today=date(2026, 7, 15)) == {"timely"}


def test_columns_given_as_a_list_of_objects_are_read() -> None:
    listed = [{"name": "name", "description": "名稱"}, {"name": "address", "description": "地址"}]
    record = {"title": "訓練單位", "distribution": [{"resourceField": listed, "resourceFormat": "CSV"}]}
    assert "columns" not in missed("tw-quality", "data-gov-tw", record)
    two = {"title": "訓練單位", "distribution": [{"resourceField": listed}, {"resourceFormat": "CSV"}]}
    assert "columns" in missed("tw-quality", "data-gov-tw", two)


@given(st.permutations(sorted(TW_STANDARD)), st.permutations(sorted(DCAT_US)))
def test_a_value_more_never_lowers_what_is_earned(tw: list[str], us: list[str]) -> None:
    for method, platform, record, keys in (
        ("tw-quality", "tw-standard", TW_STANDARD, tw),
        ("findability", "tw-standard", TW_STANDARD, tw),
        ("mqa", "dcat-us", DCAT_US, us),
    ):
        earned, so_far = 0.0, dict[str, Any]()
        for key in keys:
            so_far[key] = record[key]
            standing = stands(method, platform, so_far)
            assert earned <= standing.earned <= standing.possible, (method, key)
            earned = standing.earned
