"""A repository of metadata of a made-up city, with a configuration in each of the four ways."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from metalint.cli.commands import commands

ROOT = """\
fail-on = "warning"
exclude = ["shared/rules"]
platform = "dcat-us"
select = ["title", "description", "text", "suppression"]
ignore = ["title/too-short"]

[severity]
description = "info"
"description/missing" = "error"

[options."title/too-long"]
max = 20

[[overrides]]
files = ["metadata/legacy/**"]
ignore = ["title"]
reason = "imported before 2015, the agency is no more"

[[overrides]]
records = ["PARK-*"]
pointers = ["/title"]
ignore = ["text/edge-space"]
reason = "as the park office writes it"
expires = 2026-06-30
"""
BASE = """\
lang = "zh-TW"
platform = "dcat-us"
select = ["text"]
rules = ["rules"]

[severity]
text = "error"

[[overrides]]
files = ["river.yaml"]
select = ["house/river"]
reason = "rivers are named in full"
"""
RIVER = """\
summary: {zh-TW: 河川寫全名。, en: Rivers are named in full.}
severity: warning
given: [title]
check: pattern
params: {refuse: 溪水}
message: {zh-TW: 河川名稱不完整, en: the name of the river is cut short}
help: {zh-TW: 寫全名, en: write the whole name}
"""
FILES = {
    "metalint.toml": ROOT,
    "metadata/park.json": [
        {"identifier": "PARK-1", "title": " 花蓮港市公園綠地清冊", "description": "公園"},
        {"identifier": "TREE-1", "title": " 花蓮港市行道樹普查結果", "description": "行道樹之樹種、樹高與位置，每年普查。"},
    ],
    "metadata/legacy/labour.json": [
        {"identifier": "LAB-7", "title": " 花蓮港市事業單位勞工安全衛生教育訓練單位名冊", "description": "名冊。"}
    ],
    "metadata/legacy/.metalint-ignore.yaml": (
        "LAB-7:\n  /title:\n    rules: [text/edge-space]\n    reason: 勞工局 2026-01-12 函復維持\n"
    ),
    "shared/base.toml": BASE,
    "shared/rules/house/river.yaml": RIVER,
    "water/.metalint.toml": 'extends = "../shared/base.toml"\nselect = ["title", "text"]\n',
    "water/river.yaml": "- identifier: R-1\n  title: ' 秀姑巒溪水位'\n  description: 秀姑巒溪水位站每十分鐘之水位。\n",
    "water/well.yaml": "- identifier: W-1\n  title: ' 地下溪水'\n  description: 地下水位站每小時之水位。\n",
    "air/pyproject.toml": '[project]\nname = "air"\n\n[tool.metalint]\nselect = ["text/edge-space"]\nexclude = ["draft*"]\n',
    "air/station.json": {"identifier": "A-1", "title": "空氣品質測站 ", "description": "x"},
    "air/draft-1.json": {"identifier": "A-2", "title": "空氣品質測站 ", "description": "x"},
    "noise/metalint.yaml": "encoding: cp950\nselect: [text/edge-space]\nseverity:\n  text/edge-space: info\n",
    "noise/night.json": {"identifier": "N-1", "title": "夜間噪音 ", "description": "x"},
}  # fmt: skip


def build(folder: Path) -> Path:
    """Write the repository; the search upwards ends at its `.git`."""
    (folder / ".git").mkdir(parents=True)
    for name, content in FILES.items():
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
        write(folder / name, text, "cp950" if name == "noise/night.json" else "utf-8")
    return folder


def write(path: Path, text: str, encoding: str = "utf-8") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, list(arguments), standalone_mode=False)


def refused(*arguments: str) -> str:
    """Return what is said of a run that cannot be done."""
    done = CliRunner().invoke(commands, list(arguments))
    assert done.exit_code == 2, done.output
    assert "bug" not in done.output
    return done.output


def lines(*arguments: str, today: str = "2026-01-01") -> list[str]:
    """Return the problems, a line each, and the exit code at the end."""
    done = run("check", *arguments, "-f", "concise", "--today", today)
    found = [line for line in done.output.splitlines() if line.count(":") >= 3 and not line.startswith("Checked")]
    return [*found, f"exit {done.return_value}"]
