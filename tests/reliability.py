"""How files fare that a program is mending when it is killed, or when the disk fails: metalint, and ruff beside it.

    python tests/reliability.py kill [--runs 100] [--files 8] [--with ruff]
    python tests/reliability.py faults [--with ruff]

`kill` sends SIGKILL at random moments; `faults` lets the n-th write, fsync or rename of the process fail, for n from 1
until nothing fails any more (by strace). Counted are files that are neither what they were nor what they should be.
`ruff` must be on the path for `--with ruff`.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

SIZE = 400  # records, or lines, of a file
CALLS = ("write", "fsync", "rename")
ERRORS = ("ENOSPC", "EIO")


class Tool(NamedTuple):
    """A program, the files that it mends, and how it is called."""

    name: str
    suffix: str
    old: str
    new: str
    command: Sequence[str]


def tools() -> dict[str, Tool]:
    record = '{{"datasetID": "{0}", "title": "公園綠地清冊 {0}{1}", "keyword": ["公園"]}}\n'
    lines = "import os\n\nx{0} = {0}\n"
    metalint = shutil.which("metalint") or str(Path(sys.executable).parent / "metalint")
    return {
        "metalint": Tool(
            "metalint",
            ".jsonl",
            "".join(record.format(number, " ") for number in range(SIZE)),
            "".join(record.format(number, "") for number in range(SIZE)),
            (metalint, "fix", "--quiet"),
        ),
        "ruff": Tool(
            "ruff",
            ".py",
            "".join(lines.format(number) for number in range(SIZE)),
            "",  # told by a run that nothing disturbs
            (
                shutil.which("ruff") or "ruff",
                "check",
                "--quiet",
                "--no-cache",
                "--isolated",
                "--select",
                "F401",
                "--fix",
            ),
        ),
    }


def laid(tool: Tool, folder: Path, files: int) -> list[Path]:
    paths = [folder / f"{number}{tool.suffix}" for number in range(files)]
    for path in paths:
        path.write_text(tool.old, encoding="utf-8")
    return paths


def mended(tool: Tool) -> Tool:
    """Return a tool with what it makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        (path,) = laid(tool, Path(folder), 1)
        subprocess.run([*tool.command, str(path)], check=False, capture_output=True)
        return tool._replace(new=path.read_text(encoding="utf-8"))


def broken(tool: Tool, paths: Sequence[Path]) -> int:
    return sum(path.read_text(encoding="utf-8", errors="replace") not in (tool.old, tool.new) for path in paths)


def kill(tool: Tool, runs: int, files: int) -> None:
    """Kill the program at random moments of its run."""
    bad_runs = bad_files = strays = 0
    with tempfile.TemporaryDirectory() as folder:
        paths = laid(tool, Path(folder), files)
        began = time.perf_counter()
        subprocess.run([*tool.command, *map(str, paths)], check=False, capture_output=True)
        whole = time.perf_counter() - began
        chance = random.Random(1)
        for _ in range(runs):
            paths = laid(tool, Path(folder), files)
            process = subprocess.Popen(
                [*tool.command, *map(str, paths)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(chance.uniform(0, whole))
            process.kill()
            process.wait()
            count = broken(tool, paths)
            bad_files += count
            bad_runs += count > 0
            strays = max(strays, len(list(Path(folder).iterdir())) - files)
        paths = laid(tool, Path(folder), files)
        subprocess.run([*tool.command, *map(str, paths)], check=False, capture_output=True)
        left = len(list(Path(folder).iterdir())) - files
    print(f"kill    {tool.name}: {bad_runs} of {runs} runs left {bad_files} broken files (of {files} each);")
    print(f"        temporary files left by killed runs: up to {strays}; after the next run: {left}")


def faults(tool: Tool) -> None:
    """Let each call fail in its turn."""
    for error in ERRORS:
        for call in CALLS:
            points = bad = silent = 0
            for at in range(1, 60):
                with tempfile.TemporaryDirectory() as folder:
                    (path,) = laid(tool, Path(folder), 1)
                    log = Path(folder) / "log"
                    inject = f"inject={call}:error={error}:when={at}"
                    names = f"trace={call}" if call != "rename" else "trace=rename,renameat,renameat2"
                    inject = inject if call != "rename" else f"inject=rename,renameat,renameat2:error={error}:when={at}"
                    traced = ["strace", "-f", "-o", str(log), "-e", names, "-e", inject]
                    done = subprocess.run([*traced, *tool.command, str(path)], check=False, capture_output=True)
                    if "INJECTED" not in log.read_text(errors="replace"):
                        break
                    points += 1
                    bad += broken(tool, [path])
                    silent += done.returncode == 0
            print(f"faults  {tool.name}: {call} {error}: {points} points, {bad} broken files, {silent} without a word")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["kill", "faults"])
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--with", dest="also", action="append", default=[], choices=["ruff"])
    asked = parser.parse_args()
    for name in ["metalint", *asked.also]:
        tool = tools()[name]
        tool = tool if tool.new else mended(tool)
        if asked.what == "kill":
            kill(tool, asked.runs, asked.files)
        else:
            faults(tool)


if __name__ == "__main__":
    main()
