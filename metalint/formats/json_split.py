"""A JSON file cut into its records as it is read: memory does not grow with the file."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Generator, Iterator, Mapping
from typing import TypeAlias

from metalint.formats import json_read, spans
from metalint.formats import json_scan as scan
from metalint.formats.json_scan import SyntaxFault
from metalint.formats.source import Source
from metalint.model import Fault, Json, Parsed, Pointer, Slice, Span

RECORD = 32 << 20  # characters of one record
Pieces: TypeAlias = Slice | Fault
# Where files of no known platform keep their records; the vague names only where nothing beside them names a dataset.
_PLAIN = ("datasets", "dataset", "records")
_VAGUE = ("data", "items", "list", "results", "rows", "value")
_COMMON = {(*outer, name): False for outer in ((), ("result",), ("data",)) for name in (*_PLAIN, *_VAGUE)}
_NAMING = frozenset({"title", "name", "identifier", "description", "資料集名稱", "資料名稱"})
_NEAR = 64  # characters from the end of what is read where a fault may be no fault but the end of what is read


class _Window:
    """The part of a file that is being looked at: it grows at its end and is let go at its beginning."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self.text = next(chunks, "")
        self._line, self._column, self._placed = 1, 1, 0

    def grow(self, start: int) -> bool:
        """Read on, about as much again as there is from `start`; say whether there was more."""
        wanted = max(len(self.text) - start, 1)
        if wanted > RECORD:
            return False
        parts, got = [self.text], 0
        for chunk in self._chunks:
            parts.append(chunk)
            got += len(chunk)
            if got >= wanted:
                break
        self.text = "".join(parts)
        return got > 0

    def skip(self, at: int) -> int:
        """Return the offset of the next character that is not white space; the text's length at the end."""
        at = scan.skip(self.text, at)
        while at >= len(self.text) and self.grow(at):
            at = scan.skip(self.text, at)
        return at

    def place(self, at: int) -> tuple[int, int]:
        """Return the line and column of an offset; offsets are asked in rising order."""
        if at < self._placed:
            return self._line, self._column
        self._line, self._column = spans.place(
            self.text[self._placed : at], at - self._placed, self._line, self._column
        )
        self._placed = at
        return self._line, self._column

    def let_go(self, at: int) -> int:
        """Forget what stands before an offset, if that is worth it; return the offset as it is now."""
        if at < 1 << 20:
            return at
        self.place(at)
        self.text, self._placed = self.text[at:], 0
        return 0

    def decode(self, at: int) -> tuple[Json, int]:
        """Return the value at an offset and its end, reading on as far as it takes. Raises as `json_read.decode`."""
        while True:
            try:
                value, end = json_read.decode(self.text, at)
            except (ValueError, StopIteration) as error:
                place = error.pos if isinstance(error, json.JSONDecodeError) else len(self.text)
                cut = place >= len(self.text) - _NEAR or "Unterminated" in str(error)
                if not cut or not self.grow(at):
                    raise
            else:
                if end < len(self.text) or not self.grow(at):
                    return value, end


def split(source: Source, homes: Collection[Pointer]) -> Iterator[Slice | Fault]:
    """Yield the records of a file: the items of its array, or of the array at one of `homes`, or the file as one.

    An array of objects under a common name (`datasets`, `records` …) holds the records too.
    """
    window = _Window(source.text())
    at = window.skip(0)
    if at >= len(window.text):
        yield Fault("unreadable", {"reason": "empty"}, Span(0, 0, 1, 1, 1, 1))
        return
    number = 0
    while at < len(window.text):
        walk = (
            _items(window, at, (), number) if window.text[at] == "[" and not number else _one(window, at, homes, number)
        )
        while True:
            try:
                piece = next(walk)
            except StopIteration as done:
                at = done.value
                break
            number += isinstance(piece, Slice)
            yield piece
        at = window.skip(at)
        if at < len(window.text) and window.text[at] != "{":
            yield _fault(window, at, "trailing-text")
            return


def envelope(source: Source, limit: int = 1 << 16) -> dict[str, Json]:
    """Return the top-level members that stand before the records, as far as the first `limit` characters show them."""
    text = next(source.text(), "")[:limit]
    start = scan.skip(text, 0)
    found: dict[str, Json] = {}
    if text[start : start + 1] != "{":
        return found
    try:
        for value in scan.members(text, start):
            if value.key is not None:
                found[value.key] = (
                    None if text[value.start] in "{[" else json.loads(text[value.start : value.end], strict=False)
                )
    except (SyntaxFault, ValueError, RecursionError):
        pass
    return found


def _items(window: _Window, at: int, home: Pointer, number: int) -> Generator[Pieces, None, int]:
    """Yield the items of the array at an offset; return the offset behind it."""
    index = 0
    at = window.skip(at + 1)
    while at < len(window.text) and window.text[at] != "]":
        at = window.let_go(at)
        line, column = window.place(at)
        try:
            value, end = window.decode(at)
            piece = Slice(number + index + 1, window.text[at:end], line, column, (*home, index))
            yield Slice(
                piece.number, piece.text, line, column, piece.home, None, Parsed(value, json_read.noticed(piece))
            )
        except (ValueError, StopIteration, RecursionError):
            broken = _broken_end(window, at, column)
            if broken is None:
                yield _wrong(window, at)
                return len(window.text)
            end = broken
            yield Slice(number + index + 1, window.text[at:end], line, column, (*home, index))
        index += 1
        at = window.skip(end)
        sign = window.text[at : at + 1]
        if sign == ",":
            comma, at = at, window.skip(at + 1)
            if window.text[at : at + 1] == "]":
                yield _fault(window, comma, "syntax", expected="']'", hint="trailing-comma")
        elif sign and sign in '{["':
            yield _fault(window, at, "syntax", expected="','", hint="missing-comma")
        elif sign and sign != "]":
            yield _fault(window, at, "syntax", expected="',' ']'")
            return len(window.text)
    if at >= len(window.text):
        yield _fault(window, at, "syntax", expected="']'", hint="unclosed")
    return at + 1


