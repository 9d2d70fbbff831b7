"""What the terminal is like: its language, its colours, its width, and the line that says how far a run is."""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import click

    from metalint.run import CannotRun

LANGS = ("zh-TW", "en")
BLOCK = 500  # pieces of output, mostly lines, written at once
PATIENCE = 1.0  # seconds before a run says how far it is


def language(chosen: str | None) -> str:
    """Return the language of messages: the one chosen, else that of the locale."""
    if chosen:
        return chosen
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "zh-TW" if said.lower().startswith("zh") else "en"


def colored(chosen: str, stream: TextIO) -> bool:
    """Tell whether a stream gets colours (https://no-color.org, FORCE_COLOR, TERM=dumb)."""
    if chosen != "auto":
        return chosen == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Return the width of the terminal, 100 where there is none."""
    if not ((sys.stdout is not None and sys.stdout.isatty()) or os.environ.get("COLUMNS")):
        return 100
    from shutil import get_terminal_size

    return max(get_terminal_size((100, 24)).columns, 40)


def listed(values: Sequence[str]) -> tuple[str, ...]:
    """Return the names of an option that may be given several times, each with several names between commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def say(pieces: Iterable[str], *, machine: bool = False) -> None:
    """Write text to standard output; a reader that has gone away (`| head`) is no error, a full disk is.

    What a machine reads is UTF-8 whatever the locale.
    """
    if sys.stdout is None:  # closed
        return
    if machine and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        left = iter(pieces)
        # A piece by itself is a call to the system each, where Python is told not to buffer.
        while block := "".join(itertools.islice(left, BLOCK)):
            sys.stdout.write(block)
        sys.stdout.flush()
    except OSError as error:
        # Without this the interpreter would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


def say_bytes(pieces: Iterable[bytes]) -> None:
    """Write bytes to standard output, as `say` does text."""
    if sys.stdout is None:
        return
    sys.stdout.flush()
    try:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


def refusal(error: CannotRun, lang: str) -> click.ClickException:
    """Return why a run cannot be done as asked, with the line at fault where it is known."""
    import click

    if error.excerpt is None:
        return click.UsageError(error.texts[lang])
    from metalint.output.full import frame
    from metalint.output.settings import Settings

    on = sys.stderr is not None and colored("auto", sys.stderr)
    lines = frame(error.excerpt, "error", Settings(lang, on, columns()))
    return _framed(error.texts[lang] + "\n" + "".join(lines).rstrip("\n"))


def _framed(text: str) -> click.ClickException:
    """Return a refusal that needs no hint at the help: what is wrong stands in a file."""
    import click

    class Refused(click.ClickException):
        exit_code = 2

    return Refused(text)


class Progress:
    """A line on standard error that says how much is done; only on a terminal, only after a second."""

    def __init__(self, *, wanted: bool, steps: bool = False) -> None:
        """With `steps` what is counted are no bytes, and no time is promised."""
        self._steps = steps
        self._on = wanted and sys.stderr is not None and sys.stderr.isatty()
        self._began = self._said = time.monotonic()
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Say it, ten times a second at most."""
        now = time.monotonic()
        if not self._on or now - self._began < PATIENCE or now - self._said < 0.1 or not total:
            return
        self._said, self._shown = now, True
        rate = done / (now - self._began)
        left = (total - done) / rate if rate else 0
        bar = "█" * int(24 * done / total)
        speed = "" if self._steps else f"  {rate / 1e6:.1f} MB/s  {left:.0f} s "
        sys.stderr.write(f"\r{bar:░<24} {done / total:4.0%}{speed}\x1b[K")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
