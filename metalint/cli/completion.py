"""`metalint completion`: the script that completes commands and options in a shell."""

from __future__ import annotations

import click

from metalint.cli.helps import told

_SHELLS = ("bash", "zsh", "fish")


@click.command(help=told("completion"), short_help=told("completion-short"))
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print click's own script for a shell and return the exit code."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(ctx.find_root().command, {}, "metalint", "_METALINT_COMPLETE").source())
    return 0
