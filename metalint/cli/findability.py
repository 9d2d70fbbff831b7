"""`metalint findability`: what a searcher gains by keywords."""

from __future__ import annotations

import sys

import click

from metalint.cli.console import LANGS, colored, columns, language, say
from metalint.cli.files import Files, complain, reading
from metalint.cli.helps import told

_FORMATS = ("full", "json", "jsonl", "csv")


@click.command(help=told("findability"), short_help=told("findability-short"))
@reading
@click.option("--queries", metavar="FILE", help=told("queries"))
@click.option("--top", type=click.IntRange(1), default=5, metavar="N", help=told("top"))
@click.option("--max-queries", type=click.IntRange(0), default=40, metavar="N", help=told("max-queries"))
@click.option("--output-format", "-f", type=click.Choice(_FORMATS), default="full", help=told("output-format"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help=told("color"))
def findability(
    files: Files,
    queries: str | None,
    top: int,
    max_queries: int,
    output_format: str,
    lang: str | None,
    color: str,
) -> int:
    """Count what is found, and return the exit code."""
    from metalint import __version__, enriching
    from metalint.output.findability import FORMATS
    from metalint.output.settings import Settings
    from metalint.run import CannotRun

    lang = language(lang)
    options = files.options(lang)
    try:
        rows, unread = enriching.findability(files.paths, options, top, queries)
    except CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    on = sys.stdout is not None and colored(color, sys.stdout)
    settings = Settings(lang, on, columns(), max_problems=max_queries, version=__version__)
    say(FORMATS[output_format](rows, settings), machine=output_format != "full")
    return complain(unread, lang)
