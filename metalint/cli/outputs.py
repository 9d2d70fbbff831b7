"""Where reports go: one to standard output, others to files, each in its format."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from metalint.cli.console import refusal, say
from metalint.cli.files import complain
from metalint.cli.helps import told

if TYPE_CHECKING:
    from metalint.model import Extras, Texts
    from metalint.output import Settings
    from metalint.report import Report
    from metalint.run import Options

Command = Callable[..., Any]
_NAMES = (
    *("full", "concise", "grouped", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle"),
    *("rdjsonl", "markdown", "csv", "html"),
)  # as in metalint.output.FORMATS, whose modules the start of the program does not pay for
_FAIL_ON = ("error", "warning", "info", "never")


class Output(NamedTuple):
    """A format, and the file that it goes to; none: standard output."""

    name: str
    file: str | None = None


class OutputType(click.ParamType[Output]):
    """A format, of those that a command has, and a file."""

    name = "FORMAT[:FILE]"

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Output:
        """Return what `sarif:out.sarif` asks for."""
        if isinstance(value, Output):
            return value
        name, colon, file = str(value).partition(":")
        if name == "auto" and "full" in self._names:
            name = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full"
        if name not in self._names or (colon and not file):
            import difflib

            near = difflib.get_close_matches(name, self._names, 1)
            hint = f" ({near[0]}?)" if near else ""
            auto = ("auto",) if "full" in self._names else ()
            self.fail(f"{value!r}{hint}: FORMAT[:FILE], FORMAT = {', '.join((*auto, *self._names))}", param, ctx)
        return Output(name, file or None)


_FULL = (Output("full"),)
option = click.option(
    "--output-format", "-f", "outputs", multiple=True, type=OutputType(_NAMES), default=_FULL, help=told("outputs")
)


def fail_on(default: str | None = None, said: str | None = None) -> Callable[[Command], Command]:
    """Return the option that says from which severity on problems are an exit code of 1; `said` is its help."""
    return click.option("--fail-on", type=click.Choice(_FAIL_ON), default=default, help=said or told("fail-on"))


def prove(outputs: Sequence[Output]) -> None:
    """Raise UsageError where two reports would go to the same place."""
    places = [output.file for output in outputs]
    for place in places:
        if places.count(place) > 1:
            raise click.UsageError(f"-f: {place or 'stdout'} ×{places.count(place)}")


def extras(outputs: Sequence[Output]) -> Extras:
    """Return what problems must carry for the formats."""
    from metalint.model import Extras
    from metalint.output import FORMATS

    wanted = [FORMATS[output.name].extras for output in outputs]
    return Extras(*(any(some) for some in zip(*wanted, strict=True)))


def conclude(
    outputs: Sequence[Output],
    report: Report,
    settings: Settings,
    options: Options,
    least: str,
    *,
    quiet: bool = False,
) -> int:
    """Write the report to all places (with `quiet` not to standard output) and return the exit code.

    It is 130 for a run that was broken off, 2 where something could not be read, which is said, and 1 for a problem
    that is at least as grave as `least`. Raises ClickException and OSError.
    """
    from metalint.model import Severity, Unreadable
    from metalint.run import CannotRun

    try:
        _write(outputs, report, settings, options, quiet=quiet)
    except CannotRun as error:
        raise refusal(error, settings.lang) from error
    report.close()
    unread = complain([Unreadable(path, 0, 0, why) for path, why in report.unreadable], settings.lang)
    if report.interrupted:
        return 130
    worst = report.worst()
    return unread or int(least != "never" and worst is not None and worst >= Severity[least.upper()])


def _write(outputs: Sequence[Output], report: Report, settings: Settings, options: Options, *, quiet: bool) -> None:
    """Write the report. Raises CannotRun and OSError."""
    from metalint import api
    from metalint.output import FORMATS, render

    found = {rule for rule, _ in report.counts}
    if report.known or report.suppressed:
        found |= {one.rule for one in report.problems()}
    explained = any(FORMATS[output.name].explained for output in outputs if not (quiet and output.file is None))
    settings = settings._replace(explained=api.explained(found, options) if explained and found else {})
    if any(FORMATS[output.name].summaries for output in outputs):
        settings = settings._replace(summaries=_summaries(options))
    for output in outputs:
        if output.file is not None:
            to_file(output.file, render(output.name, report, settings._replace(color=False, width=100)))
        elif not quiet:
            say(render(output.name, report, settings), machine=FORMATS[output.name].machine)


def _summaries(options: Options) -> Mapping[str, Texts]:
    from metalint import api

    return {rule.id: rule.summary for rule in api.rules(options)}


def to_file(path: str, pieces: Iterable[str | bytes]) -> None:
    """Write a report to a file. Raises CannotRun."""
    from metalint.model import Texts
    from metalint.run import CannotRun
    from metalint.writing import CannotReplace, replace_file

    data = (piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace") for piece in pieces)
    target = Path(path)
    try:
        if path.startswith("/dev/") or (target.exists() and not target.is_file()):  # a pipe, or /dev/stderr
            with target.open("wb") as file:
                file.writelines(data)
        else:
            replace_file(path, data)
    except CannotReplace as error:
        raise CannotRun(Texts(f"{path}：{error.texts.zh}", f"{path}: {error.texts.en}")) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotRun(Texts(f"{path}：無法寫入：{why}", f"{path}: cannot be written: {why}")) from error
