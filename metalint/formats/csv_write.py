"""A change of a row of CSV as a change of its text: one cell, quoted if it was or has to be."""

from __future__ import annotations

import re

from metalint.formats import CannotWrite
from metalint.formats.csv_read import cells_of, delimiter
from metalint.formats.differing import differing
from metalint.model import Operation, Slice, Splice

LISTS_OF_ONE = True
_UNIT = re.compile('""|.', re.DOTALL)
_SIGN = re.compile(".", re.DOTALL)


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
    cell = piece.text[start:end]
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        first, last, middle = differing(cell[1:-1], _UNIT, lambda unit: unit[0], value)
        return [Splice(start + 1 + first, start + 1 + last, middle.replace('"', '""'))]
    if any(one in value for one in (sign, '"', "\n", "\r")) or value != value.strip():
        return [Splice(start, end, '"' + value.replace('"', '""') + '"')]
    first, last, middle = differing(cell, _SIGN, str, value)
    return [Splice(start + first, start + last, middle)]
