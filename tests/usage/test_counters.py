"""Counters: what is use and what is only a first look, use in a stretch of time, growth and decline."""

from __future__ import annotations

from pathlib import Path

import pytest

from metalint.output import usage_columns, usage_lists, usage_text, usage_words
from metalint.run import Options
from metalint.usage.asking import ask
from metalint.usage.figures import Asked
from metalint.usage.periods import Period
from metalint.usage.result import Change, Usage

ALONE = Options(isolated=True)
HEAD = "資料集名稱,機關,瀏覽次數,下載次數,上架日期\n"
SERIES = {
    "10707": "職缺,勞動部,1000,100,2013-01-01\n職災,勞動部,500,900,2013-01-01\n訓練,勞動部,50,0,2013-01-01\n",
    "10708": "職缺,勞動部,1010,110,2013-01-01\n職災,勞動部,540,940,2013-01-01\n訓練,勞動部,51,0,2013-01-01\n",
    "10710": "職缺,勞動部,1200,300,2013-01-01\n職災,勞動部,560,960,2013-01-01\n訓練,勞動部,52,0,2013-01-01\n",
    "10711": "職缺,勞動部,1225,325,2013-01-01\n職災,勞動部,562,961,2013-01-01\n訓練,勞動部,53,0,2013-01-01\n",
}


def usage(folder: Path, files: dict[str, str], asked: Asked | None = None) -> Usage:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(HEAD + text, "utf-8")
    return ask([str(folder)], ALONE, asked or Asked(), {}, problems=False)


def test_growth_and_decline_are_of_single_periods(tmp_path: Path) -> None:
    found = usage(tmp_path, SERIES)
    # What October shows more than August is of two months, and tells nothing of one.
    assert {use.title: use.trend for use in found.datasets} == {
        "職缺": Change(10, 25),
        "職災": Change(40, 1),
        "訓練": Change(0, 0),
    }
    assert [row[0] for row in usage_lists.changed(found, "zh-TW", up=True).rows()] == ["職缺"]
    assert [row[0] for row in usage_lists.changed(found, "zh-TW", up=False).rows()] == ["職災"]
    assert found.datasets[0].downloaded == Change(900, 961)


def test_a_period_of_which_most_figures_are_missing_is_compared_with_none(tmp_path: Path) -> None:
    partly = {**SERIES, "10709": "職缺,勞動部,1020,120,2013-01-01\n", "10712": SERIES["10711"]}
    found = usage(tmp_path, partly)
    assert [(one.name, one.downloads) for one in found.months][2:4] == [("2018-09", 10), ("2018-10", 200)]
    # October shows the use of two months for two of the three; November and December are of one month each.
    assert [one.change for one in found.months] == [None, None, None, None, None, Change(26, 0)]


def test_use_since_a_period_is_what_the_counters_gained(tmp_path: Path) -> None:
    found = usage(tmp_path, SERIES, Asked(first=Period(2018, 10)))
    shown = [(use.title, use.views, use.downloads) for use in found.datasets]
    assert shown == [("職缺", 215, 215), ("職災", 22, 21), ("訓練", 2, 0)]
    assert [(one.name, one.downloads, one.never) for one in found.agencies] == [("勞動部", 236, 1)]
    assert sum(one.downloads for one in found.months) == 236
    head = [*usage_words.head(found, "zh-TW")]
    assert "（2018 年 10 月至 11 月累計數的增加）" in head[0]
    assert head[1].startswith("這段期間未下載 1 個")
    assert usage_lists.never(found, "zh-TW").title == "未下載（依瀏覽次數）"


def test_of_a_stretch_from_the_first_reading_on_what_came_before_is_unknown(tmp_path: Path) -> None:
    found = usage(tmp_path, SERIES, Asked(first=Period(2018), last=Period(2018, 8)))
    assert {use.title: use.downloads for use in found.datasets} == {"職缺": 10, "職災": 40, "訓練": 0}
    assert {use.title: use.downloads for use in usage(tmp_path, {}).datasets}["職災"] == 961


