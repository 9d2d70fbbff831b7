"""The use of a catalogue, from files: what `metalint usage` does before anything is shown."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from metalint import inputs
from metalint.model import Unreadable
from metalint.run import Options, Progress
from metalint.usage import figures, joining, reading
from metalint.usage.figures import Asked
from metalint.usage.gathered import gather
from metalint.usage.periods import Period
from metalint.usage.reading import Left, Row
from metalint.usage.result import Usage


def ask(
    paths: Sequence[str],
    options: Options,
    asked: Asked,
    given: Mapping[str, Period],
    catalogue: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    problems: bool = True,
) -> Usage:
    """Return how datasets are used, by the files, and where problems are asked, what is wrong with their metadata.

    `given` are the periods of files by path, `""` for a single one. Raises CannotRun.
    """
    rows = reading.read(paths, options, given)
    usage = figures.usage(gather(_watched(rows, paths, options, progress) if progress else rows), asked)
    if not problems:
        return usage
    usage, unreadable = joining.join(usage, catalogue, options, progress)
    return usage._replace(unreadable=(*usage.unreadable, *unreadable))


def _watched(
    rows: Iterable[Row | Left | Unreadable], paths: Sequence[str], options: Options, progress: Progress
) -> Iterator[Row | Left | Unreadable]:
    """Yield rows, and tell after each file how many bytes of all are read."""
    sizes = {path: _size(path) for path in inputs.expand(paths, options.exclude).files}
    done, path = 0, ""
    for row in rows:
        if row.path != path:
            done, path = done + sizes.get(path, 0), row.path
            progress(done, sum(sizes.values()))
        yield row


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116  a path may hold bytes that are no text: os keeps them
    except OSError:
        return 0