def _one(window: _Window, at: int, homes: Collection[Pointer], number: int) -> Generator[Pieces, None, int]:
    """Yield the records in the object at an offset, or the object as one record; return the offset behind it."""
    line, column = window.place(at)
    found, end = yield from _members(window, at, {**_COMMON, **dict.fromkeys(homes, True)}, (), number)
    if not found:
        if end - at > RECORD:
            yield _fault(window, at, "too-large", expected=f"{RECORD >> 20} MiB")
        else:
            yield Slice(number + 1, window.text[at:end], line, column)
    return end


def _members(
    window: _Window, at: int, homes: Mapping[Pointer, bool], path: Pointer, number: int
) -> Generator[Pieces, None, tuple[bool, int]]:
    """Yield the records at the homes within an object; return whether there were any, and the offset behind it.

    `homes` tells of each whether it is a platform's: at another one an array of objects counts, and nothing else.
    """
    start, found = at, False
    prefixes = {home[:size] for home in homes for size in range(1, len(home) + 1)}
    if not any(prefix[: len(path)] == path and len(prefix) > len(path) for prefix in prefixes):
        return False, _skipped(window, at)
    at = window.skip(at + 1)
    named = False
    while window.text[at : at + 1] == '"':
        try:
            key, end = window.decode(at)
            at = window.skip(end)
            if window.text[at : at + 1] != ":":
                return found, _rest(window, at)
            at = window.skip(at + 1)
            here, sign = (*path, str(key)), window.text[at : at + 1]
            named = named or key in _NAMING
            if here in homes and sign == "[" and (homes[here] or _holds_records(window, at, str(key), named=named)):
                found = True
                at = yield from _items(window, at, here, number)
                start = 0
            elif here in prefixes and sign == "{":
                line, column = window.place(at)
                inside, end = yield from _members(window, at, homes, here, number)
                if not inside and homes.get(here):
                    inside = True
                    yield Slice(number + 1, window.text[at:end], line, column, here)
                found, at = found or inside, end
            else:
                at = window.decode(at)[1]
        except (ValueError, StopIteration, RecursionError):
            return found, _rest(window, start if not found else at)
        at = window.skip(at)
        if window.text[at : at + 1] == ",":
            at = window.skip(at + 1)
    if window.text[at : at + 1] != "}":
        if found:
            yield _fault(window, at, "syntax", expected="'}'", hint="unclosed" if at >= len(window.text) else "")
        return found, _rest(window, at)
    return found, at + 1


def _holds_records(window: _Window, at: int, key: str, *, named: bool) -> bool:
    """Tell whether the array under a common name looks as if it held records."""
    first = window.skip(at + 1)
    return window.text[first : first + 1] == "{" and not (named and key in _VAGUE)


def _skipped(window: _Window, at: int) -> int:
    try:
        return window.decode(at)[1]
    except (ValueError, StopIteration, RecursionError):
        return _rest(window, at)


def _rest(window: _Window, at: int) -> int:
    """Return the end of what cannot be read on from an offset: by its brackets, else the end of the file."""
    end = scan.bracket_end(window.text, at) if window.text[at : at + 1] in ("{", "[") else None
    while end is None and window.grow(0):
        pass
    return len(window.text) if end is None else end


def _broken_end(window: _Window, at: int, column: int) -> int | None:
    """Return where an item that does not parse ends: where the next one begins, or by its brackets."""
    indent = window.text[max(at - column + 1, 0) : at]
    again = re.compile(rf"\r?\n{re.escape(indent)}\{{") if not indent.strip() else re.compile(r"\}\s*,\s*\{\s*\"")
    while True:
        following = again.search(window.text, at + 1)
        by_brackets = scan.bracket_end(window.text, at)
        if following is not None and (by_brackets is None or following.start() < by_brackets):
            head = window.text[at : following.start() + (0 if not indent.strip() else 1)].rstrip()
            return at + len(head.removesuffix(","))
        if by_brackets is not None:
            return by_brackets
        if not window.grow(at):
            return None


def _wrong(window: _Window, at: int) -> Fault:
    """Return the fault of an item of which not even the end can be told."""
    line, column = window.place(at)
    text = window.text[at : at + RECORD]
    return json_read.read(Slice(0, text, line, column)).faults[0]


def _fault(window: _Window, at: int, reason: str, **words: str) -> Fault:
    line, column = window.place(at)
    detail = {"reason": reason, "found": window.text[at : at + 1], **{key: word for key, word in words.items() if word}}
    return Fault("unreadable", detail, Span(0, 0, line, column, line, column + (at < len(window.text))))
