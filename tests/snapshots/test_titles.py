"""Which titles mean the same dataset, and which must not be taken for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from metalint.run import Options
from metalint.snapshots import comparison

Row = tuple[str, str]


def verdict(old: Row, *new: Row, folder: Path) -> tuple[str, str]:
    """Return what became of one dataset among others, and the title of where it is."""
    for name, rows in (("old.json", [old]), ("new.json", list(new))):
        records = [{"資料集名稱": title, "提供機關": agency} for title, agency in rows]
        (folder / name).write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    found = comparison.compare(str(folder / "old.json"), str(folder / "new.json"), Options())
    (one,) = (*found.same, *found.changed, *found.gone)
    return one.verdict, one.new.title if one.new is not None else ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(("失業勞工子女就學補助", "勞動部"), ("失業勞工子女就學補助名單", "勞動部"), id="a word more"),
        pytest.param(
            ("台北市勞動檢查場次", "臺北市政府勞動局"), ("臺北市 勞動檢查場次", "臺北市政府勞動局"), id="the same"
        ),
        pytest.param(
            ("行政院農業委員會農藥殘留抽驗", "行政院農業委員會"), ("農業部農藥殘留抽驗", "農業部"), id="reorganised"
        ),
        pytest.param(
            ("桃園縣公有停車場費率", "桃園縣政府交通局"), ("桃園市公有停車場費率", "桃園市政府交通局"), id="a city now"
        ),
        pytest.param(("外籍勞工申訴案件辦理", "勞動部"), ("移工申訴案件辦理", "勞動部"), id="another word for it"),
        pytest.param(
            ("工地安全稽查成果", "臺中市政府"), ("臺中市工地安全稽查成果", "臺中市政府勞工局"), id="its bureau"
        ),
        pytest.param(("堆高機訓練機構100-106年", "勞動部"), ("堆高機訓練機構100-112年", "勞動部"), id="a longer span"),
        pytest.param(("水質檢測一○六年度結果", "水利署"), ("水質檢測106年度結果", "水利署"), id="numbers"),
    ],
)
def test_the_same_dataset(old: Row, new: Row, tmp_path: Path) -> None:
    found, title = verdict(old, new, ("不相干的資料集名稱", new[1]), folder=tmp_path)
    assert found in ("renamed", "changed", "unchanged")
    assert title == new[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("107年職業災害統計", "108年職業災害統計", id="another year"),
        pytest.param("公園綠地面積大安區", "公園綠地面積信義區", id="another district"),
        pytest.param("公園綠地面積-大安區", "公園綠地面積-信義區", id="another district, apart"),
        pytest.param("各縣市職災人數第1季", "各縣市職災人數第2季", id="another quarter"),
        pytest.param("新北市公車站牌位置", "基隆市公車站牌位置", id="another county"),
        pytest.param("受僱勞工平均工時女性", "受僱勞工平均工時男性", id="women and men"),
        pytest.param("農產品進口數量與金額", "農產品出口數量與金額", id="import and export"),
        pytest.param("公立幼兒園核定名額", "私立幼兒園核定名額", id="public and private"),
        pytest.param("國小學生裸視視力檢查", "國中學生裸視視力檢查", id="schools"),
        pytest.param("基金單位預算", "基金單位決算", id="budget and account"),
        pytest.param("所得稅5分位申報統計", "所得稅10分位申報統計", id="a number of no date"),
    ],
)
def test_another_dataset(old: str, new: str, tmp_path: Path) -> None:
    assert verdict((old, "某某機關"), (new, "某某機關"), folder=tmp_path)[0] == "vanished"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("106年12月勞動檢查處分案件", "勞動檢查處分案件", id="a month"),
        pytest.param("103年度勞動檢查處分案件", "勞動檢查處分案件(106年度以前)", id="within a span"),
        pytest.param("104年度勞動檢查處分案件", "歷年勞動檢查處分案件", id="all years"),
        pytest.param("104年3月勞動檢查處分案件", "104年度勞動檢查處分案件", id="its year"),
    ],
)
def test_a_series_that_became_one(old: str, new: str, tmp_path: Path) -> None:
    other = old.replace("12月", "11月").replace("103", "102").replace("104", "105" if "3月" not in old else "104")
    other = other.replace("104年3月", "104年4月")
    for name, titles in (("old.json", [old, other]), ("new.json", [new])):
        records = [{"資料集名稱": title, "提供機關": "勞動部"} for title in titles]
        (tmp_path / name).write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    found = comparison.compare(str(tmp_path / "old.json"), str(tmp_path / "new.json"), Options())
    assert {one.verdict for one in found.gone} | {one.verdict for one in found.changed} <= {"merged", "renamed"}
    assert not found.added or len(found.gone) == 2


def test_agencies_teach_each_other(tmp_path: Path) -> None:
    """Five datasets went one way: the sixth, whose title two agencies have, went with them."""
    titles = [f"試驗林第{name}林班測繪圖" for name in ("甲", "乙", "丙", "丁", "戊")]
    old = [(title, "林務試驗所") for title in titles] + [("苗木清單", "林務試驗所")]
    new = [(title, "森林研究中心") for title in titles] + [("苗木清單", "森林研究中心"), ("苗木清單", "水產改良場")]
    for name, rows in (("old.json", old), ("new.json", new)):
        records = [{"資料集名稱": title, "提供機關": agency} for title, agency in rows]
        (tmp_path / name).write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    found = comparison.compare(str(tmp_path / "old.json"), str(tmp_path / "new.json"), Options())
    assert [one.verdict for one in found.gone] == []
    assert [(one.shown.title, one.shown.agency) for one in found.added] == [("苗木清單", "水產改良場")]
