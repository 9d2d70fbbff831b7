"""MinHash signatures of texts: what share of two signatures agrees estimates what share of three-sign runs is common.

All texts lie in one buffer of code points, and every step is one operation on it. The hashes are fixed numbers, not
Python's own, so signatures of different machines compare.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Signatures = NDArray[np.uint16]

HASHES = 64
BANDS = 16  # of four hashes each: texts of which 80 % is common meet in one of them with 99.98 %, half with 64 %
LEAST = 12  # signs; what is shorter has no signature
_BLOCK = 4_096  # texts: what is worked on stays in the processor's cache
_BETWEEN = "\0"
_SIGNS = ((0, 0x30), (0x3A, 0x61), (0x7B, 0xC0), (0x2000, 0x2070), (0x3000, 0x3005), (0x3008, 0x3040), (0xFE00, 0xFE70))


def signatures(texts: Sequence[str]) -> tuple[Signatures, NDArray[np.bool_]]:
    """Return the signatures of texts, (n, 64), and which texts are long enough to have one; the others' are zero.

    Width, case, white space, punctuation and 台 for 臺 make no difference. Of each least hash the low 16 bits are kept:
    two that differ agree there by chance once in 65,536 times.
    """
    made = np.zeros((len(texts), HASHES), np.uint16)
    long_enough = np.zeros(len(texts), np.bool_)
    for start in range(0, len(texts), _BLOCK):
        stop = min(start + _BLOCK, len(texts))
        made[start:stop], long_enough[start:stop] = _of_block(texts[start:stop])
    return made, long_enough


def bands(made: Signatures) -> NDArray[np.uint64]:
    """Return the keys of the bands, (n, 16): four hashes of 16 bits lie side by side in one number."""
    return np.ascontiguousarray(made.astype("<u2", copy=False)).view("<u8").astype(np.uint64, copy=False)


def agreement(made: Signatures, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return the share of hashes that agree, for each pair of rows."""
    shares = np.empty(len(left), np.float32)
    for start in range(0, len(left), 1 << 16):
        part = slice(start, start + (1 << 16))
        shares[part] = (made[left[part]] == made[right[part]]).mean(axis=1, dtype=np.float32)
    return shares


def _of_block(texts: Sequence[str]) -> tuple[Signatures, NDArray[np.bool_]]:
    made = np.zeros((len(texts), HASHES), np.uint16)
    plain = _BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts) + _BETWEEN
    folded = unicodedata.normalize("NFKC", plain).casefold()
    codes = _folding()[np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), "<u4")]
    codes = codes[codes != _DROPPED]
    ends = np.flatnonzero(codes == 0)  # one a text
    lengths = np.diff(ends, prepend=-1) - 1
    long_enough = lengths >= LEAST
    if not long_enough.any():
        return made, long_enough
    # Runs over the end of a text belong to none: they are those that hold a 0.
    runs = (codes[:-2].astype(np.uint64) << 42) | (codes[1:-1].astype(np.uint64) << 21) | codes[2:]
    whole = (codes[:-2] != 0) & (codes[1:-1] != 0) & (codes[2:] != 0)
    text_of = np.repeat(np.arange(len(texts)), lengths + 1)[:-2]
    taken = whole & long_enough[text_of]
    mixed = _mixed(runs[taken])
    starts = np.flatnonzero(np.diff(text_of[taken], prepend=-1))
    factors, addends = _hashes()
    rows = np.flatnonzero(long_enough)
    for column in range(HASHES):
        least = np.minimum.reduceat(mixed * factors[column] + addends[column], starts)
        made[rows, column] = least & np.uint32(0xFFFF)
    return made, long_enough


def _mixed(runs: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Return numbers of 32 bits in which every bit of a run counts."""
    runs = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    runs = (runs ^ (runs >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint32] = (runs ^ (runs >> np.uint64(31))).astype(np.uint32)
    return mixed


@cache
def _hashes() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    numbers = _mixed(np.arange(1, 2 * HASHES + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    return numbers[:HASHES] | np.uint32(1), numbers[HASHES:]


_DROPPED = np.uint32(0x1FFFFF)


@cache
def _folding() -> NDArray[np.uint32]:
    """Return what stands for each code point: itself, 臺 for 台, nothing for signs and white space, 0 between texts."""
    table = np.arange(0x110000, dtype=np.uint32)
    for first, end in _SIGNS:
        table[first:end] = _DROPPED
    table[ord("台")] = ord("臺")
    table[0] = 0
    return table
