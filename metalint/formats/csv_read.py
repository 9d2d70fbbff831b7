"""One row of CSV: its cells by the names of their columns, its faults, and where its cells stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from metalint.formats import spans
from metalint.model import UNREAD, Fault, Json, Parsed, Pointer, Slice, Span

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHOWN = 20  # characters of a row in a fault
_CELL = {
    sign: re.compile(rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{re.escape(sign)}][^{re.escape(sign)}]*+)?+') for sign in ",;\t|"
}


class _Cells(NamedTuple):
    """The offsets of a row's cells, each with its quotes; and where the first goes wrong, and how."""

    places: list[tuple[int, int]]
    reason: str = ""
    at: int = 0


def parse(piece: Slice) -> Parsed:
    """Return a row as column name → text; a cell that is not there has no entry, one without a column is left out."""
    if piece.parsed is not None:
        return piece.parsed
    text, header = piece.text, piece.header or ()
    sign = delimiter(piece)
    quotes = text.count('"')
    cells: Sequence[str] | None = None
    if not quotes:
        cells = text.split(sign)
    elif quotes == 2 * len(header) and text[0] == text[-1] == '"':
        cells = text[1:-1].split(f'"{sign}"')  # every cell is quoted and none holds a quote, if they are so many
    if cells is None or len(cells) != len(header):
        return _read(piece, header)
    value: dict[str, Json] = dict(zip(header, cells, strict=True))
    return Parsed(value, _controls(piece) if _CONTROL.search(text) else ())


def locate(piece: Slice, pointer: Pointer, *, key: bool = False) -> Span:  # noqa: ARG001  the header is not in the slice
    """Return where a cell stands, its quotes included; for one that is not there, where the row stands."""
    header = piece.header or ()
    if pointer and pointer[0] in header:
        places = cells_of(piece.text, delimiter(piece)).places
        index = header.index(str(pointer[0]))
        if index < len(places):
            return spans.span(piece, *places[index])
    return spans.span(piece, 0, len(piece.text))


def names(piece: Slice) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    """Return the names that a header row gives its columns, and what is wrong with them.

    Of several equal names the first keeps it, the others are numbered: `name (2)`.
    """
    cells = cells_of(piece.text, delimiter(piece))
    faults = [_quote_fault(piece, cells)] if cells.reason else []
    taken: dict[str, int] = {}
    counts: dict[str, int] = {}
    for number, (start, end) in enumerate(cells.places, 1):
        name = _text(piece.text[start:end]).strip('" \t\r\n\f\v\ufeff\xa0\u3000')
        if name in taken and name:
            detail = {"column": name, "first": taken[name]}
            faults.append(Fault("duplicate-column", detail, spans.span(piece, start, end)))
        free = name
        while free in taken:
            counts[name] = counts.get(name, 1) + 1
            free = f"{name} ({counts[name]})".lstrip()
        taken[free] = number
    faults += _controls(piece._replace(header=tuple(taken)))
    return tuple(taken), tuple(sorted(faults, key=lambda fault: fault.span))


def _read(piece: Slice, header: tuple[str, ...]) -> Parsed:
    cells = cells_of(piece.text, delimiter(piece))
    if cells.reason:
        return Parsed(UNREAD, (_quote_fault(piece, cells),))
    faults = _controls(piece)
    places = cells.places
    if len(places) != len(header):
        beyond = places[len(header)][0] if len(places) > len(header) else 0
        detail = {"cells": len(places), "columns": len(header)}
        faults = (Fault("ragged-row", detail, spans.span(piece, beyond, len(piece.text))), *faults)
    value: dict[str, Json] = {
        name: _text(piece.text[start:end]) for name, (start, end) in zip(header, places, strict=False)
    }
    return Parsed(value, faults)


def cells_of(text: str, delimiter: str) -> _Cells:
    """Return the cells of a row; from where a quote goes wrong on, the delimiter alone parts them."""
    cell = _CELL.get(delimiter, _CELL[","])
    places: list[tuple[int, int]] = []
    reason, wrong, at = "", 0, 0
    while True:
        match = cell.match(text, at)
        assert match is not None
        end = match.end()
        if end < len(text) and text[end] != delimiter:
            if not reason:
                reason, wrong = ("unclosed-quote", at) if end == at else ("trailing-text", end)
            end = text.find(delimiter, end)
            end = len(text) if end < 0 else end
        places.append((at, end))
        if end == len(text):
            return _Cells(places, reason, wrong)
        at = end + 1


def _text(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _quote_fault(piece: Slice, cells: _Cells) -> Fault:
    line = re.match(r"[^\r\n]*", piece.text[cells.at :])
    found = line.group() if line else ""
    where = spans.span(piece, cells.at, cells.at + len(found))
    return Fault("unreadable", {"reason": cells.reason, "found": found[:_SHOWN]}, where)


def _controls(piece: Slice) -> tuple[Fault, ...]:
    """Return a fault for the first control character of each cell."""
    faults = []
    if _CONTROL.search(piece.text):
        places = cells_of(piece.text, delimiter(piece)).places
        for name, (start, end) in zip(piece.header or (), places, strict=False):
            match = _CONTROL.search(piece.text, start, end)
            if match is not None:
                detail = {"code": f"U+{ord(match.group()):04X}"}
                faults.append(Fault("control-character", detail, spans.span(piece, *match.span()), (name,)))
    return tuple(faults)


def delimiter(piece: Slice) -> str:
    """Return the sign that parts the cells of a row."""
    return str(piece.home[0]) if piece.home and piece.home[0] in (";", "\t", "|") else ","
