"""Chinese signs in a text."""

from __future__ import annotations


def has_hanzi(text: str) -> bool:
    """Tell whether a text has a Chinese sign in it. No pattern: to make one of so many signs takes a millisecond."""
    return not text.isascii() and any("㐀" <= sign <= "鿿" or "\uf900" <= sign <= "\ufaff" for sign in text)


def count_hanzi(text: str) -> int:
    """Return how many signs of a text are Chinese."""
    return sum("㐀" <= sign <= "鿿" or "\uf900" <= sign <= "\ufaff" for sign in text)
