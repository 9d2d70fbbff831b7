"""The check of records in Arrow batches: for Spark's `mapInArrow`, and whatever else hands over such batches.

In: columns `uri` (what a record is called) and `record` (it as JSON text). Out: a row a problem, as `SCHEMA` says.
A record is checked by itself; what shows only across records is `metalint audit`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from metalint import api, formats
from metalint.engine import Plan
from metalint.entries import entry
from metalint.filecheck import Job, setting_of
from metalint.formats.source import Source
from metalint.model import Problem, Slice, Texts
from metalint.opened import SEEN_FIRST, Opened
from metalint.recognising import Choice, choose
from metalint.run import Options

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = "jsonl"
# As Spark writes it.
SCHEMA = "uri string, rule string, severity string, pointer string, line int, column int, message string, fix string"
_COLUMNS = ("uri", "rule", "severity", "pointer", "line", "column", "message", "fix")


def lint(batches: Iterable[pa.RecordBatch], options: Options | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the problems of records, a batch for each. The platform is the one named, or what the first records tell.

    `line` and `column` are those in the record's text. Raises CannotRun.
    """
    import pyarrow as pa

    job = api.job(options or Options())
    plan: Plan | None = None
    for batch in batches:
        uris, texts = (batch.column(name).to_pylist() for name in ("uri", "record"))
        pieces = [Slice(number, text or "", 1) for number, text in enumerate(texts, 1)]
        if plan is None:
            plan = Plan(setting_of(_opened(pieces[:SEEN_FIRST], job), job), formats.named(FORMAT))
        linted = plan.lint(pieces)
        rows = [_row(uris[at], problem) for at, problem in zip(linted.owners, linted.problems, strict=True)]
        columns = [[row[name] for row in rows] for name in _COLUMNS]
        kinds = [pa.int32() if name in ("line", "column") else pa.string() for name in _COLUMNS]
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, names=list(_COLUMNS))


def _opened(first: Sequence[Slice], job: Job) -> Opened:
    """Return what stands for the file that there is none of."""
    format_ = formats.named(FORMAT)
    values = [format_.parse(piece).value for piece in first]
    keys: list[Sequence[str]] = [list(value) for value in values if isinstance(value, dict)]
    choice = choose(job.platforms, keys, ())
    if job.platform is not None:
        chosen = next(one for one in job.platforms if one.name == job.platform)
        choice = Choice(chosen, Texts("", ""))
    columns = tuple(dict.fromkeys(key for some in keys for key in some))
    header = columns if choice.platform.table else None
    return Opened(Source("", 0, "utf-8", bom=False), FORMAT, choice, header, any(keys), iter(()))


def _row(uri: str, problem: Problem) -> dict[str, Any]:
    said = entry(problem)
    fix = None if said["fix"] is None else json.dumps(said["fix"], ensure_ascii=False)
    return {**said, "uri": uri, "fix": fix}
