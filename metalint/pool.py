"""Records to problems, in order: in this process, or in several where there are many records."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from metalint import formats
from metalint.engine import Gathered, Plan, Setting
from metalint.model import Fault, Problem, Slice

BATCH = 500  # records a task: fewer, and the pipe costs more than the work
FEW = 4  # batches that are not worth another process
Done: TypeAlias = tuple[int, list[Problem], list[Gathered] | None]  # characters, problems, facts (None: no record)

_plan: Plan | None = None  # a worker's own, made once


def lint(plan: Plan, setting: Setting, pieces: Iterable[Slice | Fault], jobs: int) -> Iterator[Done]:
    """Yield what comes of each piece of a file, in order."""
    left = iter(pieces)
    if jobs <= 1:
        yield from (_one(plan, piece) for piece in left)
        return
    few = list(itertools.islice(left, FEW * BATCH))
    yield from (_one(plan, piece) for piece in few)
    if len(few) == FEW * BATCH:
        yield from _spread(setting, left, jobs)


def _spread(setting: Setting, left: Iterator[Slice | Fault], jobs: int) -> Iterator[Done]:
    from concurrent.futures import Future, ProcessPoolExecutor

    waiting: deque[Future[list[Done]]] = deque()
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(setting,)) as executor:
        try:
            for batch in _batches(left):
                waiting.append(executor.submit(_batch, batch))
                if len(waiting) > 2 * jobs:  # what is read ahead is bounded, however large the file
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _batches(left: Iterator[Slice | Fault]) -> Iterator[list[Slice | Fault]]:
    while batch := list(itertools.islice(left, BATCH)):
        yield [piece if isinstance(piece, Fault) or piece.parsed is None else _bare(piece) for piece in batch]


def _bare(piece: Slice) -> Slice:
    """Return a slice without what was parsed: its text is cheaper to send and says the same."""
    return Slice(piece.number, piece.text, piece.line, piece.column, piece.home, piece.header)


def _begin(setting: Setting) -> None:
    global _plan  # noqa: PLW0603  a worker has no other place to keep what all its tasks need
    _plan = Plan(setting, formats.named(setting.format))


def _batch(pieces: list[Slice | Fault]) -> list[Done]:
    assert _plan is not None
    return [_one(_plan, piece) for piece in pieces]


def _one(plan: Plan, piece: Slice | Fault) -> Done:
    if isinstance(piece, Fault):
        problem = plan.fault_problem(piece)
        return 0, [problem] if problem is not None else [], None
    linted = plan.lint(piece)
    return len(piece.text), linted.problems, linted.gathered
