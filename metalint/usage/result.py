"""What usage statistics come to: all that a report may read."""

from __future__ import annotations

from array import array
from typing import Literal, NamedTuple

from metalint.model import Texts, Unreadable
from metalint.usage.gathered import Source
from metalint.usage.periods import Period, inside

# One period; counters that are read off now and then; counts of what happened in each period.
Kind = Literal["snapshot", "cumulative", "periodic"]
ERROR_WEIGHT = 3  # an error weighs as much as three warnings, where repair is ranked


class Change(NamedTuple):
    """A figure at the first and at the last period that has one."""

    first: int
    last: int

    @property
    def by(self) -> int:
        """How much more it is; less than 0 for less."""
        return self.last - self.first

    @property
    def share(self) -> float | None:
        """How much more it is, as a share of the first; `None` where that is 0."""
        return self.by / self.first if self.first else None


class Use(NamedTuple):
    """A dataset and how it is used: counters as last read, or the sums of all periods; `None` where not known.

    `views_by` and `downloads_by` are the figures of each period, -1 where not known. `missing` are the numbers, from 0,
    of periods that others have figures for and it, since its first, has not; `gone`: the last of these is among them.
    `before` is what counters of views and downloads showed last before the first period, -1 where not known, and `led`
    whether they showed that just a period before. `errors` and `warnings` are the problems of its metadata, `None`
    where these were not checked. `trend` is how its downloads in a period changed, for counters too. `new`: it was
    listed since the last reading that does not have it.
    """

    path: str
    line: int
    number: int
    record: str
    title: str
    agency: str
    issued: str
    views: int | None
    downloads: int | None
    views_by: array[int]
    downloads_by: array[int]
    viewed: Change | None
    downloaded: Change | None
    missing: tuple[int, ...]
    gone: bool = False
    before: tuple[int, int] = (-1, -1)
    led: tuple[bool, bool] = (False, False)
    new: bool = False
    trend: Change | None = None
    errors: int | None = None
    warnings: int | None = None

    @property
    def known(self) -> list[bool]:
        """Of each period whether there are figures."""
        return [max(pair) >= 0 for pair in zip(self.views_by, self.downloads_by, strict=True)]

    @property
    def weight(self) -> int:
        """What repair is worth: downloads times the weight of its problems."""
        return (self.downloads or 0) * (ERROR_WEIGHT * (self.errors or 0) + (self.warnings or 0))


class Group(NamedTuple):
    """An agency, a year or a month, empty where unknown: its datasets and their use in it.

    `never` are datasets without a download. `change`: from the first to the last period for an agency, from the one
    before for a year or a month. `missing` are periods of it without figures. `counter` is what the counters, added up,
    show in a month.
    """

    name: str
    datasets: int
    views: int | None
    downloads: int | None
    never: int
    change: Change | None = None
    errors: int | None = None
    warnings: int | None = None
    missing: tuple[Period, ...] = ()
    counter: int | None = None


class Joined(NamedTuple):
    """Whose problems were counted: the files checked, and how many datasets were found there, and were not."""

    paths: tuple[str, ...]
    found: int
    absent: int


class Usage(NamedTuple):
    """The use of a catalogue. `periods` run from the first to the last without a gap; `present` has figures or not.

    `assumed`: the kind was told by the figures, of which so many rose and so many fell between periods. `listed`: years
    and months are those in which the datasets were listed, for there is but one period. `joined` is `None` where no
    problems were counted, and `unjoined` says why. `agency` are texts of which each agency has one in its name, where
    only some were asked for: all is of these alone, but `rises`, `falls`, `sources`, `rows`, `sums`, `unreadable`.
    """

    kind: Kind
    assumed: bool
    rises: int
    falls: int
    periods: tuple[Period, ...]
    present: tuple[bool, ...]
    datasets: tuple[Use, ...]  # most downloads first
    agencies: tuple[Group, ...]  # most downloads first
    years: tuple[Group, ...]
    months: tuple[Group, ...]
    listed: bool
    sources: tuple[Source, ...]
    rows: int
    twins: int
    replaced: int
    sums: int
    renamed: int  # datasets that go on under another agency's name
    outside: int  # datasets without figures in the stretch that was asked for
    asked: tuple[Period | None, Period | None]
    unreadable: tuple[Unreadable, ...]
    joined: Joined | None = None
    unjoined: Texts | None = None
    agency: tuple[str, ...] = ()
    others: tuple[Period, ...] = ()  # missing periods that other agencies have figures for

    @property
    def gained(self) -> bool:
        """Whether figures of datasets and agencies are what counters gained since the period that was asked for."""
        return self.kind == "cumulative" and self.asked[0] is not None

    @property
    def ever(self) -> bool:
        """Whether what has no download never had one, as far as the files know."""
        if self.kind != "periodic":
            return not self.gained
        days = [day for source in self.sources for day in (source.first, source.last) if day is not None]
        return all(inside(day, self.periods[0], self.periods[-1]) for day in days)

    @property
    def missing(self) -> tuple[Period, ...]:
        """The periods that no file has figures for."""
        return tuple(period for period, there in zip(self.periods, self.present, strict=True) if not there)
