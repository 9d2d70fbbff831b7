"""`metalint audit`: a whole catalogue at once."""

from __future__ import annotations

import os
import shlex
import sys
from datetime import datetime

import click

from metalint.cli import outputs as wanted
from metalint.cli.console import LANGS, Progress, colored, columns, language, listed, refusal, say
from metalint.cli.files import Files, complain, reading_files
from metalint.cli.helps import told

_TEXTS = {
    "audit": (
        (
            "稽核整個目錄：檢查檔案與資料夾裡的每一筆，找出跨資料集的重複與不一致，依機關彙整，"
            "結果寫進 -o 的資料夾。\n\n"
            "中斷後用同樣的指令接著做，已完成的部分不重做。資料夾裡有 problems.jsonl（每行一個問題）、"
            "datasets.jsonl（每行一個資料集）與 summary.json。"
        ),
        (
            "Audit a whole catalogue: check every record of files and folders, find what shows only across datasets, "
            "and sum it up by agency, in the folder of -o.\n\n"
            "What was interrupted goes on with the same command; what is done is not done again. The folder gets "
            "problems.jsonl (a problem a line), datasets.jsonl (a dataset a line) and summary.json."
        ),
    ),
    "short": ("稽核整個目錄，依機關彙整。", "Audit a whole catalogue, by agency."),
    "output": ("結果的資料夾。", "The folder for the outcome."),
    "jobs": ("處理程序數；0 為每個核心一個。[0]", "Number of processes; 0: one per core. [0]"),
    "scheduler": (
        "在現有的 Dask 叢集上執行，例如 tcp://host:8786（需要 metalint[dask]）。",
        "Run on an existing Dask cluster, such as tcp://host:8786 (needs metalint[dask]).",
    ),
    "sample": ("只抽 N 筆。", "Look at N records only, chosen at random."),
    "seed": ("抽樣的種子；同樣的種子抽同樣的紀錄。[0]", "The seed of the sample; the same one chooses the same. [0]"),
    "parquet": (
        "另寫 problems.parquet（需要 metalint[audit]）。",
        "Write problems.parquet too (needs metalint[audit]).",
    ),
    "scores": (
        "不評分（快一些）；不指定則以內附的各方法評分，並找出高應用價值主題。",
        "No scores, which is faster; otherwise all methods that come with metalint, and high-value themes.",
    ),
    "each": (
        "每個檔案各是一個目錄；不指定時，同一資料夾、同一平臺、欄位相同的檔案是一個目錄。",
        "Each file is a catalogue; otherwise those of one folder and platform with the same columns are one.",
    ),
    "html": ("另寫 report.html：一個檔案，不需要網路。", "Write report.html too: one file that needs no network."),
    "xlsx": (
        "另寫 report.xlsx：每個機關一張要改什麼的工作表（需要 metalint[audit]）。",
        "Write report.xlsx too: for each agency a sheet of what to do (needs metalint[audit]).",
    ),
    "markdown": ("另寫 report.md：會議用的兩頁。", "Write report.md too: two pages for a meeting."),
    "fail-on": ("達到這個程度就以 1 結束。[never]", "Exit 1 from this severity on. [never]"),
}


