"""The command line: arguments to api, api to output, output to an exit code. No logic of its own."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

import click

from metalint.cli.check import check
from metalint.cli.lookup import explain, platforms, rules


class _Commands(click.Group):
    """The commands; a path that is no command is checked."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and not args[0].startswith("-") and os.path.lexists(args[0]):
            return "check", check, args
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 no problem at or above --fail-on, 1 problems, 2 could not run as asked, 130 interrupted.",
)
@click.version_option(package_name="metalint")
def commands() -> None:
    """Check the metadata of datasets before they are published.

    metalint names what is wrong with a dataset's metadata, where it stands, what would be right and which standard
    says so, in 繁體中文 or English. 檢查資料集的詮釋資料：哪裡不對、為什麼、怎麼改。
    """


for _command in (check, explain, rules, platforms):
    commands.add_command(_command)


def main() -> NoReturn:
    """Run the command line. No input makes a traceback; `METALINT_DEBUG=1` shows one."""
    gc.set_threshold(50_000, 20, 20)  # records are trees: a look for circles among them finds none and takes time
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a sign gets its number
    try:
        status = commands.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except Exception as error:  # the seam behind which nothing may pass
        if os.environ.get("METALINT_DEBUG"):
            raise
        click.echo(
            f"metalint: this is a bug in metalint ({type(error).__name__}: {error}); METALINT_DEBUG=1 shows where",
            err=True,
        )
        sys.exit(2)
    sys.exit(status or 0)
