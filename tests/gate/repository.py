"""A repository of metadata as an agency keeps one: ten records with old faults, in four files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def record(number: int, **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "identifier": f"A17000000J-{number:06}",
        "title": f"勞動檢查統計表{number}",
        "description": f"本表為各年度勞動檢查之場次與缺失統計，第 {number} 類。",
        "keyword": ["勞動檢查", "統計"],
        "license": "政府資料開放授權條款-第1版",
        "accrualPeriodicity": "每年",
        "categoryCode": "500",
        "fieldDescription": "年度、場次、缺失",
        "type": "rawData",
        "cost": "免費",
        "organization": "勞動部",
        "publisher": "勞動部職業安全衛生署",
        "issued": "2020-03-01",
        "distribution": [
            {
                "resourceID": f"A17000000J-{number:06}-001",
                "format": "CSV",
                "downloadURL": f"https://data.example.tw/{number}.csv",
            },
            {
                "resourceID": f"A17000000J-{number:06}-002",
                "format": "json",
                "downloadURL": f"https://data.example.tw/{number}.json",
            },
        ],
    }
    return {**made, **changes}


OLD = {
    "labour/a.json": [record(1, title="勞動檢查表 "), record(2, issued="109/03/01"), record(3)],
    "labour/b.json": [record(4, keyword=["勞動檢查、統計"]), record(5, license="政府資料開放授權")],
    "city/c.jsonl": [record(6), record(7, description="統計"), record(8, keyword=["a", "a"])],
    "city/d.yaml": [record(9, title="臺北巿停車場"), record(10)],
}


def write(folder: Path, files: dict[str, list[dict[str, Any]]] = OLD) -> None:
    for name, records in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".jsonl"):
            text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
        elif name.endswith(".yaml"):
            text = "".join("- " + json.dumps(one, ensure_ascii=False) + "\n" for one in records)
        else:
            text = json.dumps(records, ensure_ascii=False, indent=2) + "\n"
        path.write_text(text, encoding="utf-8")


def git(folder: Path, *arguments: str) -> None:
    named = ["-c", "user.name=a", "-c", "user.email=a@example.tw", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True, capture_output=True)


def repository(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    write(folder)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "metadata")


def metalint(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Return the exit code and what was said; with the day fixed where one is needed."""
    command = [sys.executable, "-m", "metalint", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def found(folder: Path, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Return the exit code of a check and the problems that it lists."""
    code, out, err = metalint(folder, "check", "--today", "2026-01-01", "-f", "json", *arguments)
    assert code < 2, err
    return code, json.loads(out)["problems"]
