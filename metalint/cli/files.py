"""The arguments that say which files are read, and how: the same for every command that reads some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from metalint.cli.helps import told

if TYPE_CHECKING:
    from metalint.model import Unreadable
    from metalint.run import Options

_INPUTS = ("auto", "json", "jsonl", "yaml", "csv", "xml")
Command = Callable[..., Any]
_STDIN = click.option("--stdin-filename", default="-", metavar="NAME", help=told("stdin-filename"))
_ARGUMENTS = (
    click.argument("paths", nargs=-1, metavar="[PATH]…"),
    click.option("--platform", "-p", metavar="NAME", help=told("platform")),
    click.option("--platform-dir", "platform_dirs", multiple=True, metavar="DIR", help=told("platform-dir")),
    click.option("--format", "input_format", type=click.Choice(_INPUTS), default="auto", help=told("format")),
    click.option("--encoding", metavar="NAME", help=told("encoding")),
    _STDIN,
    click.option("--exclude", multiple=True, metavar="GLOB", help=told("exclude")),
)


class Files(NamedTuple):
    """The files of a command, and how they are to be read."""

    paths: tuple[str, ...]
    platform: str | None
    platform_dirs: tuple[str, ...]
    input_format: str
    encoding: str | None
    stdin_filename: str
    exclude: tuple[str, ...]

    def options(self, lang: str | None) -> Options:
        """Return the options of a run."""
        from metalint.run import Options

        return Options(
            platform=self.platform,
            platform_dirs=self.platform_dirs,
            lang=lang,
            encoding=self.encoding,
            stdin_filename=self.stdin_filename,
            format=None if self.input_format == "auto" else self.input_format,
            exclude=self.exclude,
        )


def reading(command: Command) -> Command:
    """Give a command the arguments that say what is read; it gets them together, as `files`."""
    return _with(command, _ARGUMENTS)


def reading_files(command: Command) -> Command:
    """Do the same for a command that does not read standard input."""
    return _with(command, [argument for argument in _ARGUMENTS if argument is not _STDIN])


def _with(command: Command, arguments: Sequence[Command]) -> Command:
    @wraps(command)
    def wrapped(**given: Any) -> Any:
        read = Files(**{name: given.pop(name, "-") for name in Files._fields})  # standard input has no other name
        return command(files=read._replace(paths=read.paths or (".",)), **given)

    for argument in reversed(arguments):
        wrapped = argument(wrapped)
    return wrapped


def complain(unread: Sequence[Unreadable], lang: str) -> int:
    """Say what could not be read, with its place, and return the exit code."""
    from metalint.terminal import safe

    for one in unread:
        place = safe(click.format_filename(one.path)) + (f":{one.line}:{one.column}" if one.line else "")
        click.echo(f"metalint: {place}: {safe(one.why[lang])}", err=True)
    return 2 if unread else 0
