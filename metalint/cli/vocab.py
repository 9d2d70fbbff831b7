"""`metalint vocab check` and `metalint vocab mine`: the synonym vocabulary in order, and what could be added to it."""

from __future__ import annotations

import click

from metalint.cli.console import LANGS, language, say
from metalint.cli.files import Files, complain, reading
from metalint.cli.helps import told


@click.group(help=told("vocab"), short_help=told("vocab-short"))
def vocab() -> None:
    """Hold the commands of the vocabulary."""


@vocab.command(help=told("vocab-check"), short_help=told("vocab-check-short"))
@click.argument("folders", nargs=-1, metavar="[DIR]…")
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
def check(folders: tuple[str, ...], lang: str | None) -> int:
    """Check, and return the exit code."""
    from metalint import synonyms
    from metalint.output.vocab import proof
    from metalint.run import CannotRun

    lang = language(lang)
    try:
        found = synonyms.vocab_check(folders)
    except CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    say(proof(found, lang))
    return 1 if found.mistakes else 0


@vocab.command(help=told("vocab-mine"), short_help=told("vocab-mine-short"))
@reading
@click.option("--output", "-o", metavar="FILE", help=told("vocab-output"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
def mine(files: Files, output: str | None, lang: str | None) -> int:
    """Mine, and return the exit code."""
    from metalint import synonyms
    from metalint.output.vocab import mined
    from metalint.run import CannotRun

    lang = language(lang)
    try:
        found = synonyms.vocab_mine(files.paths, files.options(lang), output)
    except CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    if output is None:
        say([found.text], machine=True)
    elif found.written:
        say(mined(output, found.proposed, found.judged, lang))
    return complain(found.unread, lang)
