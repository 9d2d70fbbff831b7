"""Patterns that are compiled when they are first used: the check of one file uses few of them (decision 8)."""

from __future__ import annotations

import re
from typing import cast


class _Later:
    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> object:
        value: object = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` does, or nearly: it complains of a wrong pattern only when that is used."""
    return cast("re.Pattern[str]", _Later(source, flags))
