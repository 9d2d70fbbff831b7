"""Work spread over processes: all of it is done once, and what brings its process down is named."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

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


def test_on_a_cluster(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    path = tmp_path / "list.csv"
    path.write_text("資料集識別碼,資料集名稱,提供機關\n" + "1,職安統計,勞動部\n" * 30, "utf-8")
    options = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": ":0", "processes": False}
    with distributed.LocalCluster(**options) as cluster, spread(1, cluster.scheduler_address) as where:
        found = list(results(where, _work, ((str(tmp_path), number, ()) for number in range(20))))
    assert sorted(one for one in found if not isinstance(one, Lost)) == [n for n in range(20) if n != 17]
