"""The datasets of a part as its first look keeps them: their lines of the outcome but for the numbers of problems."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import IO, NamedTuple

from metalint.audit.asked import Scored
from metalint.checks.kinds import Fields
from metalint.datasets import agency_of
from metalint.entries import dump, safe
from metalint.fields import names_of
from metalint.model import Json, Slice

ROWS = "rows.jsonl"
_COUNT = re.compile(r"\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\s*(?:次|人次)?\s*")


class Row(NamedTuple):
    """A dataset: its number in its file from 1, the part's number of its agency, its use.

    `head` and `tail` are its line of the outcome before and after the numbers of its problems.
    """

    number: int
    agency: int
    views: int | None
    downloads: int | None
    head: str
    tail: str

    def line(self, errors: int, warnings: int, infos: int) -> str:
        """Return its line of the outcome."""
        return f'{self.head}, "errors": {errors}, "warnings": {warnings}, "infos": {infos}{self.tail}'


class Named(NamedTuple):
    """What is said of a dataset where another one names it."""

    number: int
    line: int
    record: str
    title: str
    agency: str


class Rows:
    """The datasets of a part, written as they come. `agencies` are their names, by number."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self.agencies: dict[str, int] = {}

    def add(self, path: str, piece: Slice, fields: Fields, scored: Scored) -> tuple[str, str]:
        """Write a dataset; return its title and the name of its agency."""
        record, title = names_of(piece, fields)
        agency = agency_of(fields)
        number = self.agencies.setdefault(agency, len(self.agencies))
        views, downloads = _count(fields, "views"), _count(fields, "downloads")
        named = f'"record": {quoted(record)}, "title": {quoted(title)}, "agency": {quoted(agency)}'
        head = safe(f'{{"path": {quoted(path)}, "line": {piece.line}, {named}')
        more = {name: value for name, value in zip(scored._fields, scored, strict=True) if value}
        tail = ", " + dump(more)[1:-1] if more else ""
        for name, count in (("views", views), ("downloads", downloads)):
            tail += f', "{name}": {count}' if count is not None else ""
        use = "\t".join("" if count is None else str(count) for count in (views, downloads))
        self._out.write(f"{piece.number}\t{number}\t{use}\t{head}\t{tail}}}\n")
        return title, agency


def read(folder: Path) -> Iterator[Row]:
    """Yield the datasets of a part."""
    with (folder / ROWS).open(encoding="utf-8", newline="\n") as file:
        for row in file:
            number, agency, views, downloads, head, tail = row.rstrip("\n").split("\t")
            yield Row(int(number), int(agency), _number(views), _number(downloads), head, tail)


def named(row: Row) -> Named:
    """Return what is said of a dataset where another one names it."""
    said = json.loads(row.head + "}")
    return Named(row.number, said["line"], said["record"], said["title"], said["agency"])


def _number(text: str) -> int | None:
    return int(text) if text else None


def _count(fields: Fields, name: str) -> int | None:
    """Return a number of views or downloads; `None` for what is none."""
    if name not in fields:
        return None
    value: Json = fields[name][0].value
    if isinstance(value, int):
        return value
    match = _COUNT.fullmatch(value) if isinstance(value, str) else None
    return int(match.group(1).replace(",", "")) if match is not None else None
