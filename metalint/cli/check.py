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
from metalint.cli.files import Files, reading
from metalint.cli.helps import told

if TYPE_CHECKING:
    from metalint.filecheck import Suggest
    from metalint.fixing import Fixed, How, OnRecord
    from metalint.report import Report
    from metalint.run import Options


@click.command(help=told("check"), short_help=told("check-short"))
@reading
@click.option("--select", "-s", multiple=True, metavar="RULE", help=told("select"))
@click.option("--ignore", "-i", multiple=True, metavar="RULE", help=told("ignore"))
@click.option("--config", metavar="FILE", help=told("config-file"))
@click.option("--isolated", is_flag=True, help=told("isolated"))
@click.option("--show-suppressed", is_flag=True, help=told("show-suppressed"))
@click.option("--rules", "rule_dirs", multiple=True, metavar="DIR", help=told("rules-dir"))
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
@wanted.fail_on()
@click.option(
    "--schema-engine", type=click.Choice(["auto", "rs", "python"]), default="auto", help=told("schema-engine")
)
@click.option("--jobs", "-j", type=click.IntRange(0), default=1, metavar="N", help=told("jobs"))
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help=told("today"))
def check(
    files: Files,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config: str | None,
    isolated: bool,
    show_suppressed: bool,
    rule_dirs: tuple[str, ...],
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
    from metalint.output import Settings

    wanted.prove(outputs)
    options = files.options(lang)._replace(
        rule_dirs=rule_dirs,
        select=listed(select),
        ignore=listed(ignore),
        schema_engine=schema_engine,
        jobs=jobs or os.cpu_count() or 1,
        today=_day(today),
        extras=wanted.extras(outputs),
        config=config,
        isolated=isolated,
        show_suppressed=show_suppressed,
        shows_known=show_known,
    )
    progress = Progress(wanted=not (no_progress or quiet))
    try:
        said = api.whole_run(files.paths, options)
        lang = language(lang or said.lang)
        fail_on = fail_on or said.fail_on or "error"
        options = options._replace(
            lang=lang, baseline=None if no_baseline else baseline or said.baseline or inputs.nearest(inputs.BASELINE)
        )
        fixed = _fixed(files.paths, options, unsafe=unsafe, quiet=quiet) if fix else 0
        report = _report(files.paths, options, progress, _suggester() if suggest else None, against)
        options = options._replace(rule_dirs=report.rule_dirs)
        summaries = {rule.id: rule.summary for rule in api.rules(options)} if statistics else {}
        on = sys.stdout is not None and colored(color, sys.stdout)
        settings = Settings(lang, on, columns(), statistics, max_problems, __version__, summaries)
    except api.CannotRun as error:
        raise refusal(error, language(lang)) from error
    finally:
        progress.clear()
    code = wanted.conclude(outputs, report, settings, options, fail_on, quiet=quiet)
    return max(code, fixed, int(strict_baseline and bool(report.gone)))


def _fixed(paths: Sequence[str], options: Options, *, unsafe: bool, quiet: bool) -> int:
    """Fix the files as `metalint fix` does, said on standard error; return 2 if one could not be fixed, else 0."""
    from metalint import fixing, inputs
    from metalint.cli.mending import carry_out

    if inputs.STDIN in paths:
        zh, en = "標準輸入請用 metalint fix -", "for standard input there is metalint fix -"
        raise click.UsageError(zh if options.lang == "zh-TW" else en)

    def run(how: How, on_record: OnRecord | None, progress: Progress) -> Iterable[Fixed]:
        return fixing.fix(paths, options, how, on_record, progress)

    lang = options.lang or "en"
    code = carry_out(run, unsafe=unsafe, lang=lang, color="never", quiet=quiet, summaries=dict, on_stderr=True)
    if code == 130:
        raise KeyboardInterrupt
    return code if code == 2 else 0  # what was left alone the check finds again


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
