"""Work spread over processes of this machine, or over the workers of a Dask cluster: one road for all three."""

from __future__ import annotations

import signal
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, TypeVar

from metalint.audit.apart import DIED, apart
from metalint.garbage import collect_seldom
from metalint.model import Texts
from metalint.pool import follow_parent
from metalint.run import CannotRun

T = TypeVar("T")
Task = tuple[Any, ...]
PATIENCE = 10  # seconds for a worker to end its task; what it has not ended is not lost, but done again
RETRIES = 3  # of a task whose worker went away


class Lost(NamedTuple):
    """A task that could not be done: it brought its worker down, twice, or failed; `zh`: why, in Chinese."""

    task: Task
    why: str
    zh: str


class Spread(NamedTuple):
    """Where work is done: in this process (no executor), or by an executor that some can be made of.

    `apart`: its tasks share a process with others, and each needs one of its own.
    """

    jobs: int
    make: Callable[[], Executor] | None
    apart: bool = False


@contextmanager
def spread(jobs: int, scheduler: str | None = None) -> Iterator[Spread]:
    """Give the processes to work in: those of a Dask cluster, else `jobs` of this machine. Raises CannotRun."""
    if scheduler is not None:
        with _client(scheduler) as client:
            workers = sum(client.ncores().values())
            yield Spread(workers, lambda: client.get_executor(retries=RETRIES, pure=False), apart=True)
    elif jobs <= 1:
        yield Spread(1, None)
    else:
        yield Spread(jobs, lambda: ProcessPoolExecutor(jobs, initializer=_begin))


def results(where: Spread, function: Callable[..., T], tasks: Iterable[Task]) -> Iterator[T | Lost]:
    """Yield what a function makes of each task, as they end. What is read ahead of them is bounded.

    The tasks of a pool that broke are done once more in a new one; if that breaks too, one by one, and the one that
    breaks even then is lost. OSError of a task is raised: it is the folder's that is written.
    """
    if where.make is None:
        for task in tasks:
            yield _done(task, lambda task=task: function(*task))  # type: ignore[misc]  # mypy: the default's type
        return
    if where.apart:
        function = partial(apart, function)
    left = iter(tasks)
    again: list[Task] = []
    broken = 0
    while True:
        others = active_children()
        executor = where.make()
        waiting: dict[Future[T], Task] = {}
        at_hand: Task | None = None  # neither waiting nor done
        try:
            queue = chain(again, left)
            for at_hand in islice(queue, 3 * where.jobs):
                waiting[executor.submit(function, *at_hand)] = at_hand
            while waiting:
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    at_hand = waiting.pop(future)
                    yield _done(at_hand, future.result)
                    at_hand = next(queue, None)
                    if at_hand is not None:
                        waiting[executor.submit(function, *at_hand)] = at_hand
        except BrokenProcessPool:
            held = waiting.values()
            again = [*held] if at_hand is None or at_hand in held else [at_hand, *held]
            broken += 1
        else:
            return
        finally:
            for future in waiting:
                future.cancel()
            _end(executor, others)
        if broken > 1:
            yield from _one_by_one(where.make, function, again)
            again = []


def _one_by_one(make: Callable[[], Executor], function: Callable[..., T], tasks: Iterable[Task]) -> Iterator[T | Lost]:
    for task in tasks:
        others = active_children()
        executor = make()
        try:
            yield _done(task, executor.submit(function, *task).result)
        except BrokenProcessPool:
            yield Lost(task, DIED.en, DIED.zh)
        finally:
            _end(executor, others)


def _done(task: Task, result: Callable[[], T]) -> T | Lost:
    try:
        return result()
    except (BrokenProcessPool, CannotRun, OSError):
        raise
    except Exception as error:  # one part that cannot be done does not stop the others  # noqa: BLE001
        why = f"{type(error).__name__}: {error}"
        texts = getattr(error, "texts", Texts(why, why))
        return Lost(task, texts.en, texts.zh)


def _end(executor: Executor, others: Collection[BaseProcess]) -> None:
    """End an executor. A worker that waits for a lock which a killed one held would never end by itself.

    `others` are children that this process had before: whose they are is none of an audit's business.
    """
    executor.shutdown(wait=False)
    if isinstance(executor, ProcessPoolExecutor):
        for process in (one for one in active_children() if one not in others):
            process.join(PATIENCE)
            if process.is_alive():
                process.kill()
    executor.shutdown(wait=True)


def _begin() -> None:
    """Leave Ctrl-C to the process that waits for this one, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    follow_parent()


def _client(scheduler: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        need = "pip install 'metalint[dask]'"
        raise CannotRun(Texts(f"--scheduler 需要 {need}", f"--scheduler needs {need}")) from error
    try:
        return Client(scheduler, timeout="10s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        why = str(error)
        raise CannotRun(Texts(f"連不上 {scheduler}：{why}", f"{scheduler} cannot be reached: {why}")) from error