@click.command(help=told("audit", _TEXTS), short_help=told("short", _TEXTS))
@reading_files
@click.option("--output", "-o", required=True, metavar="DIR", help=told("output", _TEXTS))
@click.option("--select", "-s", multiple=True, metavar="RULE", help=told("select"))
@click.option("--ignore", "-i", multiple=True, metavar="RULE", help=told("ignore"))
@click.option("--rules", "rule_dirs", multiple=True, metavar="DIR", help=told("rules-dir"))
@click.option("--config", metavar="FILE", help=told("config-file"))
@click.option("--isolated", is_flag=True, help=told("isolated"))
@click.option("--each-file", "each", is_flag=True, help=told("each", _TEXTS))
@click.option("--sample", type=click.IntRange(1), metavar="N", help=told("sample", _TEXTS))
@click.option("--seed", type=int, default=0, metavar="N", help=told("seed", _TEXTS))
@click.option("--jobs", "-j", type=click.IntRange(0), default=0, metavar="N", help=told("jobs", _TEXTS))
@click.option("--scheduler", metavar="ADDRESS", help=told("scheduler", _TEXTS))
@click.option("--no-scores", is_flag=True, help=told("scores", _TEXTS))
@click.option("--html", is_flag=True, help=told("html", _TEXTS))
@click.option("--xlsx", is_flag=True, help=told("xlsx", _TEXTS))
@click.option("--markdown", is_flag=True, help=told("markdown", _TEXTS))
@click.option("--parquet", is_flag=True, help=told("parquet", _TEXTS))
@wanted.fail_on("never", told("fail-on", _TEXTS))
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help=told("today"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help=told("color"))
@click.option("--quiet", "-q", is_flag=True, help=told("quiet"))
@click.option("--no-progress", is_flag=True, help=told("no-progress"))
def audit(
    files: Files,
    output: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rule_dirs: tuple[str, ...],
    config: str | None,
    isolated: bool,
    each: bool,
    sample: int | None,
    seed: int,
    jobs: int,
    scheduler: str | None,
    no_scores: bool,
    html: bool,
    xlsx: bool,
    markdown: bool,
    parquet: bool,
    fail_on: str,
    today: datetime | None,
    lang: str | None,
    color: str,
    quiet: bool,
    no_progress: bool,
) -> int:
    """Audit and return the exit code."""
    from metalint import __version__, api
    from metalint.audit import parquet as in_parquet
    from metalint.audit import run
    from metalint.audit.asked import Ask
    from metalint.cli import audited
    from metalint.output import Settings, audit_full

    options = files.options(lang)._replace(
        select=listed(select),
        ignore=listed(ignore),
        rule_dirs=rule_dirs,
        config=config,
        isolated=isolated,
        today=today.date() if today is not None else None,
    )
    progress = Progress(wanted=not (no_progress or quiet))
    try:
        lang = language(lang or api.whole_run(files.paths, options).lang)
        options = options._replace(lang=lang)
        audited.prove(parquet=parquet, xlsx=xlsx)
        ask = Ask(options, files.paths, output, each, sample or 0, seed, scores=not no_scores)
        result = run.audit(ask, jobs or os.cpu_count() or 1, scheduler, progress)
        if isinstance(result, run.Broken):
            progress.clear()
            return _broken(result.done, lang)
        names = {row.rule for row in result.summary.rules}
        settings = Settings(
            lang,
            sys.stdout is not None and colored(color, sys.stdout),
            columns(),
            version=__version__,
            summaries={rule.id: rule.summary for rule in api.rules(options)},
            explained=api.explained(names, options) if names else {},
        )
        if parquet:
            run.keep(output, in_parquet.write)
        forms = [name for name, on in (("html", html), ("xlsx", xlsx), ("markdown", markdown)) if on]
        written = [*run.files(output, parquet=parquet), *audited.write(result, output, forms, settings)]
    except api.CannotRun as error:
        raise refusal(error, language(lang)) from error
    finally:
        progress.clear()
    if not quiet:
        say(audit_full.render(result, settings, written))
    return _code(result, fail_on, lang)


def _code(result: object, fail_on: str, lang: str) -> int:
    from metalint.audit.result import Result
    from metalint.model import Severity, Unreadable

    assert isinstance(result, Result)
    unread = complain([Unreadable(path, 0, 0, why) for path, why in result.summary.unreadable], lang)
    worst = max((row.severity for row in result.summary.rules), default=None)
    return unread or int(fail_on != "never" and worst is not None and worst >= Severity[fail_on.upper()])


def _broken(done: int, lang: str) -> int:
    command = shlex.join(["metalint", *sys.argv[1:]])
    zh = f"中斷：完成 {done:,} 段，都已留下。用同樣的指令接著做：{command}"
    en = f"interrupted: {done:,} parts are done and kept. The same command goes on: {command}"
    click.echo(f"metalint: {zh if lang == 'zh-TW' else en}", err=True)
    return 130
