"""Records that earn all that they can, and how one stands: shared by the tests of scores."""

from __future__ import annotations

from datetime import date
from typing import Any

from metalint import fields as places
from metalint import platforms, recognising
from metalint.lexicon import Lexicon
from metalint.scores import judging, methods
from metalint.scores.kinds import Method, Standing
from metalint.shipped import shipped

PLATFORMS = {one.name: one for one in platforms.load([shipped("rules") / "platforms"])}
LEXICON = Lexicon((shipped("vocab"),))
METHODS = {method.id: method for method in methods.methods()}
TODAY = date(2026, 3, 31)

TW_STANDARD: dict[str, Any] = {
    "categoryCode": "500",
    "identifier": "A17000000J-000101",
    "title": "職業安全衛生教育訓練單位名冊",
    "description": "經勞動部認可辦理職安訓練之單位，含名稱、地址與課程，供雇主與勞工查詢。",
    "fieldDescription": "name(單位名稱)、address(地址)、phone(電話)、course(課程)",
    "type": "rawData",
    "license": "政府資料開放授權條款-第1版",
    "licenseURL": "https://data.gov.tw/license",
    "cost": "免費",
    "organization": "勞動部",
    "publisher": "勞動部職業安全衛生署",
    "publisherContactName": "王 先生",
    "publisherContactPhone": "02-89956666#123",
    "publisherContactEmail": "osha@mail.osha.gov.tw",
    "accrualPeriodicity": "每月",
    "temporalCoverageFrom": "2020-01-01",
    "temporalCoverageTo": "2026-02-28",
    "issued": "2020-01-31",
    "modified": "2026-03-15",
    "spatial": "臺灣",
    "language": "zh",
    "landingPage": "https://data.gov.tw/dataset/6001",
    "keyword": ["職安", "教育訓練", "勞工安全"],
    "distribution": [
        {
            "resourceID": "A17000000J-000101-001",
            "resourceDescription": "訓練單位名冊",
            "format": "CSV",
            "characterSetCode": "UTF-8",
            "resourceModified": "2026-03-15",
            "downloadURL": "https://apiservice.mol.gov.tw/OdService/download/A17000000J-000101-001",
        }
    ],
}
DCAT_US: dict[str, Any] = {
    "identifier": "A17-1",
    "title": "Occupational injuries by county",
    "description": "Injuries at work reported to the labor inspection, by county, industry and month.",
    "keyword": ["occupational safety", "injuries", "labor inspection"],
    "theme": ["Labor"],
    "spatial": "Taiwan",
    "temporal": "2020-01-01/2026-02-28",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "accessLevel": "public",
    "rights": "No restrictions on use",
    "contactPoint": {"fn": "Open data team", "hasEmail": "mailto:opendata@example.gov"},
    "publisher": {"name": "Department of Labor"},
    "issued": "2020-01-31",
    "modified": "2026-03-15",
    "distribution": [
        {"downloadURL": "https://example.gov/injuries.csv", "format": "CSV", "mediaType": "text/csv"},
    ],
}
POINTS = {  # data.europa.eu's table, as metadata-quality.md §4 of the research has it
    "keyword": 30, "category": 30, "spatial": 20, "temporal": 20,
    "access-url-works": 50, "download-url": 20, "download-url-works": 30,
    "format": 20, "media-type": 10, "format-vocabulary": 10, "non-proprietary": 20, "machine-readable": 20, "dcat-ap": 30,
    "license": 20, "license-vocabulary": 10, "access-rights": 10, "access-rights-vocabulary": 5, "contact": 20,
    "publisher": 10, "rights": 5, "byte-size": 5, "issued": 5, "modified": 5,
}  # fmt: skip


def stands(
    method: str, platform: str, raw: dict[str, Any], header: tuple[str, ...] | None = None, today: date = TODAY
) -> Standing:
    """Return how a record stands by a method."""
    one = PLATFORMS[platform] if platform in PLATFORMS else recognising.choose([*PLATFORMS.values()], []).platform
    (standing,) = judging.judge([METHODS[method]], one, header, LEXICON, today)(places.reader(one.fields)(raw))
    return standing


def ids(method: Method, numbers: tuple[int, ...]) -> set[str]:
    """Return the names of some indicators."""
    return {method.indicators[at].id for at in numbers}


def missed(method: str, platform: str, raw: dict[str, Any], **more: Any) -> set[str]:
    """Return the names of the indicators that a record misses."""
    return ids(METHODS[method], stands(method, platform, raw, **more).missed)


def unasked(method: str, platform: str, raw: dict[str, Any], **more: Any) -> set[str]:
    """Return the names of the indicators that cannot be evaluated."""
    return ids(METHODS[method], stands(method, platform, raw, **more).unasked)


def changed(raw: dict[str, Any], **values: Any) -> dict[str, Any]:
    """Return a record with other values; `None` takes one out, `part_x` is meant for its distributions."""
    made = {key: value for key, value in {**raw, **values}.items() if value is not None and not key.startswith("part_")}
    parts = {key.removeprefix("part_"): value for key, value in values.items() if key.startswith("part_")}
    if parts:
        made["distribution"] = [
            {key: value for key, value in {**part, **parts}.items() if value is not None}
            for part in raw["distribution"]
        ]
    return made
