"""New, changed and gone datasets, counted by agency, or by the year or month in which they were listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from metalint import dates
from metalint.snapshots.compared import Outcome, Row
from metalint.snapshots.sides import Entry, values

BY = ("agency", "year", "month")


def total(outcomes: Sequence[Outcome], olds: int, news: int) -> Row:
    """Return the figures of all."""
    return Row("", olds, news, *_figures(outcomes))


def rows(outcomes: Iterable[Outcome], olds: Sequence[Entry], news: Sequence[Entry], by: str) -> tuple[Row, ...]:
    """Return the figures by agency, year or month: most lost first for agencies, else in the order of time."""
    old, new = (Counter(_name(entry, by) for entry in side) for side in (olds, news))
    held: dict[str, list[Outcome]] = {name: [] for name in (*old, *new)}
    for outcome in outcomes:
        held[_name(outcome.shown, by)].append(outcome)
    found = [Row(name, old[name], new[name], *_figures(ones)) for name, ones in held.items()]
    if by == "agency":
        return tuple(sorted(found, key=lambda row: (-row.vanished, -row.gone, -row.added, -row.changed, row.name)))
    return tuple(sorted(found, key=lambda row: (not row.name, row.name)))


def _figures(outcomes: Sequence[Outcome]) -> tuple[int, int, int, int, int]:
    counts = Counter(outcome.verdict for outcome in outcomes)
    changed = counts["changed"] + counts["renamed"] + counts["relisted"]
    gone = counts["merged"] + counts["superseded"] + counts["announced"] + counts["vanished"]
    return counts["added"], changed, sum(bool(one.breaking) for one in outcomes), gone, counts["vanished"]


def _name(entry: Entry, by: str) -> str:
    if by == "agency":
        return entry.agency
    day = next((day for text in values(entry, "issued") if (day := dates.read(text).day)), None)
    return "" if day is None else day.isoformat()[: 4 if by == "year" else 7]
