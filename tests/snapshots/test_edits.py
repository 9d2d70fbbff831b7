"""A catalogue with known edits: these are found, each as what it is, and nothing else."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from metalint.run import Options
from metalint.snapshots import comparison
from metalint.snapshots.compared import Compared

Row = dict[str, str]
BUREAUS = ("勞動檢查處", "就業服務處", "職業訓練中心", "衛生局", "工務局")
SUBJECTS = (
    *(
        "職業災害勞工服務據點",
        "起重機操作人員訓練單位",
        "堆高機定期檢查紀錄",
        "局限空間作業通報案件",
        "高氣溫作業輔導名單",
    ),
    *("石綿拆除作業申請", "勞工健康檢查認可醫院", "營造工地墜落防護抽查", "噪音作業場所清查", "粉塵作業環境監測機構"),
    *("母性健康保護指導案例", "外籍廚師聘僱許可", "身障者職務再設計補助", "青年就業獎勵金發放", "建教合作班級"),
    *("機車行照換發窗口", "登革熱孳生源列管點", "餐飲業衛生稽查", "藥事人員執業登錄", "長照據點服務時段"),
    *("公園遊具安全檢驗", "路燈認養單位", "人行道改善工程", "雨水下水道人孔", "公有零售市場攤位"),
    *("圖書館閱覽席位", "社區大學課程", "古蹟修復工程標案", "街頭藝人展演地點", "運動中心場地費率"),
)


class Edited(NamedTuple):
    """Two versions, and what was done: the titles (those of the old version) by what is to come of them."""

    old: list[Row]
    new: list[Row]
    done: dict[str, set[str]]


def own_rows() -> list[Row]:
    """Return a catalogue that nobody has: six dozen datasets of five bureaus."""
    rows = []
    for number, subject in enumerate(SUBJECTS):
        bureau = BUREAUS[number % len(BUREAUS)]
        for kind in ("清冊", "季統計"):
            rows.append(
                {
                    "編號": str(len(rows) + 1),
                    "資料名稱": f"海濱市{subject}{kind}",
                    "更新頻率": "每季",
                    "檔案格式": "CSV",
                    "資料連結網址": f"https://data.example.gov.tw/{bureau}/{len(rows):04}.csv",
                    "分類及編號": f"求職及就業 ({40 + number})",
                    "資料集描述": f"{subject}之{kind}，供市民查詢。",
                    "主要欄位說明": "編號、名稱、地址、電話",
                    "最後更新時間": "2018-03-20 09:00:00",
                    "資料集提供機關": f"38012000{number % 5}J 【{bureau}】",
                    "授權方式": "政府資料開放授權條款－第1版",
                    "計費方式": "免費",
                    "標籤/關鍵字": "勞動, 安全",
                }
            )
    return rows


def corpus_rows(folder: Path) -> list[Row]:
    with (folder / "taoyuan-2018-07.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edited(rows: list[Row]) -> Edited:
    """Return a catalogue and its next version, with every kind of edit on rows of its own."""
    heads: dict[str, int] = {}
    for row in rows:
        heads[row["資料名稱"][:9]] = heads.get(row["資料名稱"][:9], 0) + 1
    plain = [
        at
        for at, row in enumerate(rows)
        if row["資料名稱"].startswith(("海濱市", "桃園市"))
        and not any(sign.isdigit() for sign in row["資料名稱"])
        and heads[row["資料名稱"][:9]] <= 2
        and row["主要欄位說明"].count("、") > 1
        and row["授權方式"]
        and row["資料連結網址"]
    ]
    agency = rows[plain[0]]["資料集提供機關"]
    take = iter([at for at in plain if rows[at]["資料集提供機關"] != agency][::2])
    old = [dict(row) for row in rows]
    new = [dict(row) for row in rows]
    done: dict[str, set[str]] = {}

    def note(verdict: str, at: int) -> Row:
        done.setdefault(verdict, set()).add(rows[at]["資料名稱"])
        return new[at]

    def some(count: int) -> list[int]:
        return list(islice(take, count))

    for row in new:  # no changes: counts of facets, white space, width, order
        row["分類及編號"] = row["分類及編號"].replace("(", "(1")
        row["資料集描述"] = row["資料集描述"].replace("，", ",") + " "
        row["授權方式"] = row["授權方式"].replace("－", "-")
    gone = some(3)
    for at in gone:
        note("vanished", at)
    for at in some(3):
        note("renamed", at)["資料名稱"] += "（含聯絡方式）"
    for at in some(2):
        note("relisted", at)["編號"] = f"9{at:05}"
    for at in some(2):
        row = note("columns-dropped", at)
        row["主要欄位說明"] = row["主要欄位說明"].rpartition("、")[0]
    for at in some(2):
        note("license-narrowed", at)["授權方式"] = "保留所有權利，禁止轉載"
    for at in some(2):
        note("distribution-removed", at)["資料連結網址"] = ""
    for at in some(2):
        note("touched", at)["最後更新時間"] = "2018-07-01 10:00:00"
    for at, row in enumerate(rows):
        if row["資料集提供機關"] == agency:
            note("moved", at)["資料集提供機關"] = agency.replace("】", "及檢查署】")
    new = [row for at, row in enumerate(new) if at not in gone]
    blank = dict.fromkeys(rows[0], "")
    for year in (104, 105, 106):
        title = f"{year}年示範場域勞工安全檢查結果"
        old.append({**blank, "編號": f"8{year}", "資料名稱": title, "資料集提供機關": agency, "主要欄位說明": "a、b"})
        done.setdefault("merged", set()).add(title)
    series = {**blank, "編號": "7001", "資料名稱": "示範場域勞工安全檢查結果", "主要欄位說明": "a、b"}
    new.append({**series, "資料集提供機關": agency.replace("】", "及檢查署】")})
    new.append({**blank, "編號": "7002", "資料名稱": "無人機巡檢航線公告", "資料集提供機關": agency})
    done["added"] = {"示範場域勞工安全檢查結果", "無人機巡檢航線公告"}
    return Edited(old, new, done)


def compared(made: Edited, folder: Path) -> Compared:
    for name, rows in (("old.csv", made.old), ("new.csv", made.new)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(made.old[0]))
            writer.writeheader()
            writer.writerows(rows)
    return comparison.compare(str(folder / "old.csv"), str(folder / "new.csv"), Options(), touched=True)


@pytest.fixture(params=["own", "corpus"])
def rows(request: pytest.FixtureRequest) -> list[Row]:
    if request.param == "own":
        return own_rows()
    return corpus_rows(request.getfixturevalue("corpus"))


def test_known_edits_are_found_and_nothing_else(rows: list[Row], tmp_path: Path) -> None:
    made = edited(rows)
    found = compared(made, tmp_path)
    told: dict[str, set[str]] = {"added": {one.shown.title for one in found.added}}
    for one in (*found.changed, *found.gone):
        assert one.old is not None
        kinds = one.breaking if one.verdict == "changed" and one.breaking else (one.verdict,)
        if {change.field for change in one.changes} == {"publisher"}:
            kinds = ("moved",)
        for kind in kinds:
            told.setdefault(kind, set()).add(one.old.title)
    assert told == made.done
    relisted = [one for one in found.changed if one.verdict == "relisted"]
    assert all(one.breaking == ("identifier-changed",) for one in relisted)
    merged = {one.new.title for one in found.gone if one.verdict == "merged" and one.new is not None}
    assert merged == {"示範場域勞工安全檢查結果"}
    assert found.total.vanished == 3


def test_a_catalogue_and_itself(rows: list[Row], tmp_path: Path) -> None:
    found = compared(Edited(rows, rows, {}), tmp_path)
    assert not (*found.added, *found.changed, *found.gone)
    assert found.unchanged == len(rows)


def test_a_list_that_was_numbered_anew(rows: list[Row], tmp_path: Path) -> None:
    """A running number is no identifier: nothing is called changed, and no unlike datasets are matched."""
    new = [{**row, "編號": str(number)} for number, row in enumerate(reversed(rows), 1)]
    found = compared(Edited(rows, new, {}), tmp_path)
    assert not (*found.added, *found.gone)
    assert all(one.old is not None and one.new is not None and one.old.title == one.new.title for one in found.changed)
