"""What would win most, method by method: points of two methods are of two measures, and are not put in one order."""

from __future__ import annotations

from collections.abc import Iterable

from metalint.audit.result import Gap


def by_method(some: Iterable[Gap]) -> list[tuple[Gap, ...]]:
    """Return the gaps of each method that has any, most points first; the methods in their order."""
    found: dict[int, list[Gap]] = {}
    for gap in some:
        found.setdefault(gap.method, []).append(gap)
    return [tuple(sorted(found[method], key=lambda gap: (-gap.points, gap.indicator))) for method in sorted(found)]
