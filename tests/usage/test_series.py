"""Series: growth, decline, gaps, which rows are of one dataset, and what the figures are taken for."""

from __future__ import annotations

from pathlib import Path

import pytest

from metalint.output import usage_words
from metalint.run import CannotRun, Options
from metalint.usage.asking import ask
from metalint.usage.figures import Asked
from metalint.usage.periods import Period
from metalint.usage.result import Change, Usage, Use

ALONE = Options(isolated=True)
ALL = Asked()
HEAD = "機關,資料集名稱,瀏覽次數,下載次數\n"
MONTHLY = {
    "10707": "勞動部職業安全衛生署,職業災害統計,1200,300\n勞動部職業安全衛生署,危險性機械設備檢查,500,120\n交通部公路局,駕照統計,100,0\n交通部公路局,車輛登記數,800,400\n",
    "10708": "勞動部職業安全衛生署,職業災害統計,1500,450\n勞動部職業安全衛生署,危險性機械設備檢查,480,90\n交通部公路局,駕照統計,90,0\n臺北市政府勞動局,勞動條件檢查,30,3\n",
    "10710": "勞動部職業安全衛生署,職業災害統計,2000,600\n勞動部職業安全衛生署,危險性機械設備檢查,300,60\n交通部公路局,駕照統計,80,0\n台北市政府 勞動局,勞動條件檢查,60,9\n",
}  # fmt: skip


def usage(folder: Path, files: dict[str, str], asked: Asked = ALL, **more: object) -> Usage:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(HEAD + text, "utf-8")
    return ask([str(folder)], ALONE, asked, more.pop("given", {}), **more)


def named(found: Usage, title: str) -> Use:
    return next(use for use in found.datasets if use.title == title)


def test_three_months_of_four_show_growth_decline_and_the_gap(tmp_path: Path) -> None:
    found = usage(tmp_path, MONTHLY)
    assert (found.kind, found.assumed) == ("periodic", True)
    assert found.missing == (Period(2018, 9),)
    grown, fallen = named(found, "職業災害統計"), named(found, "危險性機械設備檢查")
    assert (grown.downloads, grown.downloaded, grown.downloaded.share) == (1350, Change(300, 600), 1.0)
    assert (fallen.downloads, fallen.downloaded.by, fallen.downloaded.share) == (270, -60, -0.5)
    assert named(found, "駕照統計").downloaded.share is None
    assert named(found, "駕照統計").downloads == 0
    gone = named(found, "車輛登記數")
    assert ([found.periods[n] for n in gone.missing], gone.gone) == ([Period(2018, 8), Period(2018, 10)], True)
    assert named(found, "勞動條件檢查").missing == ()
    assert [(one.name, one.downloads) for one in found.months] == [
        ("2018-07", 820), ("2018-08", 543), ("2018-09", None), ("2018-10", 669),
    ]  # fmt: skip
    assert [one.change for one in found.months] == [None, Change(820, 543), None, None]
    assert [use.title for use in found.datasets][:2] == ["職業災害統計", "車輛登記數"]
    head = [*usage_words.head(found, "zh-TW")]
    assert "缺 2018 年 9 月。" in head
    assert "1 個資料集的統計有缺期，其中 1 個在最後一期已沒有數字。" in head


def test_counters_are_told_by_never_falling(tmp_path: Path) -> None:
    found = usage(tmp_path, {
        "2018-07": "勞動部,職缺,100,10\n勞動部,職災,50,0\n",
        "2018-08": "勞動部,職缺,130,15\n勞動部,職災,50,0\n勞動部,訓練,7,2\n",
        "2018-10": "勞動部,職缺,190,40\n勞動部,職災,60,0\n勞動部,訓練,9,4\n",
    })  # fmt: skip
    assert (found.kind, found.falls) == ("cumulative", 0)
    assert (named(found, "職缺").downloads, named(found, "職缺").downloaded) == (40, Change(10, 40))
    # The first reading says nothing of use in its month; a new dataset counts in full.
    assert [(one.name, one.downloads, one.counter) for one in found.months] == [
        ("2018-07", None, 10), ("2018-08", 7, 17), ("2018-09", None, None), ("2018-10", 27, 44),
    ]  # fmt: skip
    assert [(one.name, one.downloads, one.views) for one in found.years] == [("2018", 34, 37 + 60 + 10 + 2)]
    later = usage(tmp_path, {}, Asked(first=Period(2018, 8)))
    assert [one.downloads for one in later.months] == [7, None, 27]


