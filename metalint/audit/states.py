"""The states of files: what tells that one has changed, between two audits or in the midst of one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from metalint.formats.source import Source
from metalint.model import Texts

State = tuple[int, ...]  # empty: the file is not there
CHANGED = Texts("稽核時檔案變了或不見了，請再執行一次", "it changed or went away while it was audited: run it again")


class Changed(Exception):
    """A file has changed since its part was listed: what was read is neither its old state nor its new one."""

    def __init__(self) -> None:
        super().__init__(CHANGED.en)
        self.texts = CHANGED


def state_of(source: Source) -> State:
    """Return what tells a file's content from what it was before."""
    assert source.file is not None
    try:
        seen = os.stat(source.file)  # noqa: PTH116  a path may hold bytes that are no text
    except OSError:
        return ()
    return seen.st_size, seen.st_mtime_ns, seen.st_ino


def identity_of(source: Source) -> object:
    """Return what two names of one file have in common."""
    assert source.file is not None
    try:
        seen = os.stat(source.file)  # noqa: PTH116  a path may hold bytes that are no text
    except OSError:
        return source.file
    return seen.st_dev, seen.st_ino


@contextmanager
def unchanged(sources: Sequence[Source], states: Sequence[State]) -> Iterator[None]:
    """Raise Changed where files are not in the states that they were in, whatever that led to meanwhile."""
    try:
        yield
    except Exception as error:
        if [*map(state_of, sources)] != [*states]:
            raise Changed from error
        raise
    if [*map(state_of, sources)] != [*states]:
        raise Changed
