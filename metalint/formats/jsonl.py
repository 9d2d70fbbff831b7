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
    """Yield the lines that are not blank."""
    line = number = 0
    rest = ""
    for chunk in source.text(SMALL):
        lines = (rest + chunk).split("\n")
        rest = lines.pop()
        for text in lines:
            line += 1
            if text and not text.isspace():
                number += 1
                if len(text) > RECORD or text[-1] == "\r":
                    yield _slice(number, text, line)
                else:
                    yield _usual((number, text, line, 1, (), None, None))
        if len(rest) > RECORD:
            break
    if rest and not rest.isspace():
        yield _slice(number + 1, rest, line + 1)
    elif not number:
        yield Fault("unreadable", {"reason": "empty"}, Span(0, 0, 1, 1, 1, 1))


def _slice(number: int, text: str, line: int) -> Slice | Fault:
    if len(text) > RECORD:
        detail = {"reason": "too-large", "found": f"{len(text) >> 20} MiB", "expected": f"{RECORD >> 20} MiB"}
        return Fault("unreadable", detail, Span(0, 0, line, 1, line, 1))
    return Slice(number, text[:-1] if text[-1] == "\r" else text, line)
