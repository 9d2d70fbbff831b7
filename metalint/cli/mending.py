"""What commands that change files have in common: write them, or show what would change, and say what was done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from metalint.cli.console import Progress, colored, columns, refusal, say, say_bytes
from metalint.cli.files import complain

if TYPE_CHECKING:
    from metalint.fixer import Mended
    from metalint.fixing import Fixed, How, OnRecord
    from metalint.model import Texts

PATCHES = ("json", "merge")


class Patching(click.Command):
    """A command whose `--patch` may stand alone: what follows is its kind only if it is one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give `--patch` its kind."""
        told: list[str] = []
        for arg in [*args, None]:
            if told and told[-1] == "--patch" and "--" not in told:
                told[-1] = f"--patch={arg if arg in PATCHES else PATCHES[0]}"
                if arg in PATCHES:
                    continue
            if arg is not None:
                told.append(arg)
        return super().parse_args(ctx, told)


def carry_out(
    run: Callable[[How, OnRecord | None, Progress], Iterable[Fixed]],
    *,
    unsafe: bool = False,
    diff: bool = False,
    patch: str | None = None,
    output: str | None = None,
    lang: str,
    color: str,
    quiet: bool,
    summaries: Callable[[], Mapping[str, Texts]],
    on_stderr: bool = False,
    keywords: bool = False,
) -> int:
    """Change the files, or show how they would change, and return the exit code."""
    from metalint.fixing import How
    from metalint.model import Unreadable
    from metalint.output import fixed as summary
    from metalint.output.settings import Settings
    from metalint.run import CannotRun

    if sum((diff, patch is not None, output is not None)) > 1:
        zh, en = "--diff、--patch、--output 只能擇一", "--diff, --patch and --output exclude each other"
        raise click.UsageError(zh if lang == "zh-TW" else en)
    shows = diff or patch is not None
    documents: list[str] = []

    def on_record(path: str, one: Mended) -> None:
        from metalint.output import patches

        documents.append(patches.merge(path, one) if patch == "merge" else patches.patch(path, one))

    seen: list[Fixed] = []
    progress = Progress(wanted=not quiet)
    printed, stopped = shows or on_stderr, False  # whether standard output is taken, and the run broken off
    try:
        how = How(unsafe=unsafe, write=not shows and output is None, output=output)
        for one in run(how, on_record if patch is not None else None, progress):
            progress.clear()
            if one.why is None:
                if diff:
                    say_bytes(_difference(one))
                elif patch is not None:
                    say(documents, machine=True)
                elif one.source is not None and one.source.spool is not None:
                    say_bytes(_text(one))
                    printed = True
            documents.clear()
            seen.append(one._replace(data=None, changes=()))
    except KeyboardInterrupt:
        stopped = True
    except CannotRun as error:
        raise refusal(error, lang) from error
    progress.clear()
    if not quiet:
        try:
            named = summaries()
        except CannotRun as error:
            raise refusal(error, lang) from error
        stream = sys.stderr if printed else sys.stdout
        on = stream is not None and colored(color, stream)
        settings = Settings(lang, on, columns(), summaries=named)
        text = "".join(summary.render(seen, settings, done=not shows, stopped=stopped, keywords=keywords))
        click.echo(text, nl=False, err=printed, color=True)
    complain([Unreadable(one.path, 0, 0, one.why) for one in seen if one.failed and one.why is not None], lang)
    return 130 if stopped else _exit_code(seen, diff=diff)


def _exit_code(files: Sequence[Fixed], *, diff: bool) -> int:
    """Return 2 if a file could not be read or written, 1 if one or a record was left alone, or differs where asked."""
    if any(one.failed for one in files):
        return 2
    left = any(one.why is not None or one.unread for one in files)
    return int(left or (diff and any(one.rules for one in files)))


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
