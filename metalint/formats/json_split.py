"""A JSON file cut into its records as it is read: memory does not grow with the file."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Generator, Iterator, Mapping
from typing import TypeAlias

from metalint.formats import json_read
from metalint.formats import json_scan as scan
from metalint.formats.growing import RECORD
from metalint.formats.json_broken import broken_end, recovered
from metalint.formats.json_scan import SyntaxFault
from metalint.formats.json_window import NEAR, Window
from metalint.formats.source import Source
from metalint.model import Fault, Json, Parsed, Pointer, Slice, Span

Pieces: TypeAlias = Slice | Fault
# Where files of no known platform keep their records; the vague names only where nothing beside them names a dataset.
_PLAIN = ("datasets", "dataset", "records")
_VAGUE = ("data", "items", "list", "results", "rows", "value")
_COMMON = {(*outer, name): False for outer in ((), ("result",), ("data",)) for name in (*_PLAIN, *_VAGUE)}
_NAMING = frozenset({"title", "name", "identifier", "description", "資料集名稱", "資料名稱"})
# Brackets that are one too many in an array: records follow. Within an envelope other things may follow as well.
_STRAY = re.compile(r"[\]}\s]+,\s*\{|[}\s]+\]")
_STRAY_WITHIN = re.compile(r"(?:\]\s*|[}\s]+),\s*\{|[}\s]+\]")


def split(source: Source, homes: Collection[Pointer]) -> Iterator[Slice | Fault]:
    """Yield the records of a file: the items of its array, or of the array at one of `homes`, or the file as one.

    An array of objects under a common name (`datasets`, `records` …) holds the records too.
    """
    window = Window(source.text())
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


def _items(window: Window, at: int, home: Pointer, number: int) -> Generator[Pieces, None, int]:
    """Yield the items of the array at an offset; return the offset behind it."""
    index = 0
    at = window.skip(at + 1)
    while at < len(window.text) and window.text[at] != "]":
        at = window.let_go(at)
        line, column = window.place(at)
        try:
            value, end = window.decode(at)
            piece = Slice(number + index + 1, window.text[at:end], line, column, (*home, index))
            if not json_read.too_deep(piece.text):
                parsed = Parsed(value, json_read.noticed(piece))
                piece = Slice(piece.number, piece.text, line, column, piece.home, None, parsed)
            yield piece
        except (ValueError, RecursionError):
            broken = broken_end(window, at, column)
            if broken is None:
                yield _wrong(window, at, at + RECORD)
                return window.give_up()
            end = broken
            if end == at:
                yield _fault(window, at, "syntax")
            else:
                yield Slice(number + index + 1, window.text[at:end], line, column, (*home, index))
        index += 1
        try:
            at = _next(window, end, "]")
        except SyntaxFault as fault:
            yield _said(window, fault)
            if home and window.text[fault.at : fault.at + 1] == "}" and not _is_stray(window, fault.at, home):
                return fault.at  # the array lacks its end, and what it stands in ends here
            at = _resumed(window, fault, "]")
            if at >= len(window.text):
                return at
        if window.text[at : at + 1] == "]" and _is_stray(window, at, home):
            yield _fault(window, at, "syntax", expected="','")
            at = recovered(window, at + 1, "]")
    if at >= len(window.text):
        yield _fault(window, at, "syntax", expected="']'", hint="unclosed")
    return at + 1


def _is_stray(window: Window, at: int, home: Pointer) -> bool:
    """Tell whether a bracket that would end an array is one too many: records follow it."""
    while len(window.text) < at + NEAR and window.grow(at):
        pass
    return (_STRAY_WITHIN if home else _STRAY).match(window.text, at, at + NEAR) is not None


def _one(window: Window, at: int, homes: Collection[Pointer], number: int) -> Generator[Pieces, None, int]:
    """Yield the records in the object at an offset, or the object as one record; return the offset behind it."""
    line, column = window.place(at)
    walk = _members(window, at, {**_COMMON, **dict.fromkeys(homes, True)}, (), number)
    found, end = yield from _if_records(walk)
    if not found:
        if end - at > RECORD:
            yield _fault(window, at, "too-large", expected=f"{RECORD >> 20} MiB")
        else:
            yield Slice(number + 1, window.text[at:end], line, column)
    return end


def _members(
    window: Window, at: int, homes: Mapping[Pointer, bool], path: Pointer, number: int
) -> Generator[Pieces, None, tuple[bool, int]]:
    """Yield the records at the homes within an object; return whether there were any, and the offset behind it.

    `homes` tells of each whether it is a platform's: at another one an array of objects counts, and nothing else.
    """
    prefixes = {home[:size] for home in homes for size in range(1, len(home) + 1)}
    if not any(prefix[: len(path)] == path and len(prefix) > len(path) for prefix in prefixes):
        return False, window.decode(at)[1]
    found = named = False
    at = window.skip(at + 1)
    while at < len(window.text) and window.text[at] != "}":
        try:
            key, at = _key(window, at)
            here, sign = (*path, key), window.text[at : at + 1]
            named = named or key in _NAMING
            if here in homes and sign == "[" and (homes[here] or _holds_records(window, at, key, named=named)):
                found = True
                at = yield from _items(window, at, here, number)
            elif here in prefixes and sign == "{":
                line, column = window.place(at)
                walk = _members(window, at, homes, here, number)
                inside, end = yield from (_if_records(walk) if homes.get(here) else walk)
                if not inside and homes.get(here):
                    inside = True
                    yield Slice(number + 1, window.text[at:end], line, column, here)
                found, at = found or inside, end
            else:
                at = window.decode(at)[1]
            at = _next(window, at, "}")
        except SyntaxFault as fault:
            yield _said(window, fault)
            at = _resumed(window, fault, "}")
            if at >= len(window.text):
                return found, at
        except (ValueError, RecursionError):
            end = recovered(window, at, "}")
            yield _wrong(window, at, end + 1)
            at = end
            if at >= len(window.text):
                return found, at
    if at >= len(window.text):
        yield _fault(window, at, "syntax", expected="'}'", hint="unclosed")
    return found, at + 1


def _if_records(walk: Generator[Pieces, None, tuple[bool, int]]) -> Generator[Pieces, None, tuple[bool, int]]:
    """Yield what a walk yields, but its faults only if it finds records: else it walked a record, which has them."""
    held: list[Fault] = []
    found = False
    while True:
        try:
            piece = next(walk)
        except StopIteration as done:
            if done.value[0]:
                yield from held
            return done.value  # type: ignore[no-any-return]
        if isinstance(piece, Fault) and not found:
            held.append(piece)
            continue
        if not found:
            found = True
            yield from held
            held.clear()
        yield piece


def _key(window: Window, at: int) -> tuple[str, int]:
    """Return the key at an offset and where its value begins. Raises SyntaxFault, or as `decode`."""
    if window.text[at] != '"':
        raise scan.no_key(window.text, at)
    key, end = window.decode(at)
    at = window.skip(end)
    sign = window.text[at : at + 1]
    if sign != ":":
        raise SyntaxFault(at, "syntax", "':'", "" if sign else "unclosed")
    return str(key), window.skip(at + 1)


def _next(window: Window, at: int, close: str) -> int:
    """Return where the next member or item begins, or the closing bracket stands. Raises SyntaxFault."""
    at = window.skip(at)
    sign = window.text[at : at + 1]
    if not sign or sign == close:
        return at
    if sign != ",":
        raise scan.no_comma(window.text, at, close)
    comma, at = at, window.skip(at + 1)
    if window.text[at : at + 1] == close:
        raise SyntaxFault(comma, "syntax", f"'{close}'", "trailing-comma")
    return at


def _resumed(window: Window, fault: SyntaxFault, close: str) -> int:
    """Return where the next member or item begins behind a fault between two, or the closing bracket stands."""
    if fault.hint == "missing-comma" and window.text[fault.at] in ('"' if close == "}" else '{["'):
        return fault.at
    return recovered(window, fault.at, close)


def _holds_records(window: Window, at: int, key: str, *, named: bool) -> bool:
    """Tell whether the array under a common name looks as if it held records."""
    first = window.skip(at + 1)
    return window.text[first : first + 1] == "{" and not (named and key in _VAGUE)


def _wrong(window: Window, at: int, stop: int) -> Fault:
    """Return the fault of a value that cannot be read."""
    line, column = window.place(at)
    text = window.text[at:stop]
    if not text:
        return _fault(window, at, "syntax", hint="unclosed")
    return json_read.read(Slice(0, text, line, column)).faults[0]


def _said(window: Window, fault: SyntaxFault) -> Fault:
    return _fault(window, fault.at, fault.reason, expected=fault.expected, hint=fault.hint)


def _fault(window: Window, at: int, reason: str, **words: str) -> Fault:
    line, column = window.place(at)
    detail = {"reason": reason, "found": window.text[at : at + 1], **{key: word for key, word in words.items() if word}}
    return Fault("unreadable", detail, Span(0, 0, line, column, line, column + (at < len(window.text))))
