"""What would win most, method by method: points of two methods are of two measures, and are not put in one order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metalint.audit.result import Gap, Result
from metalint.scores import gaps


def by_method(some: Iterable[Gap]) -> list[tuple[Gap, ...]]:
    """Return the gaps of each method that has any, most points first; the methods in their order."""
    found: dict[int, list[Gap]] = {}
    for gap in some:
        found.setdefault(gap.method, []).append(gap)
    return [tuple(sorted(found[method], key=lambda gap: (-gap.points, gap.indicator))) for method in sorted(found)]


def by_agency(result: Result) -> Mapping[str, tuple[Gap, ...]]:
    """Return all the gaps of each agency, most points first, from what its datasets miss.

    A summary keeps the greatest of all methods alone, so that of a method of few points it may have none: who has most
    to win by one indicator is not told by it.
    """
    methods = tuple(score.method for score in result.summary.scores)
    if not methods:
        return {}
    missed: dict[str, list[list[int]]] = {}
    for one in result.datasets():
        row = missed.get(one.agency)
        if row is None:
            row = missed[one.agency] = [[0] * len(method.indicators) for method in methods]
        for counts, standing in zip(row, one.standings, strict=False):
            for indicator in standing.missed:
                counts[indicator] += 1
    return {name: gaps.gaps(methods, row) for name, row in missed.items()}
