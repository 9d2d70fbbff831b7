"""How files are to be read by the configuration that holds for them: for runs that ask no rules of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from metalint.config.errors import ConfigError
from metalint.config.governing import Governing, absolute
from metalint.run import CannotRun, Options

if TYPE_CHECKING:
    from metalint.jobs import Jobs


def settler(paths: Sequence[str], options: Options) -> Callable[[str], Options | None]:
    """Return a function from a path to the options that hold for it, `None` where it is left out; it raises CannotRun.

    Where there is no configuration nothing is imported for it.
    """
    governing = Governing(options.config, isolated=options.isolated)

    @cache
    def jobs() -> Jobs:
        from metalint.jobs import Jobs

        return Jobs(options, paths)

    def settled(path: str) -> Options | None:
        try:
            governed = governing.of(absolute(path, options.stdin_filename).parent) is not None
        except ConfigError as error:
            raise CannotRun(error.texts, error.excerpt) from error
        return jobs().settled(path) if governed else options

    return settled
