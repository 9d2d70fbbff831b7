"""The command line: arguments to api, api to output, output to an exit code. No logic of its own."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

from metalint.garbage import collect_seldom


def main() -> NoReturn:
    """Run the command line. No input makes a traceback; `METALINT_DEBUG=1` shows one."""
    collect_seldom()
    # NumPy would start threads for linear algebra, of which there is none here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        sys.exit(_run())
    finally:
        gc.freeze()  # nothing is looked at once more at the end


def _run() -> int:
    import click

    from metalint.cli.commands import commands

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a sign gets its number
    try:
        return commands.main(standalone_mode=False) or 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except OSError as error:  # what was to be written could not be
        click.echo(f"metalint: {error.strerror or error}", err=True)
        return 2
    except Exception as error:  # the seam behind which nothing may pass
        if os.environ.get("METALINT_DEBUG"):
            raise
        click.echo(
            f"metalint: this is a bug in metalint ({type(error).__name__}: {error}); METALINT_DEBUG=1 shows where",
            err=True,
        )
        return 2
