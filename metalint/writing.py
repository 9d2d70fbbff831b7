"""A file replaced as a whole: whatever happens, it holds its old bytes or the new ones.

The new bytes go to a file beside it, to the disk, and then, in one step, to its name. What another process has changed
meanwhile is not overwritten. One process at a time writes in a folder; what one that was killed left there goes.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from metalint.model import Texts

_STRAY = re.compile(r"\.metalint-[0-9]+-[0-9a-f]{8}\.tmp")
_LINKS = "有別的名稱指向同一個檔案（hard link），取代後會分開；請先複製成單獨的檔案"


class Stamp(NamedTuple):
    """Which state of a file was read."""

    device: int
    inode: int
    size: int
    modified: int


class CannotReplace(Exception):
    """A file may not, or can not, be replaced; it is what it was. The reason, in both languages."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts.en)
        self.texts = texts


def stamp(path: str) -> Stamp:
    """Return the state that a file is in. Raises OSError."""
    seen = os.stat(path)  # noqa: PTH116  a path may hold bytes that are no text: os keeps them
    return Stamp(seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns)


def replace_file(path: str, data: bytes | Iterable[bytes], read: Stamp | None = None) -> None:
    """Put new bytes in the place of a file's; a link's aim is replaced, not the link. A file that is not there is made.

    `read` is the state that the new bytes were made from: a file in any other is left alone. Raises CannotReplace, and
    OSError where the disk or the system fails: the file is what it was; what it should be, if only its folder could not
    be brought to the disk.
    """
    target = os.path.realpath(path)
    folder = os.path.dirname(target)  # noqa: PTH120
    old = _replaceable(target)
    with _alone(folder):
        _sweep(folder)
        name = os.path.join(folder, f".metalint-{os.getpid()}-{os.urandom(4).hex()}.tmp")  # noqa: PTH118
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600 if old else 0o666)
        try:
            try:
                for chunk in [data] if isinstance(data, bytes) else data:
                    _write(file, chunk)
                _dress(file, old)
                os.fsync(file)
            finally:
                os.close(file)
            prove_unchanged(target, read)
            os.replace(name, target)  # noqa: PTH105
        except BaseException:
            with suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise
        _sync(folder)


def prove_unchanged(target: str, read: Stamp | None) -> None:
    """Raise CannotReplace if a file is in another state than the one that was read, OSError if it is gone."""
    if read is not None and stamp(target) != read:
        zh = "讀取之後被別的程式改過，沒有寫入"
        raise CannotReplace(Texts(zh, "was changed by another program since it was read: not written"))


def _replaceable(target: str) -> os.stat_result | None:
    """Return what a file is now, `None` where there is none. Raises CannotReplace."""
    try:
        old = os.lstat(target)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(old.st_mode):
        raise CannotReplace(Texts("不是一般檔案", "not a regular file"))
    if not old.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise CannotReplace(Texts("檔案是唯讀的", "the file is read-only"))
    if old.st_nlink > 1:
        raise CannotReplace(Texts(_LINKS, "it has another name (a hard link), which would part from it; copy it first"))
    return old


@contextmanager
def _alone(folder: str) -> Iterator[None]:
    """Hold the folder against other processes that write by this module, where the system can lock one."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a network drive may know no locks; the file's state is still compared
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sweep(folder: str) -> None:
    """Remove what processes that were killed left behind: nobody else writes here now."""
    for name in os.listdir(folder):  # noqa: PTH208
        if _STRAY.fullmatch(name):
            with suppress(OSError):
                os.unlink(os.path.join(folder, name))  # noqa: PTH108, PTH118


def _write(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]


def _dress(file: int, old: os.stat_result | None) -> None:
    """Give a new file the mode and the owner of the old one."""
    if old is None or not hasattr(os, "fchmod"):
        return
    mine = os.fstat(file)
    if (mine.st_uid, mine.st_gid) != (old.st_uid, old.st_gid):
        with suppress(PermissionError):  # who may not give a file away keeps it; its mode is kept all the same
            os.fchown(file, old.st_uid, old.st_gid)
    os.fchmod(file, stat.S_IMODE(old.st_mode))


def _sync(folder: str) -> None:
    """Bring the new name to the disk. The file is replaced by now: a system that cannot do this does not fail."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(handle)
