"""Parquet as a catalogue: a row a record, its columns the fields; or a column `record` that holds each record as JSON.

A row's line is its number in the file, its text the row as JSON: places mean that. Needs the extra `audit`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from metalint import formats
from metalint.filecheck import Job
from metalint.formats.source import Source
from metalint.model import Slice, Texts
from metalint.opened import SEEN_FIRST, Opened
from metalint.recognising import Choice, choose

KIND = "PARQUET"  # as `Source.binary` has it
SUFFIX = ".parquet"
FORMAT = "jsonl"  # what a row's text is read as
_RECORD = "record"
_ROWS = 1_024  # held at a time


class Unread(Exception):
    """A Parquet file that cannot be read; the reason, in both languages."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts.en)
        self.texts = texts


def is_parquet(source: Source) -> bool:
    """Tell whether a file is Parquet."""
    return source.binary == KIND


def as_text(source: Source) -> Source:
    """Return a Parquet file as one whose records are text."""
    return replace(source, encoding="utf-8", undecodable=0)


def opened(source: Source, job: Job) -> Opened:
    """Return a Parquet file with its platform, as named or as its columns tell. Raises Unread and CannotRun."""
    first = list(islice(rows(source), SEEN_FIRST))
    values = [formats.named(FORMAT).parse(one).value for one in first]  # what is no JSON is told record by record
    keys: list[Sequence[str]] = [list(value) for value in values if isinstance(value, dict)]
    if job.platform is not None:
        platform = next(one for one in job.platforms if one.name == job.platform)
        choice = Choice(platform, job.platform_why or Texts("由 --platform 指定", "named by --platform"))
    else:
        choice = choose(job.platforms, keys, ())
    columns = tuple(dict.fromkeys(key for some in keys for key in some))
    return Opened(source, FORMAT, choice, columns if choice.platform.table else None, any(keys), iter(()))


def rows(source: Source) -> Iterator[Slice]:
    """Yield the records of a Parquet file. Raises Unread where it cannot be read, CannotRun without pyarrow."""
    from metalint.audit.parquet import prove

    prove()
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(source.file) as file:
            for batch in file.iter_batches(_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield Slice(number, _text(row), number)
    except (pa.ArrowException, OSError) as error:
        why = str(error).splitlines()[0]
        raise Unread(Texts(f"無法讀成 Parquet：{why}", f"cannot be read as Parquet: {why}")) from error


def _text(row: dict[str, Any]) -> str:
    held = row.get(_RECORD)
    if isinstance(held, bytes):
        held = _plain(held)
    if isinstance(held, str) and held.lstrip().startswith("{"):
        return held
    there = {key: value for key, value in row.items() if value is not None and value == value}  # noqa: PLR0124  NaN
    return json.dumps(there, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    """Return as text what JSON has no kind for; bytes are text that its writer did not call so, as Hive does."""
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
