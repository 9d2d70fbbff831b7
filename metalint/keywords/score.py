"""How good suggestions are: measured against the keywords that people chose and that were hidden."""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Sequence
from typing import NamedTuple

FIVE, TEN = 5, 10
SHORTEST = 2  # signs of a term that may be part of another
_DRAWS = 300  # of the bootstrap
_BINS = 10  # of the calibration error


class Judged(NamedTuple):
    """One record: what was given, the ranking (term and probability, best first), and the hidden keywords."""

    given: Sequence[str]
    ranking: Sequence[tuple[str, float]]
    hidden: Collection[str]


class Score(NamedTuple):
    """Means over records: F1 of the first five, of what was given (with its 95 % interval), its precision, and so on.

    `lenient` is the F1 of what was given where one term may hold the other (天然氣, 公用天然氣) or be short for it
    (環保, 環境保護): people judge those right. `calibration` is the expected calibration error of the first five.
    """

    records: int
    f1_five: float
    f1: float
    low: float
    high: float
    lenient: float
    precision: float
    recall_ten: float
    ndcg_ten: float
    calibration: float


def score(judged: Sequence[Judged]) -> Score:
    """Return the score of some records. Terms are compared as they are: fold them before."""
    given = [_f1(one.given, one.hidden) for one in judged]
    low, high = _interval(given)
    some = [one for one in judged if one.given]
    return Score(
        len(judged),
        _mean([_f1([term for term, _ in one.ranking[:FIVE]], one.hidden) for one in judged]),
        _mean(given),
        low,
        high,
        _mean([_lenient(one.given, one.hidden) for one in judged]),
        _mean([_right(one.given, one.hidden) / len(one.given) for one in some]),
        _mean(
            [_right([term for term, _ in one.ranking[:TEN]], one.hidden) / max(1, len(one.hidden)) for one in judged]
        ),
        _mean([_ndcg(one) for one in judged]),
        _calibration_error([(share, term in one.hidden) for one in judged for term, share in one.ranking[:FIVE]]),
    )


def _right(terms: Sequence[str], hidden: Collection[str]) -> int:
    return sum(term in hidden for term in terms)


def _f1(terms: Sequence[str], hidden: Collection[str]) -> float:
    return 2 * _right(terms, hidden) / (len(terms) + len(hidden)) if terms else 0.0


def _lenient(terms: Sequence[str], hidden: Collection[str]) -> float:
    right = sum(any(_alike(term, keyword) for keyword in hidden) for term in terms)
    found = sum(any(_alike(term, keyword) for term in terms) for keyword in hidden)
    return 2 * right * found / (right * len(hidden) + found * len(terms)) if right else 0.0


def _alike(one: str, other: str) -> bool:
    """Tell whether one term holds the other, or is short for it: its signs in their order, from the first on."""
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST:
        return False
    if short in long:
        return True
    left = iter(long)
    return short[0] == long[0] and not short.isascii() and all(sign in left for sign in short)


def _ndcg(one: Judged) -> float:
    gain = sum((term in one.hidden) / math.log2(at + 2) for at, (term, _) in enumerate(one.ranking[:TEN]))
    best = sum(1 / math.log2(at + 2) for at in range(min(TEN, len(one.hidden))))
    return gain / best if best else 0.0


def _calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    error = 0.0
    for number in range(_BINS):
        some = [pair for pair in pairs if min(_BINS - 1, int(pair[0] * _BINS)) == number]
        if some:
            error += abs(sum(share for share, _ in some) - sum(right for _, right in some)) / len(pairs)
    return error


def _interval(values: Sequence[float]) -> tuple[float, float]:
    chance = random.Random(1)  # noqa: S311  the same interval every time
    means = sorted(_mean(chance.choices(values, k=len(values))) for _ in range(_DRAWS)) if values else [0.0]
    return means[int(0.025 * (len(means) - 1))], means[int(0.975 * (len(means) - 1))]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