def test_a_counter_that_only_comes_into_view_is_no_use(tmp_path: Path) -> None:
    found = usage(tmp_path, {
        "10707": "職缺,勞動部,10,10,2013-01-01\n訓練,勞動部,5,-,2013-01-01\n空,勞動部,,,2018-07-02\n",
        "10708": "職缺,勞動部,11,11,2013-01-01\n訓練,勞動部,6,700,2013-01-01\n老,勞動部,3000,3000,2013-01-01\n新,勞動部,7,7,2018-08-02\n空,勞動部,90,90,2018-07-02\n",
    })  # fmt: skip
    assert [(one.name, one.downloads, one.views) for one in found.months] == [
        ("2018-07", None, None), ("2018-08", 1 + 7, 1 + 1 + 7),
    ]  # fmt: skip
    assert {use.title: use.new for use in found.datasets} == {
        "老": False,
        "訓練": False,
        "空": False,
        "職缺": False,
        "新": True,
    }
    since = usage(tmp_path, {}, Asked(first=Period(2018, 8)))
    assert {use.title: use.downloads for use in since.datasets} == {
        "職缺": 1,
        "新": 7,
        "老": None,
        "訓練": None,
        "空": None,
    }


def test_what_nobody_counts_is_not_said_to_be_never(tmp_path: Path) -> None:
    heads = []
    for name, columns, figures in (("v", "瀏覽次數", "0"), ("d", "下載次數", "0"), ("n", "下載次數", "-")):
        path = tmp_path / f"{name}.csv"
        other = "" if name == "n" else "職災,勞動部,3\n"
        path.write_text(f"資料集名稱,機關,{columns}\n職缺,勞動部,{figures}\n{other}", "utf-8")
        found = ask([str(path)], ALONE, Asked(), {}, problems=False)
        heads.append([[*usage_words.head(found, lang)][1:2] for lang in ("zh-TW", "en")])
    assert heads == [
        [["從未瀏覽 1 個。"], ["Never viewed: 1."]],
        [["從未下載 1 個（50.0%）。"], ["Never downloaded: 1 (50.0%)."]],
        [[], []],
    ]


def test_counters_of_what_is_gone_are_said_to_be_in_the_sums(tmp_path: Path) -> None:
    found = usage(tmp_path, {"10707": SERIES["10707"], "10708": SERIES["10708"].split("\n")[0] + "\n"})
    assert "其中 2 個在最後一期已沒有數字，以最後一次的數字計入。" in "".join(usage_words.head(found, "zh-TW"))
    assert "which count as last read" in "".join(usage_words.head(found, "en"))


def test_no_change_is_told_of_more_than_one_period(tmp_path: Path) -> None:
    found = usage(tmp_path, SERIES)
    # November follows October, whose 210 are also September's.
    assert [(one.downloads, one.change) for one in found.months] == [
        (None, None), (50, None), (None, None), (210, None), (26, None),
    ]  # fmt: skip
    later = {f"1080{number}": f"職缺,勞動部,2000,{500 + number**2},2013-01-01\n" for number in (1, 2, 3)}
    changes = [one.change for one in usage(tmp_path, later).months]
    assert changes[-2:] == [None, Change(3, 5)]
    led = usage(tmp_path, {}, Asked(first=Period(2019, 2)))
    assert [one.change for one in led.months] == [None, Change(3, 5)]
    assert [one.change for one in usage(tmp_path, {}, Asked(first=Period(2019, 1))).months] == [
        None,
        None,
        Change(3, 5),
    ]


def test_a_year_is_compared_where_each_month_of_both_is_known(tmp_path: Path) -> None:
    months = [f"{year}{month:02}" for year in (106, 107, 108) for month in range(1, 13)]
    files = {name: f"職缺,勞動部,0,{10 * number},2013-01-01\n" for number, name in enumerate(months)}
    years = usage(tmp_path, files).years
    # January of the first year is not known: its 110 are of eleven months.
    assert [(one.downloads, one.change) for one in years] == [(110, None), (120, None), (120, Change(120, 120))]


