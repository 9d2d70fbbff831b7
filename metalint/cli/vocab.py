"""`metalint vocab check`: the synonym vocabulary in order."""

from __future__ import annotations

import click

from metalint.cli.console import LANGS, language, say
from metalint.cli.helps import told


@click.group(help=told("vocab"), short_help=told("vocab-short"))
def vocab() -> None:
    """Hold the commands of the vocabulary."""


@vocab.command(help=told("vocab-check"), short_help=told("vocab-check-short"))
@click.argument("folders", nargs=-1, metavar="[DIR]…")
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
def check(folders: tuple[str, ...], lang: str | None) -> int:
    """Check, and return the exit code."""
    from metalint import api, synonyms
    from metalint.output.vocab import proof

    lang = language(lang)
    try:
        found = synonyms.vocab_check(folders)
    except api.CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    say(proof(found, lang))
    return 1 if found.mistakes else 0
