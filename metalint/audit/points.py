"""How datasets score: the counts of a part as plain data, and what those of all parts come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from metalint.audit.result import Gap, Score, ThemeRow
from metalint.lexicon import Lexicon
from metalint.scores import methods, themes
from metalint.scores.gaps import gaps as gaps_of
from metalint.scores.kinds import Method, Standing, Theme
from metalint.shipped import shipped

_BINS = 1_000  # of the shares: the median is as fine as that
_SCALE = 10**9  # a share as a whole number: sums are the same in any order


class Points:
    """What some datasets score: for each method and agency how many could be judged, their shares, what they miss."""

    def __init__(self, told: Mapping[str, Any] | None = None) -> None:
        """`told` is what another one tells."""
        self.methods: tuple[Method, ...] = methods.methods()
        said = told or {}
        self._agencies: dict[str, list[Any]] = dict(said.get("agencies", {}))
        self._bins: list[list[int]] = said.get("bins") or [[0] * (_BINS + 1) for _ in self.methods]
        self._themes = Counter[tuple[str, str]]({(theme, part): n for theme, part, n in said.get("themes", ())})

    def add(self, agency: str, standings: Sequence[Standing], found: Sequence[Theme]) -> None:
        """Take over a dataset: whose it is, how it stands by each method, and the themes it seems to belong to."""
        row = self._agencies.get(agency)
        if row is None:
            sizes = [len(method.indicators) for method in self.methods]
            nothing = [0] * len(sizes)
            row = [[*nothing], [*nothing], [[0] * size for size in sizes], [*nothing]]
            self._agencies[agency] = row
        for number, standing in enumerate(standings):
            for indicator in standing.missed:
                row[2][number][indicator] += 1
            share = standing.share
            if share is not None:
                row[0][number] += 1
                row[1][number] += round(share * _SCALE)
                row[3][number] += round(standing.possible * _SCALE)
                self._bins[number][int(share * _BINS)] += 1
        if found:
            named = {(theme.theme, theme.category) for theme in found}
            self._themes.update(named | {(theme, "") for theme, _ in named})

    def told(self) -> dict[str, Any]:
        """Return all of it as plain data."""
        found = [[theme, part, count] for (theme, part), count in sorted(self._themes.items())]
        return {"agencies": self._agencies, "bins": self._bins, "themes": found}

    def merge(self, told: Mapping[str, Any]) -> None:
        """Take over what another one tells."""
        for agency, row in told["agencies"].items():
            mine = self._agencies.get(agency)
            self._agencies[agency] = row if mine is None else _sum(mine, row)
        self._bins = _sum(self._bins, told["bins"])
        self._themes.update({(theme, part): count for theme, part, count in told["themes"]})

    def means(self, agency: str) -> tuple[float | None, ...]:
        """Return an agency's mean share by each method, from 0 to 1."""
        judged, shares = self._agencies[agency][:2]
        return tuple(share / _SCALE / count if count else None for count, share in zip(judged, shares, strict=True))

    def gaps(self, agency: str | None = None) -> tuple[Gap, ...]:
        """Return what each indicator would win an agency, or all, most points first."""
        if agency is not None:
            return gaps_of(self.methods, self._agencies[agency][2])
        total = [[0] * len(method.indicators) for method in self.methods]
        for row in self._agencies.values():
            total = _sum(total, row[2])
        return gaps_of(self.methods, total)

    def scores(self) -> tuple[Score, ...]:
        """Return how the datasets score by each method."""
        found = []
        for number, method in enumerate(self.methods):
            judged = sum(row[0][number] for row in self._agencies.values())
            shares, possible = (sum(row[at][number] for row in self._agencies.values()) for at in (1, 3))
            bins = self._bins[number]
            bands = [sum(bins[at * 100 : (at + 1) * 100 + (at == 9)]) for at in range(10)]
            mean = shares / _SCALE / judged if judged else None
            points = sum(indicator.points for indicator in method.indicators)
            reach = possible / _SCALE / judged / points if judged else None
            found.append(Score(method, judged, mean, _median(bins) if judged else None, tuple(bands), reach))
        return tuple(found)

    def theme_rows(self) -> tuple[ThemeRow, ...]:
        """Return how many datasets seem to belong to each high-value theme, and to its parts."""
        labels = themes.labels(Lexicon((shipped("vocab"),)))
        return tuple(ThemeRow(*name, text, self._themes[name]) for name, text in labels.items() if self._themes[name])


def _sum(mine: Any, more: Any) -> Any:
    """Return nested lists of numbers added up."""
    if isinstance(mine, list):
        return [_sum(one, two) for one, two in zip(mine, more, strict=True)]
    return mine + more


def _median(bins: Sequence[int]) -> float:
    """Return the share that half of the datasets do not reach, to a thousandth."""
    half, seen = sum(bins) / 2, 0
    for at, count in enumerate(bins):
        seen += count
        if seen >= half:
            return at / _BINS
    return 1.0
