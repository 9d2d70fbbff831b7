"""A JSON text looked at closely: where its values stand, and what is wrong where it does not parse.

Only records that have a problem come here; what is fast is in `json_`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from json.decoder import JSONDecodeError, JSONDecoder, scanstring  # type: ignore[attr-defined]  # exported, not in typeshed
from typing import NamedTuple

DEPTH = 100
NUMBER = 400  # characters of one number
_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_LITERAL = re.compile(r"true|false|null|NaN|-?Infinity")
# Possessive: a repetition that remembers where it could go back to takes a hundred times its text in memory.
STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_TOKEN_OR_COMMA = re.compile(rf"{_TOKEN.pattern}|,", re.DOTALL)
_TOKEN_OF_LINE = re.compile(r'"(?:[^"\\\r\n]|\\.)*+"?|[\[\]{}]', re.DOTALL)
_BETWEEN = re.compile(r'"[\s\]}]*+[,:][\s\[{]*+"')
# The C scanner finds the end of what is right many times faster than this module.
_whole: Callable[[str, int], tuple[object, int]] = JSONDecoder(strict=False).scan_once  # type: ignore[attr-defined]
_ESCAPES = '"\\/bfnrtu'


class SyntaxFault(Exception):
    """Where a text stops being JSON: what was wanted there, what stands there, and perhaps which habit it is."""

    def __init__(self, at: int, reason: str, expected: str = "", hint: str = "") -> None:
        super().__init__(reason)
        self.at, self.reason, self.expected, self.hint = at, reason, expected, hint


class Value(NamedTuple):
    """A value in the text: its offsets; for a member of an object its key with offsets too."""

    start: int
    end: int
    key: str | None = None
    key_start: int = 0
    key_end: int = 0


def members(text: str, start: int) -> Iterator[Value]:
    """Yield the members of the object, or the items of the array, that begins at an offset. Raises SyntaxFault."""
    is_object = text[start] == "{"
    close = "}" if is_object else "]"
    at = skip(text, start + 1)
    if text[at : at + 1] == close:
        return
    while True:
        key, key_start, key_end = None, at, at
        if is_object:
            if text[at : at + 1] != '"':
                raise no_key(text, at)
            key, key_end = _string(text, at)
            at = skip(text, key_end)
            if text[at : at + 1] != ":":
                raise SyntaxFault(at, "syntax", "':'")
            at = skip(text, at + 1)
        end = value_end(text, at)
        yield Value(at, end, key, key_start, key_end)
        at = skip(text, end)
        sign = text[at : at + 1]
        if sign == close:
            return
        if sign != ",":
            raise no_comma(text, at, close)
        comma, at = at, skip(text, at + 1)
        if text[at : at + 1] == close:
            raise SyntaxFault(comma, "syntax", f"'{close}'", "trailing-comma")


def value_end(text: str, start: int) -> int:
    """Return where the value that begins at an offset ends. Raises SyntaxFault."""
    sign = text[start : start + 1]
    if sign == '"':
        return _string(text, start)[1]
    if sign and sign in "{[":
        try:
            return _whole(text, start)[1]
        except (ValueError, StopIteration):
            return _nested_end(text, start)  # which finds out what is wrong, and where
    match = _NUMBER.match(text, start) or _LITERAL.match(text, start)
    if match is None or match.end() == start:
        raise _no_value(text, start)
    return match.end()


def skip(text: str, at: int) -> int:
    """Return the offset of the first character that is not white space."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def bracket_end(text: str, start: int) -> int | None:
    """Return where an object or array ends by its brackets alone; None if it never does."""
    depth = 0
    for match in _TOKEN.finditer(text, start):
        sign = match.group()
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
            if depth <= 0:
                return match.end()
    return None


