"""The problems of an audit by agency, the gravest first: put in order on disk, whatever their number."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from metalint.audit.result import Result
from metalint.model import Problem
from metalint.output import excerpts, places, summary
from metalint.output.audit_join import joined


class Row(NamedTuple):
    """A problem as a sheet tells it. `look`: 0 nothing is proposed, 1 it is safe, 2 it needs a look, 3 only a hint."""

    record: str
    title: str
    severity: int
    message: str
    now: str
    help: str
    proposed: str
    look: int
    rule: str
    path: str
    line: int


class Sorted:
    """The problems, by agency."""

    def __init__(self, base: sqlite3.Connection, names: list[str | None]) -> None:
        self._base, self._names = base, names
        self._numbers = {name: number for number, name in enumerate(names)}
        self._counts: list[tuple[str | None, int]] | None = None

    def agencies(self) -> list[tuple[str | None, int]]:
        """Return the agencies with how many problems each has, those with most errors and warnings first.

        `None` has what stands in no dataset: it is no agency, and comes last.
        """
        if self._counts is None:
            found = self._base.execute("SELECT agency, count(*), sum(level < -1) FROM problem GROUP BY agency")
            named = [(self._names[agency], count, grave) for agency, count, grave in found]
            named.sort(key=lambda one: (one[0] is None, -one[2], -one[1], one[0] or ""))
            self._counts = [(name, count) for name, count, _ in named]
        return self._counts

    def of(self, agency: str | None) -> Iterator[Row]:
        """Yield the problems of an agency: the gravest first, else by path and place."""
        found = self._base.execute(
            "SELECT told FROM problem WHERE agency = ? ORDER BY agency, level, number", (self._numbers[agency],)
        )
        return (Row(*json.loads(told)) for (told,) in found)


@contextmanager
def sorted_problems(result: Result, lang: str) -> Iterator[Sorted]:
    """Give the problems of an audit by agency; what is on disk is gone afterwards. Raises OSError for a full disk."""
    base = sqlite3.connect("")  # a file without a name, gone with the process however that ends
    try:
        names: dict[str | None, int] = {}
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("CREATE TABLE problem (agency INTEGER, level INTEGER, number INTEGER, told TEXT)")
        base.executemany("INSERT INTO problem VALUES (?, ?, ?, ?)", _rows(result, lang, names))
        base.execute("CREATE INDEX place ON problem (agency, level, number)")
        yield Sorted(base, list(names))
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
    finally:
        base.close()


def _rows(result: Result, lang: str, names: dict[str | None, int]) -> Iterator[tuple[int, int, int, str]]:
    """Yield the problems; `names` is filled with the agencies on the way."""
    formats = {seen.path: seen.format for seen in result.summary.sources}
    paths = places.told_apart(formats)
    number = 0
    for dataset, problems in joined(result):
        agency = names.setdefault(None if dataset is None else dataset.agency, len(names))
        for problem in problems:
            number += 1
            path = paths.get(problem.path) or places.relative(problem.path)
            row = _row(problem, formats.get(problem.path, ""), path, lang)
            yield agency, -row.severity, number, json.dumps(row)


def _row(problem: Problem, form: str, path: str, lang: str) -> Row:
    now, fix = excerpts.shown(problem, form), problem.fix
    return Row(
        problem.record,
        problem.title,
        int(problem.severity),
        problem.message,
        "" if now is None else now.text if now.whole else now.text + "…",
        problem.help,
        "" if fix is None else summary.proposed(fix, lang),
        0 if fix is None else 3 if fix.shown else 1 if fix.safe else 2,
        problem.rule,
        path,
        problem.line,
    )
