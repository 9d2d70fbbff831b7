"""The value that a problem is about, as far as its excerpt shows it."""

from __future__ import annotations

from typing import NamedTuple

from metalint.model import Problem


class Shown(NamedTuple):
    """A value as it stands in the file, and whether it is all of it."""

    text: str
    whole: bool


def shown(problem: Problem, form: str) -> Shown | None:
    """Return the value that a problem of a file of a format is about, or its beginning.

    `None` where it is not known, and for a record or an object: what is wrong there is what it lacks. Of a joined cell
    it is the piece that is to be mended.
    """
    excerpt = problem.excerpt
    if excerpt is None:
        return None
    marked = excerpt.text[excerpt.start : excerpt.end]
    lines = problem.end_line - problem.line
    if marked.startswith("<" if form == "xml" else "{") and form != "csv":
        return None
    if lines and form not in ("csv", "xml"):  # what begins here is a record, or a block's sign
        return None
    whole = not lines and problem.end_column - problem.column <= len(marked)
    if problem.fix is not None and problem.fix.part is not None:
        return _piece(marked, *problem.fix.part)
    return Shown(marked, whole)


def _piece(marked: str, start: int, end: int) -> Shown | None:
    """Return the piece of a joined cell between two offsets in it, where the file has it as it is and shows it."""
    cell = marked[1:] if marked.startswith(('"', "'")) else marked
    plain = len(cell) >= end and not {'"', "\\", "&"} & set(cell[:end])
    return Shown(cell[start:end], whole=True) if plain else None
