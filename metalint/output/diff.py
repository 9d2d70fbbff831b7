"""A mended file as a unified diff, as `git apply` takes it: the file's own bytes, whatever its encoding."""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from metalint.fixing import Fixed
from metalint.rebuilding import Replaced

CONTEXT = 3  # lines before and behind a change
_PLAIN = re.compile(rb"[^\x00-\x1f\x7f\"\\]*")
_ESCAPES = {7: b"a", 8: b"b", 9: b"t", 10: b"n", 11: b"v", 12: b"f", 13: b"r", 34: b'"', 92: b"\\"}


class _Hunk(NamedTuple):
    """Whole lines that change: their bytes in the old file, and what stands there instead."""

    start: int
    end: int
    new: bytes


def render(fixed: Fixed) -> Iterator[bytes]:
    """Yield the differences of a file; nothing where there are none."""
    if not fixed.changes or fixed.source is None:
        return
    name = _name(fixed.path)
    yield b"--- " + _quoted(b"a/" + name) + b"\n+++ " + _quoted(b"b/" + name) + b"\n"
    old = _Old(fixed)
    try:
        yield from _hunks(old, [*_lines_of(old, fixed.changes)])
    finally:
        old.close()


class _Old:
    """A file's old bytes, without a place for them in memory where it is a file."""

    def __init__(self, fixed: Fixed) -> None:
        assert fixed.source is not None
        self._map: mmap.mmap | None = None
        if fixed.source.file is not None:
            with open(fixed.source.file, "rb") as file:  # noqa: PTH123  a path may be no text
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self.data: bytes | mmap.mmap = self._map
        else:
            assert fixed.source.spool is not None
            fixed.source.spool.seek(0)
            self.data = fixed.source.spool.read()

    def line_start(self, at: int) -> int:
        return self.data.rfind(b"\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        end = self.data.find(b"\n", at)
        return len(self.data) if end < 0 else end + 1

    def close(self) -> None:
        if self._map is not None:
            self._map.close()


def _lines_of(old: _Old, changes: Sequence[Replaced]) -> Iterator[_Hunk]:
    """Yield the changed lines: changes of the same lines together."""
    number = 0
    while number < len(changes):
        start = old.line_start(changes[number].start)
        at, new, end = start, b"", start
        first = number
        while number < len(changes):
            change = changes[number]
            last = end == len(old.data) and old.data[end - 1 : end] != b"\n"  # what is added behind it belongs to it
            if number > first and not last and change.start >= end:
                break
            new += old.data[at : change.start] + change.data
            at = change.end
            end = max(end, old.line_end(at))
            number += 1
        yield _Hunk(start, end, new + old.data[at:end])


def _hunks(old: _Old, lines: Sequence[_Hunk]) -> Iterator[bytes]:
    """Yield the changed lines with some lines around them, those that are near each other together."""
    number = 0
    seen = line = moved = 0  # up to where lines are counted, how many there are, how many more there are now
    while number < len(lines):
        start = lines[number].start
        for _ in range(CONTEXT):
            start = old.line_start(max(start - 1, 0)) if start else 0
        line += old.data[seen:start].count(b"\n")
        seen = start
        body, at, gone, come = [], start, 0, 0
        while True:
            one = lines[number]
            kept = _split(old.data[at : one.start])
            before, after = _split(old.data[one.start : one.end]), _split(one.new)
            body += [_marked(b" ", kept), _marked(b"-", before), _marked(b"+", after)]
            gone += len(kept) + len(before)
            come += len(kept) + len(after)
            at = one.end
            number += 1
            reach = at
            for _ in range(CONTEXT):
                reach = old.line_end(reach) if reach < len(old.data) else reach
            further = reach
            for _ in range(CONTEXT):
                further = old.line_end(further) if further < len(old.data) else further
            if number == len(lines) or lines[number].start > further:
                break
        rest = _split(old.data[at:reach])
        body.append(_marked(b" ", rest))
        gone, come = gone + len(rest), come + len(rest)
        yield b"@@ -%s +%s @@\n" % (_range(line, gone), _range(line + moved, come))
        yield from body
        moved += come - gone


def _range(line: int, count: int) -> bytes:
    return b"%d,%d" % (line + 1 if count else line, count)


def _split(data: bytes) -> list[bytes]:
    """Return whole lines; only a line feed ends one here."""
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _marked(sign: bytes, lines: Sequence[bytes]) -> bytes:
    return b"".join(
        sign + line + (b"" if line.endswith(b"\n") else b"\n\\ No newline at end of file\n") for line in lines
    )


def _name(path: str) -> bytes:
    """Return a file's name in a diff: relative to the folder at hand if it is in there."""
    relative = os.path.relpath(path) if path != "-" else path
    if relative.startswith(os.pardir):
        relative = path.lstrip("/")
    return os.fsencode(relative.replace(os.sep, "/"))


def _quoted(name: bytes) -> bytes:
    """Return a name as git writes it: with escapes between quotes where a reader of lines would trip over it."""
    if _PLAIN.fullmatch(name):
        return name + (b"\t" if b" " in name else b"")
    return b'"' + b"".join(_sign(byte) for byte in name) + b'"'


def _sign(byte: int) -> bytes:
    if byte in _ESCAPES:
        return b"\\" + _ESCAPES[byte]
    return b"\\%03o" % byte if byte < 32 or byte == 127 else bytes([byte])
