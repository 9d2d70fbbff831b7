"""The problems of a part as its first look keeps them: by their places, and as text that is only passed on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from metalint import entries
from metalint.model import Problem

FOUND = "found.jsonl"


class Kept(NamedTuple):
    """A problem: the number of its file in the part, where it stands there, and its record's number in the part.

    `fix`: 0 for none that `fix` would apply, 1 for one that needs a look, 2 for a safe one. `told` is what the outcome
    says of it and `whole` all of it, both as JSON.
    """

    file: int
    line: int
    column: int
    rule: str
    record: int
    severity: str
    fix: int
    told: str
    whole: str


def kept(file: int, record: int, problem: Problem) -> Kept:
    """Return a problem as it is kept."""
    fix = 0 if problem.fix is None or problem.fix.shown else 1 + problem.fix.safe
    told, whole = entries.dump(entries.entry(problem)), json.dumps(problem)
    place = (problem.line, problem.column, problem.rule)
    return Kept(file, *place, record, problem.severity.name, fix, told, whole)


def place_of(one: Kept) -> tuple[int, int, int, str]:
    """Return what problems of a part are sorted by."""
    return one[:4]


def write(out: IO[str], some: Iterable[Kept]) -> None:
    """Write problems, one a line. JSON has no tabs in it."""
    out.writelines("\t".join(map(str, one)) + "\n" for one in some)


def read(folder: Path) -> Iterator[Kept]:
    """Yield the problems of a part."""
    with (folder / FOUND).open(encoding="utf-8", newline="\n") as file:
        for row in file:
            number, line, column, rule, record, severity, fix, told, whole = row.rstrip("\n").split("\t")
            yield Kept(int(number), int(line), int(column), rule, int(record), severity, int(fix), told, whole)
