"""The folder of an audit: each piece of work is one folder in it, there as a whole or not at all.

A piece is written beside its place and renamed: whatever happens, what stands under its name is finished. Its name says
what it was made from, so that a second run finds what is done and makes what is not.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from metalint.model import Texts
from metalint.outcome import FILES, WORK, is_outcome
from metalint.run import CannotRun

LAYOUT = 5  # of what a piece of work holds: counts up when that changes, so that no older piece is taken for one
_MAKING = ".making-"
_SUMS = "sums.json"  # of a piece: how long its files are, and their check sums
_OURS = re.compile(r"[0-9a-f]{24}(-[0-9a-f]{12})?|\.making-[0-9]+-[0-9a-f]{8}")
_LOCK = "lock"
_BLOCK = 1 << 16


def place(folder: Path, kind: str, key: str) -> Path:
    """Return where a piece of work stands."""
    return folder / WORK / kind / key


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder of an audit, made if it is not there, against other runs. Raises CannotRun and OSError.

    A second run would sweep away what the first has just made. The system lets go of what a killed one held.
    """
    mine = is_outcome(str(folder))
    if not mine and folder.is_dir() and (there := sorted(FILES & {one.name for one in folder.iterdir()})):
        names = ", ".join(there)
        zh = f"{folder} 裡的 {names} 不是 metalint audit 寫的，不覆寫；請用別的資料夾"
        raise CannotRun(Texts(zh, f"{folder} holds {names}, which no audit wrote: name another folder"))
    (folder / WORK).mkdir(parents=True, exist_ok=True)
    with (folder / WORK / _LOCK).open("a") as file:
        _hold(file.fileno(), folder)
        yield


def _hold(handle: int, folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # of this process: its children do not hold it too
    except (BlockingIOError, PermissionError) as error:
        zh, en = "另一個 metalint audit 正在寫這個資料夾", "another audit is at work in this folder"
        raise CannotRun(Texts(f"{folder}：{zh}", f"{folder}: {en}")) from error
    except OSError:  # a network drive may know no locks
        return


def is_whole(folder: Path, kind: str, key: str) -> bool:
    """Tell whether a piece of work is there as it was written; what is left of a damaged one is removed."""
    piece = place(folder, kind, key)
    if not piece.is_dir():
        return False
    try:
        sums = read_json(piece / _SUMS)
        if all(_sum(piece / name) == said for name, said in sums.items()):
            return True
    except (OSError, ValueError, AttributeError):
        pass
    shutil.rmtree(piece)
    return False


def _sum(path: Path) -> list[int]:
    """Return how long a file is, and its check sum. Raises OSError."""
    size = found = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            size, found = size + len(block), zlib.crc32(block, found)
    return [size, found]


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
        write_json(new / _SUMS, {file.name: _sum(file) for file in sorted(new.iterdir())})
        for file in new.iterdir():
            _sync(file)
        _sync(new)
        with suppress(FileExistsError):
            _rename(new, above / key)
        _sync(above)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def sweep(folder: Path, kind: str, kept: Iterable[str]) -> None:
    """Remove all pieces of a kind but some; what processes that were killed left goes with them.

    What has not the name of a piece is somebody else's.
    """
    above, wanted = folder / WORK / kind, frozenset(kept)
    for one in above.iterdir() if above.is_dir() else ():
        if one.name not in wanted and _OURS.fullmatch(one.name):
            shutil.rmtree(one, ignore_errors=True)


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
