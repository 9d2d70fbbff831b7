"""Tags of XML as they are written, and what is wrong where a parser stops."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_NAME = re.compile(r"[^\s/>]*")
_ENTITY = re.compile(r"&[^;\s<]{0,30};?")
_SHOWN = 20  # characters of what was found
# The numbers are expat's own (XML_Error in expat.h), which do not change.
_NOTHING, _UNCLOSED_TOKEN, _MISMATCH, _TWICE, _JUNK, _ENTITY_UNKNOWN = 3, 5, 7, 8, 9, 11
_CDATA_UNCLOSED = 20


def tag_end(data: bytes | bytearray, start: int) -> int:
    """Return the offset behind the tag that begins at an offset."""
    match = _TAG.match(data, start)
    return match.end() if match else len(data)


def element_end(data: bytes | bytearray, start: int, close: int) -> int:
    """Return the offset behind an element whose start tag begins at `start`, and whose end tag, if any, at `close`.

    Of `<so/>` expat says that it ends behind its only tag, where another end tag may begin.
    """
    opened = tag_end(data, start)
    return opened if data[opened - 2 : opened] == b"/>" else tag_end(data, close)


def attribute(tag: str, name: str) -> re.Match[str] | None:
    """Return an attribute in a start tag: its name as group 1, its value with the quotes as group 2."""
    return re.search(rf"""\s({re.escape(name)})\s*=\s*("[^"]*"|'[^']*')""", tag)


def syntax(code: int, rest: str, inside: str, *, begun: bool = False) -> Mapping[str, object]:
    """Return the words for an error: its number, the text from there on, and the element that it is inside."""
    line = rest.splitlines()[0][:_SHOWN] if rest else ""
    detail: dict[str, object] = {"reason": "syntax", "found": line}
    if code == _NOTHING and not inside and not begun and not line.strip():
        return {"reason": "empty"}
    if code in (_NOTHING, _UNCLOSED_TOKEN, _CDATA_UNCLOSED):
        return {**detail, "expected": f"</{inside}>" if inside else ">", "hint": "unclosed"}
    if code == _MISMATCH:
        name = _NAME.match(rest)
        return {**detail, "expected": f"</{inside}>", "found": f"</{name.group()}>" if name else line}
    if code == _JUNK:
        return {**detail, "reason": "trailing-text"}
    if code == _ENTITY_UNKNOWN or rest[:1] == "&":
        entity = _ENTITY.match(rest)
        return {**detail, "found": entity.group() if entity else line, "expected": "&amp;"}
    return detail if code != _TWICE else {**detail, "hint": "attribute-twice"}
