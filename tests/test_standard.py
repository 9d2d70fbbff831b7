"""The standard of 2015 holds its own examples: what it recommends passes, what it advises against is named.

The cases are rebuilt in values of our own; the numbers are those of the standard's fields.
"""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from linting import lint_record

from metalint.model import Json

RECORD: dict[str, Json] = {
    "categoryCode": "E00",
    "identifier": "A17000000J-000042",
    "title": "高雄市列管事業單位職業安全衛生檢查結果",
    "description": "高雄市勞動檢查處每季公布之事業單位職業安全衛生檢查結果，內容包括行業別、檢查日期、違反條款與改善期限，"
    "檢查結果須經複核，通常於每季結束後次月提供。",
    "fieldDescription": "unit(事業單位名稱)、industry(行業別)、date(檢查日期)、lon(經度 TWD97)、lat(緯度 TWD97)",
    "type": "rawData",
    "license": "政府資料開放授權條款-第1版",
    "licenseURL": "https://data.gov.tw/license",
    "cost": "免費",
    "costURL": "",
    "costLaw": "",
    "organization": "高雄市政府",
    "organizationContactName": "許文雄 先生",
    "organizationContactPhone": "07-5550100#XXX",
    "organizationContactEmail": "open@kaohsiung.example.tw",
    "publisher": "高雄市政府勞工局勞動檢查處",
    "publisherContactName": "周美玲 小姐",
    "publisherContactPhone": "07-5550122#OO",
    "publisherContactEmail": "check@kaohsiung.example.tw",
    "accrualPeriodicity": "每季",
    "temporalCoverageFrom": "2024-01-01",
    "temporalCoverageTo": "2024-12-31",
    "issued": "2025-02-03 23:59:59",
    "modified": "2025-11-20",
    "spatial": "高雄市",
    "language": "zh",
    "landingPage": "https://labour.kaohsiung.example.tw/inspection",
    "keyword": ["職安", "職業安全衛生", "勞動檢查", "工安"],
    "numberOfData": 2931,
    "notes": "違反條款以公告文字為準。",
    "distribution": [
        {
            "resourceID": "A17000000J-000042-001",
            "resourceDescription": "高雄市列管事業單位職業安全衛生檢查結果之逗號分隔檔-CSV",
            "format": "CSV",
            "characterSetCode": "UTF-8",
            "resourceModified": "2025-11-20 08:00:00",
            "downloadURL": "https://data.kaohsiung.example.tw/inspection.csv",
            "metadataSourceOfData": "https://data.kaohsiung.example.tw/inspection.xml",
        },
        {
            "resourceID": "A17000000J-000042-002",
            "resourceDescription": "高雄市列管事業單位職業安全衛生檢查結果之查詢服務-SERVICES",
            "format": "SERVICES",
            "characterSetCode": "UTF-8",
            "resourceModified": "2025-11-20 08:00:00",
            "accessURL": "http://inspection-service/api",
        },
    ],
}


def found(record: Json, folder: Path) -> dict[str, str]:
    return {problem.rule: problem.message for problem in lint_record(record, folder, platform=None, lang="zh-TW")}


def changed(pointer: str, value: Json) -> Json:
    record: Json = copy.deepcopy(RECORD)
    place = record
    *way, last = pointer.strip("/").split("/")
    for step in way:
        place = place[int(step) if step.isdigit() else step]  # type: ignore[index, call-overload]
    place[last] = value  # type: ignore[index, call-overload]
    return record


