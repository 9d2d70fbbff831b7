"""Bytes to records, and where each value stands: one module, one format."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from metalint.model import Fault, Operation, Parsed, Pointer, Slice, Span, Splice

if TYPE_CHECKING:
    from metalint.formats.source import Source

NAMES = ("json", "jsonl", "yaml", "csv", "xml")
SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
    ".tsv": "csv",
    ".xml": "xml",
}
_YAML_HEAD = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:---|%YAML|- |[\w\"' ./-]+:(?:\s|$))")


class Format(Protocol):
    """What a module of `metalint.formats` offers. None of its functions raises, whatever the text."""

    def split(self, source: Source, homes: Collection[Pointer]) -> Iterator[Slice | Fault]:
        """Yield the records of a file one by one; `homes` are the places where platforms keep them."""

    def parse(self, piece: Slice) -> Parsed:
        """Return a record as plain data, with what was found wrong in reading it."""

    def locate(self, piece: Slice, pointer: Pointer, *, key: bool = False) -> Span:
        """Return where a value (or its key) stands; for a missing one, its closest parent."""


class CannotWrite(Exception):
    """A change cannot be written in a format without touching more than is meant."""


class Writer(Protocol):
    """What a format's module of writing offers: `LISTS_OF_ONE`, whether a list of one differs from that one."""

    LISTS_OF_ONE: bool

    def splices(self, piece: Slice, operation: Operation) -> list[Splice]:
        """Return how a record's text changes, everything else left as it is. Raises CannotWrite."""


def named(name: str) -> Format:
    """Return the module of a format; only what a run needs is imported."""
    if name == "json":
        import metalint.formats.json_ as json_format

        return json_format
    if name == "jsonl":
        import metalint.formats.jsonl as jsonl_format

        return jsonl_format
    if name == "yaml":
        import metalint.formats.yaml_ as yaml_format

        return yaml_format
    if name == "csv":
        import metalint.formats.csv_ as csv_format

        return csv_format
    import metalint.formats.xml_ as xml_format

    return xml_format


def writer(name: str) -> Writer:
    """Return a format's module of writing."""
    if name in ("json", "jsonl"):
        import metalint.formats.json_write as json_writer

        return json_writer
    if name == "yaml":
        import metalint.formats.yaml_write as yaml_writer

        return yaml_writer
    if name == "csv":
        import metalint.formats.csv_write as csv_writer

        return csv_writer
    import metalint.formats.xml_write as xml_writer

    return xml_writer


def detect(path: str, head: str) -> str:
    """Return the format of a file by its suffix, else by how its text begins."""
    by_suffix = SUFFIXES.get(PurePath(path).suffix.lower())
    if by_suffix is not None:
        return by_suffix
    start = head.lstrip()
    if start[:1] in ("{", "["):
        first, _, rest = start.partition("\n")
        return "jsonl" if first.rstrip().endswith("}") and rest.lstrip()[:1] == "{" else "json"
    if start[:1] == "<":
        return "xml"
    first = start.partition("\n")[0]
    if first.count(",") + first.count("\t") + first.count(";") >= 2 and not _YAML_HEAD.match(start):
        return "csv"
    return "yaml" if _YAML_HEAD.match(start) else "csv" if any(sign in first for sign in ",;\t") else "json"
