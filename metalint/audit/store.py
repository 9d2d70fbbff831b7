"""The folder of an audit: each piece of work is one folder in it, there as a whole or not at all.

A piece is written beside its place and renamed: whatever happens, what stands under its name is finished. Its name says
what it was made from, so that a second run finds what is done and makes what is not.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

WORK = "work"
LAYOUT = 2  # of what a piece of work holds: counts up when that changes, so that no older piece is taken for one
_MAKING = ".making-"


def place(folder: Path, kind: str, key: str) -> Path:
    """Return where a piece of work stands."""
    return folder / WORK / kind / key


@contextmanager
def making(folder: Path, kind: str, key: str) -> Iterator[Path]:
    """Give a folder to write a piece of work in; it gets its name when all is written and on the disk. Raises OSError.

    If another process has made the same piece meanwhile, that one stays: they are the same.
    """
    above = folder / WORK / kind
    above.mkdir(parents=True, exist_ok=True)
    new = above / f"{_MAKING}{os.getpid()}-{os.urandom(4).hex()}"
    new.mkdir()
    try:
        yield new
        for file in new.iterdir():
            _sync(file)
        _sync(new)
        with suppress(FileExistsError):
            _rename(new, above / key)
        _sync(above)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def sweep(folder: Path, kind: str, kept: Iterable[str]) -> None:
    """Remove all pieces of a kind but some; what processes that were killed left goes with them."""
    above, wanted = folder / WORK / kind, frozenset(kept)
    for one in above.iterdir() if above.is_dir() else ():
        if one.name not in wanted:
            shutil.rmtree(one, ignore_errors=True)


def lines(path: Path) -> Iterator[Any]:
    """Yield what the lines of a file say, each as JSON."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON."""
    path.write_text(json.dumps(value, ensure_ascii=True), "utf-8")


def read_json(path: Path) -> Any:
    """Return what a file says as JSON."""
    return json.loads(path.read_text("utf-8"))


def _rename(new: Path, target: Path) -> None:
    try:
        new.rename(target)
    except OSError:  # ENOTEMPTY or EEXIST, as the system has it
        if not target.is_dir():
            raise


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
