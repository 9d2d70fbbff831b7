"""Places for other programs: paths from the folder at hand, as URIs where that is wanted, and columns in bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from metalint.model import Problem, Severity, Span
from metalint.output.settings import Settings
from metalint.report import Report

FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def relative(path: str) -> str:
    """Return a path from the folder at hand, with slashes; one that leads out of it stays as it is."""
    try:
        found = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if found.startswith(os.pardir) else found.replace(os.sep, "/")


def told_apart(paths: Iterable[str]) -> dict[str, str]:
    """Return each path without the folders that all have in common: what tells them apart, for readers elsewhere."""
    names = {path: relative(path).replace("\\", "/") for path in paths}
    folders = {name.rpartition("/")[0] for name in names.values()}
    try:
        common = os.path.commonpath(folders) if "" not in folders and folders else ""
    except ValueError:  # some from the root, some not
        common = ""
    return {path: name[len(common) :].lstrip("/") if common else name for path, name in names.items()}


def uri(path: str) -> str:
    """Return a path as a relative URI; as an absolute one if it leads out of the folder at hand."""
    name = relative(path)
    if os.path.isabs(name) or name.startswith(os.pardir):  # noqa: PTH117  a path may be no text
        return "file://" + quote(_bytes(os.path.abspath(name)))  # noqa: PTH100
    return quote(_bytes(name))


def _bytes(name: str) -> bytes:
    try:
        return os.fsencode(name)
    except UnicodeEncodeError:  # the name of no file, such as one given for standard input
        return name.encode("utf-8", "replace")


def text(value: str) -> str:
    """Return a text without halves of characters, which no other program takes."""
    return value.encode("utf-8", "replace").decode() if not value.isascii() else value


def shown(report: Report, settings: Settings) -> Iterator[Problem]:
    """Yield the problems that count, in their order, at most as many as are wanted."""
    number = 0
    for problem in report.problems():
        if problem.aside:
            continue
        if settings.max_problems and number >= settings.max_problems:
            return
        number += 1
        yield problem


def by_severity(report: Report, most: int | None = None) -> list[Problem]:
    """Return the problems, at most so many, the gravest first, else in their order; none of them twice."""
    found: list[Problem] = []
    for severity in FIRST:
        for problem in report.problems():
            if most is not None and len(found) >= most:
                return found
            if problem.severity is severity:
                found.append(problem)
    return found


def byte_columns(problem: Problem, span: Span) -> tuple[int, int] | None:
    """Return where a span on the problem's first line begins and ends, in bytes of UTF-8 from 1, if that is known."""
    seen = problem.excerpt
    if seen is None or seen.cut_left or span.line != seen.line or span.end_line != seen.line:
        return None
    if seen.start != problem.column - 1:  # the record begins within the line, and what stands before it is not known
        return None
    first, last = span.column - 1, span.end_column - 1
    if last > len(seen.text):
        return None
    start = len(seen.text[:first].encode("utf-8", "replace"))
    return start + 1, start + 1 + len(seen.text[first:last].encode("utf-8", "replace"))


def span_of(problem: Problem) -> Span:
    """Return a problem's place as a span."""
    return Span(0, 0, problem.line, problem.column, problem.end_line, problem.end_column)
