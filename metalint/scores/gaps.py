"""Which fix wins most: how many datasets miss each indicator, counted by agency, over any number of partitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from metalint.scores.kinds import Gap, Method, Standing

_SCALE = 10**9  # a share as a whole number: sums are the same in any order


class Counts:
    """What the standings of some datasets come to, indicator by indicator; two of them can be put together."""

    def __init__(self, sizes: Sequence[int]) -> None:
        """Take the number of indicators of each method."""
        self.datasets = 0
        self.missed = [[0] * size for size in sizes]
        self.unasked = [[0] * size for size in sizes]
        self._judged = [0] * len(sizes)
        self._shares = [0] * len(sizes)

    def add(self, standings: Sequence[Standing]) -> None:
        """Take over a dataset's standings, one a method."""
        self.datasets += 1
        for number, standing in enumerate(standings):
            for indicator in standing.missed:
                self.missed[number][indicator] += 1
            for indicator in standing.unasked:
                self.unasked[number][indicator] += 1
            share = standing.share
            if share is not None:
                self._judged[number] += 1
                self._shares[number] += round(share * _SCALE)

    def merge(self, other: Counts) -> None:
        """Take over what was counted elsewhere."""
        self.datasets += other.datasets
        for mine, theirs in ((self.missed, other.missed), (self.unasked, other.unasked)):
            for row, more in zip(mine, theirs, strict=True):
                row[:] = [one + two for one, two in zip(row, more, strict=True)]
        self._judged = [one + two for one, two in zip(self._judged, other._judged, strict=True)]
        self._shares = [one + two for one, two in zip(self._shares, other._shares, strict=True)]

    def judged(self, method: int) -> int:
        """Return how many datasets could be evaluated by a method."""
        return self._judged[method]

    def mean(self, method: int) -> float | None:
        """Return the mean share by a method, from 0 to 1; `None` where nothing could be evaluated."""
        return self._shares[method] / _SCALE / self._judged[method] if self._judged[method] else None


class Misses:
    """The counts of each agency: memory grows with agencies times indicators, not with datasets."""

    def __init__(self, methods: Sequence[Method]) -> None:
        self._methods = tuple(methods)
        self._sizes = tuple(len(method.indicators) for method in methods)
        self._agencies: dict[str, Counts] = {}

    def add(self, agency: str, standings: Sequence[Standing]) -> None:
        """Take over a dataset's standings."""
        counts = self._agencies.get(agency)
        if counts is None:
            counts = self._agencies[agency] = Counts(self._sizes)
        counts.add(standings)

    def merge(self, other: Misses) -> None:
        """Take over what was counted of other datasets, by the same methods."""
        for agency, counts in other._agencies.items():
            self._agencies.setdefault(agency, Counts(self._sizes)).merge(counts)

    def agencies(self) -> Iterator[tuple[str, Counts]]:
        """Yield the agencies with their counts, by name."""
        yield from sorted(self._agencies.items())

    def all(self) -> Counts:
        """Return the counts of all agencies together."""
        together = Counts(self._sizes)
        for counts in self._agencies.values():
            together.merge(counts)
        return together

    def gaps(self, agency: str | None = None) -> tuple[Gap, ...]:
        """Return what each indicator would win, most points first; of one agency, else of all of them."""
        counts = self.all() if agency is None else self._agencies.get(agency, Counts(self._sizes))
        return gaps(self._methods, counts.missed)


def gaps(methods: Sequence[Method], missed: Sequence[Sequence[int]]) -> tuple[Gap, ...]:
    """Return what each indicator would win, most points first; ties by number.

    `missed` counts the datasets that miss an indicator, a row a method. What nobody misses is left out.
    """
    found = [
        Gap(number, at, datasets, method.indicators[at].points * datasets)
        for number, (method, row) in enumerate(zip(methods, missed, strict=True))
        for at, datasets in enumerate(row)
        if datasets
    ]
    return tuple(sorted(found, key=lambda gap: (-gap.points, gap.method, gap.indicator)))
