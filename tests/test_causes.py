"""One fault put into a good record of a portal: what is said of it, all of it, and nothing else."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path

import pytest
from linting import lint_record

from metalint.model import Json, Problem

PLATFORMS = Path(__file__).parent / "platforms"
LONG = "、".join(f"欄位{number}(說明文字)" for number in range(40))


def found(platform: str, pointer: str, value: Json, folder: Path) -> list[Problem]:
    """Return what is said of a good record with one value changed; `...` takes it away."""
    record: Json = copy.deepcopy(json.loads((PLATFORMS / f"{platform}.json").read_text("utf-8")))
    if platform == "tw-standard":
        record["accrualPeriodicity"] = "每月"  # type: ignore[index, call-overload]
    place = record[0] if isinstance(record, list) else record
    *way, last = [int(step) if step.isdigit() else step for step in pointer.split("/")[1:]]
    for step in way:
        place = place[step]  # type: ignore[index, call-overload]
    assert isinstance(place, (dict, list))
    if value is ...:
        del place[last]  # type: ignore[arg-type]
    else:
        place[last] = value  # type: ignore[index, call-overload]
    return lint_record(record, folder, platform=platform, today=date(2025, 12, 1), lang="zh-TW")


@pytest.mark.parametrize(
    ("platform", "pointer", "value", "rules"),
    [
        pytest.param("tw-standard", "/keyword", [], ["keyword/missing"], id="no keyword"),
        pytest.param("tw-standard", "/keyword", None, ["keyword/missing"], id="keyword null"),
        pytest.param("tw-standard", "/notes", None, [], id="an optional field null"),
        pytest.param("tw-standard", "/distribution/0/format", ..., ["schema/required"], id="no format"),
        pytest.param("tw-standard", "/distribution/0/format", "", ["schema/min-length"], id="empty format"),
        pytest.param("tw-standard", "/distribution/0/characterSetCode", ..., ["schema/required"], id="no encoding"),
        pytest.param("tw-standard", "/license", "無", ["license/unspecified"], id="licence that is none"),
        pytest.param("tw-standard", "/cost", "付費", ["cost/unexplained"], id="charged, and nothing said"),
        pytest.param("tw-standard", "/fieldDescription", LONG, ["schema/max-length"], id="long columns"),
        pytest.param("tw-standard", "/fieldDescription", LONG + "、行車?態(燈號)", ["schema/max-length", "text/lost-character"], id="long columns with a lost character"),
        pytest.param("tw-standard", "/distribution/0/downloadURL", "無", ["text/placeholder"], id="no address"),
        pytest.param("data-gov-tw", "/distribution/0/resourceDownloadUrl", " https://a.example.tw/a.csv", ["text/edge-space"], id="space before an address"),
        pytest.param("data-gov-tw", "/publisherOID", "2.16.886.101.90099.20007 | 社會處", ["publisher/ambiguous"], id="agency behind its OID"),
        pytest.param("data-gov-tw", "/distribution/0/resourceField", [{"name": "里名", "description": "村里名稱"}, {"name": "人口數", "description": "人"}], [], id="columns as a list"),
        pytest.param("tw-standard", "/distribution/0/acessURL", "https://a.example.tw/", ["schema/unknown-key"], id="a key of a distribution misspelt"),
        pytest.param("data-gov-tw", "/keyword", ["人口", "戶數", "海岳市政府民政局"], ["keyword/uninformative"], id="agency as keyword"),
    ],
)  # fmt: skip
def test_one_fault_is_said_once(platform: str, pointer: str, value: Json, rules: list[str], tmp_path: Path) -> None:
    assert sorted(problem.rule for problem in found(platform, pointer, value, tmp_path)) == rules


def test_an_unlike_code_is_told_what_is_allowed_and_a_like_one_what_was_meant(tmp_path: Path) -> None:
    (far,) = found("tw-standard", "/categoryCode", "公共資訊", tmp_path)
    (near,) = found("tw-standard", "/categoryCode", "I0O", tmp_path)
    assert "null" not in far.help
    assert "I00" in far.help
    assert "A00" in far.help
    assert near.help == "應為「I00」"


def test_a_keyword_without_its_list_is_one_keyword(tmp_path: Path) -> None:
    record: Json = {"title": "職業安全衛生教育訓練單位名冊", "keyword": "職安"}
    assert "keyword/duplicate" not in {problem.rule for problem in lint_record(record, tmp_path, platform=None)}