@pytest.mark.parametrize(("kind", "downloads"), [("cumulative", 60), ("periodic", 270)])
def test_the_kind_can_be_said(tmp_path: Path, kind: str, downloads: int) -> None:
    found = usage(tmp_path, MONTHLY, Asked(kind=kind))
    assert (found.kind, found.assumed) == (kind, False)
    assert named(found, "危險性機械設備檢查").downloads == downloads


def test_a_stretch_that_is_asked_for_has_its_gaps(tmp_path: Path) -> None:
    found = usage(tmp_path, MONTHLY, Asked(Period(2018), Period(2018)))
    assert len(found.periods) == 12
    assert usage_words.missing(found.missing, "zh-TW") == "缺 2018 年 1 至 6、9、11、12 月"
    assert not named(found, "職業災害統計").gone
    part = usage(tmp_path, MONTHLY, Asked(Period(2018, 8), Period(2018, 8)))
    assert (len(part.datasets), part.outside) == (4, 1)
    with pytest.raises(CannotRun, match="2018-07 to 2018-10"):
        usage(tmp_path, MONTHLY, Asked(first=Period(2019)))


@pytest.mark.parametrize(
    ("months", "zh", "en"),
    [
        (["2018-11", "2018-12"], "缺 2018 年 11、12 月", "November and December 2018 are missing"),
        (["2018-11"], "缺 2018 年 11 月", "November 2018 is missing"),
        (["2018-03", "2018-04", "2018-05", "2018-09"], "缺 2018 年 3 至 5、9 月", "March to May and September 2018 are missing"),
        ([f"2018-{n:02}" for n in range(1, 13)], "缺 2018 年全年", "all of 2018 is missing"),
        (["2018-12", "2019-01"], "缺 2018 年 12 月，2019 年 1 月", "December 2018; January 2019 are missing"),
        (["2018-03", "2018-11", "2018-12", "2019-01", "2019-05"], "缺 2018 年 3 月，2018 年 11 月至 2019 年 1 月，2019 年 5 月", "March 2018; November 2018 to January 2019; May 2019 are missing"),
        (["2016"], "缺 2016 年", "2016 is missing"),
        (["2014", "2015", "2016", "2018"], "缺 2014 至 2016、2018 年", "2014 to 2016 and 2018 are missing"),
    ],
)  # fmt: skip
def test_gaps_are_named_in_words(months: list[str], zh: str, en: str) -> None:
    missing = [Period(*map(int, month.split("-"))) for month in months]
    assert usage_words.missing(missing, "zh-TW") == zh
    assert usage_words.missing(missing, "en") == en


def test_twins_of_one_file_stay_apart_and_are_counted(tmp_path: Path) -> None:
    found = usage(tmp_path, {
        "2018-07": "勞動部,職缺,1,10\n勞動部,職缺,2,20\n勞動部,職缺,3,30\n",
        "2018-08": "勞動部,職缺,1,11\n勞動部,職缺,2,22\n勞動部,職缺,3,33\n",
    })  # fmt: skip
    assert (found.rows, found.twins, len(found.datasets)) == (6, 4, 3)
    assert [use.downloaded for use in found.datasets] == [Change(30, 33), Change(20, 22), Change(10, 11)]


def test_the_later_of_two_files_of_a_month_counts(tmp_path: Path) -> None:
    found = usage(tmp_path, {"a-2018-07": "勞動部,職缺,1,10\n勞動部,職災,1,1\n", "b-2018-07": "勞動部,職缺,1,20\n"})
    assert (found.rows, found.replaced, named(found, "職缺").downloads, found.kind) == (3, 1, 20, "snapshot")


