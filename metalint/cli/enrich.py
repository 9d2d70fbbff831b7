"""`metalint enrich`: the keywords that records lack."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from metalint.cli.console import LANGS, colored, columns, language, say
from metalint.cli.helps import told

_FORMATS = ("full", "json", "jsonl", "csv")
_INPUTS = ("auto", "json", "jsonl", "yaml", "csv", "xml")


@click.command(help=told("enrich"), short_help=told("enrich-short"))
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option("--top", type=click.IntRange(1), default=3, metavar="N", help=told("top"))
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.3, metavar="X", help=told("min-confidence"))
@click.option("--platform", "-p", metavar="NAME", help=told("platform"))
@click.option("--platform-dir", "platform_dirs", multiple=True, metavar="DIR", help=told("platform-dir"))
@click.option("--format", "input_format", type=click.Choice(_INPUTS), default="auto", help=told("format"))
@click.option("--encoding", metavar="NAME", help=told("encoding"))
@click.option("--stdin-filename", default="-", metavar="NAME", help=told("stdin-filename"))
@click.option("--exclude", multiple=True, metavar="GLOB", help=told("exclude"))
@click.option("--output-format", "-f", type=click.Choice(_FORMATS), default="full", help=told("output-format"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help=told("color"))
def enrich(
    paths: tuple[str, ...],
    top: int,
    min_confidence: float,
    platform: str | None,
    platform_dirs: tuple[str, ...],
    input_format: str,
    encoding: str | None,
    stdin_filename: str,
    exclude: tuple[str, ...],
    output_format: str,
    lang: str | None,
    color: str,
) -> int:
    """Suggest keywords and return the exit code."""
    from metalint import __version__, api
    from metalint.model import Enriched, Unreadable
    from metalint.output.keywords import FORMATS
    from metalint.output.settings import Settings
    from metalint.terminal import safe

    lang = language(lang)
    options = api.Options(
        platform=platform,
        platform_dirs=platform_dirs,
        lang=lang,
        encoding=encoding,
        stdin_filename=stdin_filename,
        format=None if input_format == "auto" else input_format,
        exclude=exclude,
    )
    unread: list[Unreadable] = []

    def records() -> Iterator[Enriched]:  # what cannot be read is told at the end
        for one in api.enrich(paths or (".",), options, top, min_confidence):
            if isinstance(one, Enriched):
                yield one
            else:
                unread.append(one)

    on = sys.stdout is not None and colored(color, sys.stdout)
    settings = Settings(lang, on, columns(), version=__version__)
    try:
        say(FORMATS[output_format](records(), settings), machine=output_format != "full")
    except api.CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    for one in unread:
        place = f"{safe(click.format_filename(one.path))}" + (f":{one.line}:{one.column}" if one.line else "")
        click.echo(f"metalint: {place}: {safe(one.why[lang])}", err=True)
    return 2 if unread else 0
