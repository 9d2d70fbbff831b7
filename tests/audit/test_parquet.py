"""Parquet in and out: a catalogue in partitions, and problems for those who go on with SQL."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from metalint.audit import parquet, run
from metalint.audit.asked import Ask
from metalint.audit.result import Result
from metalint.run import Options

pa = pytest.importorskip("pyarrow", reason="the extra `audit` is not installed")
OPTIONS = Options(lang="en", today=date(2026, 11, 25))
ROWS = [
    {"資料集識別碼": str(n), "資料集名稱": title, "提供機關": "勞動部", "備註": None, "上架日期": date(2020, 1, n)}
    for n, title in enumerate(("職業災害統計", " 最低工資", "職業災害統計", "勞工保險人數"), 1)
]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    import pyarrow.parquet as pq

    path.parent.mkdir(exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def audited(out: Path, *paths: Path) -> list[tuple[str, int, str]]:
    result = run.audit(Ask(OPTIONS, tuple(map(str, paths)), str(out)))
    assert isinstance(result, Result)
    assert not result.summary.unreadable
    return [
        (one.rule, one.line, Path(one.path).name) for one in result.problems() if not one.rule.startswith("record/")
    ]


def test_a_folder_of_partitions_is_one_catalogue(tmp_path: Path) -> None:
    write(tmp_path / "in/part-0.parquet", ROWS[:2])
    write(tmp_path / "in/part-1.parquet", ROWS[2:])
    assert audited(tmp_path / "out", tmp_path / "in") == [
        ("text/edge-space", 2, "part-0.parquet"),
        ("dataset/duplicate", 1, "part-1.parquet"),
    ]
    text = (tmp_path / "out/problems.jsonl").read_text("utf-8")
    assert "part-0.parquet:1" in text


def test_records_as_json_in_a_column(tmp_path: Path) -> None:
    rows = [
        {"uri": f"x#{n}", "record": json.dumps({"title": " 職安", "name": f"x{n}", "resources": []})} for n in (1, 2)
    ]
    path = write(tmp_path / "records.parquet", rows)
    found = audited(tmp_path / "out", path)
    assert ("text/edge-space", 2, "records.parquet") in found


def test_a_record_that_is_no_json_is_one_problem(tmp_path: Path) -> None:
    rows = [{"record": text} for text in ('{"title": " 職安"', '{"title": " 職安", "name": "x", "resources": []}')]
    path = write(tmp_path / "records.parquet", rows)
    result = run.audit(Ask(OPTIONS, (str(path),), str(tmp_path / "out")))
    assert isinstance(result, Result)
    assert not result.summary.unreadable
    found = [(one.rule, one.line) for one in result.problems()]
    assert ("record/unreadable", 1) in found
    assert ("text/edge-space", 2) in found


def test_how_other_programs_write_tables(tmp_path: Path) -> None:
    """Texts are bytes for Hive and Impala, and what is missing is no number for pandas."""
    rows = [{**row, "資料集名稱": row["資料集名稱"].encode(), "瀏覽次數": float("nan")} for row in ROWS]
    path = write(tmp_path / "a.parquet", rows)
    result = run.audit(Ask(OPTIONS, (str(path),), str(tmp_path / "out")))
    assert isinstance(result, Result)
    assert [one.title for one in result.datasets()] == [row["資料集名稱"] for row in ROWS]
    assert "not-json-value" not in (tmp_path / "out/problems.jsonl").read_text("utf-8")


def test_what_is_no_parquet_is_said(tmp_path: Path) -> None:
    """A partition that is broken is named, and the others are audited all the same."""
    path = tmp_path / "in/a.parquet"
    write(tmp_path / "in/b.parquet", ROWS[:2])
    path.write_bytes(b"PAR1 and nothing more")
    result = run.audit(Ask(OPTIONS, (str(tmp_path / "in"),), str(tmp_path / "out")))
    assert isinstance(result, Result)
    [(named, why)] = result.summary.unreadable
    assert named == str(path)
    assert "cannot be read as Parquet" in why.en
    assert result.summary.datasets == 2


def test_problems_as_parquet(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    path = write(tmp_path / "a.parquet", ROWS)
    audited(tmp_path / "out", path)
    parquet.write(tmp_path / "out/problems.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out/problems.jsonl").read_text("utf-8").splitlines()]
    rows = pq.read_table(tmp_path / "out/problems.parquet").to_pylist()
    assert [{**row, "fix": json.loads(row["fix"] or "null")} for row in rows] == lines
