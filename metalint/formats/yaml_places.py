"""Offsets in YAML to lines and columns: YAML ends a line at U+0085, U+2028 and U+2029 too."""

from __future__ import annotations

import re

from metalint.formats.yaml_documents import BREAK
from metalint.model import Slice, Span

_RARE = re.compile("[\r\x85\u2028\u2029]")


def span(piece: Slice, start: int, end: int) -> Span:
    """Return the span of a stretch of a record's text."""
    text = piece.text
    end = min(max(end, 0), len(text))
    start = min(max(start, 0), end)
    line, column = place(text, start, piece.line, piece.column)
    breaks = list(BREAK.finditer(text, start, end))
    if not breaks:
        return Span(start, end, line, column, line, column + end - start)
    return Span(start, end, line, column, line + len(breaks), end - breaks[-1].end() + 1)


def place(text: str, offset: int, line: int, column: int) -> tuple[int, int]:
    """Return the line and column of an offset in a text whose first character stands at `line` and `column`."""
    if not _RARE.search(text, 0, offset):
        count = text.count("\n", 0, offset)
        return (line + count, offset - text.rfind("\n", 0, offset)) if count else (line, column + offset)
    breaks = list(BREAK.finditer(text, 0, offset))
    return (line + len(breaks), offset - breaks[-1].end() + 1) if breaks else (line, column + offset)
