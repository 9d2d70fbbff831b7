"""The problems of an audit as Parquet, for those who go on with SQL or data frames. Needs the extra `audit`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from metalint.model import Texts
from metalint.run import CannotRun

FILE = "problems.parquet"
_TEXTS = ("rule", "severity", "message", "path", "record", "title", "pointer")
_NUMBERS = ("line", "column", "end_line", "end_column")
_ROWS = 50_000  # held at a time


def prove() -> None:
    """Raise CannotRun where pyarrow is not installed."""
    if find_spec("pyarrow") is None:
        need = "pip install 'metalint[audit]'"
        raise CannotRun(Texts(f"Parquet 需要 {need}", f"Parquet needs {need}"))


def write(problems: Path) -> None:
    """Write the problems of a file of JSON Lines as Parquet beside it; `fix` is JSON text. Raises OSError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(
        [
            *((name, pa.string()) for name in _TEXTS),
            *((name, pa.int32()) for name in _NUMBERS),
            ("fix", pa.string()),
        ]
    )
    new = problems.with_name(f".metalint-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        with problems.open(encoding="utf-8") as file, pq.ParquetWriter(new, schema, compression="zstd") as writer:
            for some in _some(file):
                writer.write_table(pa.Table.from_pylist(some, schema))
        new.replace(problems.with_name(FILE))
    finally:
        new.unlink(missing_ok=True)


def _some(file: Iterator[str]) -> Iterator[list[dict[str, Any]]]:
    while some := [json.loads(line) for line in islice(file, _ROWS)]:
        for one in some:
            fix = one.get("fix")
            one["fix"] = json.dumps(fix, ensure_ascii=False) if fix is not None else None
            for name, value in one.items():
                one[name] = _written(value) if isinstance(value, str) else value
        yield some


def _written(text: str) -> str:
    """Return a text that UTF-8 can hold: bytes of a path that are no text, and half pairs, as reports write them."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
