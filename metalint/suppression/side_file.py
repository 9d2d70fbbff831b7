"""`.metalint-ignore.yaml`: what is held back of formats that have no comments, by record and pointer, with a reason.

A17000000J-000101:
  /description:
    rules: [description/repeats-title]
    reason: 名冊類資料集，名稱已足以說明
    expires: 2027-06-30
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from metalint.config.document import Document, read
from metalint.config.load import day
from metalint.config.patterns import pointer_pattern
from metalint.config.schema import DAY
from metalint.config.validity import prove, table, texts
from metalint.model import Json, Pointer
from metalint.suppression.held import Suppression, Written, written_in

_ENTRY: dict[str, Json] = {
    "properties": {
        "rules": {"type": ["string", "array"], "items": {"type": "string", "minLength": 1}, "minItems": 1},
        "reason": {"type": "string", "minLength": 1},
        "expires": {"type": "string", "pattern": DAY, "examples": ["2027-06-30"]},
    },
    "required": ["rules", "reason"],
    "additionalProperties": False,
}
SCHEMA: dict[str, Json] = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "additionalProperties": {"type": ["object", "array"], **_ENTRY, "items": {"type": "object", **_ENTRY}},
    },
}


class Entry(NamedTuple):
    """What is said of one record: the suppression, and until when it holds."""

    suppression: Suppression
    expires: date | None


class SideFile(NamedTuple):
    """A file of suppressions, by the record's identifier."""

    file: Path
    records: Mapping[str, tuple[Entry, ...]]

    @property
    def entries(self) -> Iterator[Entry]:
        """All entries, in order."""
        for listed in self.records.values():
            yield from listed


def load(file: Path) -> SideFile:
    """Return what a file holds back. Raises ConfigError."""
    document = read(file)
    prove(document, SCHEMA)
    return SideFile(file, {record: tuple(_entries(document, record)) for record in document.data})


def _entries(document: Document, record: str) -> Iterator[Entry]:
    for pointer, value in table(document.data[record]).items():
        try:
            pattern = pointer_pattern(pointer)
        except ValueError:
            zh = f"{pointer} 不是 JSON Pointer：要以 / 開頭，例如 /title；整筆紀錄寫 '*'"
            en = f"{pointer} is no JSON Pointer, such as /title; of a whole record, write '*'"
            raise document.error((record, pointer), zh, en, key=True) from None
        single = isinstance(value, dict)
        for number, entry in enumerate(value if isinstance(value, list) else [value]):
            place: Pointer = (record, pointer) if single else (record, pointer, number)
            data = table(entry)
            rules = texts(data["rules"])
            ways = [
                (*place, "rules", at) if isinstance(data["rules"], list) else (*place, "rules")
                for at in range(len(rules))
            ]
            where = partial(_written, document, ways)
            one = Suppression(rules, str(data["reason"]), where, pointers=(pattern,) if pattern else ())
            yield Entry(one, day(document, (*place, "expires"), data.get("expires")))


def _written(document: Document, ways: Sequence[Pointer]) -> tuple[Written, ...]:
    return tuple(written_in(document, way) for way in ways)
