"""One record of JSON: its plain data, its faults, and where its values stand."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from metalint.formats import json_scan as scan
from metalint.formats import spans
from metalint.formats.json_scan import SyntaxFault, Value
from metalint.model import UNREAD, Fault, Json, Parsed, Pointer, Slice, Span

_CONTROL = re.compile(r"[\x00-\x1f]")
# Escapes of half a character, told from whole pairs and from whatever else a backslash begins. Only what is written as
# an escape: lone surrogates that stand in the text itself are bytes that are no text, another reader's business.
_LONE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u([dD][89a-fA-F]..)|\\.", re.DOTALL)
_BREAK = re.compile(r"\r\n|\r|\n")
_ESCAPED_KEY = re.compile(r'\\[^"\\]*+"[ \t\r\n]*+:')
_KEPT = 32  # walks through values that are remembered: a pointer's steps, for the next problem of the same record
_SHOWN = 40  # characters of a value in a fault
_parsed = partial(tuple.__new__, Parsed)  # a named tuple made by its class costs three times as much

# What the hooks of the C scanner noticed in the record at hand; where it stands is looked for only then.
_noticed: list[str] = []


def parse(piece: Slice) -> Parsed:
    """Return a record as plain data: the last of several equal keys wins, numbers JSON does not have stay text."""
    if piece.parsed is not None:
        return piece.parsed
    text = piece.text
    # The straight way for nearly all: an object without escapes that is all there is. Whatever is odd is read anew.
    if text[:1] == "{" and "\\" not in text and text.count("{") + text.count("[") <= scan.DEPTH:
        _noticed.clear()
        try:
            value, end = _scan(text, 0)
        except (ValueError, RecursionError, StopIteration):
            return read(piece)
        if end == len(text) and not _noticed:
            return _parsed((value, ()))
    return read(piece)


def read(piece: Slice) -> Parsed:
    """Return a record read from its text."""
    text = piece.text
    if too_deep(text):
        return _unread(piece, SyntaxFault(scan.depth(text)[1], "too-deep"))
    try:
        value, end = decode(text, 0 if text[:1] == "{" else scan.skip(text, 0))
    except (ValueError, RecursionError, StopIteration):
        return _unread(piece, _wrong(text))
    if end < len(text) and scan.skip(text, end) < len(text):
        return _unread(piece, SyntaxFault(scan.skip(text, end), "trailing-text"))
    return _parsed((value, noticed(piece)))


def too_deep(text: str) -> bool:
    """Tell whether a record nests deeper than any has to."""
    return text.count("{") + text.count("[") > scan.DEPTH and scan.depth(text)[0] > scan.DEPTH


def decode(text: str, at: int) -> tuple[Json, int]:
    """Return the value that begins at an offset, and its end. Raises ValueError, RecursionError or StopIteration."""
    _noticed.clear()
    try:
        return _scan(text, at)
    except json.JSONDecodeError as error:
        if "control character" not in error.msg:
            raise
    _noticed.append("control")
    return _scan_loosely(text, at)


def noticed(piece: Slice) -> tuple[Fault, ...]:
    """Return the faults of the record that was decoded last, each with its place."""
    text = piece.text
    if not _noticed and ("\\" not in text or ("\\ud" not in text and "\\uD" not in text)):
        return ()
    _noticed.clear()
    return tuple(_faults(piece, scan.skip(piece.text, 0), ()))


def locate(piece: Slice, pointer: Pointer, *, key: bool = False) -> Span:
    """Return where a value (or its key) stands; for a missing one its closest parent."""
    text = piece.text
    if pointer and isinstance(pointer[0], str):
        quick = _quick(text, pointer[0])
        if quick is not None and len(pointer) == 1:
            at, end = (quick.key_start, quick.key_end) if key and quick.key is not None else (quick.start, quick.end)
            return spans.span(piece, at, end)
        if quick is not None and quick.key is not None:
            return _walked(piece, quick, pointer[1:], key=key)
    return _walked(piece, _record(text), pointer, key=key)


def _record(text: str) -> Value:
    start = scan.skip(text, 0)
    return Value(start, max(start, len(text.rstrip(" \t\r\n"))))


def _walked(piece: Slice, found: Value, pointer: Pointer, *, key: bool) -> Span:
    """Return where the value at a pointer within a value stands, step by step."""
    text = piece.text
    for step in pointer:
        inner = _inner(text, found.start).get(str(step))
        if inner is None:
            break
        found = inner
    else:
        if key and found.key is not None:
            return spans.span(piece, found.key_start, found.key_end)
    return spans.span(piece, found.start, found.end)


@lru_cache(maxsize=_KEPT)
def _inner(text: str, start: int) -> dict[str, Value]:
    """Return the values in an object or array by their steps: of several equal keys the last, which parsers keep."""
    if text[start : start + 1] not in ("{", "["):
        return {}
    try:
        return {
            str(number) if value.key is None else value.key: value
            for number, value in enumerate(scan.members(text, start))
        }
    except (SyntaxFault, RecursionError):
        return {}


@lru_cache(maxsize=_KEPT)
def _quick(text: str, key: str) -> Value | None:
    """Return the record's member with this key, if its key token stands only once; the record if it nowhere stands.

    Inside a string a quote is escaped, so the token with its quotes can only be a key or a whole string; followed by a
    colon it is a key. That it is one of the record's own, not of an object within, the brackets before it tell.
    """
    token = _token(key)
    at = text.find(token)
    if at < 0:
        return _record(text) if "\\" not in text else None  # a key may be written with escapes
    if text.find(token, at + 1) >= 0:
        return None
    end = at + len(token)
    colon = scan.skip(text, end)
    if text[colon : colon + 1] != ":" or (at and text[at - 1] == "\\"):
        return None
    if "\\" in text and _ESCAPED_KEY.search(text):
        return None  # the same key may come once more
    before = text[:at]
    if "[" in before or "]" in before or "}" in before or before.count("{") != 1:
        before = scan.STRING.sub("", before)  # whose brackets are none
        if before.count("{") - before.count("}") != 1 or before.count("[") != before.count("]"):
            return None
    start = scan.skip(text, colon + 1)
    try:
        return Value(start, scan.value_end(text, start), key, at, end)
    except (SyntaxFault, RecursionError):
        return None


@lru_cache(maxsize=1024)
def _token(key: str) -> str:
    return json.dumps(key, ensure_ascii=False)


def _pairs(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) != len(pairs):
        _noticed.append("duplicate-key")
    return made


def _constant(text: str) -> str:
    _noticed.append("constant")
    return text


def _float(text: str) -> float | str:
    if len(text) > scan.NUMBER:
        _noticed.append("number")
        return text
    value = float(text)
    if math.isinf(value):
        _noticed.append("infinity")
        return text
    return value


def _int(text: str) -> int | str:
    if len(text) > scan.NUMBER:
        _noticed.append("number")
        return text
    return int(text)


_HOOKS = {"object_pairs_hook": _pairs, "parse_constant": _constant, "parse_float": _float, "parse_int": _int}
# The scanner of a decoder is written in C; typeshed knows neither it nor hooks that keep text.
_scan: Callable[[str, int], tuple[Json, int]] = json.JSONDecoder(**_HOOKS).scan_once  # type: ignore[arg-type, attr-defined]
_scan_loosely: Callable[[str, int], tuple[Json, int]] = json.JSONDecoder(strict=False, **_HOOKS).scan_once  # type: ignore[arg-type, attr-defined]


def _faults(piece: Slice, start: int, pointer: Pointer) -> Iterator[Fault]:
    """Yield what is wrong in a value that parses."""
    text = piece.text
    sign = text[start]
    if sign == '"':
        yield from _string_faults(piece, start, scan.value_end(text, start), pointer)
    elif sign in "{[":
        seen: dict[str, Value] = {}
        for number, value in enumerate(scan.members(text, start)):
            step = number if value.key is None else value.key
            if value.key is not None:
                if value.key in seen:
                    first = _span(piece, seen[value.key].key_start, seen[value.key].key_end)
                    detail = {"key": value.key, "first_line": first.line}
                    yield Fault("duplicate-key", detail, _span(piece, value.key_start, value.key_end), (*pointer, step))
                seen.setdefault(value.key, value)
                yield from _string_faults(piece, value.key_start, value.key_end, (*pointer, step))
            yield from _faults(piece, value.start, (*pointer, step))
    else:
        end = scan.value_end(text, start)
        written = text[start:end]
        reason = _number_fault(written)
        if reason:
            detail = {"reason": reason, "value": written[:_SHOWN]}
            yield Fault("not-json-value", detail, _span(piece, start, end), pointer)


def _number_fault(written: str) -> str:
    if written in ("NaN", "Infinity", "-Infinity"):
        return "nan" if written == "NaN" else "infinity"
    if len(written) > scan.NUMBER:
        return "number-too-long"
    return "infinity" if written[-1].isdigit() and math.isinf(float(written)) else ""


def _string_faults(piece: Slice, start: int, end: int, pointer: Pointer) -> Iterator[Fault]:
    written = piece.text[start:end]
    control = _CONTROL.search(written)
    if control is not None:
        where = _span(piece, start + control.start(), start + control.end())
        yield Fault("control-character", {"code": f"U+{ord(control.group()):04X}"}, where, pointer)
    for lone in _LONE.finditer(written):
        if lone[1]:
            where = _span(piece, start + lone.start(), start + lone.end())
            yield Fault("lone-surrogate", {"code": f"U+{lone[1].upper()}"}, where, pointer)


def _span(piece: Slice, start: int, end: int) -> Span:
    """Return what `spans.span` does, for many places of one record."""
    breaks = _breaks(piece.text)
    places: list[int] = []
    for at in (start, end):
        count = bisect_right(breaks, at)
        places += (piece.line + count, at - breaks[count - 1] + 1) if count else (piece.line, piece.column + at)
    return Span(start, end, *places)


@lru_cache(maxsize=1)
def _breaks(text: str) -> list[int]:
    """Return where the lines of a text begin, but the first."""
    return [match.end() for match in _BREAK.finditer(text)]


def _wrong(text: str) -> SyntaxFault:
    """Return where and why a text is not JSON."""
    start = scan.skip(text, 0)
    if start == len(text):
        return SyntaxFault(start, "empty")
    try:
        end = scan.value_end(text, start)
    except SyntaxFault as fault:
        return fault
    except RecursionError:
        return SyntaxFault(start, "too-deep")
    return SyntaxFault(min(scan.skip(text, end), len(text)), "trailing-text")


def _unread(piece: Slice, fault: SyntaxFault) -> Parsed:
    at = min(fault.at, len(piece.text))
    found = piece.text[at : at + 1]
    detail: dict[str, object] = {"reason": fault.reason, "found": found or "", "expected": fault.expected}
    if not fault.expected:
        del detail["expected"]
    if fault.hint:
        detail["hint"] = fault.hint
    return Parsed(UNREAD, (Fault("unreadable", detail, spans.span(piece, at, at + len(found))),))
