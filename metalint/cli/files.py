"""The arguments that say which files are read, and how: the same for every command that reads some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from metalint.cli.helps import told

if TYPE_CHECKING:
    from metalint.model import Unreadable

_INPUTS = ("auto", "json", "jsonl", "yaml", "csv", "xml")
Command = Callable[..., Any]
_ARGUMENTS = (
    click.argument("paths", nargs=-1, metavar="[PATH]…"),
    click.option("--platform", "-p", metavar="NAME", help=told("platform")),
    click.option("--platform-dir", "platform_dirs", multiple=True, metavar="DIR", help=told("platform-dir")),
    click.option("--format", "input_format", type=click.Choice(_INPUTS), default="auto", help=told("format")),
    click.option("--encoding", metavar="NAME", help=told("encoding")),
    click.option("--stdin-filename", default="-", metavar="NAME", help=told("stdin-filename")),
    click.option("--exclude", multiple=True, metavar="GLOB", help=told("exclude")),
)


def files(command: Command) -> Command:
    """Give a command the arguments `paths`, `platform`, `platform_dirs`, `input_format`, `encoding` and so on."""
    for argument in reversed(_ARGUMENTS):
        command = argument(command)
    return command


def complain(unread: Sequence[Unreadable], lang: str) -> int:
    """Say what could not be read, with its place, and return the exit code."""
    from metalint.terminal import safe

    for one in unread:
        place = safe(click.format_filename(one.path)) + (f":{one.line}:{one.column}" if one.line else "")
        click.echo(f"metalint: {place}: {safe(one.why[lang])}", err=True)
    return 2 if unread else 0
