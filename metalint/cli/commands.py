"""The commands and what stands over them."""

from __future__ import annotations

import os

import click

from metalint.cli.baseline import baseline
from metalint.cli.check import check
from metalint.cli.compare import compare
from metalint.cli.completion import completion
from metalint.cli.config import config
from metalint.cli.enrich import enrich
from metalint.cli.findability import findability
from metalint.cli.fix import fix
from metalint.cli.helps import told
from metalint.cli.lookup import explain, platforms, rules
from metalint.cli.server import server
from metalint.cli.train import evaluate, train
from metalint.cli.vocab import vocab


class _Commands(click.Group):
    """The commands; a path that is no command is checked."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        path = args[0] not in self.commands and not args[0].startswith("-")
        if path and (os.path.lexists(args[0]) or any(sign in args[0] for sign in "./*")):
            return "check", check, args
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=told("metalint"),
    epilog=told("exit-codes"),
)
@click.version_option(package_name="metalint")
def commands() -> None:
    """Hold the commands."""


_READING = (check, fix, baseline, compare, enrich, findability)
_TELLING = (explain, rules, platforms, config)
_KEEPING = (train, evaluate, vocab, server, completion)
for _command in (*_READING, *_TELLING, *_KEEPING):
    commands.add_command(_command)
