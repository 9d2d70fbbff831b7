"""Where the keys and values of a TOML text stand. The text is TOML: `tomllib` has read it, but tells no places."""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

from metalint.config.places import Place, Stretch
from metalint.model import Pointer

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^"\\]|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:\\.|[^"\\])*+"'
    r"|'[^']*+'",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_OTHER = re.compile(r"[^,\]}#\r\n]+")  # numbers, dates, true and false


class _Part(NamedTuple):
    """One part of a key."""

    name: str
    stretch: Stretch


def places(text: str) -> dict[Pointer, Place]:
    """Return the place of every key and value; that of a table is its header's."""
    return _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._found: dict[Pointer, Place] = {}
        self._lists: dict[Pointer, int] = {}  # of tables, with how many there are

    def run(self) -> dict[Pointer, Place]:
        table: Pointer = ()
        while True:
            self._skip(_BLANK)
            if self._at >= len(self._text):
                return self._found
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Pointer:
        several = self._text.startswith("[[", self._at)
        self._at += 1 + several
        parts = self._key()
        self._skip(_SPACE)
        self._at += 1 + several
        pointer: Pointer = ()
        for part in parts[:-1]:
            pointer = self._inside((*pointer, part.name))
            self._found.setdefault(pointer, Place(part.stretch, part.stretch))
        last, pointer = parts[-1].stretch, (*pointer, parts[-1].name)
        self._found.setdefault(pointer, Place(last, last))
        if several:
            self._lists[pointer] = self._lists.get(pointer, 0) + 1
            pointer = self._inside(pointer)
            self._found[pointer] = Place(last, last)
        return pointer

    def _inside(self, pointer: Pointer) -> Pointer:
        """Return the pointer of the last table of a list, or the pointer itself."""
        count = self._lists.get(pointer)
        return pointer if count is None else (*pointer, count - 1)

    def _pair(self, table: Pointer) -> None:
        parts = self._key()
        pointer = table
        for part in parts[:-1]:
            pointer = (*pointer, part.name)
            self._found.setdefault(pointer, Place(part.stretch, part.stretch))
        self._skip(_SPACE)
        self._at += 1  # the sign =
        self._skip(_SPACE)
        self._value((*pointer, parts[-1].name), parts[-1].stretch)

    def _key(self) -> list[_Part]:
        parts = []
        while True:
            self._skip(_SPACE)
            start = self._at
            match = _STRING.match(self._text, start) or _BARE.match(self._text, start)
            if match is None:
                raise ValueError(f"no key at {start}")
            self._at = match.end()
            name = match.group()
            plain = name if name[0] not in "\"'" else str(tomllib.loads(f"name = {name}")["name"])
            parts.append(_Part(plain, Stretch(start, self._at)))
            self._skip(_SPACE)
            if self._text[self._at : self._at + 1] != ".":
                return parts
            self._at += 1

    def _value(self, pointer: Pointer, key: Stretch | None) -> None:
        start = self._at
        sign = self._text[start : start + 1]
        if sign == "[":
            self._items(pointer)
        elif sign == "{":
            self._inner(pointer)
        else:
            match = _STRING.match(self._text, start) or _OTHER.match(self._text, start)
            self._at = start + len(match.group().rstrip()) if match is not None else start + 1
        self._found[pointer] = Place(key, Stretch(start, self._at))

    def _items(self, pointer: Pointer) -> None:
        self._at += 1
        number = 0
        while self._more("]"):
            self._value((*pointer, number), None)
            number += 1

    def _inner(self, pointer: Pointer) -> None:
        self._at += 1
        while self._more("}"):
            self._pair(pointer)

    def _more(self, closing: str) -> bool:
        """Go to the next item; pass the closing sign where there is none."""
        self._skip(_BLANK)
        if self._text[self._at : self._at + 1] == ",":
            self._at += 1
            self._skip(_BLANK)
        if self._at < len(self._text) and self._text[self._at] != closing:
            return True
        self._at += 1
        return False

    def _skip(self, what: re.Pattern[str]) -> None:
        match = what.match(self._text, self._at)
        if match is not None:
            self._at = match.end()
