"""`metalint usage`: views and downloads, who is used, what grows, what is missing."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from metalint.cli import outputs as wanted
from metalint.cli.console import LANGS, Progress, colored, columns, language, refusal, say
from metalint.cli.files import Files, complain, reading
from metalint.cli.helps import told
from metalint.cli.usage_helps import TEXTS

if TYPE_CHECKING:
    from metalint.model import Unreadable
    from metalint.output.settings import Settings
    from metalint.usage.figures import Asked
    from metalint.usage.periods import Period
    from metalint.usage.result import Kind, Usage

_FORMATS = ("table", "csv", "json", "xlsx", "html", "markdown")  # as in metalint.output.usage
_PEOPLE = ("table", "markdown")
_TABLE = (wanted.Output("table"),)
_OF_PERIODS = ("growth", "decline", "gaps")  # tables that one period alone cannot have
_COMPLAINTS = 20  # that are told; of more the number


@click.command(help=told("usage", TEXTS), short_help=told("short", TEXTS))
@reading
@click.option("--date", "dates", multiple=True, metavar="[NAME=]PERIOD", help=told("date", TEXTS))
@click.option("--cumulative", "kind", flag_value="cumulative", help=told("cumulative", TEXTS))
@click.option("--monthly", "kind", flag_value="periodic", help=told("monthly", TEXTS))
@click.option("--by", type=click.Choice(["dataset", "agency", "year", "month"]), help=told("by", TEXTS))
@click.option("--list", "beside", type=click.Choice([*_OF_PERIODS, "never", "worst"]), help=told("list", TEXTS))
@click.option("--from", "first", metavar="PERIOD", help=told("from", TEXTS))
@click.option("--to", "last", metavar="PERIOD", help=told("to", TEXTS))
@click.option("--agency", multiple=True, metavar="TEXT", help=told("agency", TEXTS))
@click.option("--catalogue", multiple=True, metavar="FILE", help=told("catalogue", TEXTS))
@click.option("--no-problems", is_flag=True, help=told("no-problems", TEXTS))
@click.option("--top", type=click.IntRange(0), metavar="N", help=told("top", TEXTS))
@click.option(
    *("--output-format", "-f", "outputs"),
    multiple=True,
    type=wanted.OutputType(_FORMATS),
    default=_TABLE,
    help=told("outputs", TEXTS),
)
@click.option("--jobs", "-j", type=click.IntRange(0), default=1, metavar="N", help=told("jobs", TEXTS))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help=told("color"))
def usage(
    files: Files,
    dates: tuple[str, ...],
    kind: Kind | None,
    by: str | None,
    beside: str | None,
    first: str | None,
    last: str | None,
    agency: tuple[str, ...],
    catalogue: tuple[str, ...],
    no_problems: bool,
    top: int | None,
    outputs: tuple[wanted.Output, ...],
    jobs: int,
    lang: str | None,
    color: str,
) -> int:
    """Count and return the exit code."""
    from metalint import __version__
    from metalint.output import Settings, sheets
    from metalint.run import CannotRun
    from metalint.usage.asking import ask
    from metalint.usage.figures import Asked

    lang = language(lang)
    wanted.prove(outputs)
    options = files.options(lang)._replace(jobs=jobs or os.cpu_count() or 1)
    asked = Asked(_period("--from", first, lang), _period("--to", last, lang), kind, agency)
    _prove(asked, outputs, lang)
    _prove_list(beside, by, problems=not no_problems, lang=lang)
    given = _given(dates, lang)
    progress = Progress(wanted=True)
    try:
        if any(output.name == "xlsx" for output in outputs):
            sheets.prove()
        found = ask(files.paths, options, asked, given, catalogue, progress, problems=not no_problems)
    except CannotRun as error:
        raise refusal(error, lang) from error
    finally:
        progress.clear()
    _prove_told(beside, found, lang)
    on = sys.stdout is not None and colored(color, sys.stdout)
    settings = Settings(lang, on, _width(), max_problems=top, version=__version__)
    _write(outputs, found, settings, beside or by or "dataset")
    return _complain(found.unreadable, lang)


def _period(option: str, text: str | None, lang: str) -> Period | None:
    """Return the period that an option says. Raises UsageError."""
    from metalint.usage import periods

    if text is None:
        return None
    period = periods.read(text)
    if period is None:
        zh = f"{option} {text}：看不懂的年月；應為 2018、2018-07、107、107-07 或 107年7月"
        en = f"{option} {text}: no period; 2018, 2018-07, 107, 107-07 or 107年7月 is wanted"
        raise click.UsageError(zh if lang == "zh-TW" else en)
    return period


def _given(dates: Sequence[str], lang: str) -> Mapping[str, Period]:
    """Return the periods of files by name, empty for the only one. Raises UsageError."""
    given: dict[str, Period] = {}
    for text in dates:
        name, _, said = text.rpartition("=")
        period = _period("--date", said, lang)
        assert period is not None
        given[name] = period
    return given


def _prove(asked: Asked, outputs: Sequence[wanted.Output], lang: str) -> None:
    """Raise UsageError for what cannot be done, before anything is read."""
    from metalint.usage.periods import bounds
    from metalint.vocabulary import fold

    first, last = asked.first, asked.last
    for text in asked.agency:
        if not fold(text):
            zh, en = f"--agency「{text}」：應為機關名稱或其中幾個字", f"--agency “{text}”: a part of a name is wanted"
            raise click.UsageError(zh if lang == "zh-TW" else en)
    if bounds(first, last)[0] > bounds(first, last)[1]:
        zh, en = f"--from {first} 晚於 --to {last}", f"--from {first} is later than --to {last}"
        raise click.UsageError(zh if lang == "zh-TW" else en)
    if any(output.name == "xlsx" and output.file is None for output in outputs):
        zh, en = "-f xlsx 要有檔名：-f xlsx:使用統計.xlsx", "-f xlsx needs a file: -f xlsx:usage.xlsx"
        raise click.UsageError(zh if lang == "zh-TW" else en)


def _prove_list(beside: str | None, by: str | None, *, problems: bool, lang: str) -> None:
    """Raise UsageError where one table is asked for and another, too, or not what it is told by."""
    other = f"--by {by}" if by else "--no-problems" if beside == "worst" and not problems else ""
    if beside is not None and other:
        zh, en = f"--list {beside} 與 {other} 不能並用", f"--list {beside} and {other} exclude each other"
        raise click.UsageError(zh if lang == "zh-TW" else en)


def _prove_told(beside: str | None, found: Usage, lang: str) -> None:
    """Raise UsageError for a table that the files cannot fill: an empty one would say that there is nothing."""
    if beside in _OF_PERIODS and len(found.periods) < 2:
        zh, en = "只有一期統計，至少要有兩期", "there is but one period, and two are needed"
        raise click.UsageError(f"--list {beside}{'：' + zh if lang == 'zh-TW' else ': ' + en}")
    if beside == "worst" and found.unjoined is not None:
        raise click.UsageError(f"--list {beside}{'：' if lang == 'zh-TW' else ': '}{found.unjoined[lang]}")


def _width() -> int:
    """Return the width of the terminal; 0 where there is none, so that nothing is cut."""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    return columns() if terminal or os.environ.get("COLUMNS") else 0


def _write(outputs: Sequence[wanted.Output], found: Usage, settings: Settings, by: str) -> None:
    """Write all that is asked for. Raises ClickException."""
    from metalint.output.usage import render
    from metalint.run import CannotRun

    for output in outputs:
        if output.file is None:
            text = (str(piece) for piece in render(output.name, found, settings, by))
            say(text, machine=output.name not in _PEOPLE)
            continue
        try:
            wanted.to_file(output.file, render(output.name, found, settings._replace(color=False, width=0), by))
        except CannotRun as error:
            raise refusal(error, settings.lang) from error


def _complain(unread: Sequence[Unreadable], lang: str) -> int:
    """Say what could not be read, the first of it, and return the exit code."""
    code = complain(unread[:_COMPLAINTS], lang)
    left = len(unread) - _COMPLAINTS
    if left > 0:
        click.echo(f"metalint: 另有 {left:,} 個" if lang == "zh-TW" else f"metalint: {left:,} more", err=True)
    return code
