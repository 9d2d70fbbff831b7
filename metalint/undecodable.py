"""Records of a file in which some bytes are no text in its encoding."""

from __future__ import annotations

import re
from collections.abc import Callable

from metalint.formats import Format, spans
from metalint.formats.source import Source
from metalint.model import UNREAD, Fault, Parsed, Slice, Span

_NO_TEXT = re.compile("[\udc80-\udcff]+")  # what `surrogateescape` made of them


def parser(format_: Format) -> Callable[[Slice], Parsed]:
    """Return a function that parses a record of a file in which some bytes are no text."""

    def parse(piece: Slice) -> Parsed:
        match = _NO_TEXT.search(piece.text)
        return format_.parse(piece) if match is None else _undecodable(piece, match)

    return parse


def first(source: Source) -> Fault | None:
    """Return the fault of the first bytes of a file that are no text."""
    line = column = 1
    for text in source.text():
        match = _NO_TEXT.search(text)
        if match is not None:
            line, column = spans.place(text, match.start(), line, column)
            return _fault(match, line, column)
        line, column = spans.place(text, len(text), line, column)
    return None


def _undecodable(piece: Slice, match: re.Match[str]) -> Parsed:
    """Return a record as unread, since bytes in it are no text; the first of them are named."""
    lines = re.split(r"\r\n|\r|\n", piece.text[: match.start()])
    line = piece.line + len(lines) - 1
    column = len(lines[-1]) + (piece.column if len(lines) == 1 else 1)
    return Parsed(UNREAD, (_fault(match, line, column),))


def _fault(match: re.Match[str], line: int, column: int) -> Fault:
    span = Span(match.start(), match.end(), line, column, line, column + len(match.group()))
    shown = " ".join(f"{ord(sign) - 0xDC00:02X}" for sign in match.group()[:4])
    return Fault("unreadable", {"reason": "undecodable", "found": shown}, span)
