"""`metalint fix`: what can be mended is mended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from metalint.cli.console import LANGS, Progress, language, listed
from metalint.cli.files import Files, reading
from metalint.cli.helps import told
from metalint.cli.mending import PATCHES, Patching, carry_out

if TYPE_CHECKING:
    from metalint.fixing import Fixed, How, OnRecord


@click.command(cls=Patching, help=told("fix"), short_help=told("fix-short"))
@reading
@click.option("--unsafe", is_flag=True, help=told("unsafe"))
@click.option("--select", "-s", multiple=True, metavar="RULE", help=told("select"))
@click.option("--ignore", "-i", multiple=True, metavar="RULE", help=told("ignore"))
@click.option("--config", metavar="FILE", help=told("config-file"))
@click.option("--isolated", is_flag=True, help=told("isolated"))
@click.option("--rules", "rule_dirs", multiple=True, metavar="DIR", help=told("rules-dir"))
@click.option("--diff", is_flag=True, help=told("diff"))
@click.option("--patch", type=click.Choice(PATCHES), help=told("patch"))
@click.option("--output", "-o", metavar="DIR", help=told("output-dir"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help=told("color"))
@click.option("--quiet", "-q", is_flag=True, help=told("quiet"))
def fix(
    files: Files,
    unsafe: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config: str | None,
    isolated: bool,
    rule_dirs: tuple[str, ...],
    diff: bool,
    patch: str | None,
    output: str | None,
    lang: str | None,
    color: str,
    quiet: bool,
) -> int:
    """Mend the files and return the exit code."""
    from metalint import api, fixing

    lang = language(lang)
    options = files.options(lang)._replace(select=listed(select), ignore=listed(ignore), rule_dirs=rule_dirs)
    options = options._replace(config=config, isolated=isolated)

    def run(how: How, on_record: OnRecord | None, progress: Progress) -> Iterable[Fixed]:
        return fixing.fix(files.paths, options, how, on_record, progress)

    return carry_out(
        run,
        unsafe=unsafe,
        diff=diff,
        patch=patch,
        output=output,
        lang=lang,
        color=color,
        quiet=quiet,
        summaries=lambda: {rule.id: rule.summary for rule in api.rules(options)},
    )
