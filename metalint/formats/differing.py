"""The stretch in which a text as it is written differs from what it is to be: everything beside it stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile
from typing import NamedTuple


class Stretch(NamedTuple):
    """Offsets in what is written, and the part of the new text that is to stand there."""

    start: int
    end: int
    text: str


def differing(written: str, unit: re.Pattern[str], meaning: Callable[[str], str], value: str) -> Stretch:
    """Return where what is written must change to mean `value`; a `unit` of it is one sign or an escape for one."""
    units = unit.findall(written)
    meant = [one if len(one) == 1 else meaning(one) for one in units]
    before = _same(meant, value)
    room = min(len(meant), len(value)) - before
    behind = min(_same(meant[::-1], value[::-1]), room)
    end = len(written) - sum(map(len, units[len(units) - behind :]))
    return Stretch(sum(map(len, units[:before])), end, value[before : len(value) - behind])


def _same(one: list[str], other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
