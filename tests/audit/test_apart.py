"""Tasks in a process of their own: what comes of them and what they raise comes back, whatever becomes of the process."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from metalint.audit.apart import Died, apart, end
from metalint.garbage import collect_seldom


class _Stubborn(Exception):
    """An error that can be sent, and not be made again from what was sent."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def _fails(error: type[Exception], *words: object) -> None:
    raise error(*words)


def _unsendable() -> None:
    raise ValueError("it holds a function", lambda: None)


def _after_seldom() -> tuple[int, int, int]:
    collect_seldom()
    return gc.get_threshold()


def _environment() -> dict[str, str]:
    return dict(os.environ)


def _ends() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(autouse=True)
def none_is_left() -> Iterator[None]:
    yield
    end()


def test_what_a_task_returns_or_raises_comes_back() -> None:
    assert apart(divmod, 17, 5) == (3, 2)
    with pytest.raises(IndexError, match="seventeen"):
        apart(_fails, IndexError, "seventeen")
    with pytest.raises(RuntimeError, match=r"ValueError: .'it holds a function'"):
        apart(_unsendable)
    with pytest.raises(TypeError, match="_Stubborn"):
        apart(_fails, _Stubborn, "a", "b")
    process = apart(os.getpid)
    assert apart(os.getpid) == process != os.getpid()


def test_a_process_works_as_one_of_the_command_line_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's own look for circles among objects costs a tenth of the time, and finds none."""
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "65536")  # as Dask sets it for its workers
    assert apart(gc.get_threshold) == apart(_after_seldom)
    assert "MALLOC_TRIM_THRESHOLD_" not in apart(_environment)


def test_a_process_that_is_gone_is_replaced() -> None:
    process = apart(os.getpid)
    os.kill(process, signal.SIGKILL)
    assert apart(os.getpid) != process


def test_a_task_that_its_process_dies_of() -> None:
    apart(os.getpid)
    with pytest.raises(Died):
        apart(_ends)
    assert apart(divmod, 17, 5) == (3, 2)


def test_a_process_ends_with_the_one_that_asks() -> None:
    """A killed worker leaves nobody behind, not even one amid a task: its end of the pipe for errors is closed."""
    ended = subprocess.run([sys.executable, "-c", _ASKS], stderr=subprocess.PIPE, timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert ended.stderr == b""


_ASKS = """
import os, signal, threading
from metalint.audit import apart

apart.apart(os.getpid)
threading.Thread(target=apart.apart, args=(signal.pause,)).start()
while apart._waiting:
    pass
os.kill(os.getpid(), signal.SIGKILL)
"""
