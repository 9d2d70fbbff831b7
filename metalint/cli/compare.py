"""`metalint compare`: two versions of files, and the problems that only the new one has."""

from __future__ import annotations

import sys

import click

from metalint.cli import outputs as wanted
from metalint.cli.console import LANGS, Progress, colored, columns, language
from metalint.cli.files import listed
from metalint.cli.helps import told

_FAIL_ON = ("error", "warning", "info", "never")


@click.command(help=told("compare"), short_help=told("compare-short"))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--select", "-s", multiple=True, metavar="RULE", help=told("select"))
@click.option("--ignore", "-i", multiple=True, metavar="RULE", help=told("ignore"))
@click.option("--platform", "-p", metavar="NAME", help=told("platform"))
@wanted.option
@click.option("--fail-on", type=click.Choice(_FAIL_ON), default="error", help=told("fail-on"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help=told("color"))
def compare(
    old: str,
    new: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    platform: str | None,
    outputs: tuple[wanted.Output, ...],
    fail_on: str,
    lang: str | None,
    color: str,
) -> int:
    """Compare and return the exit code."""
    from metalint import __version__, comparing
    from metalint.model import Severity
    from metalint.output import Settings
    from metalint.run import CannotRun, Options
    from metalint.terminal import safe

    lang = language(lang)
    wanted.prove(outputs)
    extras = wanted.extras(outputs)
    options = Options(platform=platform, select=listed(select), ignore=listed(ignore), lang=lang, extras=extras)
    progress = Progress(wanted=True)
    try:
        report = comparing.compare(old, new, options, progress)
    except CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    finally:
        progress.clear()
    on = sys.stdout is not None and colored(color, sys.stdout)
    settings = Settings(lang, on, columns(), version=__version__)
    wanted.write(outputs, report, settings, options)
    for path, why in report.unreadable:
        click.echo(f"metalint: {safe(click.format_filename(path))}: {why[lang]}", err=True)
    worst = report.worst()
    if report.unreadable:
        return 2
    return int(fail_on != "never" and worst is not None and worst >= Severity[fail_on.upper()])
