"""`metalint compare`: two versions of files, and the problems that only the new one has."""

from __future__ import annotations

import sys

import click

from metalint.cli import outputs as wanted
from metalint.cli.console import LANGS, Progress, colored, columns, language, listed, refusal
from metalint.cli.helps import told


@click.command(help=told("compare"), short_help=told("compare-short"))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--select", "-s", multiple=True, metavar="RULE", help=told("select"))
@click.option("--ignore", "-i", multiple=True, metavar="RULE", help=told("ignore"))
@click.option("--platform", "-p", metavar="NAME", help=told("platform"))
@wanted.option
@wanted.fail_on("error")
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
    from metalint.output import Settings
    from metalint.run import CannotRun, Options

    lang = language(lang)
    wanted.prove(outputs)
    extras = wanted.extras(outputs)
    options = Options(platform=platform, select=listed(select), ignore=listed(ignore), lang=lang, extras=extras)
    progress = Progress(wanted=True)
    try:
        report = comparing.compare(old, new, options, progress)
    except CannotRun as error:
        raise refusal(error, lang) from error
    finally:
        progress.clear()
    on = sys.stdout is not None and colored(color, sys.stdout)
    settings = Settings(lang, on, columns(), version=__version__)
    return wanted.conclude(outputs, report, settings, options, fail_on)
