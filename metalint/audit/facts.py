"""What records have in common with others: for each rule over a whole catalogue the marks of their keys, as a file.

A rule's facts are read by themselves, so that no more than one rule's are held at once: twelve bytes a record.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metalint.audit.marks import Marks, marks

FACTS = "facts.bin"
Kind = tuple[str, str]  # a catalogue, and a rule over all of it
_MARK, _RECORD = np.dtype("<u8"), np.dtype("<u4")


class Where(NamedTuple):
    """Where the facts of a kind stand in a part's file: from which byte, of how many records."""

    start: int
    records: int


class Facts:
    """The facts of a part, as they come."""

    def __init__(self) -> None:
        self._records: dict[Kind, list[NDArray[np.uint32]]] = {}
        self._marks: dict[Kind, list[Marks]] = {}

    def add(self, kind: Kind, first: int, keys: Sequence[str | None]) -> None:
        """Take over the keys of records that follow each other, from the part's record `first` on."""
        held = [number for number, key in enumerate(keys, first) if key is not None]
        if held:
            self._records.setdefault(kind, []).append(np.array(held, _RECORD))
            self._marks.setdefault(kind, []).append(marks(key for key in keys if key is not None))

    def save(self, path: Path) -> list[tuple[Kind, Where]]:
        """Write the facts; return where those of each kind stand. Raises OSError."""
        found, start = [], 0
        with path.open("wb") as file:
            for kind, held in self._records.items():
                records = np.concatenate(held)
                found.append((kind, Where(start, len(records))))
                start += file.write(np.concatenate(self._marks[kind]).astype(_MARK).tobytes())
                start += file.write(records.tobytes())
        return found


def load(path: Path, where: Where) -> tuple[Marks, NDArray[np.uint32]]:
    """Return the marks of a part's facts of one kind, and the records that have them. Raises OSError."""
    found: Marks = np.fromfile(path, _MARK, where.records, offset=where.start)
    after = where.start + where.records * _MARK.itemsize
    return found, np.fromfile(path, _RECORD, where.records, offset=after)
