"""Links between rows to groups of rows: in numpy, in an order that only the links decide."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]
Links = tuple[Rows, Rows]


def grouped(count: int, links: Links) -> Iterator[Rows]:
    """Yield the groups that links make of rows 0 to count − 1: rows ascending, groups by their first row."""
    left, right = links
    if not len(left):
        return
    label = _labels(count, left, right)
    held = np.unique(np.concatenate([left, right]))
    order = held[np.argsort(label[held], kind="stable")]
    yield from np.split(order, np.flatnonzero(np.diff(label[order])) + 1)


def _labels(count: int, left: Rows, right: Rows) -> Rows:
    """Return for each row the least row that it hangs together with: roots are hooked, then paths are halved."""
    label = np.arange(count)
    while True:
        one, other = label[left], label[right]
        apart = one != other
        if not apart.any():
            return label
        low, high = np.minimum(one[apart], other[apart]), np.maximum(one[apart], other[apart])
        np.minimum.at(label, high, low)
        while True:
            nearer = label[label]
            if np.array_equal(nearer, label):
                break
            label = nearer


def joined(links: list[Links]) -> Links:
    """Return several lists of links as one."""
    nothing = np.empty(0, np.intp)
    return (
        np.concatenate([nothing, *(left for left, _ in links)]),
        np.concatenate([nothing, *(right for _, right in links)]),
    )


def runs(keys: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return where the runs of equal keys begin in sorted keys, and the end."""
    if not len(keys):
        return np.zeros(1, np.intp)
    return np.concatenate([[0], np.flatnonzero(keys[1:] != keys[:-1]) + 1, [len(keys)]]).astype(np.intp)
