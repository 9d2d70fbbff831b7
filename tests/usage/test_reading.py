"""Counts, periods and headings as they are met; what cannot be read is said with its place and its value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from metalint.model import Json, Unreadable
from metalint.run import Options
from metalint.usage import periods, reading
from metalint.usage.counts import count
from metalint.usage.periods import Period
from metalint.usage.reading import Left, Row

ALONE = Options(isolated=True)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        *[("0", 0), ("1099", 1099), ("1,099", 1099), ("1,234,567", 1234567), ("1 099", 1099), (" 7 ", 7)],
        *[("１，０９９", 1099), ("１２", 12), ("12次", 12), ("3 人次", 3), ("1099.0", 1099), (1099, 1099), (12.0, 12)],
        *[("", None), ("  ", None), ("-", None), ("－", None), ("—", None), ("...", None), (None, None)],
    ],
)  # fmt: skip
def test_a_count_is_read(value: Json, wanted: int | None) -> None:
    assert count(value) == wanted


@pytest.mark.parametrize(
    "value", ["abc", "1,09", "-5", "12.5", "1.2萬", "12/7", "9" * 20, 10**16, "9" * 5000, True, [3], {"total": 3}]
)
def test_what_is_no_count_is_refused(value: Json) -> None:
    with pytest.raises(ValueError):
        count(value)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *[(text, Period(2018, 7)) for text in ("2018-07", "2018/7", "2018.07", "201807", "2018年7月", "Jul 2018")],
        *[(text, Period(2018, 7)) for text in ("10707", "107/07", "107-07", "107年7月", "民國107年7月", "１０７年７月")],
        *[(text, Period(2018)) for text in ("2018", "2018年", "107", "107年", "107年度")],
        *[(text, Period(2018, 7, 19)) for text in ("2018-07-19", "20180719", "1070719", "107/7/19", "2018-07-19T08:00:00")],
        *[("98年12月", Period(2009, 12)), ("980713", Period(2009, 7, 13)), ("107/11", Period(2018, 11))],
        *[(text, Period(2018, 7)) for text in ("107年7月1日至107年7月31日", "107/07/01～107/07/31", "2018-07-01/2018-07-31")],
        *[(text, None) for text in ("107年7月至9月", "107年7月1日至107年8月1日", "107年至108年", "2018-07-31/2018-07-01", "至")],
        *[(text, None) for text in ("", "abc", "7", "13", "2018-13", "20181301", "1899-07", "2018Q1", "7月")],
    ],
)  # fmt: skip
def test_a_period_is_read(text: str, wanted: Period | None) -> None:
    assert periods.read(text) == wanted


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("data-gov-tw-usage-2018-07.csv", Period(2018, 7)),
        ("usage201807.csv", Period(2018, 7)),
        ("使用統計10707.csv", Period(2018, 7)),
        ("107年7月使用統計.csv", Period(2018, 7)),
        ("usage_20180719.json", Period(2018, 7, 19)),
        ("1070719.csv", Period(2018, 7, 19)),
        ("98年3月.csv", Period(2009, 3)),
        ("report2018.csv", Period(2018)),
        ("107年度.csv", Period(2018)),
        ("2018-07/usage.csv", Period(2018, 7)),
        ("2017-01_2018-07.csv", None),
        ("dataset_6564.csv", None),
        ("usage.csv", None),
    ],
)
def test_a_file_name_says_a_period(path: str, wanted: Period | None) -> None:
    assert periods.of_name(f"/tmp/{path}") == wanted


def rows(path: Path, text: str | bytes, **more: object) -> list[Row | Left | Unreadable]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(reading.read([str(path)], ALONE, more.get("given", {})))


TABLE = "日期,機關,資料集名稱,瀏覽次數,下載次數\n"


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        (
            "list-2018-07.csv",
            '提供機關名稱,資料集名稱,瀏覽人次,下載次數,資料集評分,上架日\n勞動部職業安全衛生署,職業災害統計,"1,200",-,80,2013/03/18\n',
            ("", "職業災害統計", "勞動部職業安全衛生署", "2013-03-18", Period(2018, 7), 1200, None),
        ),
        (
            "plain.csv",
            TABLE + "107年11月,勞動部,勞工保險統計,30,4次\n",
            ("", "勞工保險統計", "勞動部", "", Period(2018, 11), 30, 4),
        ),
        (
            "parts.csv",
            "年度,月份,單位,名稱,點閱次數\n107,11月,勞工局,勞動條件檢查,３０\n",
            ("", "勞動條件檢查", "勞工局", "", Period(2018, 11), 30, None),
        ),
        (
            "of-2018.csv",
            "月份,單位,名稱,點閱數,下載量\n11,勞工局,勞動條件檢查,30,無資料\n",
            ("", "勞動條件檢查", "勞工局", "", Period(2018, 11), 30, None),
        ),
        (
            "front.json",
            json.dumps([{"agency_name": "勞動部", "title": "職缺", "pubdate": "2016-01-05", "nid": 8421, "dataset_view_times": 12, "resource_download_times": "1,003"}]),
            ("8421", "職缺", "勞動部", "2016-01-05", None, 12, 1003),
        ),
        (
            "ckan.json",
            json.dumps({"help": "", "success": True, "result": {"name": "labor-inspection", "title": "勞動檢查", "organization": {"title": "勞動部"}, "tracking_summary": {"total": 12, "recent": 3}, "resources": [{"url": "https://x.example/a.csv", "tracking_summary": {"total": 5, "recent": 1}}, {"url": "https://x.example/b.csv", "tracking_summary": {"total": 2, "recent": 0}}]}}),
            ("labor-inspection", "勞動檢查", "勞動部", "", None, 12, 7),
        ),
        (
            "udata.jsonl",
            json.dumps({"id": "53699d0e", "title": "Accidents du travail", "organization": {"name": "Ministère"}, "metrics": {"views": 9, "resources_downloads": 4}}) + "\n",
            ("53699d0e", "Accidents du travail", "Ministère", "", None, 9, 4),
        ),
        (
            "bare.csv",
            "id,title,views,downloads\nA-7,Noise at work,10,2\n",
            ("A-7", "Noise at work", "", "", None, 10, 2),
        ),
    ],
)  # fmt: skip
def test_the_names_of_portals_are_known(tmp_path: Path, name: str, text: str, wanted: tuple[object, ...]) -> None:
    (row,) = rows(tmp_path / name, text)
    assert isinstance(row, Row), row
    shown = (row.record, row.title, row.agency, row.issued, row.period, row.views, row.downloads)
    assert shown == wanted


@pytest.mark.parametrize(
    "encoded",
    [
        pytest.param((TABLE + "10711,勞動部,職缺,5,1\n").encode("utf-8-sig"), id="BOM"),
        pytest.param((TABLE + "10711,勞動部,職缺,5,1\n").replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param((TABLE + "10711,勞動部,職缺,5,1\n").encode("cp950"), id="CP950"),
    ],
)
def test_the_encoding_does_not_matter(tmp_path: Path, encoded: bytes) -> None:
    (row,) = rows(tmp_path / "usage.csv", encoded)
    assert isinstance(row, Row)
    assert (row.title, row.agency, row.period, row.views, row.downloads) == ("職缺", "勞動部", Period(2018, 11), 5, 1)


@pytest.mark.parametrize(
    ("text", "line", "said", "kept"),
    [
        (TABLE + "10711,勞動部,職缺,5,abc\n", 2, "第 1 筆「職缺」：下載次數「abc」不是次數", 1),
        (TABLE + "10711,勞動部,職缺,5,1\n某月,勞動部,職災,5,1\n", 3, "第 2 筆「職災」：日期「某月」不是年月", 1),
        (TABLE + "10711,勞動部,,5,1\n", 2, "沒有名稱也沒有識別碼", 0),
        ("機關,資料集名稱\n勞動部,職缺\n", 2, "1 筆沒有瀏覽或下載次數的欄位，未計入", 0),
    ],
)
def test_a_complaint_names_place_and_value(tmp_path: Path, text: str, line: int, said: str, kept: int) -> None:
    found = rows(tmp_path / "usage-2018-07.csv", text)
    (complaint,) = [one for one in found if isinstance(one, Unreadable)]
    assert (complaint.line, said in complaint.why.zh) == (line, True)
    assert len([one for one in found if isinstance(one, Row)]) == kept


def test_rows_that_add_up_others_are_left_out(tmp_path: Path) -> None:
    found = rows(
        tmp_path / "u-2018-07.csv", "機關,資料集名稱,下載次數\n勞動部,職缺,5\n合計,,5\n勞動部,小計,5\n,總計,5\n"
    )
    assert [type(one) for one in found] == [Row, Left, Left, Left]


def test_a_serial_number_is_no_identifier(tmp_path: Path) -> None:
    found = rows(tmp_path / "u-2018-07.csv", "編號,資料集名稱,下載次數\n1,職缺,5\n2,職災,5\nA3,訓練,5\n")
    assert [one.record for one in found if isinstance(one, Row)] == ["", "", "A3"]


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ("編號,資料集名稱,下載次數", [",合計,60", "1,職缺,5", "2,職災,5", ",小計,10", "3,訓練,5"]),
        ("編號,年月,資料集名稱,下載次數", ["1,10707,職缺,5", "2,10707,職災,5", "1,10708,職災,6", "2,10708,職缺,6"]),
        ("id,資料集名稱,下載次數", ["001,職缺,5", "002,職災,5"]),
    ],
)
def test_a_serial_number_may_lag_behind_the_records(tmp_path: Path, head: str, lines: list[str]) -> None:
    found = rows(tmp_path / "u-2018-07.csv", "\n".join((head, *lines)) + "\n")
    assert {one.record for one in found if isinstance(one, Row)} == {""}


def test_a_number_that_is_no_serial_is_an_identifier(tmp_path: Path) -> None:
    found = rows(tmp_path / "u-2018-07.csv", "id,資料集名稱,下載次數\n6564,職缺,5\n6565,職災,5\n8421,訓練,5\n")
    assert [one.record for one in found if isinstance(one, Row)] == ["6564", "6565", "8421"]


@pytest.mark.parametrize(
    "head", ["瀏覽次數(次),下載次數（人次）", "瀏覽人次（累計）,總下載次數", '"瀏覽\n人次","下載\n次數"']
)
def test_a_heading_may_say_its_unit(tmp_path: Path, head: str) -> None:
    (row,) = rows(tmp_path / "u-2018-07.csv", f"資料集名稱,{head}\n職缺,5,3\n")
    assert isinstance(row, Row)
    assert (row.views, row.downloads) == (5, 3)


def test_of_several_files_each_needs_a_period(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("機關,資料集名稱,下載次數\n勞動部,職缺,5\n", "utf-8")
    found = list(reading.read([str(tmp_path)], ALONE, {"b.csv": Period(2018, 7)}))
    assert [type(one) for one in found] == [Unreadable, Row]
    assert "--date a.csv=2018-07" in found[0].why.zh
    assert found[1].period == Period(2018, 7)
