"""Where a key and its value stand in a text."""

from __future__ import annotations

from typing import NamedTuple


class Stretch(NamedTuple):
    """Offsets in the text, from 0, half open."""

    start: int
    end: int


class Place(NamedTuple):
    """Where a value stands, and its key; an item of a list has none."""

    key: Stretch | None
    value: Stretch
