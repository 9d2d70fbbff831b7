"""Links between rows to groups of rows: in numpy, in an order that only the rows decide."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]


class Groups:
    """Rows from 0 that hang together. Links are taken over some at a time, so that no more of them are held."""

    def __init__(self, count: int) -> None:
        self._least = np.arange(count)  # of each row the least one that it hangs together with

    def link(self, left: Rows, right: Rows) -> None:
        """Take over links between rows: roots are hooked, then paths are halved."""
        least = self._least
        while True:
            one, other = least[left], least[right]
            apart = one != other
            if not apart.any():
                break
            left, right, one, other = left[apart], right[apart], one[apart], other[apart]
            np.minimum.at(least, np.maximum(one, other), np.minimum(one, other))
            while not np.array_equal(nearer := least[least], least):
                least = nearer
        self._least = least

    def __iter__(self) -> Iterator[Rows]:
        """Yield the groups of several rows: rows ascending, groups by their first row."""
        size = np.bincount(self._least, minlength=len(self._least)) if len(self._least) else self._least
        held = np.flatnonzero(size[self._least] > 1)
        order = held[np.argsort(self._least[held], kind="stable")]
        if len(order):
            yield from np.split(order, np.flatnonzero(np.diff(self._least[order])) + 1)


def places(rows: Rows, begins: Rows) -> list[tuple[int, int]]:
    """Return the partition of each row and its row there, from 0; each partition begins with one of `begins`."""
    numbers = np.searchsorted(begins, rows, "right") - 1
    return list(zip(numbers.tolist(), (rows - begins[numbers]).tolist(), strict=True))


def runs(keys: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return where the runs of equal keys begin in sorted keys, and the end."""
    if not len(keys):
        return np.zeros(1, np.intp)
    return np.concatenate([[0], np.flatnonzero(keys[1:] != keys[:-1]) + 1, [len(keys)]]).astype(np.intp)
