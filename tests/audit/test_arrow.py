"""Records in Arrow batches: by themselves, and on Spark where that is there."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date
from typing import Any

import pytest

from metalint.run import Options

pa = pytest.importorskip("pyarrow", reason="the extra `audit` is not installed")
OPTIONS = Options(lang="en", today=date(2026, 11, 25))
RECORDS = [
    {"資料集識別碼": "1", "資料集名稱": "職業災害統計", "提供機關": "勞動部"},
    {"資料集識別碼": "2", "資料集名稱": " 最低工資", "提供機關": "勞動部"},
]
ROWS = [(f"catalogue#{n}", json.dumps(record, ensure_ascii=False)) for n, record in enumerate(RECORDS)]


def found(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(row["uri"], row["rule"], row["pointer"]) for row in rows]


def test_batches() -> None:
    from metalint.audit import arrow

    names = ["uri", "record"]
    batches = [pa.RecordBatch.from_arrays([pa.array([row[at]]) for at in (0, 1)], names=names) for row in ROWS]
    rows = [row for batch in arrow.lint([*batches, batches[1].slice(0, 0)], OPTIONS) for row in batch.to_pylist()]
    assert found(rows) == [("catalogue#1", "text/edge-space", "/資料集名稱")]
    assert (rows[0]["line"], rows[0]["column"]) == (1, ROWS[1][1].index('" 最低') + 1)
    assert json.loads(rows[0]["fix"])["values"] == ["最低工資"]


@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_on_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    from metalint.audit import arrow

    spark = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        records = spark.createDataFrame(ROWS * 50, "uri string, record string")
        problems = records.mapInArrow(lambda batches: arrow.lint(batches, OPTIONS), arrow.SCHEMA)
        rows = [row.asDict() for row in problems.collect()]
    finally:
        spark.stop()
    assert found(rows) == [("catalogue#1", "text/edge-space", "/資料集名稱")] * 50
