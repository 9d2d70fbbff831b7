"""A change of a row of CSV as a change of its text: one cell, quoted if it was or has to be."""

from __future__ import annotations

from metalint.formats import CannotWrite
from metalint.formats.csv_read import cells_of, delimiter
from metalint.model import Operation, Slice, Splice


def splices(piece: Slice, operation: Operation) -> list[Splice]:
    """Return how the text changes. Raises CannotWrite: a table has room for nothing but another text in a cell."""
    op, pointer, value = operation
    header, sign = piece.header or (), delimiter(piece)
    places = cells_of(piece.text, sign).places
    if op != "replace" or not isinstance(value, str) or len(pointer) != 1 or pointer[0] not in header:
        raise CannotWrite
    index = header.index(str(pointer[0]))
    if index >= len(places):
        raise CannotWrite
    start, end = places[index]
    was_quoted = piece.text[start : start + 1] == '"'
    if was_quoted or any(one in value for one in (sign, '"', "\n", "\r")) or value != value.strip():
        value = '"' + value.replace('"', '""') + '"'
    return [Splice(start, end, value)]
