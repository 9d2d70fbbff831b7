"""`--agency`: the use of some agencies alone, told by figures of all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from metalint.cli.commands import commands
from metalint.output import usage_lists, usage_words
from metalint.run import CannotRun, Options
from metalint.usage.asking import ask
from metalint.usage.figures import Asked
from metalint.usage.periods import Period
from metalint.usage.result import Usage

HEAD = "資料集名稱,機關,瀏覽次數,下載次數,上架日期\n"
ROADS = "".join(f"公路{number},交通部公路局,{{0}},{{0}}{number},2013-01-01\n" for number in range(9))
SERIES = {
    "10707": ROADS.format(1) + "職缺,勞動部,40,10,2013-01-01\n",
    "10708": ROADS.format(2) + "職缺,勞動部,50,20,2013-01-01\n勞保,勞動部 勞工保險局,9,0,2013-01-01\n",
    "10709": ROADS.format(3) + "職缺,勞動部,60,50,2013-01-01\n勞保,勞動部勞工保險局,9,0,2013-01-01\n",
    "10710": ROADS.format(4),
    "10711": ROADS.format(5) + "職缺,勞動部,70,55,2013-01-01\n職訓,台北市政府勞動局,3,3,2018-11-02\n",
}


def usage(folder: Path, *agency: str, files: dict[str, str] = SERIES, **more: object) -> Usage:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(HEAD + text, "utf-8")
    asked = Asked(agency=agency, **more)
    return ask([str(folder)], Options(isolated=True), asked, {}, problems=False)


def run(folder: Path, *arguments: str, lang: str = "zh-TW") -> Result:
    return CliRunner().invoke(commands, ["usage", "--lang", lang, *arguments, str(folder)], standalone_mode=False)


def test_all_is_of_the_agencies_asked_for(tmp_path: Path) -> None:
    found = usage(tmp_path, "勞動部")
    assert [(use.title, use.downloads) for use in found.datasets] == [("職缺", 55), ("勞保", 0)]
    assert {one.name for one in found.agencies} == {"勞動部", "勞動部勞工保險局"}
    assert [one.downloads for one in found.months] == [None, 10, 30, None, 5]
    assert found.missing == (Period(2018, 10),), "others have figures of October, they have none"
    assert "2018 年 10 月有其他機關的統計，沒有這些機關的。" in [*usage_words.head(found, "zh-TW")]
    assert "Only other agencies have figures for October 2018." in [*usage_words.head(found, "en")]
    assert [row[:2] for row in usage_lists.gaps(found, "zh-TW").rows()] == [
        ("（所有資料集）", ""),
        ("勞保", "勞動部勞工保險局"),
    ]
    assert [row[0] for row in usage_lists.never(found, "zh-TW").rows()] == ["勞保"]
    growth = usage_lists.changed(found, "zh-TW", up=True)
    assert [(row[0], *row[2:4]) for row in growth.rows()] == [("職缺", 10, 30)]
    assert found.outside == 0


@pytest.mark.parametrize(
    ("agency", "titles"),
    [
        (("臺北市政府 勞動局",), {"職訓"}),
        (("勞動",), {"職缺", "勞保", "職訓"}),
        (("保險局", "台北市"), {"勞保", "職訓"}),
        ((), {"職缺", "勞保", "職訓", *(f"公路{number}" for number in range(9))}),
    ],
)
def test_names_are_compared_as_the_house_folds_them(tmp_path: Path, agency: tuple[str, ...], titles: set[str]) -> None:
    assert {use.title for use in usage(tmp_path, *agency).datasets} == titles


def test_what_the_figures_are_is_told_by_those_of_all(tmp_path: Path) -> None:
    # 勞動部's counter is mended once: alone it would look like counts of each month.
    files = {**SERIES, "10711": SERIES["10711"].replace("職缺,勞動部,70,55", "職缺,勞動部,70,45")}
    roads = {name: text + "".join(f"路{n},公路局,{name},{name}1,\n" for n in range(60)) for name, text in files.items()}
    found = usage(tmp_path, "勞動部", files=roads)
    assert (found.kind, found.datasets[0].downloads) == ("cumulative", 45)
    assert "所有機關各期之間" in "".join(usage_words.head(found, "zh-TW"))
    assert "of all agencies rose" in "".join(usage_words.head(found, "en"))


def test_there_is_no_gap_before_an_agency_has_figures(tmp_path: Path) -> None:
    found = usage(tmp_path, "保險局")
    assert [*map(str, found.periods)] == ["2018-08", "2018-09", "2018-10", "2018-11"]
    assert "缺 2018 年 10、11 月。" in usage_words.head(found, "zh-TW")
    # That they are not in the lists before is known all the same: this one was listed since.
    new = usage(tmp_path, "臺北市")
    assert [(use.new, one.downloads) for use in new.datasets for one in new.months] == [(True, 3)]


def test_rows_and_names_of_others_are_not_told(tmp_path: Path) -> None:
    files = {
        "10707": "職缺,勞委會,1,1,\n駕照,公路總局,2,2,\n駕照,公路總局,2,2,\n",
        "10708": "職缺,勞動部,3,3,\n駕照,公路局,4,4,\n職災,勞動部,1,1,\n職災,勞動部,1,1,\n",
    }
    labor, roads = (usage(tmp_path, name, files=files) for name in ("勞動部", "公路"))
    assert [(one.renamed, one.twins, len(one.datasets)) for one in (labor, roads)] == [(1, 1, 3), (0, 1, 3)]
    assert labor.datasets[0].downloads_by.tolist() == [1, 3]


@pytest.mark.parametrize(
    ("agency", "said"),
    [
        ("勞働部", "--agency 勞働部：沒有提供機關的名稱含這幾個字；最接近的是：勞動部"),
        ("勞保局", "最接近的是：勞動部勞工保險局"),
        ("ABC", "共有 4 個機關，例如：交通部公路局、"),
        ("-", "--agency「-」：應為機關名稱或其中幾個字"),
    ],
)
def test_an_agency_that_nobody_has_is_refused(tmp_path: Path, agency: str, said: str) -> None:
    usage(tmp_path)
    done = run(tmp_path, "--agency", "勞動部", "--agency", agency)
    assert said in str(getattr(done.exception, "message", done.exception))
    assert getattr(done.exception, "exit_code", None) == 2


def test_files_without_agencies_say_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("資料集名稱,下載次數\n職缺,3\n", "utf-8")
    done = run(tmp_path, "--agency", "勞動部")
    assert "--agency 勞動部：檔案沒有提供機關" in str(getattr(done.exception, "message", done.exception))


def test_a_time_without_figures_of_the_agencies_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotRun) as told:
        usage(tmp_path, "保險局", first=Period(2018, 10))
    assert told.value.texts.zh == "這段期間沒有這些機關的統計；檔案裡有 2018-08 至 2018-09"
    assert (
        told.value.texts.en == "there are no figures of these agencies for this time; the files have 2018-08 to 2018-09"
    )


@pytest.mark.parametrize("form", ["table", "markdown", "html", "json"])
def test_the_head_says_whose_it_is(tmp_path: Path, form: str) -> None:
    usage(tmp_path)
    zh = run(tmp_path, "--agency", "勞動部", "--agency", "勞動局", "-f", form).stdout
    en = run(tmp_path, "--agency", "勞動部", "--agency", "勞動局", "-f", form, lang="en").stdout
    assert "公路" not in zh + en
    if form == "json":
        assert json.loads(zh)["agency"] == ["勞動部", "勞動局"]
        return
    assert "只列提供機關名稱含「勞動部」或「勞動局」的資料集。" in zh
    assert "Only datasets of agencies with “勞動部” or “勞動局” in their names." in en


def test_what_is_described_worst_is_of_the_agencies_alone(tmp_path: Path) -> None:
    usage(tmp_path)
    (tmp_path / "list").mkdir()
    rows = "職缺,勞動部,2013/01/01\n公路1,交通部公路局,2013/01/01\n"
    (tmp_path / "list" / "all.csv").write_text("資料集名稱,提供機關,上架日期\n" + rows, "utf-8")
    for name in SERIES:
        (tmp_path / f"{name}.csv").rename(tmp_path / f"use-{name}.csv")
    files = [str(tmp_path / f"use-{name}.csv") for name in SERIES]
    given = Asked(agency=("勞動部",))
    found = ask(files, Options(isolated=True), given, {}, [str(tmp_path / "list" / "all.csv")])
    assert found.joined is not None
    assert (found.joined.found, found.joined.absent) == (1, 1)


@pytest.mark.skipif("METALINT_CORPUS" not in os.environ, reason="needs real catalogues")
def test_the_ministry_of_labor_finds_its_own() -> None:
    path = Path(os.environ["METALINT_CORPUS"]) / "data-gov-tw-usage-2018-07.csv"
    found = ask([str(path)], Options(isolated=True), Asked(agency=("勞動部",)), {}, problems=False)
    assert (len(found.datasets), len(found.agencies), found.twins) == (565, 7, 0)
    assert all(one.name.startswith("勞動部") for one in found.agencies)
    with pytest.raises(CannotRun):
        ask([str(path)], Options(isolated=True), Asked(agency=("勞働部",)), {}, problems=False)
