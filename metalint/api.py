"""The program as a library: paths in, values out. Never prints."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from metalint import filecheck, inputs, reasons, ruleset
from metalint.formats.source import Source
from metalint.jobs import Jobs, WholeRun, whole_run
from metalint.model import Rule, Texts
from metalint.reasons import Explanation
from metalint.report import Report
from metalint.ruleset import RuleError
from metalint.run import CannotRun, Options, all_platforms, open_path
from metalint.shipped import shipped

__all__ = [
    "CannotRun",
    "Options",
    "WholeRun",
    "all_platforms",
    "check",
    "explain",
    "job",
    "rules",
    "sources",
    "whole_run",
]


def check(
    paths: Sequence[str],
    options: Options,
    progress: Callable[[int, int], None] | None = None,
    suggest: filecheck.Suggest | None = None,
) -> Report:
    """Return what is wrong with the records of the files. `progress` is told bytes done and bytes in all.

    `suggest` (`enriching.suggester`) names the keywords that a record lacks, beside what is wrong with those it has. A
    path that cannot be opened stands in the report's `unreadable`, and the rest goes on. Raises CannotRun.
    """
    began = time.perf_counter()
    report, jobs = Report(show_suppressed=options.show_suppressed), Jobs(options, paths)
    named = inputs.expand(paths, options.exclude)
    report.unreadable.extend(named.missing)
    asked = [(path, job) for path in named.files if (job := jobs.of(path)) is not None]
    if not asked:
        _ = jobs.plain  # options that cannot be met are refused all the same
    opened: list[tuple[Source, str, filecheck.Job]] = []
    for path, job in asked:
        source = open_path(path, options._replace(encoding=job.encoding), report)
        if source is not None:
            opened.append((source, path, job))
    opened.sort(key=lambda one: one[0].path)
    done, total = 0, sum(source.size for source, _, _ in opened)
    checked: list[str] = []

    def advance(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(min(done, total), total)

    try:
        for source, path, job in opened:
            before = done
            try:
                filecheck.check(source, job._replace(suggest=suggest), report, advance)
                checked.append(path)
            except OSError as error:  # gone since it was opened, or a folder now
                why = error.strerror or str(error)
                report.unreadable.append((source.path, Texts(f"無法讀取：{why}", f"cannot be read: {why}")))
            done = before + source.size
        report.add(jobs.complaints(checked))
    except KeyboardInterrupt:
        report.interrupted = True
    finally:
        for source, _, _ in opened:
            source.close()
    report.rule_dirs = jobs.rule_dirs
    report.seconds = time.perf_counter() - began
    return report


def rules(options: Options) -> tuple[Rule, ...]:
    """Return all rules, by name. Raises CannotRun."""
    try:
        return ruleset.load(_rule_folders(options))
    except RuleError as error:
        raise CannotRun(error.texts) from error


def sources(names: Collection[str], options: Options) -> Mapping[str, str]:
    """Return of each named rule the first source of its demand. Raises CannotRun."""
    try:
        return reasons.sources(_rule_folders(options), names)
    except RuleError as error:
        raise CannotRun(error.texts) from error


def explain(name: str, options: Options) -> Explanation:
    """Return a rule with its reasons. Raises CannotRun with the nearest names."""
    try:
        return reasons.explain(_rule_folders(options), name)
    except RuleError as error:
        raise CannotRun(error.texts) from error


def job(options: Options) -> filecheck.Job:
    """Return what a run without configuration asks of every file. Raises CannotRun."""
    return Jobs(options._replace(config=None, isolated=True)).plain


def _rule_folders(options: Options) -> list[Path]:
    return [shipped("rules"), *map(Path, options.rule_dirs)]
