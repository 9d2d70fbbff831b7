"""CSV: the first row names the columns, every other row is a record."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from metalint.formats.csv_read import locate, names, parse
from metalint.formats.csv_rows import Row, Window, delimiter_of, rows
from metalint.formats.growing import RECORD
from metalint.formats.source import Source
from metalint.model import Fault, Pointer, Slice, Span

__all__ = ["locate", "parse", "split"]
_BLANK = " \t\v\f\xa0\u3000"


def split(source: Source, homes: Collection[Pointer]) -> Iterator[Slice | Fault]:  # noqa: ARG001
    """Yield the rows below the header; a row of nothing but white space and delimiters is no record.

    A slice's `home` is empty, or (delimiter,) where that is not the comma: its text alone does not tell.
    """
    window = Window(source.text())
    delimiter = delimiter_of(window)
    found = rows(window, delimiter)
    blank = _BLANK + delimiter
    head = next(found, None)
    if head is None or not (head.too_large or head.text.strip(blank)):
        yield Fault("unreadable", {"reason": "empty"}, Span(0, 0, 1, 1, 1, 1))
        return
    if head.too_large:
        yield _too_large(head)
        return
    home = () if delimiter == "," else (delimiter,)
    header, faults = names(Slice(0, head.text, head.line, home=home))
    yield from (fault._replace(span=fault.span._replace(start=0, end=0)) for fault in faults)
    number = 0
    for piece in _records(found, window, header, home):
        number += isinstance(piece, Slice)
        yield piece
    if not number:
        yield Fault("unreadable", {"reason": "no-rows"}, Span(0, 0, head.line, 1, head.line, 1))


def below(source: Source, header: tuple[str, ...], home: Pointer) -> Iterator[Slice | Fault]:
    """Yield the rows of a text that has no header of its own: what `split` would give below this one."""
    window = Window(source.text())
    return _records(rows(window, str(home[0]) if home else ","), window, header, home)


def _records(found: Iterator[Row], window: Window, header: tuple[str, ...], home: Pointer) -> Iterator[Slice | Fault]:
    window.columns = len(header)
    blank, number = _BLANK + (str(home[0]) if home else ","), 0
    for row in found:
        if row.too_large:
            yield _too_large(row)
        elif row.text.strip(blank):
            number += 1
            yield Slice(number, row.text, row.line, 1, home, header)


def _too_large(row: Row) -> Fault:
    detail = {"reason": "too-large", "expected": f"{RECORD >> 20} MiB"}
    return Fault("unreadable", detail, Span(0, 0, row.line, 1, row.line, 1))
