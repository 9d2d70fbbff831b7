"""Records of Taiwanese public administration for the bench: made from parts, the same on every machine."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

PLACES = (
    "臺北市",
    "新北市",
    "桃園市",
    "臺中市",
    "臺南市",
    "高雄市",
    "基隆市",
    "新竹縣",
    "苗栗縣",
    "彰化縣",
    "南投縣",
    "雲林縣",
)
OFFICES = (
    "社會局",
    "勞動局",
    "環境保護局",
    "交通局",
    "衛生局",
    "教育局",
    "消防局",
    "地政局",
    "文化局",
    "工務局",
    "農業局",
)
SUBJECTS = (
    "職業安全衛生",
    "身心障礙福利",
    "空氣品質",
    "公共自行車",
    "停車場",
    "長期照顧",
    "登革熱",
    "地價",
    "古蹟",
    "路燈",
)
KINDS = ("稽查結果", "機構名冊", "補助申請件數", "即時監測值", "設施位置", "年度預算", "教育訓練場次", "陳情案件統計")
COLUMNS = (
    "name(名稱)",
    "address(地址)",
    "district(行政區)",
    "date(日期)",
    "count(件數)",
    "amount(金額，新臺幣元)",
    "phone(電話)",
)
FREQUENCIES = ("每日", "每週", "每月", "每年", "即時", "不定期")
CODES = ("100", "300", "500", "900", "A00", "B00", "C00", "E00", "G00", "I00")


def record(number: int, chance: random.Random) -> dict[str, object]:
    """Return one record in the shape of the standard of 2015; about one in eight has a fault or two."""
    place, office = chance.choice(PLACES), chance.choice(OFFICES)
    subject, kind = chance.choice(SUBJECTS), chance.choice(KINDS)
    title = f"{place}{subject}{kind}{number}"
    identifier = f"3{number % 10}{CODES.index('I00')}000000{'ABCDEFGH'[number % 8]}-{number % 1_000_000:06d}"
    made: dict[str, object] = {
        "categoryCode": chance.choice(CODES),
        "identifier": identifier,
        "title": title,
        "description": f"{place}政府{office}辦理{subject}業務之{kind}，依行政區與月份列示，供市民與研究者查詢運用。"
        * chance.randint(1, 4),
        "fieldDescription": "、".join(chance.sample(COLUMNS, 5)),
        "type": "rawData",
        "license": "政府資料開放授權條款-第1版",
        "licenseURL": "https://data.gov.tw/license",
        "cost": "免費",
        "organization": f"{place}政府",
        "organizationContactName": "林明德 先生",
        "organizationContactPhone": "02-55550100#21",
        "organizationContactEmail": "open@city.example.tw",
        "publisher": f"{place}政府{office}",
        "publisherContactName": "王小美 小姐",
        "publisherContactPhone": f"02-5555{chance.randint(1000, 9999)}#{chance.randint(10, 99)}",
        "publisherContactEmail": f"data{chance.randint(1, 500)}@city.example.tw",
        "accrualPeriodicity": chance.choice(FREQUENCIES),
        "issued": f"20{chance.randint(13, 20)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
        "modified": "2026-10-01 08:00:00",
        "temporalCoverageFrom": "2013-01-01",
        "temporalCoverageTo": "2026-09-30",
        "spatial": place,
        "language": "zh",
        "landingPage": f"https://data.city.example.tw/dataset/{number}",
        "keyword": [subject, office, kind],
        "distribution": [
            {
                "resourceID": f"{identifier}-001",
                "resourceDescription": f"{title}，每月更新之逗號分隔檔-CSV",
                "format": "CSV",
                "characterSetCode": "UTF-8",
                "downloadURL": f"https://data.city.example.tw/files/{number}.csv",
            },
        ],
    }
    if chance.random() < 0.12:
        for _ in range(chance.randint(1, 2)):
            _spoil(made, chance)
    return made


def write(path: Path, count: int, size: int | None = None) -> int:
    """Write records as JSON Lines until there are `count` of them or the file has `size` bytes; return how many."""
    chance, written, number = random.Random(20), 0, 0
    with path.open("wb") as file:
        while number < count and (size is None or written < size):
            written += file.write(json.dumps(record(number, chance), ensure_ascii=False).encode() + b"\n")
            number += 1
    return number


def records(count: int) -> Iterator[dict[str, object]]:
    """Yield records."""
    chance = random.Random(20)
    for number in range(count):
        yield record(number, chance)


def _spoil(made: dict[str, object], chance: random.Random) -> None:
    fault = chance.randrange(6)
    if fault == 0:
        made["description"] = made["title"]
    elif fault == 1:
        made.pop("license", None)
    elif fault == 2:
        made["accrualPeriodicity"] = "美日"
    elif fault == 3:
        made["title"] = f" {made['title']}"
    elif fault == 4:
        made["issued"] = "106/04/26"
    else:
        made["cost"] = "0"
