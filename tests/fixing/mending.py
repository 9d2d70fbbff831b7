"""How tests mend a file: in memory, by the library, and what they compare."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import jsonpatch

from metalint import fixing, formats
from metalint import opened as opening
from metalint.fixer import Mended
from metalint.formats.source import Source, open_source
from metalint.model import Slice
from metalint.output import diff, patches
from metalint.platforms import load
from metalint.run import Options
from metalint.shipped import shipped

HOMES = opening.homes(load([shipped("rules") / "platforms"]))
DAY = date(2026, 1, 1)


class Mend(NamedTuple):
    """What came of a file: its new bytes, its differences, and its patches by the record's number."""

    fixed: fixing.Fixed
    data: bytes
    diff: bytes
    patches: dict[int, list[dict[str, Any]]]


def mend(path: Path, *, unsafe: bool = True, **options: Any) -> Mend:
    documents: dict[int, list[dict[str, Any]]] = {}

    def on_record(name: str, one: Mended) -> None:
        said = json.loads(patches.patch(name, one))
        documents.setdefault(said["number"], []).append(said)

    options.setdefault("today", DAY)
    for fixed in fixing.fix([str(path)], Options(**options), fixing.How(unsafe=unsafe), on_record):
        assert fixed.why is None, fixed.why
        if fixed.data is None:
            return Mend(fixed, path.read_bytes(), b"", documents)
        fixed.data.seek(0)
        return Mend(fixed, fixed.data.read(), b"".join(diff.render(fixed)), documents)
    raise AssertionError("no file")


def spliced(old: bytes, changes: Any) -> bytes:
    """Return bytes with each reported stretch replaced: what a reader of the report expects."""
    made, at = b"", 0
    for start, end, data in changes:
        assert at <= start <= end
        made += old[at:start] + data
        at = end
    return made + old[at:]


def records(path: Path, format_name: str) -> Iterator[tuple[int, Any]]:
    """Yield each record with its number."""
    source: Source = open_source(str(path))
    format_ = formats.named(format_name)
    for piece in format_.split(source, HOMES):
        if isinstance(piece, Slice):
            yield piece.number, format_.parse(piece).value


def plain(path: Path, format_name: str, encoding: str = "utf-8-sig") -> Any:
    """Return a file as another reader reads it; `None` for a format of which there is no other here."""
    text = path.read_bytes().decode(encoding)
    if format_name == "json":
        return json.loads(text)
    if format_name == "jsonl":
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return list(csv.reader(io.StringIO(text, newline="")))


def patched(before: list[tuple[int, Any]], documents: dict[int, list[dict[str, Any]]]) -> list[Any]:
    """Return the records with their patches applied by another library, each by the record's number."""
    made = []
    for number, record in before:
        document = documents[number].pop(0) if documents.get(number) else None
        made.append(jsonpatch.apply_patch(record, document["patch"]) if document is not None else record)
    assert not any(documents.values())
    return made