def test_a_whole_record_as_the_standard_wants_it_is_clean(tmp_path: Path) -> None:
    assert found(RECORD, tmp_path) == {}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        pytest.param("/categoryCode", "I00", id="6 category"),
        pytest.param("/title", "屏東縣各國小新住民子女人數統計", id="8 title with place and subject"),
        pytest.param("/title", "112年度卑南族傳統領域動植物調查訪談部落", id="8 title with a year of the minguo calendar"),
        pytest.param("/fieldDescription", "Site(測站名稱)、PM25(細懸浮微粒)、Lon(經度 WGS84)、Lat(緯度 WGS84)", id="10 columns"),
        pytest.param("/type", "SERVICES", id="11 type of a service"),
        pytest.param("/license", "政府開放資料授權條款", id="12 licence by its older name"),
        pytest.param("/license", "創用CC 姓名標示-相同方式分享 3.0 台灣", id="12 licence of Creative Commons Taiwan"),
        pytest.param("/license", "政府資料開放平臺資料使用規範", id="12 terms of the platform"),
        pytest.param("/licenseURL", "http://data.gov.tw/principle", id="13 licence page"),
        pytest.param("/costLaw", "規費法", id="16 law by name"),
        pytest.param("/organization", "內政部", id="17 organisation"),
        pytest.param("/organizationContactName", "許文雄 先生,周美玲 小姐", id="18 two contacts"),
        pytest.param("/publisherContactPhone", "07-5550100#2,07-5550122#31", id="23 two phones"),
        pytest.param("/publisherContactEmail", "one@kaohsiung.example.tw,two@kaohsiung.example.tw", id="24 two addresses"),
        pytest.param("/accrualPeriodicity", "每日", id="25 every day"),
        pytest.param("/accrualPeriodicity", "每 10 分鐘", id="25 every ten minutes"),
        pytest.param("/accrualPeriodicity", "每年", id="25 every year"),
        pytest.param("/accrualPeriodicity", "即時", id="25 real time"),
        pytest.param("/accrualPeriodicity", "不定期", id="25 irregular"),
        pytest.param("/issued", "2025-02-03", id="28 day"),
        pytest.param("/spatial", "A6305-0001-00", id="30 statistical area"),
        pytest.param("/spatial", '{"shape_type":"Polygon","coordinates":[[120.2,22.5],[120.2,22.9],[120.5,22.9],[120.2,22.5]]}', id="30 polygon"),
        pytest.param("/landingPage", "http://example1", id="32 host without a dot"),
        pytest.param("/keyword", ["交通", "治安", "路口"], id="33 short keywords"),
        pytest.param("/numberOfData", 112358, id="34 amount"),
    ],
)  # fmt: skip
def test_what_the_standard_recommends_passes(pointer: str, value: Json, tmp_path: Path) -> None:
    record = changed(pointer, value)
    if pointer == "/accrualPeriodicity":
        record["modified"] = "2025-12-31"  # type: ignore[index, call-overload]
    assert found(record, tmp_path) == {}


def test_another_language_is_one_when_the_texts_are_in_it(tmp_path: Path) -> None:
    """Field 31 of the standard shows `en` beside `zh`; the texts must then be English."""
    record = changed("/language", "en")
    assert set(found(record, tmp_path)) == {"language/script-mismatch"}
    assert isinstance(record, dict)
    record["title"] = "Occupational Safety Inspections of Listed Workplaces in Kaohsiung City"
    record["description"] = (
        "Results of the inspections that the Kaohsiung City Labor Inspection Office publishes every quarter: industry, "
        "date, articles violated and the term for improvement. Results are reviewed before they are published."
    )
    assert found(record, tmp_path) == {}


@pytest.mark.parametrize(
    ("pointer", "value", "rule"),
    [
        pytest.param("/title", "人數統計", "title/generic", id="8 bare title"),
        pytest.param("/title", "資料調查提案", "title/generic", id="8 another bare title"),
        pytest.param("/description", "地面水水質監測資料", "description/too-short", id="9 short description"),
        pytest.param("/fieldDescription", "統計項目、分類、經度、緯度", "columns/unexplained", id="10 no explanations"),
        pytest.param("/fieldDescription", "項目(統計項目)、經度(測站經度)、緯度(測站緯度)", "columns/datum-missing", id="10 no reference system"),
        pytest.param("/accrualPeriodicity", "每15日", "frequency/interval-discouraged", id="25 fifteen days"),
        pytest.param("/accrualPeriodicity", "每2月", "frequency/interval-discouraged", id="25 two months"),
        pytest.param("/temporalCoverageFrom", "2024", "date/year-only", id="26 year alone"),
        pytest.param("/temporalCoverageTo", "2024", "date/year-only", id="27 year alone"),
        pytest.param("/issued", "2025", "date/year-only", id="28 year alone"),
        pytest.param("/modified", "2025", "date/year-only", id="29 year alone"),
        pytest.param("/distribution/0/resourceDescription", "人口統計", "distribution/description-too-short", id="37 short description"),
        pytest.param("/distribution/0/resourceModified", "2024", "date/year-only", id="40 year alone"),
    ],
)  # fmt: skip
def test_what_the_standard_advises_against_is_named(pointer: str, value: Json, rule: str, tmp_path: Path) -> None:
    assert rule in found(changed(pointer, value), tmp_path)
