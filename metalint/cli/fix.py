"""`metalint fix`: what can be mended is mended."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from metalint.cli.console import LANGS, colored, columns, language, say, say_bytes
from metalint.cli.files import Files, reading
from metalint.cli.helps import told

if TYPE_CHECKING:
    from metalint.fixer import Mended
    from metalint.fixing import Fixed

_PATCHES = ("json", "merge")


class _Fix(click.Command):
    """`--patch` may stand alone: what follows is its kind only if it is one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        told: list[str] = []
        for arg in args:
            if told and told[-1] == "--patch" and "--" not in told:
                told[-1] = f"--patch={arg if arg in _PATCHES else _PATCHES[0]}"
                if arg in _PATCHES:
                    continue
            told.append(arg)
        if told and told[-1] == "--patch":
            told[-1] = f"--patch={_PATCHES[0]}"
        return super().parse_args(ctx, told)


@click.command(cls=_Fix, help=told("fix"), short_help=told("fix-short"))
@reading
@click.option("--unsafe", is_flag=True, help=told("unsafe"))
@click.option("--select", "-s", multiple=True, metavar="RULE", help=told("select"))
@click.option("--ignore", "-i", multiple=True, metavar="RULE", help=told("ignore"))
@click.option("--rules", "rule_dirs", multiple=True, metavar="DIR", help=told("rules-dir"))
@click.option("--diff", is_flag=True, help=told("diff"))
@click.option("--patch", type=click.Choice(_PATCHES), help=told("patch"))
@click.option("--output", "-o", metavar="DIR", help=told("output-dir"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help=told("color"))
@click.option("--quiet", "-q", is_flag=True, help=told("quiet"))
def fix(
    files: Files,
    unsafe: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rule_dirs: tuple[str, ...],
    diff: bool,
    patch: str | None,
    output: str | None,
    lang: str | None,
    color: str,
    quiet: bool,
) -> int:
    """Mend the files and return the exit code."""
    from metalint import api, fixing, inputs
    from metalint.output import fixed as summary
    from metalint.output.settings import Settings
    from metalint.run import CannotRun
    from metalint.terminal import safe

    lang = language(lang)
    if sum((diff, patch is not None, output is not None)) > 1:
        zh, en = "--diff、--patch、--output 只能擇一", "--diff, --patch and --output exclude each other"
        raise click.UsageError(zh if lang == "zh-TW" else en)
    options = files.options(lang)._replace(select=_split(select), ignore=_split(ignore), rule_dirs=rule_dirs)
    shows = diff or patch is not None
    how = fixing.How(unsafe=unsafe, write=not shows and output is None, output=output)
    documents: list[str] = []

    def on_record(path: str, one: Mended) -> None:
        from metalint.output import patches

        documents.append(patches.merge(path, one) if patch == "merge" else patches.patch(path, one))

    seen: list[Fixed] = []
    try:
        for one in fixing.fix(files.paths, options, how, on_record if patch is not None else None):
            if one.why is None:
                if diff:
                    say_bytes(_difference(one))
                elif patch is not None:
                    say(documents, machine=True)
                elif one.source is not None and one.source.spool is not None:
                    say_bytes(_text(one))
            documents.clear()
            seen.append(one._replace(data=None, changes=()))
        summaries = {rule.id: rule.summary for rule in api.rules(options)}
    except CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    on_stdout = not (shows or inputs.STDIN in files.paths)
    stream = sys.stdout if on_stdout else sys.stderr
    if not quiet:
        on = stream is not None and colored(color, stream)
        settings = Settings(lang, on, columns(), version="", summaries=summaries)
        text = "".join(summary.render(seen, settings, done=not shows))
        click.echo(text, nl=False, err=not on_stdout, color=True)
    for one in seen:
        if one.failed and one.why is not None:
            click.echo(f"metalint: {safe(click.format_filename(one.path))}: {one.why[lang]}", err=True)
    if any(one.failed for one in seen):
        return 2
    return int(any(one.why is not None for one in seen) or (diff and any(one.rules for one in seen)))


def _difference(one: Fixed) -> Iterator[bytes]:
    from metalint.output import diff

    return diff.render(one)


def _text(one: Fixed) -> Iterator[bytes]:
    """Yield what came of standard input."""
    from metalint.formats.source import CHUNK

    file = one.data if one.data is not None else one.source.spool if one.source is not None else None
    if file is not None:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _split(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
