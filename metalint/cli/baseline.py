"""`metalint baseline`: the problems that are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from metalint.cli.console import LANGS, Progress, language, listed, refusal, say
from metalint.cli.files import Files, reading
from metalint.cli.helps import told

if TYPE_CHECKING:
    from metalint.ratchet import Kept
    from metalint.run import Options

Command = Callable[..., int]
_FILE = click.option(
    "--baseline", "file", default=".metalint-baseline.jsonl", metavar="FILE", help=told("baseline-file")
)
_SELECT = click.option("--select", "-s", multiple=True, metavar="RULE", help=told("select"))
_IGNORE = click.option("--ignore", "-i", multiple=True, metavar="RULE", help=told("ignore"))
_RULES = click.option("--rules", "rule_dirs", multiple=True, metavar="DIR", help=told("rules-dir"))
_LANG = click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
_DONE = {
    "create": ("{path}：記下 {known:,} 個已知問題。", "{path}: {known:,} known problems."),
    "update": (
        "{path}：{known:,} 個已知問題；新增 {come:,} 個，移除 {gone:,} 個。",
        "{path}: {known:,} known problems; {come:,} came, {gone:,} went.",
    ),
    "prune": (
        "{path}：{known:,} 個已知問題；移除 {gone:,} 個。",
        "{path}: {known:,} known problems; {gone:,} went out.",
    ),
}


@click.group(help=told("baseline-group"), short_help=told("baseline-short"))
def baseline() -> None:
    """Hold the commands."""


def _add(name: str) -> None:
    @baseline.command(name, help=told(f"baseline-{name}"))
    @reading
    @_FILE
    @_SELECT
    @_IGNORE
    @_RULES
    @_LANG
    def command(
        files: Files,
        file: str,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        rule_dirs: tuple[str, ...],
        lang: str | None,
    ) -> int:
        """Make or keep the baseline and return the exit code."""
        from metalint import ratchet

        chosen = language(lang)
        options = files.options(chosen)._replace(select=listed(select), ignore=listed(ignore), rule_dirs=rule_dirs)
        run = {"create": ratchet.create, "update": ratchet.update, "prune": ratchet.prune}[name]
        return _kept(run, name, file, files.paths, options)


for _name in ("create", "update", "prune"):
    _add(_name)


def _kept(run: Callable[..., Kept], name: str, file: str, paths: Sequence[str], options: Options) -> int:
    from metalint.run import CannotRun

    progress, lang = Progress(wanted=True), options.lang or "en"
    try:
        kept = run(file, paths, options, progress)
    except CannotRun as error:
        raise refusal(error, lang) from error
    finally:
        progress.clear()
    text = _DONE[name][0 if lang == "zh-TW" else 1]
    click.echo(text.format(path=file, known=kept.known, come=kept.come, gone=kept.gone))
    return 0


@baseline.command("show", help=told("baseline-show"))
@_FILE
@_LANG
def show(file: str, lang: str | None) -> int:
    """Show the baseline and return the exit code."""
    from metalint import api
    from metalint.baseline import BaselineError
    from metalint.run import CannotRun
    from metalint.terminal import safe

    chosen = language(lang)
    try:
        known = api.load_baseline(file)
        entries = sorted(known.entries(), key=lambda one: (one.rule, one.path, one.record, one.pointer))
    except (CannotRun, BaselineError) as error:
        raise click.UsageError(error.texts[chosen]) from error
    counts = Counter(one.rule for one in entries)
    lines = []
    for number, one in enumerate(entries):
        if not number or one.rule != entries[number - 1].rule:
            lines.append(f"{counts[one.rule]:,}  {one.rule}\n")
        lines.append(f"    {safe(one.path)}  {safe(one.record)} {safe(one.title)}  {safe(one.pointer)}\n".rstrip(" "))
    zh = f"{file}：{len(entries):,} 個已知問題。\n"
    lines.append(zh if chosen == "zh-TW" else f"{file}: {len(entries):,} known problems.\n")
    say(lines)
    return 0
