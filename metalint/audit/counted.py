"""What the problems of one part come to, by dataset, by rule and by agency."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from metalint.audit.kept import Kept
from metalint.audit.look import NOWHERE
from metalint.audit.rows import Row
from metalint.model import Severity

LISTED = 50  # of the worst datasets, and of the most used
_LEVELS = {severity.name: Severity.ERROR - severity for severity in Severity}


class Counted:
    """What the problems of a part come to: for each dataset, for each rule, for each agency."""

    def __init__(self, rows: Sequence[Row], agencies: Sequence[str]) -> None:
        """`agencies` are the names of the rows' agencies, by number."""
        self._rows = rows
        self._levels = [[0, 0, 0] for _ in rows]  # errors, warnings, infos
        self._rules: dict[str, list[Any]] = {}
        self._met: set[tuple[str, int]] = set()  # a rule, and a record in which it found something
        self._elsewhere = [0, 0, 0]
        self._agencies: list[dict[str, Any]] = [{"datasets": 0, "clean": 0, "levels": [0, 0, 0]} for _ in agencies]
        self._agency_rules = [Counter[str]() for _ in agencies]
        self._names = agencies

    def add(self, one: Kept) -> None:
        """Count a problem."""
        level = _LEVELS[one.severity]
        row = self._rules.setdefault(one.rule, [one.severity, 0, 0, 0, 0])
        row[1] += 1
        row[3] += one.fix > 0
        row[4] += one.fix > 1
        if one.record == NOWHERE:
            self._elsewhere[level] += 1
            return
        self._levels[one.record][level] += 1
        self._agency_rules[self._rows[one.record].agency][one.rule] += 1
        met = one.rule, one.record
        if met not in self._met:
            self._met.add(met)
            row[2] += 1

    def lines(self) -> Iterator[str]:
        """Yield the datasets' lines of the outcome, when all problems are counted."""
        return (row.line(*levels) for row, levels in zip(self._rows, self._levels, strict=True))

    def told(self, points: Mapping[str, Any] | None, suppressed: int) -> dict[str, Any]:
        """Return the figures as plain data; `points` and `suppressed` are passed on."""
        for row, levels in zip(self._rows, self._levels, strict=True):
            agency = self._agencies[row.agency]
            agency["datasets"] += 1
            agency["clean"] += not any(levels)
            for level, count in enumerate(levels):
                agency["levels"][level] += count
            if row.views is not None:
                agency["views"] = agency.get("views", 0) + row.views
            if row.downloads is not None:
                agency["downloads"] = agency.get("downloads", 0) + row.downloads
        told = zip(self._names, self._agencies, self._agency_rules, strict=True)
        return {
            "datasets": len(self._rows),
            "clean": sum(agency["clean"] for agency in self._agencies),
            "minor": sum(not errors and not warnings and infos > 0 for errors, warnings, infos in self._levels),
            "elsewhere": self._elsewhere,
            "rules": self._rules,
            "agencies": {name: {**agency, "rules": rules} for name, agency, rules in told},
            "worst": self._first([at for at, levels in enumerate(self._levels) if any(levels)], self._worse),
            "used": self._first([at for at, row in enumerate(self._rows) if _is_used(row)], self._more_used),
            "suppressed": suppressed,
            "points": points,
        }

    def _first(self, some: Iterable[int], order: Callable[[int], Any]) -> list[str]:
        """Return the lines of those datasets of some that come first."""
        return [self._rows[at].line(*self._levels[at]) for at in heapq.nsmallest(LISTED, some, key=order)]

    def _worse(self, at: int) -> int:
        return -weight(*self._levels[at])

    def _more_used(self, at: int) -> tuple[int, int]:
        row = self._rows[at]
        return -(row.downloads or 0), -(row.views or 0)


def weight(errors: int, warnings: int, infos: int) -> int:
    """Return what the problems of a dataset weigh where datasets are put in order."""
    return 100 * errors + 10 * warnings + infos


def _is_used(row: Row) -> bool:
    return row.views is not None or row.downloads is not None
