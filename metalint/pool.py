"""Records to problems, in order: in this process, or in several where there are many records."""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Iterable, Iterator

from metalint import formats
from metalint.engine import Linted, Plan, Setting
from metalint.garbage import collect_seldom
from metalint.model import Fault, Slice

BATCH = 512  # records a task: fewer, and the pipe costs more than the work
TOGETHER = 128  # records that are looked at together: more, and they do not stay in the processor's cache
FEW = 4  # batches that are not worth another process

_plan: Plan | None = None  # a worker's own, made once


def lint(plan: Plan, setting: Setting, pieces: Iterable[Slice | Fault], jobs: int) -> Iterator[Linted]:
    """Yield what comes of the pieces of a file, in order, some at a time."""
    left = iter(pieces)
    if jobs <= 1:
        yield from map(plan.lint, _some(left, TOGETHER))
        return
    few = list(itertools.islice(left, FEW * BATCH))
    yield from map(plan.lint, _some(few, TOGETHER))
    if len(few) == FEW * BATCH:
        yield from _spread(setting, left, jobs)


def _spread(setting: Setting, left: Iterator[Slice | Fault], jobs: int) -> Iterator[Linted]:
    from concurrent.futures import Future, ProcessPoolExecutor

    waiting: deque[Future[list[Linted]]] = deque()
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
    for batch in _some(left, BATCH):
        yield [piece if isinstance(piece, Fault) or piece.parsed is None else _bare(piece) for piece in batch]


def _some(pieces: Iterable[Slice | Fault], size: int) -> Iterator[list[Slice | Fault]]:
    left = iter(pieces)
    while batch := list(itertools.islice(left, size)):
        yield batch


def _bare(piece: Slice) -> Slice:
    """Return a slice without what was parsed: its text is cheaper to send and says the same."""
    return piece._replace(parsed=None)


def follow_parent() -> None:
    """Let a worker end when the process that it works for is gone: it would wait for work for ever."""
    import threading
    from multiprocessing import connection, parent_process

    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            connection.wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _begin(setting: Setting) -> None:
    global _plan  # noqa: PLW0603  a worker has no other place to keep what all its tasks need
    collect_seldom()
    follow_parent()
    _plan = Plan(setting, formats.named(setting.format))


def _batch(pieces: list[Slice | Fault]) -> list[Linted]:
    assert _plan is not None
    return [_plan.lint(some) for some in _some(pieces, TOGETHER)]
