"""`metalint server`: the language server, over standard input and output."""

from __future__ import annotations

import click

from metalint.cli.console import LANGS, language
from metalint.cli.files import listed
from metalint.cli.helps import told


@click.command(help=told("server"), short_help=told("server-short"))
@click.option("--select", "-s", multiple=True, metavar="RULE", help=told("select"))
@click.option("--ignore", "-i", multiple=True, metavar="RULE", help=told("ignore"))
@click.option("--platform", "-p", metavar="NAME", help=told("platform"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
def server(select: tuple[str, ...], ignore: tuple[str, ...], platform: str | None, lang: str | None) -> int:
    """Serve until the client ends it and return the exit code."""
    from metalint.run import Options

    lang = language(lang)
    try:
        from metalint.server import serve
    except ModuleNotFoundError as error:
        zh = f"缺少 {error.name}：pip install 'metalint[lsp]'"
        raise click.UsageError(
            zh if lang == "zh-TW" else f"{error.name} is missing: pip install 'metalint[lsp]'"
        ) from error
    serve(Options(platform=platform, select=listed(select), ignore=listed(ignore), lang=lang)).start_io()
    return 0
