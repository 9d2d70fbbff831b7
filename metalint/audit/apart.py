"""Tasks of a Dask worker, done in processes of their own.

A worker's threads share one interpreter with each other and with what keeps the worker in touch: tasks that are Python
through and through would wait for each other, and for that. Dask's own workers may not have children by
`multiprocessing`, so these are started plainly and spoken to by their standard input and output.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, TypeVar

from metalint.garbage import collect_seldom
from metalint.model import Texts

T = TypeVar("T")
DIED = Texts("處理程序被終止或當掉", "its process was killed, or died")
PATIENCE = 30  # seconds that a process waits for its next task before it ends
_SERVE = "from metalint.audit.apart import serve; serve()"
# Dask has memory of its workers go back to the system early, from where texts that are read would fault it in again.
_MALLOC = "MALLOC_TRIM_THRESHOLD_"

_waiting: list[subprocess.Popen[bytes]] = []  # those without a task: any thread takes one and gives it back


class Died(Exception):
    """A process died of its task, or was killed."""

    texts = DIED


class _Gone(Exception):
    """A process is no longer there: it had waited for long, or died."""


def apart(function: Callable[..., T], *task: Any) -> T:
    """Return what a function makes of a task in another process, which is kept for the next; raise what it raises.

    Raises Died.
    """
    asked = pickle.dumps((function, task))
    try:
        good, outcome = _answered(asked)
    except _Gone as error:
        raise Died(DIED.en) from error
    if not good:
        raise outcome
    return outcome  # type: ignore[no-any-return]


def end() -> None:
    """End the processes that wait for a task. They end by themselves, too, when this one does."""
    while _waiting:
        _end(_waiting.pop())


def serve() -> None:
    """Do the tasks that come by standard input, one after the other, until it ends or none comes for long."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for who asks
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a task prints is no answer
    tasks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    with suppress(queue.Empty):
        while True:
            _send(answers, _answer(tasks.get(timeout=PATIENCE)))
    os._exit(0)  # a thread that still listens would be in the way of an orderly end


def _listen(file: IO[bytes], tasks: queue.SimpleQueue[bytes]) -> None:
    with suppress(EOFError):
        while True:
            tasks.put(pickle.load(file))  # noqa: S301  it comes from the process that began this one
    os._exit(0)  # who asked is gone: nobody waits for the task at hand


def _answer(asked: bytes) -> bytes:
    """Return whether a task went well, and what came of it or was raised."""
    try:
        function, task = pickle.loads(asked)  # noqa: S301
        return pickle.dumps((True, function(*task)))
    except Exception as error:  # it is raised where the task came from  # noqa: BLE001
        try:
            return pickle.dumps((False, error))
        except Exception:  # an error that cannot be sent  # noqa: BLE001
            return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))


def _send(file: IO[bytes], said: bytes) -> None:
    pickle.dump(said, file)
    file.flush()


def _started() -> subprocess.Popen[bytes]:
    around = {name: value for name, value in os.environ.items() if name != _MALLOC}
    around["PYTHONPATH"] = os.pathsep.join(sys.path)  # a worker may have come by its modules otherwise than by a folder
    return subprocess.Popen(  # noqa: S603  this interpreter, with words that are known
        [sys.executable, "-P", "-c", _SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=around
    )


def _answered(asked: bytes) -> tuple[bool, Any]:
    """Let a process that waits, or a new one, do a task. Raises _Gone: a new one died of it."""
    with suppress(IndexError, _Gone):
        return _asked(_waiting.pop(), asked)
    return _asked(_started(), asked)


def _asked(process: subprocess.Popen[bytes], asked: bytes) -> tuple[bool, Any]:
    """Return what a process answers, and let it wait for the next task. Raises _Gone."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        _send(process.stdin, asked)
        answer = pickle.load(process.stdout)  # noqa: S301  it comes from a process of this one's
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        process.kill()
        _end(process)
        raise _Gone from error
    _waiting.append(process)
    return pickle.loads(answer)  # type: ignore[no-any-return]  # noqa: S301


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError), process:  # its pipes are closed, and it is waited for
        pass
