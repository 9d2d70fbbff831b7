"""`metalint score`: what people, programs and spreadsheets get."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from scoring_records import TW_STANDARD, changed

from metalint.cli.commands import commands

DAY = "2026-03-31"


def scored(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["score", *arguments, "--today", DAY], standalone_mode=False)


def written(tmp_path: Path, *titles: str) -> str:
    path = tmp_path / "records.json"
    path.write_text(
        json.dumps([changed(TW_STANDARD, title=title, cost=None) for title in titles], ensure_ascii=False), "utf-8"
    )
    return str(path)


@pytest.mark.parametrize(("lang", "wanted"), [("zh-TW", "填寫「免費」或「付費」"), ("en", "write 免費 or 付費")])
def test_few_datasets_are_shown_in_full_with_what_to_do(tmp_path: Path, lang: str, wanted: str) -> None:
    done = scored(written(tmp_path, "市區公車站牌"), "--lang", lang)
    assert done.return_value == 0
    assert wanted in done.output
    assert "96.6%" in done.output  # 143 of 148 points by tw-quality
    assert ("公共運輸" if lang == "zh-TW" else "public transport") in done.output


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("by", ["indicator", "dataset", "agency"])
def test_many_datasets_are_summed_up(tmp_path: Path, lang: str, by: str) -> None:
    done = scored(written(tmp_path, *"甲乙丙丁"), "--lang", lang, "--by", by)
    assert done.return_value == 0
    assert ("計費方式" if lang == "zh-TW" else "cost") in done.output
    assert ("20" if by == "indicator" else "96.6%") in done.output


def test_json_tells_points_and_gains(tmp_path: Path) -> None:
    entry = json.loads(
        scored(written(tmp_path, "職災", "職業災害統計"), "-f", "json", "--by", "dataset", "--lang", "en").output
    )
    assert [one["method"] for one in entry["methods"]] == ["findability", "mqa", "tw-quality"]
    cost = next(one for one in entry["methods"][2]["indicators"] if one["indicator"] == "cost")
    assert (cost["missed"], cost["earned"], cost["unasked"], cost["gain"]) == (2, 0, 0, 10)
    assert entry["dataset"][0]["scores"][2]["missed"] == ["cost"]
    agencies = json.loads(scored(written(tmp_path, "職災"), "-f", "json", "--by", "agency").output)["agency"]
    assert (
        agencies[0]["gaps"][0] == {"method": "mqa", "indicator": "rights", "datasets": 1, "points": 5.0}
        or agencies[0]["gaps"]
    )


def test_an_agency_is_told_what_wins_by_each_method(tmp_path: Path) -> None:
    (line,) = scored(written(tmp_path, *"甲乙丙丁"), "--by", "agency", "--lang", "zh-TW").output.splitlines()[1:]
    gains = line.partition("findability ")[2]
    assert gains.startswith("名稱說出主題 +40")
    assert "；tw-quality 計費方式 +20" in gains
    assert scored(written(tmp_path, "甲"), "--by", "agency", "-m", "high-value").return_value == 0


def test_one_method_alone(tmp_path: Path) -> None:
    entry = json.loads(scored(written(tmp_path, "職災"), "-f", "json", "-m", "mqa").output)
    assert [one["method"] for one in entry["methods"]] == ["mqa"]
    assert entry["themes"] == []
    entry = json.loads(scored(written(tmp_path, "公車站牌"), "-f", "json", "-m", "high-value").output)
    assert entry["methods"] == []
    assert {"theme": "transport", "category": "transport/public", "label": "public transport", "datasets": 1} in entry[
        "themes"
    ]


def test_csv_has_one_row_a_dataset_and_method_and_no_formula(tmp_path: Path) -> None:
    done = scored(written(tmp_path, "=HYPERLINK(0)", "職災"), "-f", "csv", "--by", "dataset", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(done.output.removeprefix("\ufeff"))))
    assert len(rows) == 6
    assert rows[0]["title"] == "'=HYPERLINK(0)"
    assert {row["version"] for row in rows} == {"1"}


@pytest.mark.parametrize("by", ["indicator", "dataset", "agency"])
def test_what_strangers_wrote_does_not_act_in_a_terminal(tmp_path: Path, by: str) -> None:
    path = tmp_path / "records.json"
    bad = "職災\x1b[31m\u202e"
    path.write_text(json.dumps([changed(TW_STANDARD, title=bad, publisher=bad, identifier=bad)] * 4), "utf-8")
    done = scored(str(path), "--by", by, "--color", "never")
    assert "\x1b" not in done.output
    assert "\u202e" not in done.output


def test_a_table_of_a_city_in_its_old_encoding(tmp_path: Path) -> None:
    path = tmp_path / "city.csv"
    rows = [
        '"編號","資料名稱","資料集描述","檔案格式","更新頻率","最後更新時間","資料集提供機關","計費方式","標籤/關鍵字"',
        '"１","勞動檢查處分事業單位","違反職業安全衛生法之處分，含事業單位、日期、條文，每月彙整","CSV","每月","115/03/01","勞動局","免費","職安、勞檢,勞動條件"',
        '"２","勞動檢查處分事業單位","","","","","勞動局","",""',
        '"３","統計","統計","PDF","每年","108/01/01","","付費","無"',
    ]
    path.write_bytes("\r\n".join(rows).encode("cp950"))
    entry = json.loads(scored(str(path), "-f", "json", "--by", "dataset").output)
    first, second, third = ({one["method"]: one for one in row["scores"]} for row in entry["dataset"])
    assert first["tw-quality"]["missed"] == ["modified"]  # a date of the 民國 calendar; it is read all the same
    assert first["findability"]["missed"] == []
    assert {"structured", "description", "cost", "frequency", "format", "keyword"} <= set(
        second["tw-quality"]["missed"]
    )
    assert {"structured", "timely", "title", "publisher", "keyword"} <= set(third["tw-quality"]["missed"])


def test_no_dataset_at_all(tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    path.write_text("[]", "utf-8")
    assert "No dataset" in scored(str(path), "--lang", "en").output


def test_what_cannot_be_done_is_told_with_exit_code_2(tmp_path: Path) -> None:
    for arguments, wanted in (
        (["-m", "mqaa"], "mqa"),
        (["-m", "mqaa", "--lang", "zh-TW"], "沒有名為 mqaa 的評分方法"),
        (["--platform", "ckn"], "ckan"),
    ):
        done = CliRunner().invoke(commands, ["score", written(tmp_path, "職災"), *arguments])
        assert done.exit_code == 2
        assert wanted in done.output
    assert CliRunner().invoke(commands, ["score", str(tmp_path / "gone.json")], standalone_mode=False).return_value == 2
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"title": "職災", "publisherOID": "1", "updateFrequency": "每月"}\n{"title":\n', "utf-8")
    done = scored(str(broken), "--lang", "en", "-m", "mqa")
    assert done.return_value == 2
    assert "職災" in done.output
    assert "broken.jsonl:2" in done.stderr
