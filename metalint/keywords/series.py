"""Which records are of one series: one title for many years. Twins may not stand on both sides of a test."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from metalint.vocabulary import fold

ALIKE = 0.72  # cosine of pairs of signs
_ROWS = 1000
_CHANGING = re.compile(r"[0-9]+|[一二三四五六七八九十]+(?=[年月季])|年度?|月份?|第.季")


def series(titles: Sequence[str]) -> list[str]:
    """Return for each title the name of its series: what all of them share, as the first of them has it."""
    from sklearn.feature_extraction.text import HashingVectorizer

    bare = [_CHANGING.sub("", fold(title)) or fold(title) for title in titles]
    if not bare:
        return []
    vectors = HashingVectorizer(analyzer="char", ngram_range=(2, 2), n_features=1 << 18, alternate_sign=False)
    rows = vectors.transform(bare)
    parent = [*range(len(bare))]

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for begin in range(0, len(bare), _ROWS):
        alike = (rows[begin : begin + _ROWS] @ rows.T).tocoo()
        pairs = zip(alike.row, alike.col, alike.data, strict=True)
        for one, other in sorted((int(a) + begin, int(b)) for a, b, share in pairs if share >= ALIKE):
            low, high = sorted((root(one), root(other)))
            parent[high] = low
    return [bare[root(at)] for at in range(len(bare))]


def part(name: str, salt: str, parts: int) -> int:
    """Return to which of some parts a series belongs: always the same, and by chance."""
    return int(hashlib.sha256(f"{salt}:{name}".encode("utf-8", "surrogatepass")).hexdigest()[:8], 16) % parts
