"""How an audit spreads: over two processes, over a Dask cluster, and with a worker of it killed.

    python tests/bench/spread.py            processes (the national list), dask (200,000 generated records)
    python tests/bench/spread.py dask 1000000

Each figure is a ratio of wall times measured in the same run, interleaved; outcomes are compared byte by byte.
"""

from __future__ import annotations

import filecmp
import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from operator import truediv
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bench import CORPUS, METALINT, MIB, held
from records import write

AUDIT = [sys.executable, "-m", "metalint", "audit", "--lang", "en", "--today", "2026-10-02", "--quiet", "--no-progress"]
LINT = ("--no-scores", "--ignore", "dataset/near-duplicate,dataset/series-by-place,relation/dangling")  # as in a check
ROUNDS = 3


def main() -> None:
    wanted, count = sys.argv[1:2] or ["processes", "dask"], int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        results = []
        if "processes" in wanted:
            results.append(processes(Path(folder)))
        if "dask" in wanted:
            results.append(dask(Path(folder), count))
    sys.exit(0 if all(results) else 1)


def processes(folder: Path) -> bool:
    """The national list in two processes, against its serial time over the cores that there really are."""
    path = CORPUS / "data-gov-tw-2026-03.csv"
    if not path.is_file():
        print(f"  no {path}: skipped")
        return True
    good = True
    for name, more in (("lint", LINT), ("all", ())):
        one, two, checks, spread_checks, cores = [], [], [], [], []
        for _ in range(ROUNDS):
            cores.append(effective_cores())
            one.append(wall(folder / "one", path, *more, "-j", "1"))
            two.append(wall(folder / "two", path, *more, "-j", "2"))
            checks.append(checking(path, "1"))
            spread_checks.append(checking(path, "2"))
        serial, spread, check, check2, real = map(statistics.median, (one, two, checks, spread_checks, cores))
        print(f"  {name}: -j 1 {serial:.1f} s, -j 2 {spread:.1f} s, check {check:.1f} s, effective cores {real:.2f}")
        good = held(f"{name}: two processes / (one / cores)", spread / (serial / real), 1.3) and good
        print(f"  {name}: two processes / (check / cores) {spread / (check / real):.2f}", end="")
        print(f"; a check in two processes {check2 / (check / real):.2f}")
        good = same(folder / "one", folder / "two") and good
    return good


def dask(folder: Path, count: int) -> bool:
    """Generated records on a Dask cluster, against a pool of two; then with a worker killed.

    Two workers of a thread each, and one of two threads, as `dask worker` begins it by itself.
    """
    path = folder / "catalogue.jsonl"
    write(path, count)
    good = all([clustered(folder, path, f"{count:,}", 2, 1), clustered(folder, path, f"{count:,}", 1, 2)])
    # What a child uses counts from its fork on: this process must stay small itself.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / MIB
    return held("peak memory of any process, MiB", peak, 500) and good


def clustered(folder: Path, path: Path, count: str, workers: int, threads: int) -> bool:
    from distributed import Client, LocalCluster

    options = {"n_workers": workers, "threads_per_worker": threads, "dashboard_address": None, "processes": True}
    with LocalCluster(**options) as cluster:
        address = cluster.scheduler_address
        pools, clusters = [], []
        for _ in range(5):  # a shared machine is a tenth faster or slower from one minute to the next
            pools.append(wall(folder / "pool", path, *LINT, "-j", "2"))
            clusters.append(wall(folder / "dask", path, *LINT, "--scheduler", address))
        pool, spread = statistics.median(pools), statistics.median(clusters)
        ratios = [*map(truediv, clusters, pools)]
        name = f"{workers} × {threads} threads"
        each = " ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"  {count} records: pool {pool:.1f} s, Dask of {name} {spread:.1f} s; each round {each}")
        good = held(f"Dask of {name} / pool, median of the rounds", statistics.median(ratios), 1.1)
        good = same(folder / "pool", folder / "dask") and good
        with Client(address) as client:
            victim = int(next(iter(client.run(os.getpid).values())))
        threading.Timer(spread / 3, os.kill, (victim, signal.SIGKILL)).start()
        wall(folder / "killed", path, *LINT, "--scheduler", address)
        return same(folder / "pool", folder / "killed") and good


def wall(out: Path, path: Path, *more: str) -> float:
    shutil.rmtree(out, ignore_errors=True)
    began = time.perf_counter()
    subprocess.run([*AUDIT, str(path), "-o", str(out), *more], check=True)
    return time.perf_counter() - began


def checking(path: Path, jobs: str) -> float:
    began = time.perf_counter()
    subprocess.run([*METALINT, "-j", jobs, "-f", "concise", str(path)], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def same(one: Path, two: Path) -> bool:
    names = ("problems.jsonl", "datasets.jsonl", "summary.json")
    equal = all(filecmp.cmp(one / name, two / name, shallow=False) for name in names)
    print(f"  {one.name} and {two.name}: {'the same' if equal else 'BROKEN: not the same'}")
    return equal


def burn(rounds: int) -> int:
    return sum(number * number % 7 for number in range(rounds))


def effective_cores() -> float:
    """How much two processes get done beside each other, as a multiple of one."""
    rounds = 6_000_000
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(burn, [1, 1]))
        began = time.perf_counter()
        pool.submit(burn, rounds).result()
        alone = time.perf_counter() - began
        began = time.perf_counter()
        list(pool.map(burn, [rounds, rounds]))
        return 2 * alone / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
