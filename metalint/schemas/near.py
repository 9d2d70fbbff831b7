"""Which known word an unknown one was meant to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from metalint.model import Json

_SHORT_LATIN, _SHORT_HANZI = (
    6,
    4,
)  # letters below which one more or less makes another word; another in its place, one letter earlier
_READ = 200  # characters of a value that are compared


@lru_cache(maxsize=4096)
def near_names(names: frozenset[str], key: str) -> tuple[str, ...]:
    """Return the names that a key differs from by case, width and spaces (these first), or by one slip of the pen."""
    folded = _fold(key)
    same = [name for name in sorted(names) if _fold(name) == folded]
    return (*same, *(name for name in sorted(names) if name not in same and _one_slip(_fold(name), folded)))


def nearest(value: Json, allowed: Iterable[Json]) -> str | None:
    """Return the allowed text that a text resembles most, if any does."""
    if not isinstance(value, str):
        return None
    folded = {_fold(term): term for term in allowed if isinstance(term, str)}
    import difflib

    close = difflib.get_close_matches(_fold(value[:_READ]), folded, 1)
    return folded[close[0]] if close else None


def _one_slip(name: str, key: str) -> bool:
    """Tell whether one letter is changed, added, left out, or swapped with its neighbour.

    A short word with another letter is another word; digits are numbering (`field1`, `field2`), no slip.
    """
    short, long = sorted((name, key), key=len)
    least, more = (_SHORT_LATIN if short.isascii() else _SHORT_HANZI), len(long) - len(short)
    if len(short) < least - (more == 0) or more > 1:
        return False
    start = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    ours, theirs = short[start:], long[start:]
    if ours[:1].isdigit() or theirs[:1].isdigit():
        return False
    return theirs[1:] in (ours, ours[1:]) or ours[1::-1] + ours[2:] == theirs


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
