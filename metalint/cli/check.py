"""`metalint check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from metalint.cli import outputs as wanted
from metalint.cli.console import LANGS, Progress, colored, columns, language, listed, refusal
from metalint.cli.helps import told

if TYPE_CHECKING:
    from metalint.filecheck import Suggest
    from metalint.fixing import Fixed, How, OnRecord
    from metalint.report import Report
    from metalint.run import Options

_INPUTS = ("auto", "json", "jsonl", "yaml", "csv", "xml")
_FAIL_ON = ("error", "warning", "info", "never")


@click.command(help=told("check"), short_help=told("check-short"))
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option("--select", "-s", multiple=True, metavar="RULE", help=told("select"))
@click.option("--ignore", "-i", multiple=True, metavar="RULE", help=told("ignore"))
@click.option("--config", metavar="FILE", help=told("config-file"))
@click.option("--isolated", is_flag=True, help=told("isolated"))
@click.option("--show-suppressed", is_flag=True, help=told("show-suppressed"))
@click.option("--rules", "rule_dirs", multiple=True, metavar="DIR", help=told("rules-dir"))
@click.option("--platform", "-p", metavar="NAME", help=told("platform"))
@click.option("--platform-dir", "platform_dirs", multiple=True, metavar="DIR", help=told("platform-dir"))
@click.option("--format", "input_format", type=click.Choice(_INPUTS), default="auto", help=told("format"))
@click.option("--encoding", metavar="NAME", help=told("encoding"))
@click.option("--stdin-filename", default="-", metavar="NAME", help=told("stdin-filename"))
@click.option("--exclude", multiple=True, metavar="GLOB", help=told("exclude"))
@wanted.option
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
@click.option("--fix", is_flag=True, help=told("fix-first"))
@click.option("--unsafe", is_flag=True, help=told("unsafe"))
@click.option("--suggest", is_flag=True, help=told("suggest"))
@click.option("--baseline", metavar="FILE", help=told("baseline"))
@click.option("--no-baseline", is_flag=True, help=told("no-baseline"))
@click.option("--show-known", is_flag=True, help=told("show-known"))
@click.option("--strict-baseline", is_flag=True, help=told("strict-baseline"))
@click.option("--against", metavar="git:REF", help=told("against"))
@click.option("--statistics", is_flag=True, help=told("statistics"))
@click.option("--max-problems", type=click.IntRange(0), metavar="N", help=told("max-problems"))
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help=told("color"))
@click.option("--quiet", "-q", is_flag=True, help=told("quiet"))
@click.option("--no-progress", is_flag=True, help=told("no-progress"))
@click.option("--fail-on", type=click.Choice(_FAIL_ON), help=told("fail-on"))
@click.option(
    "--schema-engine", type=click.Choice(["auto", "rs", "python"]), default="auto", help=told("schema-engine")
)
@click.option("--jobs", "-j", type=click.IntRange(0), default=1, metavar="N", help=told("jobs"))
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help=told("today"))
def check(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config: str | None,
    isolated: bool,
    show_suppressed: bool,
    rule_dirs: tuple[str, ...],
    platform: str | None,
    platform_dirs: tuple[str, ...],
    input_format: str,
    encoding: str | None,
    stdin_filename: str,
    exclude: tuple[str, ...],
    outputs: tuple[wanted.Output, ...],
    lang: str | None,
    fix: bool,
    unsafe: bool,
    suggest: bool,
    baseline: str | None,
    no_baseline: bool,
    show_known: bool,
    strict_baseline: bool,
    against: str | None,
    statistics: bool,
    max_problems: int | None,
    color: str,
    quiet: bool,
    no_progress: bool,
    fail_on: str | None,
    schema_engine: str,
    jobs: int,
    today: datetime | None,
) -> int:
    """Run the check and return the exit code."""
    from metalint import __version__, api, inputs
    from metalint.model import Severity
    from metalint.output import Settings
    from metalint.terminal import safe

    wanted.prove(outputs)
    options = api.Options(
        platform=platform,
        platform_dirs=platform_dirs,
        rule_dirs=rule_dirs,
        select=listed(select),
        ignore=listed(ignore),
        lang=lang,
        schema_engine=schema_engine,
        encoding=encoding,
        stdin_filename=stdin_filename,
        format=None if input_format == "auto" else input_format,
        jobs=jobs or os.cpu_count() or 1,
        today=_day(today),
        extras=wanted.extras(outputs),
        exclude=exclude,
        config=config,
        isolated=isolated,
        show_suppressed=show_suppressed,
        shows_known=show_known,
    )
    progress = Progress(wanted=not (no_progress or quiet))
    paths = paths or (".",)
    try:
        said = api.whole_run(paths, options)
        lang = language(lang or said.lang)
        fail_on = fail_on or said.fail_on or "error"
        options = options._replace(
            lang=lang, baseline=None if no_baseline else baseline or said.baseline or inputs.nearest(inputs.BASELINE)
        )
        failed = _fixed(paths, options, unsafe=unsafe, quiet=quiet) if fix else 0
        report = _report(paths, options, progress, _suggester() if suggest else None, against)
        options = options._replace(rule_dirs=report.rule_dirs)
        summaries = {rule.id: rule.summary for rule in api.rules(options)} if statistics else {}
        on = sys.stdout is not None and colored(color, sys.stdout)
        settings = Settings(lang, on, columns(), statistics, max_problems, __version__, summaries)
    except api.CannotRun as error:
        raise refusal(error, language(lang)) from error
    finally:
        progress.clear()
    try:
        wanted.write(outputs, report, settings, options, quiet=quiet)
    except api.CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    report.close()
    for path, why in report.unreadable:
        click.echo(f"metalint: {safe(click.format_filename(path))}: {why[lang]}", err=True)
    if report.interrupted:
        return 130
    if report.unreadable or failed:
        return 2
    worst = report.worst()
    stale = strict_baseline and bool(report.gone)
    return int(stale or (fail_on != "never" and worst is not None and worst >= Severity[fail_on.upper()]))


def _fixed(paths: Sequence[str], options: Options, *, unsafe: bool, quiet: bool) -> int:
    """Fix the files as `metalint fix` does, and say it on standard error: the other is for what is left."""
    from metalint import fixing, inputs
    from metalint.cli.mending import carry_out

    if inputs.STDIN in paths:
        zh, en = "標準輸入請用 metalint fix -", "for standard input there is metalint fix -"
        raise click.UsageError(zh if options.lang == "zh-TW" else en)

    def run(how: How, on_record: OnRecord | None, progress: Progress) -> Iterable[Fixed]:
        return fixing.fix(paths, options, how, on_record, progress)

    lang = options.lang or "en"
    done = carry_out(run, unsafe=unsafe, lang=lang, color="never", quiet=quiet, summaries=dict, on_stderr=True)
    return int(done == 2)


def _report(
    paths: Sequence[str], options: Options, progress: Progress, suggest: Suggest | None, against: str | None
) -> Report:
    from metalint import api

    if against is None:
        return api.check(paths, options, progress, suggest)
    from metalint import comparing

    return comparing.against(against, paths, options, progress)


def _suggester() -> Suggest:
    from metalint import enriching

    return enriching.suggester()


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment is not None else None
