"""What an audit came to: the figures, each dataset, each problem. All that a report may read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from metalint.model import Problem, Severity, Texts
from metalint.report import FileSeen
from metalint.scores.kinds import Gap as Gap
from metalint.scores.kinds import Method, Standing, Theme


class Audited(NamedTuple):
    """A dataset: where it stands, how many problems it has, how it scores (a standing a method, in their order)."""

    path: str
    line: int
    record: str
    title: str
    agency: str
    errors: int
    warnings: int
    infos: int
    standings: tuple[Standing, ...] = ()
    themes: tuple[Theme, ...] = ()
    views: int | None = None
    downloads: int | None = None


class RuleRow(NamedTuple):
    """A rule: how many problems it found, in how many datasets, and how many of them can be mended (safely)."""

    rule: str
    severity: Severity
    problems: int
    datasets: int
    fixable: int
    safe: int


class Agency(NamedTuple):
    """An agency: its datasets, those without any problem, its problems, mean scores (0 to 1) by method, use, work.

    `rules` are its most frequent rules with their problems; `gaps` what would win it points, most first.
    """

    name: str
    datasets: int
    clean: int
    errors: int
    warnings: int
    infos: int
    means: tuple[float | None, ...]
    views: int | None
    downloads: int | None
    rules: tuple[tuple[str, int], ...]
    gaps: tuple[Gap, ...]


class Score(NamedTuple):
    """How the datasets score by one method: how many could be, their mean and median (0 to 1), and ten bands.

    `reach` is how much of the method's points could be evaluated, on the mean; of few a score says little.
    """

    method: Method
    datasets: int
    mean: float | None
    median: float | None
    bands: tuple[int, ...]  # datasets from 0 to 10 %, 10 to 20 %, …, 90 to 100 % (inclusive)
    reach: float | None = None


class ThemeRow(NamedTuple):
    """A high-value theme or one of its sub-categories, and how many datasets seem to belong to it."""

    theme: str
    category: str
    label: Texts
    datasets: int


class Summary(NamedTuple):
    """The figures of an audit; `sample` says what part was looked at, where not all was."""

    version: str
    made: str  # the day, ISO 8601
    sources: tuple[FileSeen, ...]
    datasets: int
    clean: int
    errors: int
    warnings: int
    infos: int
    rules: tuple[RuleRow, ...]  # most frequent first
    agencies: tuple[Agency, ...]  # those with most errors and warnings first
    scores: tuple[Score, ...]
    gaps: tuple[Gap, ...]  # over all agencies, most points first
    themes: tuple[ThemeRow, ...]
    worst: tuple[Audited, ...]
    used: tuple[Audited, ...]  # the most used, most downloads first; empty where nothing tells of use
    unreadable: tuple[tuple[str, Texts], ...]
    seconds: float
    sample: str = ""
    minor: int = 0  # datasets that have problems, and none worse than an info
    suppressed: int = 0  # problems that somebody holds back; they count for nothing else


class Result(NamedTuple):
    """The summary, and what is too much to keep in memory: datasets and problems by path and place, read when asked."""

    summary: Summary
    datasets: Callable[[], Iterator[Audited]]
    problems: Callable[[], Iterator[Problem]]
