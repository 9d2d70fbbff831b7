"""The problems of a piece of work that somebody holds back: kept, to know at the end what holds nothing back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from metalint.model import Problem
from metalint.report import revive

HELD = "held.jsonl"


def write(piece: Path, problems: Iterable[tuple[int, Problem]]) -> None:
    """Write problems that are held back, each with the number of its file in the part. Raises OSError."""
    with (piece / HELD).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{number}\t{json.dumps(problem)}\n" for number, problem in problems)


def read(piece: Path) -> Iterator[tuple[int, Problem]]:
    """Yield the problems of a piece of work that are held back, each with the number of its file. Raises OSError."""
    with (piece / HELD).open(encoding="utf-8", newline="\n") as file:
        for line in file:
            number, _, said = line.partition("\t")
            yield int(number), revive(said)
