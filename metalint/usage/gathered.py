"""Rows to datasets: which rows of which files are of the same one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from metalint.model import Unreadable
from metalint.usage.periods import Period
from metalint.usage.reading import Left, Row
from metalint.vocabulary import fold

_UNKNOWN = -1
_WIDTH = 4  # numbers kept of a row: its period, views, downloads, and the number of its file

Key = tuple[str, ...]  # ("id", identifier) or ("name", folded title, folded agency)


@dataclass(slots=True)
class Entry:
    """A dataset as its latest row names it, and its figures; `points` are kept flat, for there may be millions.

    `twins` are rows that its file has more than once, each a dataset by itself; `replaced` are those that a later file
    has again for the same period; `renamed` is how often it went on under another agency's name.
    """

    row: Row
    key: Key
    points: array[int] = field(default_factory=lambda: array("q"))
    twins: int = 0
    replaced: int = 0
    renamed: int = 0

    def codes(self) -> array[int]:
        """Return the numbers of its periods, as they are met; those of later periods are greater."""
        return self.points[::_WIDTH]

    def figures(self) -> list[tuple[Period | None, int | None, int | None]]:
        """Return each period with its views and downloads, in order of time."""
        found = []
        for at in range(0, len(self.points), _WIDTH):
            code, views, downloads, _ = self.points[at : at + _WIDTH]
            found.append((code, None if views < 0 else views, None if downloads < 0 else downloads))
        return [(_decoded(code), views, downloads) for code, views, downloads in sorted(found, key=lambda one: one[0])]


class Source(NamedTuple):
    """A file: its rows, the first and the last period that they are of, and whether it describes datasets."""

    path: str
    rows: int
    first: Period | None
    last: Period | None
    metadata: bool


class Gathered(NamedTuple):
    """The datasets of all files, in the order in which they are met; `sums` are rows that add up others."""

    entries: tuple[Entry, ...]
    sources: tuple[Source, ...]
    rows: int
    sums: int
    unreadable: tuple[Unreadable, ...]


class _Names:
    """What a row's dataset is known by: its identifier first, else title and agency as they are compared."""

    def __init__(self) -> None:
        self._ids: dict[str, Key] = {}
        self._named: dict[tuple[str, str], list[Key]] = {}
        self._adopted: set[Key] = set()

    def key(self, row: Row) -> Key:
        name = (fold(row.title), fold(row.agency))
        known = self._named.setdefault(name, [])
        if not row.record:
            key = known[0] if len(known) == 1 else ("name", *name)
        elif row.record in self._ids:
            key = self._ids[row.record]
        else:
            # What another file had without its identifier has one now.
            adopted = len(known) == 1 and known[0][0] == "name" and known[0] not in self._adopted
            key = self._ids[row.record] = known[0] if adopted else ("id", row.record)
            self._adopted.add(key)
        if key not in known:
            known.append(key)
        return key


def gather(rows: Iterable[Row | Left | Unreadable]) -> Gathered:
    """Return the datasets that rows are of; nothing is dropped without being counted."""
    names, index = _Names(), dict[tuple[Key, int], Entry]()
    repeated: dict[tuple[Key, int, int], int] = {}
    sources: dict[str, Source] = {}
    unreadable: list[Unreadable] = []
    count = sums = 0
    for row in rows:
        if isinstance(row, Unreadable):
            unreadable.append(row)
            continue
        if isinstance(row, Left):
            sums += 1
            continue
        count += 1
        sources[row.path] = _seen(sources.get(row.path), row)
        number, code = len(sources), _code(row.period)
        point = (code, *(_UNKNOWN if one is None else one for one in (row.views, row.downloads)), number)
        key = names.key(row)
        ordinal = repeated.get((key, number, code), 0)
        while (entry := index.get((key, ordinal))) is not None:
            there = _at(entry.points, code)
            if there is None or entry.points[there + 3] != number:
                break
            ordinal += 1
        if ordinal:
            repeated[key, number, code] = ordinal
        if entry is None:
            entry = index[key, ordinal] = Entry(row, key)
        entry.twins += ordinal > 0
        there = _at(entry.points, code)
        if there is not None:
            entry.points[there : there + _WIDTH] = array("q", point)
            entry.replaced += 1
        else:
            entry.points.extend(point)
        if not entry.row.period or (row.period or Period(0)) >= entry.row.period:
            entry.row = row._replace(record=row.record or entry.row.record, issued=row.issued or entry.row.issued)
    entries = tuple(index.values())
    return Gathered(entries, tuple(sources.values()), count, sums, tuple(unreadable))


def _seen(source: Source | None, row: Row) -> Source:
    if source is None:
        return Source(row.path, 1, row.period, row.period, row.metadata and not row.own)
    first, last = source.first, source.last
    if row.period is not None:
        first = min(first or row.period, row.period)
        last = max(last or row.period, row.period)
    return source._replace(rows=source.rows + 1, first=first, last=last)


def _at(points: array[int], code: int) -> int | None:
    """Return where the figures of a period stand; `None` where there are none."""
    return next((at for at in range(0, len(points), _WIDTH) if points[at] == code), None)


def _code(period: Period | None) -> int:
    return 0 if period is None else period.year * 10_000 + period.month * 100 + period.day


def _decoded(code: int) -> Period | None:
    return Period(code // 10_000, code // 100 % 100, code % 100) if code else None