def matched_end(text: str, start: int, stop: int) -> int | None:
    """Return where an object or array ends whose brackets match and whose strings end on their line.

    Its start if they do not, or if a string is what stands between two strings, so that a quote is missing before it;
    None if it goes on at `stop`.
    """
    if text[start] not in "{[":
        return start
    wanted: list[str] = []
    for match in _TOKEN_OF_LINE.finditer(text, start, stop):
        sign = match.group()
        if sign in "[{":
            wanted.append("]" if sign == "[" else "}")
        elif sign in "]}":
            if wanted.pop() != sign:
                return start
            if not wanted:
                return match.end()
        elif len(sign) == 1 or sign[-1] != '"':
            return None if match.end() >= stop - 1 else start
        elif _BETWEEN.fullmatch(sign):
            return start
    return None


def comma_end(text: str, start: int, close: str) -> int | None:
    """Return the offset behind the next comma, or of the closing bracket, that is in no brackets begun since."""
    level = 0
    for match in _TOKEN_OR_COMMA.finditer(text, start):
        sign = match.group()
        if sign in "[{":
            level += 1
        elif sign in "]}":
            if not level and sign == close:
                return match.start()
            level = max(level - 1, 0)
        elif sign == "," and not level:
            return match.end()
    return None


def depth(text: str) -> tuple[int, int]:
    """Return how deep a text nests, and the offset at which it first goes deeper than `DEPTH` (or its length)."""
    level = deepest = 0
    for match in _TOKEN.finditer(text):
        sign = match.group()
        if sign in "[{":
            level += 1
            deepest = max(deepest, level)
            if level > DEPTH:
                return level, match.start()
        elif sign in "]}":
            level -= 1
    return deepest, len(text)


def _nested_end(text: str, start: int) -> int:
    """Return the end of an object or array, each of whose parts is JSON. Raises SyntaxFault."""
    last = start
    for value in members(text, start):
        last = value.end
    at = skip(text, last if last > start else start + 1)
    return at + 1


def _string(text: str, start: int) -> tuple[str, int]:
    try:
        value, end = scanstring(text, start + 1, False)
    except (JSONDecodeError, ValueError):
        match = STRING.match(text, start)
        if match is None:
            raise SyntaxFault(start, "syntax", "'\"'", "unclosed-string") from None
        for found in re.finditer(r"\\(.)", match.group(), re.DOTALL):
            bad_unicode = found[1] == "u" and not re.match(r"[0-9A-Fa-f]{4}", match.group()[found.end() :])
            if found[1] not in _ESCAPES or bad_unicode:
                raise SyntaxFault(start + found.start(), "syntax", r"\\ \" \/ \n \t \uXXXX", "escape") from None
        raise SyntaxFault(start, "syntax", "'\"'") from None
    return value, end


def no_key(text: str, at: int) -> SyntaxFault:
    """Return what is wrong where a key should begin."""
    sign = text[at : at + 1]
    if sign == "'":
        return SyntaxFault(at, "syntax", "'\"'", "single-quotes")
    if not sign:
        return SyntaxFault(at, "syntax", "'}'", "unclosed")
    if text.startswith(("//", "/*", "#"), at):
        return SyntaxFault(at, "syntax", "'\"'", "comment")
    return SyntaxFault(at, "syntax", "'\"'", "unquoted-key" if sign.isalnum() or sign == "_" else "")


def no_comma(text: str, at: int, close: str) -> SyntaxFault:
    """Return what is wrong where a comma should follow, or the closing bracket."""
    if at >= len(text):
        return SyntaxFault(at, "syntax", f"',' '{close}'", "unclosed")
    if text.startswith(("//", "/*", "#"), at):
        return SyntaxFault(at, "syntax", f"',' '{close}'", "comment")
    missing = text[at] in '"{[' or text[at].isalnum()
    return SyntaxFault(at, "syntax", f"',' '{close}'", "missing-comma" if missing else "")


def _no_value(text: str, at: int) -> SyntaxFault:
    sign = text[at : at + 1]
    if sign == "'":
        return SyntaxFault(at, "syntax", "'\"'", "single-quotes")
    if not sign:
        return SyntaxFault(at, "syntax", "", "unclosed")
    if text.startswith(("//", "/*", "#"), at):
        return SyntaxFault(at, "syntax", "", "comment")
    return SyntaxFault(at, "syntax", "")
