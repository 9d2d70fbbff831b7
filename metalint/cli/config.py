"""`metalint config show`, `metalint config schema`, `metalint config init`."""

from __future__ import annotations

import json
import sys

import click

from metalint.cli.console import LANGS, colored, language, refusal, say
from metalint.cli.helps import told

_LANG = click.option("--lang", type=click.Choice(LANGS), help=told("lang"))


@click.group(help=told("config"), short_help=told("config-short"))
def config() -> None:
    """Hold the commands of the configuration."""


@config.command(help=told("config-show"), short_help=told("config-show-short"))
@click.argument("paths", nargs=-1, metavar="[FILE]…")
@click.option("--config", "named", metavar="FILE", help=told("config-file"))
@click.option("--isolated", is_flag=True, help=told("isolated"))
@click.option("--select", "-s", multiple=True, metavar="RULE", help=told("select"))
@click.option("--ignore", "-i", multiple=True, metavar="RULE", help=told("ignore"))
@click.option("--platform", "-p", metavar="NAME", help=told("platform"))
@click.option("--output-format", "-f", type=click.Choice(["text", "json"]), default="text", help=told("output-format"))
@_LANG
def show(
    paths: tuple[str, ...],
    named: str | None,
    isolated: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    platform: str | None,
    output_format: str,
    lang: str | None,
) -> int:
    """Show what holds for files."""
    from metalint import configured
    from metalint.output import config as output
    from metalint.run import CannotRun, Options

    options = Options(
        platform=platform, select=_split(select), ignore=_split(ignore), lang=lang, config=named, isolated=isolated
    )
    lang = language(lang)
    try:
        found = [configured.show(path, options) for path in paths or (".",)]
    except CannotRun as error:
        raise refusal(error, lang) from error
    if output_format == "json":
        say([json.dumps([output.as_data(one) for one in found], ensure_ascii=False, indent=2) + "\n"], machine=True)
        return 0
    on = sys.stdout is not None and colored("auto", sys.stdout)
    for number, one in enumerate(found):
        say(["\n" if number else "", *output.render(one, lang, color=on)])
    return 0


@config.command(help=told("config-schema"), short_help=told("config-schema"))
@_LANG
def schema(lang: str | None) -> int:
    """Print the JSON Schema."""
    from metalint import configured

    say([configured.schema_text(language(lang))], machine=True)
    return 0


@config.command(help=told("config-init"), short_help=told("config-init"))
@_LANG
def init(lang: str | None) -> int:
    """Write a first configuration."""
    from metalint import configured
    from metalint.run import CannotRun

    lang = language(lang)
    try:
        name = configured.init(lang)
    except CannotRun as error:
        raise refusal(error, lang) from error
    say([(f"寫好了 {name}" if lang == "zh-TW" else f"{name} is written") + "\n"])
    return 0


def _split(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
