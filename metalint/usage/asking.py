"""The use of a catalogue, from files: what `metalint usage` does before anything is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from metalint.run import Options, Progress
from metalint.usage import figures, joining, reading
from metalint.usage.figures import Asked
from metalint.usage.gathered import gather
from metalint.usage.periods import Period
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
    usage = figures.usage(gather(reading.read(paths, options, given)), asked)
    if not problems:
        return usage
    usage, unreadable = joining.join(usage, catalogue, options, progress)
    return usage._replace(unreadable=(*usage.unreadable, *unreadable))
