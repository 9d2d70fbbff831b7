"""Offsets in a record's text to lines and columns of its file."""

from __future__ import annotations

import re

from metalint.model import Slice, Span

_BREAK = re.compile(r"\r\n|\r|\n")


def span(piece: Slice, start: int, end: int) -> Span:
    """Return the span of a stretch of a record's text."""
    line, column = place(piece.text, start, piece.line, piece.column)
    if "\n" not in piece.text[start:end] and "\r" not in piece.text[start:end]:
        return Span(start, end, line, column, line, column + end - start)
    end_line, end_column = place(piece.text, end, piece.line, piece.column)
    return Span(start, end, line, column, end_line, end_column)


def place(text: str, offset: int, line: int, column: int) -> tuple[int, int]:
    """Return the line and column of an offset in a text whose first character stands at `line` and `column`."""
    last = None
    count = 0
    if "\r" in text:
        for match in _BREAK.finditer(text, 0, offset):
            if match.end() == offset and match.group() == "\r" and text[offset : offset + 1] == "\n":
                break  # the offset lies inside a CRLF, which is one break and not yet behind it
            count, last = count + 1, match.end()
    else:
        count = text.count("\n", 0, offset)
        last = text.rfind("\n", 0, offset) + 1 if count else None
    return (line, column + offset) if last is None else (line + count, offset - last + 1)


def after(text: str, line: int, column: int) -> tuple[int, int]:
    """Return the line and column behind a text."""
    return place(text, len(text), line, column)
