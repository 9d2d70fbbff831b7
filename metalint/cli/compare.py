"""`metalint compare`: two versions of a catalogue, and what became of each dataset; or the problems that are new."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from metalint.cli import outputs as wanted
from metalint.cli.compare_helps import TEXTS
from metalint.cli.console import LANGS, Progress, colored, columns, language, listed, refusal, say
from metalint.cli.files import complain
from metalint.cli.helps import told

if TYPE_CHECKING:
    from metalint.output import Settings
    from metalint.run import Options
    from metalint.snapshots.compared import Compared

_LEVELS = ("vanished", "breaking", "never")  # of what became of datasets
_SEVERITIES = ("error", "warning", "info", "never")  # of problems
_BY = ("agency", "year", "month")


@click.command(help=told("compare", TEXTS), short_help=told("compare-short", TEXTS))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--by", type=click.Choice(_BY), help=told("compare-by", TEXTS))
@click.option("--reasons", metavar="FILE", help=told("compare-reasons", TEXTS))
@click.option("--all", "touched", is_flag=True, help=told("compare-all", TEXTS))
@click.option("--max-entries", type=click.IntRange(0), metavar="N", help=told("compare-max", TEXTS))
@click.option("--problems", is_flag=True, help=told("compare-problems", TEXTS))
@click.option("--select", "-s", multiple=True, metavar="RULE", help=told("compare-select", TEXTS))
@click.option("--ignore", "-i", multiple=True, metavar="RULE", help=told("compare-ignore", TEXTS))
@click.option("--platform", "-p", metavar="NAME", help=told("platform"))
@wanted.option
@click.option(
    "--fail-on",
    type=click.Choice(tuple(dict.fromkeys((*_LEVELS, *_SEVERITIES)))),
    metavar="LEVEL",
    help=told("compare-fail-on", TEXTS),
)
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help=told("color"))
def compare(
    old: str,
    new: str,
    by: str | None,
    reasons: str | None,
    touched: bool,
    max_entries: int | None,
    problems: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    platform: str | None,
    outputs: tuple[wanted.Output, ...],
    fail_on: str | None,
    lang: str | None,
    color: str,
) -> int:
    """Compare and return the exit code."""
    from metalint import __version__
    from metalint.output import Settings
    from metalint.run import Options

    lang = language(lang)
    wanted.prove(outputs)
    allowed = _SEVERITIES if problems else _LEVELS
    level = fail_on or allowed[0]
    if level not in allowed:
        raise click.UsageError(f"--fail-on {level}: {', '.join(allowed)}{'' if problems else ' (--problems: error …)'}")
    if (select or ignore) and not problems:
        raise click.UsageError(told("compare-select-alone", TEXTS))
    if problems and (by or reasons or touched or max_entries is not None):
        raise click.UsageError(told("compare-catalogues-alone", TEXTS))
    options = Options(platform=platform, select=listed(select), ignore=listed(ignore), lang=lang)
    on = sys.stdout is not None and colored(color, sys.stdout)
    settings = Settings(lang, on, columns(), max_problems=max_entries, version=__version__)
    if problems:
        return _problems(old, new, outputs, options, settings, level)
    return _catalogues(old, new, outputs, options, settings, level, by=by or _BY[0], reasons=reasons, touched=touched)


def _problems(
    old: str, new: str, outputs: tuple[wanted.Output, ...], options: Options, settings: Settings, level: str
) -> int:
    """Report the problems that only the new version has, and return the exit code."""
    from metalint import comparing
    from metalint.run import CannotRun

    options = options._replace(extras=wanted.extras(outputs))
    progress = Progress(wanted=True)
    try:
        report = comparing.compare(old, new, options, progress)
    except CannotRun as error:
        raise refusal(error, settings.lang) from error
    finally:
        progress.clear()
    return wanted.conclude(outputs, report, settings, options, level)


def _catalogues(
    old: str,
    new: str,
    outputs: tuple[wanted.Output, ...],
    options: Options,
    settings: Settings,
    level: str,
    *,
    by: str,
    reasons: str | None,
    touched: bool,
) -> int:
    """Report what became of each dataset, and return the exit code."""
    from metalint.output.compared import FORMATS
    from metalint.run import CannotRun
    from metalint.snapshots import comparison

    for output in outputs:
        if output.name not in FORMATS:
            raise click.UsageError(f"-f {output.name}: {', '.join(FORMATS)} (--problems: …)")
    progress = Progress(wanted=True, steps=True)
    try:
        try:
            found = comparison.compare(old, new, options, by=by, given=reasons, touched=touched, progress=progress)
        finally:
            progress.clear()
        for output in outputs:
            _write(output, found, settings)
    except CannotRun as error:
        raise refusal(error, settings.lang) from error
    unread = complain(found.unread, settings.lang)
    failed = level != "never" and (found.total.vanished or (level == "breaking" and found.total.breaking))
    return unread or int(bool(failed))


def _write(output: wanted.Output, found: Compared, settings: Settings) -> None:
    """Write a report to its place. Raises CannotRun and OSError."""
    from metalint.output.compared import FORMATS, render

    if output.file is None:
        say(render(output.name, found, settings), machine=FORMATS[output.name].machine)
    else:
        wanted.to_file(output.file, render(output.name, found, settings._replace(color=False, width=100)))
