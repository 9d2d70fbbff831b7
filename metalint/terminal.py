"""Text for a terminal: nothing that strangers wrote moves its cursor, and carets stand under what they mean."""

from __future__ import annotations

import re

# Controls, direction marks, zero-width signs, lone surrogates, and what terminals take for line ends.
_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_NAMES = {"\n": "⏎", "\r": "", "\t": "→"}
_NARROW = "·…—–“”‘’⏎→"
_COLORS = {
    "error": "31;1",
    "warning": "33;1",
    "info": "36",
    "dim": "2",
    "bold": "1",
    "good": "32",
    "bad": "31",
    "mark": "35;1",
}


def safe(text: str) -> str:
    """Return a text on one line in which every sign that could act on a terminal is spelt out."""
    return text if text.isprintable() else re.sub(_UNSAFE, _spelt, text)


def width(text: str) -> int:
    """Return how many cells of a terminal a safe text takes; a Hanzi takes two."""
    if text.isascii():
        return len(text)
    cells = len(text)
    for sign in text:
        if "一" <= sign <= "鿿" or "、" <= sign <= "】" or "！" <= sign <= "～":
            cells += 1
        elif not (sign <= "~" or sign in _NARROW):
            return _measured(text)
    return cells


def _measured(text: str) -> int:
    """Return the cells of a text with signs that need a table."""
    from wcwidth import wcswidth

    cells = wcswidth(text)
    return cells if cells >= 0 else len(text)


def cut(text: str, cells: int) -> str:
    """Return the beginning of a safe text that fits, with an ellipsis where something is left out."""
    if width(text) <= cells:
        return text
    kept = text[:cells]
    while kept and width(kept) > cells - 1:
        kept = kept[:-1]
    return kept + "…"


def paint(text: str, color: str, *, on: bool) -> str:
    """Return a text in a colour, or as it is."""
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if on and text else text


def _spelt(match: re.Match[str]) -> str:
    sign = match.group()
    name = _NAMES.get(sign)
    if name is not None:
        return name
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
