"""A count of views or downloads, as lists write it."""

from __future__ import annotations

import re
import unicodedata

from metalint.model import Json

_COUNT = re.compile(r"(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:\.0+)?")
_UNIT = re.compile(r"(?:人|筆)?次$")
_DASHES = re.compile(r"[-‐-―−─…./]*")
_MOST = 10**15  # more is a slip of the keyboard, and sums of it would not fit into 64 bits


def count(value: Json) -> int | None:
    """Return a count; `None` for what is empty or only a sign. Raises ValueError for what is neither.

    Commas and spaces between thousands, full-width digits, 次 behind them and a fraction of zeros are read.
    """
    if value is None:
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return _likely(value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(value)  # noqa: TRY004  a list of no counts, and no caller, is at fault
    text = unicodedata.normalize("NFKC", str(value)).strip()
    bare = _UNIT.sub("", text).strip()
    if _DASHES.fullmatch(text):
        return None
    if not _COUNT.fullmatch(bare):
        raise ValueError(value)
    return _likely(re.sub(r"[, ]|\.0+$", "", bare))


def _likely(digits: str) -> int:
    """Return the number that digits write. Raises ValueError for one that no portal can have counted."""
    if len(digits.lstrip("0")) > len(str(_MOST)) or int(digits) > _MOST:
        raise ValueError(digits)
    return int(digits)
