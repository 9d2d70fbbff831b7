"""The commands and what stands over them: only the one that is called is imported."""

from __future__ import annotations

import os
from importlib import import_module

import click

from metalint.cli.helps import told

# By name, the module of `metalint.cli` that holds it, in the order of `--help`.
_MODULES = {
    "check": "check",
    "fix": "fix",
    "baseline": "baseline",
    "compare": "compare",
    "audit": "audit",
    "enrich": "enrich",
    "findability": "findability",
    "score": "score",
    "usage": "usage",
    "explain": "lookup",
    "rules": "lookup",
    "platforms": "lookup",
    "config": "config",
    "train": "train",
    "evaluate": "train",
    "vocab": "vocab",
    "server": "server",
    "completion": "completion",
}


class _Commands(click.Group):
    """The commands; a path that is no command is checked."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [*_MODULES]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = _MODULES.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(f"metalint.cli.{module}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        path = args[0] not in _MODULES and not args[0].startswith("-")
        if path and (os.path.lexists(args[0]) or any(sign in args[0] for sign in "./*")):
            return "check", self.get_command(ctx, "check"), args
        if path:
            import difflib

            near = difflib.get_close_matches(args[0], _MODULES, 1)
            if near:
                ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
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
