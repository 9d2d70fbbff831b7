"""The program as a library: paths in, values out. Never prints."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from metalint import filecheck, inputs, reasons, ruleset
from metalint.formats.source import Source
from metalint.jobs import Jobs, WholeRun, whole_run
from metalint.model import Problem, Rule, Texts
from metalint.reasons import Explanation
from metalint.report import Report
from metalint.ruleset import RuleError
from metalint.run import CannotRun, Options, Progress, all_platforms, open_path
from metalint.shipped import shipped

if TYPE_CHECKING:
    from metalint.baseline import Baseline, Entry, Known

__all__ = [
    "CannotRun",
    "Options",
    "Progress",
    "WholeRun",
    "all_platforms",
    "check",
    "check_sources",
    "explain",
    "explained",
    "job",
    "load_baseline",
    "rules",
    "whole_run",
]

Asked = tuple[Source, str, filecheck.Job]  # a file, the path by which it was named, and what it is asked


def check(
    paths: Sequence[str],
    options: Options,
    progress: Progress | None = None,
    suggest: filecheck.Suggest | None = None,
    known: Known | None = None,
) -> Report:
    """Return what is wrong with the records of the files. `progress` is told bytes done and bytes in all.

    `suggest` (`enriching.suggester`) names the keywords that a record lacks, beside what is wrong with those it has.
    `known` are problems that count for nothing, else those of the baseline that the options name. A path that cannot be
    opened stands in the report's `unreadable`, and the rest goes on. Raises CannotRun.
    """
    began = time.perf_counter()
    if known is None and options.baseline is not None:
        from metalint.baseline import Known

        known = Known(load_baseline(options.baseline))
    if known is not None:
        options = options._replace(extras=options.extras._replace(digests=True))
    report, jobs = Report(), Jobs(options, paths)
    report.known, report.shows_known = (None if known is None else 0), options.shows_known
    report.shows_suppressed = options.show_suppressed
    named = inputs.expand(paths, options.exclude)
    report.unreadable.extend(named.missing)
    asked = [(path, job) for path in named.files if (job := jobs.of(path)) is not None]
    opened: list[Asked] = []
    for path, job in asked:
        source = open_path(path, options._replace(encoding=job.encoding), report)
        if source is not None:
            opened.append((source, path, job._replace(suggest=suggest, known=known)))
    _check(opened, jobs, report, progress)
    report.gone = _gone(known) if known is not None else []
    report.seconds = time.perf_counter() - began
    return report


def check_sources(sources: Iterable[Source], options: Options) -> Report:
    """Return what is wrong with the records of files that are open already; they are closed then. Raises CannotRun."""
    sources, report = list(sources), Report()
    jobs = Jobs(options, [source.path for source in sources])
    asked = [(source, source.path, job) for source in sources if (job := jobs.of(source.path)) is not None]
    _check(asked, jobs, report, None)
    return report


def _check(opened: list[Asked], jobs: Jobs, report: Report, progress: Progress | None) -> None:
    if not opened:
        _ = jobs.plain  # options that cannot be met are refused all the same
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
                filecheck.check(source, job, report, advance)
                checked.append(path)
            except OSError as error:  # gone since it was opened, or a folder now
                why = error.strerror or str(error)
                report.unreadable.append((source.path, Texts(f"無法讀取：{why}", f"cannot be read: {why}")))
            done = before + source.size
        known = opened[0][2].known if opened else None
        for path, some in groupby(jobs.complaints(checked), lambda problem: problem.path):
            problems: Iterable[Problem] = [*some]
            report.add(known.told(path, problems) if known is not None else problems)
    except KeyboardInterrupt:
        report.interrupted = True
    finally:
        for source, _, _ in opened:
            source.close()
    report.rule_dirs = jobs.rule_dirs


def rules(options: Options) -> tuple[Rule, ...]:
    """Return all rules, by name. Raises CannotRun."""
    try:
        return ruleset.load(_rule_folders(options))
    except RuleError as error:
        raise CannotRun(error.texts) from error


def explained(names: Collection[str], options: Options) -> Mapping[str, Explanation]:
    """Return the named rules with their reasons. Raises CannotRun."""
    try:
        return reasons.several(_rule_folders(options), names)
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


def load_baseline(path: str) -> Baseline:
    """Return a baseline. Raises CannotRun."""
    from metalint import baseline
    from metalint.baseline import BaselineError

    try:
        return baseline.load(path)
    except BaselineError as error:
        raise CannotRun(error.texts) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotRun(Texts(f"無法開啟基準檔 {path}：{why}", f"{path}: cannot be opened: {why}")) from error


def _gone(known: Known) -> list[Entry]:
    from metalint.baseline import BaselineError

    try:
        return known.gone()
    except BaselineError as error:
        raise CannotRun(error.texts) from error


def _rule_folders(options: Options) -> list[Path]:
    return [shipped("rules"), *map(Path, options.rule_dirs)]
