"""JSON Lines: one record a line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from metalint.formats.json_read import locate as locate
from metalint.formats.json_read import parse as parse
from metalint.formats.source import SMALL, Source
from metalint.model import Fault, Pointer, Slice, Span

RECORD = 32 << 20  # characters of one line
_usual = partial(tuple.__new__, Slice)  # a named tuple made by its class costs three times as much


def split(source: Source, homes: Collection[Pointer]) -> Iterator[Slice | Fault]:  # noqa: ARG001
    """Yield the lines that are not blank. A carriage return within one ends no record, but a line of the file."""
    line = number = 0
    for lines, returns in _lines(source):
        for text in lines:
            line += 1
            if text and not text.isspace():
                number += 1
                if len(text) > RECORD or text[-1] == "\r":
                    yield _slice(number, text, line)
                else:
                    yield _usual((number, text, line, 1, (), None, None))
            if returns:
                line += text.count("\r", 0, len(text) - 1)
    if not number:
        yield Fault("unreadable", {"reason": "empty"}, Span(0, 0, 1, 1, 1, 1))


def _lines(source: Source) -> Iterator[tuple[list[str], bool]]:
    """Yield the lines of a file, some at a time, and whether there are carriage returns among them.

    Of a line that is too large no more is kept than tells that it is.
    """
    parts: list[str] = []  # of a line that has not ended yet
    size = 0
    for chunk in source.text(SMALL):
        if "\n" not in chunk:
            if size <= RECORD:
                parts.append(chunk)
                size += len(chunk)
            continue
        lines = chunk.split("\n")
        if parts:
            lines[0] = "".join([*parts, lines[0]])
        parts = [lines.pop()]
        size = len(parts[0])
        yield lines, "\r" in chunk or "\r" in lines[0]
    yield ["".join(parts)], False


def _slice(number: int, text: str, line: int) -> Slice | Fault:
    if len(text) > RECORD:
        detail = {"reason": "too-large", "found": f"{len(text) >> 20} MiB", "expected": f"{RECORD >> 20} MiB"}
        return Fault("unreadable", detail, Span(0, 0, line, 1, line, 1))
    return Slice(number, text[:-1] if text[-1] == "\r" else text, line)