def test_an_identifier_outlives_a_title(tmp_path: Path) -> None:
    for name, rows in {
        "2018-07": "id,title,agency,downloads\n,事業單位職災,勞動部,5\nB,職缺,勞動部,1\n",
        "2018-08": "id,title,agency,downloads\nA,事業單位職災,勞動部,6\nB,求才職缺,勞動部,2\n",
        "2018-09": "id,title,agency,downloads\nA,事業單位職業災害,勞動部,7\nB,求才職缺,勞動部,3\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(rows, "utf-8")
    found = ask([str(tmp_path)], ALONE, Asked(), {})
    assert [(use.record, use.title, [*use.downloads_by]) for use in found.datasets] == [
        ("A", "事業單位職業災害", [5, 6, 7]),
        ("B", "求才職缺", [1, 2, 3]),
    ]


def test_days_of_one_month_add_up_or_the_last_counts(tmp_path: Path) -> None:
    text = (
        "日期,機關,資料集名稱,下載次數\n2018-07-01,勞動部,職缺,5\n2018-07-02,勞動部,職缺,3\n2018-08-01,勞動部,職缺,4\n"
    )
    (tmp_path / "daily.csv").write_text(text, "utf-8")
    by = {kind: ask([str(tmp_path)], ALONE, Asked(kind=kind), {}) for kind in ("periodic", "cumulative")}
    assert [*by["periodic"].datasets[0].downloads_by] == [8, 4]
    assert [*by["cumulative"].datasets[0].downloads_by] == [3, 4]


def test_years_and_months_make_no_series(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="a year and"):
        usage(tmp_path, {"2017年": "勞動部,職缺,1,1\n", "2018-07": "勞動部,職缺,1,2\n"})


def test_one_file_is_grouped_by_the_date_of_listing(tmp_path: Path) -> None:
    text = "提供機關名稱,資料集名稱,瀏覽人次,下載次數,上架日\n勞動部,職缺,9,5,2013/03/18\n勞動部,職災,8,0,2014/01/02\n勞動部,訓練,7,,\n"
    (tmp_path / "list.csv").write_text(text, "utf-8")
    found = ask([str(tmp_path)], ALONE, Asked(), {})
    assert (found.kind, found.periods, found.listed) == ("snapshot", (), True)
    assert [(one.name, one.datasets, one.downloads, one.never) for one in found.years] == [
        ("2013", 1, 5, 0), ("2014", 1, 0, 1), ("", 1, None, 0),
    ]  # fmt: skip
    part = ask([str(tmp_path)], ALONE, Asked(Period(2013), Period(2013)), {})
    assert ([use.title for use in part.datasets], part.outside) == (["職缺"], 2)


LIST = "資料集識別碼,資料集名稱,提供機關,資料集描述,更新頻率,授權方式\n"


def test_one_month_may_be_its_own_count(tmp_path: Path) -> None:
    found = usage(tmp_path, {"2018-07": "勞動部,職缺,9,5\n"}, Asked(kind="periodic"))
    assert (found.kind, [one.downloads for one in found.months], found.listed) == ("periodic", [5], False)


def test_problems_are_those_of_the_catalogue(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue.csv"
    catalogue.write_text(LIST + "8421,職業災害統計,勞動部 職業安全衛生署,,每月,\n8422,駕照統計,交通部公路局,駕駛執照核發數,每月,政府資料開放授權條款-第1版\n", "utf-8")  # fmt: skip
    (tmp_path / "use").mkdir()
    found = usage(tmp_path / "use", MONTHLY, catalogue=[str(catalogue)])
    assert (found.joined.found, found.joined.absent, found.unjoined) == (2, 3, None)
    used = named(found, "職業災害統計")
    assert used.errors + used.warnings > 0
    assert used.weight == used.downloads * (3 * used.errors + used.warnings)
    assert named(found, "車輛登記數").errors is None
    assert named(found, "駕照統計").weight == 0  # whatever its problems: nobody downloads it


def test_a_table_of_figures_is_not_checked_as_metadata(tmp_path: Path) -> None:
    found = usage(tmp_path, MONTHLY)
    assert found.joined is None
    assert "--catalogue" in found.unjoined.zh
    assert usage(tmp_path, MONTHLY, problems=False).unjoined is None


def test_the_list_of_2018(corpus: Path) -> None:
    found = ask([str(corpus / "data-gov-tw-usage-2018-07.csv")], ALONE, Asked(), {}, problems=False)
    assert (found.rows, len(found.datasets), found.twins, found.unreadable) == (35_955, 35_955, 18, ())
    assert sum(use.downloads == 0 for use in found.datasets) == 4_890
    assert sum(use.views == 0 for use in found.datasets) == 42
    assert (sum(use.views for use in found.datasets), sum(use.downloads for use in found.datasets)) == (
        31_170_494,
        8_250_152,
    )
    assert sum(one.datasets for one in found.years) == sum(one.datasets for one in found.agencies) == 35_955
    assert all(a.downloads >= b.downloads for a, b in zip(found.datasets, found.datasets[1:], strict=False))
