"""Characters that parsers refuse, in the guise of ones that they let pass: a control character must not end a file.

Each stands for one character of the last private plane, which nobody uses, so that all offsets stay what they are.
"""

from __future__ import annotations

import re

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_PLAIN = re.compile("[\U0010f000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def disguise(text: str) -> str:
    """Return a text without characters that XML and YAML do not have."""
    return _REFUSED.sub(_hidden, text) if _REFUSED.search(text) else text


def reveal(text: str) -> str:
    """Return a text that went through `disguise` as it was."""
    return _PLAIN.sub(_shown, text) if _PLAIN.search(text) else text


def control(text: str) -> str:
    """Return the code of the first control character in a text, `U+0000`; empty if there is none."""
    match = _CONTROL.search(text)
    return f"U+{ord(match.group()):04X}" if match else ""


def _hidden(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code >= 0xFFFE:
        return chr(0x10F100 + code - 0xFFFE)
    return chr(0x10F000 + code if code < 0x100 else 0x10F800 + code - 0xD800)


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group()) - 0x10F000
    if code in (0x100, 0x101):
        return chr(0xFFFE + code - 0x100)
    plain = chr(code if code < 0x100 else 0xD800 + code - 0x800)
    return plain if _REFUSED.match(plain) else match.group()
