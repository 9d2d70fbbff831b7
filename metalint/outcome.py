"""The folder of an audit's outcome: how it is told from any other, so that none is read as metadata or written over."""

from __future__ import annotations

import os
from collections.abc import Sequence

WORK, STATE = "work", "state.json"  # in the folder: what is done already; in that: how far an audit is
LOOKED, DONE = "looked", "done"  # the kinds of pieces of work
SUMMARY = "summary.json"
FILES = frozenset(
    (
        SUMMARY,
        "problems.jsonl",
        "datasets.jsonl",
        "problems.parquet",
        "report.html",
        "report.xlsx",
        "report.md",
    )
)
_BEGINS = ((os.path.join(WORK, STATE), (b'{"day"', b'{"ended"')), (SUMMARY, (b'{\n "version": "',)))  # noqa: PTH118


def is_outcome(folder: str) -> bool:
    """Tell whether an audit wrote into a folder: by how its state or its summary begins."""
    return any(_begins(os.path.join(folder, name), how) for name, how in _BEGINS)  # noqa: PTH118


def of_outcome(where: str, folders: Sequence[str], names: Sequence[str]) -> tuple[set[str], set[str]]:
    """Return the folders and files that an audit left in a folder, of those that are there."""
    if (WORK in folders or SUMMARY in names) and is_outcome(where):
        return set(), {*names} & FILES
    above, name = os.path.split(where)
    if name == WORK and (STATE in names or LOOKED in folders) and is_outcome(above or os.curdir):
        return {LOOKED, DONE}, {STATE}
    return set(), set()


def _begins(path: str, how: Sequence[bytes]) -> bool:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  a path may hold bytes that are no text
            return file.read(16).startswith(tuple(how))
    except OSError:
        return False
