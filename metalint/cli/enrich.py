"""`metalint enrich`: the keywords that records lack."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from metalint.cli.console import LANGS, Progress, colored, columns, language, refusal, say
from metalint.cli.files import Files, complain, reading
from metalint.cli.helps import told
from metalint.cli.mending import PATCHES, Patching, carry_out

if TYPE_CHECKING:
    from metalint.fixing import Fixed, How, OnRecord
    from metalint.model import Texts

_FORMATS = ("full", "json", "jsonl", "csv")


@click.command(cls=Patching, help=told("enrich"), short_help=told("enrich-short"))
@reading
@click.option("--top", type=click.IntRange(1), default=5, metavar="N", help=told("top"))
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=None, metavar="X", help=told("min-confidence"))
@click.option("--model", metavar="FILE", help=told("model"))
@click.option("--no-model", is_flag=True, help=told("no-model"))
@click.option("--write", is_flag=True, help=told("write"))
@click.option("--diff", is_flag=True, help=told("diff"))
@click.option("--patch", type=click.Choice(PATCHES), help=told("patch"))
@click.option("--output-format", "-f", type=click.Choice(_FORMATS), default="full", help=told("output-format"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help=told("color"))
def enrich(
    files: Files,
    top: int,
    min_confidence: float | None,
    model: str | None,
    no_model: bool,
    write: bool,
    diff: bool,
    patch: str | None,
    output_format: str,
    lang: str | None,
    color: str,
) -> int:
    """Suggest keywords and return the exit code."""
    from metalint import __version__, enriching
    from metalint.model import Enriched, Unreadable
    from metalint.output.keywords import FORMATS
    from metalint.output.settings import Settings
    from metalint.run import CannotRun

    lang = language(lang)
    options = files.options(lang)
    chosen = None if no_model else model or enriching.SHIPPED
    if write or diff or patch is not None:

        def run(how: How, on_record: OnRecord | None, progress: Progress) -> Iterable[Fixed]:
            return enriching.write(files.paths, options, top, min_confidence, how, chosen, on_record, progress)

        return carry_out(
            run, diff=diff, patch=patch, lang=lang, color=color, quiet=False, summaries=_summaries, keywords=True
        )
    unread: list[Unreadable] = []

    def records() -> Iterator[Enriched]:  # what cannot be read is told at the end
        for one in enriching.enrich(files.paths, options, top, min_confidence, chosen):
            if isinstance(one, Enriched):
                yield one
            else:
                unread.append(one)

    on = sys.stdout is not None and colored(color, sys.stdout)
    settings = Settings(lang, on, columns(), version=__version__)
    try:
        say(FORMATS[output_format](records(), settings), machine=output_format != "full")
    except CannotRun as error:
        raise refusal(error, lang) from error
    return complain(unread, lang)


def _summaries() -> Mapping[str, Texts]:
    from metalint.adding import RULE
    from metalint.model import Texts

    return {RULE: Texts("加上建議的關鍵字", "suggested keywords are added")}
