"""Where something that does not parse ends: one broken record spoils no other."""

from __future__ import annotations

import re

from metalint.formats import json_scan as scan
from metalint.formats.json_window import FAR, FEW, NEAR, Window

_HEAD = re.compile(r"""\{\s*(?:"[^"\\]{1,64}"|'[^'\\]{1,64}'|\w{1,64})""")
_AGAIN = re.compile(r"""\}\s*,\s*\{\s*["'\w]""")


def recovered(window: Window, at: int, close: str) -> int:
    """Return where the next member or item begins behind what cannot be read, or the closing bracket stands."""
    while True:
        end = scan.comma_end(window.text, at, close)
        if end is not None:
            return window.skip(end)
        if not window.grow(at):
            return window.give_up()


def broken_end(window: Window, at: int, column: int) -> int | None:
    """Return where an item that does not parse ends; None if that cannot be told.

    By its brackets, if they match and what may follow an item follows; else where the next one seems to begin.
    """
    if window.text[at] not in "{[":
        bare = window.text[at : recovered(window, at, "]")].rstrip()
        return at + len(bare.removesuffix(","))
    end = _matched_end(window, at)
    if end is not None:
        behind = window.skip(end)
        if window.text[behind : behind + 1] in ("", ",", "]"):
            return end
    while True:
        following = _following_end(window, at, column)
        if following is not None and (end is None or following < end):
            return following
        by_brackets = end or scan.bracket_end(window.text, at)
        if by_brackets is not None:
            return by_brackets
        if not window.grow(at):
            return None


def _matched_end(window: Window, at: int) -> int | None:
    """Return where an item ends whose brackets match; None if they do not, or not within a reasonable stretch."""
    size = FEW
    while True:
        while len(window.text) < at + size and window.grow(at):
            pass
        end = scan.matched_end(window.text, at, at + size)
        if end is not None:
            return end if end > at else None
        if at + size >= len(window.text) or size >= window.patience:
            window.patience = max(window.patience - size, FEW)
            return None
        size *= 4


def _following_end(window: Window, at: int, column: int) -> int | None:
    """Return where an item ends if the beginning of the next one tells: indented alike, or the same key first."""
    indent = window.text[at - column + 1 : at] if column <= min(at + 1, NEAR) else "-"
    following = None
    if not indent.strip():
        following = window.find(re.compile(rf"\r?\n{re.escape(indent)}\{{"), at)
    if following is None and (head := _HEAD.match(window.text, at)):
        alike = re.compile(rf"\}}\s*,\s*{re.escape(head[0])}").search(window.text, at + 1, at + FAR)
        following = alike.start() + 1 if alike else None
    if following is None and indent.strip():
        again = window.find(_AGAIN, at)
        following = None if again is None else again + 1
    return None if following is None else at + len(window.text[at:following].rstrip().removesuffix(","))
