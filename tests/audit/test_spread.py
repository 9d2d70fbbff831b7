"""Work spread over processes: all of it is done once, and what brings its process down is named."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from metalint.audit.apart import end
from metalint.audit.spread import Lost, Spread, results, spread


def _work(folder: str, number: int, deadly: tuple[int, ...]) -> int:
    if number in deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 17:
        raise ZeroDivisionError("seventeen")
    (Path(folder) / str(number)).touch()
    return number


@pytest.mark.parametrize("deadly", [(), (3,), (0, 39), (3, 4, 5, 30)])
def test_what_brings_its_process_down_is_named(tmp_path: Path, deadly: tuple[int, ...]) -> None:
    with spread(2) as where:
        found = list(results(where, _work, ((str(tmp_path), number, deadly) for number in range(40))))
    lost = {one.task[1]: one.why for one in found if isinstance(one, Lost)}
    assert set(lost) == {17, *deadly}
    assert lost[17] == "ZeroDivisionError: seventeen"
    assert {one for one in found if not isinstance(one, Lost)} == set(range(40)) - set(lost)


def test_other_children_are_left_alone(tmp_path: Path) -> None:
    here, there = multiprocessing.Pipe()
    other = multiprocessing.Process(target=there.recv, daemon=True)
    other.start()
    with spread(2) as where:
        assert sorted(results(where, _work, [(str(tmp_path), 1, ()), (str(tmp_path), 2, ())])) == [1, 2]
    assert other.is_alive()
    here.send("end")
    other.join()
    assert other.exitcode == 0


def test_in_this_process(tmp_path: Path) -> None:
    found = list(results(Spread(1, None), _work, ((str(tmp_path), number, ()) for number in (1, 17, 2))))
    assert [one for one in found if not isinstance(one, Lost)] == [1, 2]


@pytest.fixture
def cluster() -> Iterator[str]:
    """The address of a cluster whose one worker has two threads, in this process."""
    distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    options = {"n_workers": 1, "threads_per_worker": 2, "dashboard_address": ":0", "processes": False}
    with distributed.LocalCluster(**options) as cluster:
        yield cluster.scheduler_address
    end()


def test_what_brings_its_process_down_is_named_by_a_cluster(tmp_path: Path, cluster: str) -> None:
    with spread(1, cluster) as where:
        found = list(results(where, _work, ((str(tmp_path), number, (3, 30)) for number in range(40))))
    lost = {one.task[1]: one.why for one in found if isinstance(one, Lost)}
    assert lost == {
        3: "its process was killed, or died",
        17: "ZeroDivisionError: seventeen",
        30: "its process was killed, or died",
    }
    assert {one for one in found if not isinstance(one, Lost)} == set(range(40)) - set(lost)


def _where(noise: str, number: int) -> tuple[int, int]:
    sys.stdout.write(noise)
    return os.getpid(), number


def test_a_worker_of_a_cluster_keeps_its_processes(cluster: str) -> None:
    """A thread has one, and no other; what a task prints is not taken for its answer."""
    with spread(1, cluster) as where:
        found = list(results(where, _where, (("noise\n" * 9, number) for number in range(40))))
    assert sorted(number for _, number in found) == list(range(40))  # type: ignore[misc]
    assert 1 <= len({process for process, _ in found} - {os.getpid()}) <= 2  # type: ignore[misc]
    assert os.getpid() not in {process for process, _ in found}  # type: ignore[misc]
