"""What a platform or a table does not export is not evaluated, and not missed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from scoring_records import LEXICON, METHODS, PLATFORMS, TODAY, ids, missed, stands, unasked

from metalint import datasets, scoring
from metalint.model import Unreadable
from metalint.run import Options
from metalint.scores import judging
from metalint.scores.gaps import Misses

LIST = ("資料集識別碼", "資料集名稱", "提供機關", "檔案格式", "資料下載網址")
ROW = {"資料集識別碼": "6001", "資料集名稱": "職業安全衛生教育訓練單位名冊", "提供機關": "勞動部", "檔案格式": "CSV;JSON", "資料下載網址": "https://a.gov.tw/1;https://a.gov.tw/2"}  # fmt: skip


@pytest.mark.parametrize(
    ("method", "evaluated"),
    [
        ("mqa", {"download-url", "format", "format-vocabulary", "non-proprietary", "machine-readable", "publisher"}),
        ("tw-quality", {"structured", "identifier", "title", "publisher", "format", "resource-url"}),
        ("findability", {"title"}),
    ],
)
def test_the_national_list_of_five_columns(method: str, evaluated: set[str]) -> None:
    every = {one.id for one in METHODS[method].indicators}
    assert every - unasked(method, "data-gov-tw-list", ROW, header=LIST) == evaluated
    assert missed(method, "data-gov-tw-list", ROW, header=LIST) == set()
    assert missed(method, "data-gov-tw-list", {}, header=LIST) == evaluated
    assert stands(method, "data-gov-tw-list", ROW, header=LIST).share == 1


def test_a_joined_cell_counts_as_one_distribution_for_mqa_and_item_by_item_for_the_badge() -> None:
    row = {**ROW, "檔案格式": "PDF;CSV"}
    assert missed("mqa", "data-gov-tw-list", row, header=LIST) == set()
    assert missed("tw-quality", "data-gov-tw-list", row, header=LIST) == {"structured"}


@pytest.mark.parametrize(
    ("method", "platform", "never"),
    [
        ("mqa", "ckan", {"access-url-works", "download-url-works", "dcat-ap", "access-rights", "access-rights-vocabulary", "rights"}),
        ("mqa", "dcat-us", {"access-url-works", "download-url-works", "byte-size"}),
        ("mqa", "tw-standard", {"access-url-works", "download-url-works", "media-type", "dcat-ap", "access-rights", "access-rights-vocabulary", "rights", "byte-size"}),
        ("tw-quality", "tw-standard", {"link-works", "direct-download", "reply-rate", "timely"}),
        ("tw-quality", "data-gov-tw", {"link-works", "direct-download", "reply-rate", "timely", "license-url", "organization", "resource-id", "type", "issued", "modified", "resource-modified"}),
        ("mqa", "data-gov-tw", {"access-url-works", "download-url-works", "media-type", "dcat-ap", "access-rights", "access-rights-vocabulary", "rights", "byte-size", "issued", "modified"}),
        ("tw-quality", "tw-municipal", {"link-works", "direct-download", "reply-rate", "timely", "organization", "resource-id", "resource-description", "resource-modified"}),
        ("findability", "data-gov-tw-list", {"public-words", "keyword", "three-keywords"}),
    ],
)  # fmt: skip
def test_what_a_platform_has_no_place_for(method: str, platform: str, never: set[str]) -> None:
    assert unasked(method, platform, {"title": "職業災害"}) == never | (
        {"public-words"} if method == "findability" else set()
    )


@pytest.mark.parametrize(("method", "platform"), [("tw-quality", "ckan"), ("tw-quality", "dcat-us"), ("mqa", "unknown"), ("findability", "unknown"), ("tw-quality", "unknown")])  # fmt: skip
def test_a_method_that_does_not_fit_evaluates_nothing(method: str, platform: str) -> None:
    standing = stands(method, platform, {"title": "職業災害", "keyword": ["職災"]})
    assert (standing.earned, standing.possible, standing.missed, standing.share) == (0, 0, (), None)


FILES = ("data-gov-tw-2026-03.csv", "taoyuan-2018-07.csv", "taipei-2016-06.csv", "depositar-2023-08.jsonl", "us-datajson-2025-02/gsa.json")  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_on_real_catalogues(corpus: Path, name: str) -> None:
    ask = scoring.wanted([])
    found = datasets.read([str(corpus / name)], Options(isolated=True))
    some = [one for _, one in zip(range(400), found, strict=False) if not isinstance(one, Unreadable)]
    judge = judging.judge(ask.methods, some[0].platform, some[0].header, LEXICON, TODAY)
    standings = [judge(one.fields) for one in some]
    for row in standings:
        for method, one in zip(ask.methods, row, strict=True):
            assert 0 <= one.earned <= one.possible
            assert one.share is None or 0 <= one.share <= 1
            lost = sum(method.indicators[at].points for at in one.missed)
            aside = sum(method.indicators[at].points for at in one.unasked)
            assert one.earned + lost + aside == sum(indicator.points for indicator in method.indicators)
            assert not ids(method, one.missed) & ids(method, one.unasked)
    # The same in any order, by a judge that has seen nothing, and in any parts.
    again = judging.judge(ask.methods, some[0].platform, some[0].header, LEXICON, TODAY)
    order = list(range(len(some)))
    random.Random(7).shuffle(order)
    assert {at: again(some[at].fields) for at in order} == dict(enumerate(standings))
    whole, first, second = (Misses(ask.methods) for _ in range(3))
    for at in order:
        whole.add(some[at].agency, standings[at])
        (first if at % 3 else second).add(some[at].agency, standings[at])
    second.merge(first)
    assert second.gaps() == whole.gaps()
    assert [(n, c.mean(1), second.gaps(n)) for n, c in second.agencies()] == [
        (n, c.mean(1), whole.gaps(n)) for n, c in whole.agencies()
    ]


def test_all_platforms_are_judged_by_every_method() -> None:
    for platform in PLATFORMS.values():
        judging.judge([*METHODS.values()], platform, None, LEXICON, TODAY)({})


def test_what_the_platform_fills_in_is_missed_only_where_it_is_wrong() -> None:
    record = {"title": "職業災害", "modifiedDate": "115/03/01", "distribution": [{"resourceModifiedDate": "去年"}, {}]}
    assert {"modified", "resource-modified"} <= missed("tw-quality", "data-gov-tw", record)
    assert "issued" in unasked("tw-quality", "data-gov-tw", record)
