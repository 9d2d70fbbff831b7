"""How alike two texts are: by the pairs of neighbouring signs that they share, rare pairs counting more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring signs in a text; of one sign itself."""
    return (
        frozenset(text[at : at + 2] for at in range(len(text) - 1))
        if len(text) > 1
        else frozenset([text] if text else [])
    )


def head_of(texts: Sequence[str]) -> str:
    """Return the signs with which all texts begin; there is one text at least."""
    ends = (at for at, signs in enumerate(zip(*texts, strict=False)) if len(set(signs)) > 1)
    return texts[0][: next(ends, min(map(len, texts)))]


def likeness(one: str, other: str) -> float:
    """Return how much of their pairs of signs two texts share (Dice), 0 to 1."""
    here, there = pairs_of(one), pairs_of(other)
    return 2 * len(here & there) / (len(here) + len(there)) if here or there else 0.0


class Weights(NamedTuple):
    """How much each pair of signs tells: rare ones more (the logarithm of its rarity)."""

    of: Mapping[str, float]
    unseen: float

    def total(self, pairs: Iterable[str]) -> float:
        """Return what some pairs weigh together."""
        return math.fsum(self.of.get(pair, self.unseen) for pair in pairs)  # exact: sets have no order


def weights(cores: Sequence[str]) -> Weights:
    """Return the weights by all titles of a version."""
    counts = Counter(pair for core in cores for pair in pairs_of(core))
    many = len(cores) + 1
    return Weights({pair: math.log(1 + many / (1 + count)) for pair, count in counts.items()}, math.log(1 + many))
