"""`check --suggest`: a problem with keywords names those that are missing, and says the rest as before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from metalint.cli.commands import commands

RECORDS = [
    {"identifier": "1", "title": "職業安全衛生教育訓練單位名冊", "description": "訓練單位的名稱與電話。"},
    {"identifier": "2", "title": "身心障礙福利機構名冊", "description": "機構地址。", "keyword": ["福利", "福利"]},
    {"identifier": "3", "title": "公園位置", "description": "公園座標。", "keyword": ["公園", "綠地"]},
]
KEYWORDS = {"keyword/missing": ("1", "職安"), "keyword/duplicate": ("2", "身障")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "records.jsonl"
    made.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS), "utf-8")
    return made


def run(path: Path, *more: str) -> str:
    command = ["check", str(path), "-p", "tw-standard", "--fail-on", "never", "--no-progress", *more]
    done = CliRunner().invoke(commands, command)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_problem_with_keywords_names_what_is_missing(path: Path, jobs: str) -> None:
    lines = [json.loads(line) for line in run(path, "--suggest", "-f", "jsonl", "-j", jobs).splitlines()]
    found = {line["rule"]: (line["record"], line["suggested"]) for line in lines if "suggested" in line}
    for rule, (record, term) in KEYWORDS.items():
        assert found[rule][0] == record
        assert term in found[rule][1]
    assert all(rule.startswith("keyword/") for rule in found)


def test_nothing_else_changes(path: Path) -> None:
    with_, without = run(path, "--suggest", "-f", "jsonl"), run(path, "-f", "jsonl")
    bare = [{key: item for key, item in json.loads(line).items() if key != "suggested"} for line in with_.splitlines()]
    assert bare == [json.loads(line) for line in without.splitlines()]


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("form", ["full", "concise"])
def test_a_person_reads_them(path: Path, form: str, lang: str) -> None:
    text = run(path, "--suggest", "-f", form, "--lang", lang)
    label = "建議關鍵字：" if lang == "zh-TW" else "suggested: "
    assert any(label in line and "職安" in line for line in text.splitlines())
