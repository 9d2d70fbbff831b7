"""A file with stretches of its text replaced, byte by byte what it was elsewhere, whatever its encoding."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from metalint.formats.source import Source
from metalint.model import Splice

_BREAKS = {"yaml": re.compile("\r\n|[\r\n\x85\u2028\u2029]")}
_BREAK = re.compile(r"\r\n|[\r\n]")


class Placed(NamedTuple):
    """The changes of one record's text, each with what stood there; its first character stands at a line and column."""

    line: int
    column: int
    changes: tuple[tuple[Splice, str], ...]


class Misplaced(Exception):
    """What is to be changed does not stand where it was found: nothing may be written."""


class _Change(NamedTuple):
    """What is to stand in the place of a stretch of a file: offsets of characters."""

    start: int
    end: int
    text: str
    old: str


def spliced(source: Source, format_name: str, placed: Iterable[Placed]) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield a file's bytes in order, each stretch with `None`, or with what stands there instead.

    Raises Misplaced, and UnicodeEncodeError for a text that the encoding does not have.
    """
    changes = _changes(source, _BREAKS.get(format_name, _BREAK), sorted(placed))
    yield source.mark, None
    number = base = 0
    left: tuple[_Change, list[bytes], list[str]] | None = None  # a change that goes on in the next stretch
    for raw, text in source.aligned():
        at = byte = 0
        while True:
            if left is not None:
                change, gone, seen = left
                stop = min(change.end - base, len(text))
            elif number < len(changes) and changes[number].start - base <= len(text):
                change, gone, seen = changes[number], [], []
                number += 1
                stop = change.start - base
                size = source.bytes_of(text[at:stop])
                yield raw[byte : byte + size], None
                at, byte = stop, byte + size
                stop = min(change.end - base, len(text))
            else:
                break
            size = source.bytes_of(text[at:stop])
            gone.append(raw[byte : byte + size])
            seen.append(text[at:stop])
            at, byte = stop, byte + size
            left = change, gone, seen
            if change.end - base > len(text):
                break
            left = None
            if "".join(seen) != change.old:
                raise Misplaced
            yield b"".join(gone), change.text.encode(source.encoding)
        if left is None or at < len(text):
            yield raw[byte:], None
        base += len(text)
    if left is not None or number < len(changes):
        raise Misplaced


def _changes(source: Source, breaks: re.Pattern[str], placed: Sequence[Placed]) -> list[_Change]:
    """Return the changes by their offsets in the file, each once: several records may stand in one text."""
    found: set[_Change] = set()
    for start, one in zip(_offsets(source, breaks, placed), placed, strict=True):
        for splice, old in one.changes:
            found.add(_Change(start + splice.start, start + splice.end, splice.text, old))
    changes = sorted(found)
    if any(one.end > two.start for one, two in itertools.pairwise(changes)):
        raise Misplaced
    return changes


def _offsets(source: Source, breaks: re.Pattern[str], placed: Sequence[Placed]) -> Iterator[int]:
    """Yield the offset of each record's first character; they are sorted by place."""
    wanted = iter(placed)
    one = next(wanted, None)
    line, begun, base = 1, 0, 0  # the line at hand, the offset of its first character, that of the chunk's first one
    held = ""
    for chunk in _with_end(source.text()):
        text = held + (chunk or "")
        held = "\r" if chunk is not None and text.endswith("\r") else ""
        text = text[: len(text) - len(held)]
        for match in breaks.finditer(text):
            while one is not None and one.line == line:
                yield begun + one.column - 1
                one = next(wanted, None)
            if one is None:
                return
            line, begun = line + 1, base + match.end()
        base += len(text)
    while one is not None and one.line == line:
        yield begun + one.column - 1
        one = next(wanted, None)
    if one is not None:
        raise Misplaced


def _with_end(chunks: Iterable[str]) -> Iterator[str | None]:
    yield from chunks
    yield None