def test_none_is_never_only_where_all_files_count(tmp_path: Path) -> None:
    for name, rows in SERIES.items():
        (tmp_path / f"{name}.csv").write_text(HEAD + rows, "utf-8")
    kinds = {
        asked: ask([str(tmp_path)], ALONE, asked, {}, problems=False).ever
        for asked in (
            *(Asked(), Asked(kind="periodic"), Asked(last=Period(2018, 12), kind="periodic")),
            *(Asked(first=Period(2018, 8), kind="periodic"), Asked(last=Period(2018, 8), kind="periodic")),
            *(Asked(last=Period(2018, 8)), Asked(first=Period(2018, 8))),
        )
    }
    assert [*kinds.values()] == [True, True, True, False, False, True, False]


def test_the_first_period_asked_for_is_one_period_where_the_counter_was_read_just_before(tmp_path: Path) -> None:
    found = usage(tmp_path, SERIES, Asked(first=Period(2018, 8), last=Period(2018, 11)))
    # August's 10 and 40 are of August alone, for July was read.
    assert {use.title: use.trend for use in found.datasets} == {
        "職缺": Change(10, 25),
        "職災": Change(40, 1),
        "訓練": Change(0, 0),
    }
    later = usage(tmp_path, {}, Asked(first=Period(2018, 10)))
    assert {use.trend for use in later.datasets} == {None}, "what October shows is of two months"
    # One that was not read in July: its 50 of August are of more than that.
    gap = {"10706": "外勞,勞動部,5,5,2013-01-01\n", "10708": SERIES["10708"] + "外勞,勞動部,50,50,2013-01-01\n"}
    more = {name: SERIES[name] + "外勞,勞動部,99,99,2013-01-01\n" for name in ("10710", "10711")}
    since = usage(tmp_path, {**gap, **more}, Asked(first=Period(2018, 8)))
    assert {use.title: use.trend for use in since.datasets}["外勞"] is None
    assert since.months[0].downloads == 50 + 45


@pytest.mark.parametrize(
    ("change", "shown", "cells"),
    [
        (Change(1_155_002, 1_155_005), ["+3", "+0.0%"], [3, 0.0003]),
        (Change(1_155_005, 1_155_002), ["-3", "-0.0%"], [-3, -0.0003]),
        (Change(7, 7), ["0", "0.0%"], [0, 0.0]),
        (Change(300, 200), ["-100", "-33.3%"], [-100, -33.3]),
        (Change(0, 4), ["+4", "—"], [4, None]),
    ],
)
def test_a_small_change_has_its_sign(change: Change, shown: list[str], cells: list[float | None]) -> None:
    values = usage_columns.change_of(change)
    assert values == cells
    assert [usage_text.figure(value, kind) for value, kind in zip(values, ("change", "share"), strict=True)] == shown


@pytest.mark.parametrize(
    ("lang", "counters", "single"), [("zh-TW", "累計下載增減", "下載增減"), ("en", "counters’ change", "change")]
)
def test_headings_say_whether_a_change_is_of_counters(tmp_path: Path, lang: str, counters: str, single: str) -> None:
    def heads(found: Usage) -> list[str]:
        tables = [usage_lists.by(found, what, lang, full=True) for what in ("dataset", "agency", "month")]
        listings = [*tables, usage_lists.changed(found, lang, up=True)]
        return [next((c.head for c in one.columns if c.kind == "change"), "") for one in listings]

    assert heads(usage(tmp_path, SERIES)) == [counters, counters, single, single]
    # What was gained since a period is known of single periods only.
    assert heads(usage(tmp_path, {}, Asked(first=Period(2018, 8)))) == [single, "", single, single]
    assert heads(usage(tmp_path, {}, Asked(kind="periodic"))) == [single] * 4
    # Two readings tell of no two periods: there growth is that of the counters.
    assert heads(usage(tmp_path, {}, Asked(last=Period(2018, 8)))) == [counters, counters, single, counters]
    note = usage_lists.by(usage(tmp_path, {}), "agency", lang).note
    assert ("不是單期的增減" if lang == "zh-TW" else "does not compare the use in two periods") in note
