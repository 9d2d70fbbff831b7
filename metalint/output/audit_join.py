"""Datasets and their problems side by side: both come by path and place, and are read once, in step."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from metalint.audit.result import Audited, Result
from metalint.model import Problem


class Joined(NamedTuple):
    """A dataset with its problems; `None` with those of a file itself, or that stand in no dataset of their name."""

    dataset: Audited | None
    problems: list[Problem]


def joined(result: Result) -> Iterator[Joined]:
    """Yield each dataset with its problems, in order; what belongs to none comes by itself. Known ones are left out.

    Memory: the datasets that begin on one line of a file.
    """
    datasets = result.datasets()
    coming = next(datasets, None)
    window: deque[Joined] = deque()
    for problem in result.problems():
        if problem.aside:
            continue
        if not problem.record and not problem.title:
            yield Joined(None, [problem])
            continue
        place = problem.path, problem.line
        while coming is not None and (coming.path, coming.line) <= place:
            while len(window) > 1 and _place(window[1]) < place:
                yield window.popleft()
            window.append(Joined(coming, []))
            coming = next(datasets, None)
        while len(window) > 1 and _place(window[1]) < place:
            yield window.popleft()
        number = _number(window, problem)
        if number is None:
            yield Joined(None, [problem])
            continue
        for _ in range(number):
            yield window.popleft()
        window[0].problems.append(problem)
    yield from window
    while coming is not None:
        yield Joined(coming, [])
        coming = next(datasets, None)


def _number(window: deque[Joined], problem: Problem) -> int | None:
    """Return which of the datasets a problem is about: one that begins on its line, else the last that began before."""
    place = problem.path, problem.line
    before = None
    for number, one in enumerate(window):
        if _is(one, problem):
            if _place(one) == place:
                return number
            before = number
    return before


def _is(one: Joined, problem: Problem) -> bool:
    seen = one.dataset
    assert seen is not None
    return seen.path == problem.path and seen.record == problem.record and seen.title == problem.title


def _place(one: Joined) -> tuple[str, int]:
    assert one.dataset is not None
    return one.dataset.path, one.dataset.line


def quota(counts: list[int], most: int) -> int:
    """Return how many each may give so that all give at most `most`: those with few all they have, the others alike."""
    left = most
    for number, count in enumerate(sorted(counts)):
        each = left // (len(counts) - number)
        if count > each:
            return each
        left -= count
    return max(counts, default=0)
