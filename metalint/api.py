"""The program as a library: paths in, values out. Never prints."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from metalint import filecheck, inputs, platforms, proof, reasons, ruleset
from metalint.formats.source import Source
from metalint.lexicon import Lexicon
from metalint.model import Rule, Texts
from metalint.platforms import PlatformError
from metalint.reasons import Explanation
from metalint.report import Report
from metalint.ruleset import RuleError
from metalint.run import CannotRun, Options, all_platforms, open_path, prove_platform
from metalint.shipped import shipped
from metalint.vocabulary import VocabularyError

if TYPE_CHECKING:
    from metalint.baseline import Entry, Known

__all__ = ["CannotRun", "Options", "all_platforms", "check", "check_sources", "explain", "explained", "job", "rules"]


def check(
    paths: Sequence[str],
    options: Options,
    progress: Callable[[int, int], None] | None = None,
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
        known = _known(options.baseline)
    if known is not None:
        options = options._replace(extras=options.extras._replace(digests=True))
    report, asked = Report(), job(options)._replace(suggest=suggest, known=known)
    report.known, report.shows_known = (None if known is None else 0), options.shows_known
    named = inputs.expand(paths, options.exclude)
    report.unreadable.extend(named.missing)
    opened = (source for path in named.files if (source := open_path(path, options, report)) is not None)
    _check(opened, asked, report, progress)
    report.gone = _gone(known) if known is not None else []
    report.seconds = time.perf_counter() - began
    return report


def check_sources(sources: Iterable[Source], options: Options) -> Report:
    """Return what is wrong with the records of files that are open already; they are closed then. Raises CannotRun."""
    report = Report()
    _check(sources, job(options), report, None)
    return report


def _check(
    opened: Iterable[Source], asked: filecheck.Job, report: Report, progress: Callable[[int, int], None] | None
) -> None:
    sources = sorted(opened, key=lambda source: source.path)
    done, total = 0, sum(source.size for source in sources)

    def advance(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(min(done, total), total)

    try:
        for source in sources:
            before = done
            try:
                filecheck.check(source, asked, report, advance)
            except OSError as error:  # gone since it was opened, or a folder now
                why = error.strerror or str(error)
                report.unreadable.append((source.path, Texts(f"無法讀取：{why}", f"cannot be read: {why}")))
            done = before + source.size
    except KeyboardInterrupt:
        report.interrupted = True
    finally:
        for source in sources:
            source.close()


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
    """Return what a run asks of every file. Raises CannotRun."""
    known = all_platforms(options)
    names = [platform.name for platform in known]
    if options.platform_dirs:
        try:
            platforms.prove(platforms.load([*map(Path, options.platform_dirs)]), options.schema_engine)
        except PlatformError as error:
            raise CannotRun(Texts(f"平臺無法使用：{error}", f"this platform cannot be used: {error}")) from error
    prove_platform(known, options)
    try:
        chosen = ruleset.select(rules(options), options.select, options.ignore)
        lexicon = Lexicon((shipped("vocab"),))
        proof.prove([*map(Path, options.rule_dirs)], lexicon, names)
    except RuleError as error:
        raise CannotRun(error.texts) from error
    except VocabularyError as error:
        raise CannotRun(Texts(f"詞彙檔無法使用：{error}", f"this vocabulary cannot be used: {error}")) from error
    return filecheck.Job(
        chosen,
        known,
        lexicon,
        options.lang,
        options.today or date.today(),  # noqa: DTZ011  the day where the user is
        options.platform,
        options.format,
        options.schema_engine,
        options.jobs,
        options.extras,
    )


def _known(path: str) -> Known:
    from metalint import baseline
    from metalint.baseline import BaselineError, Known

    try:
        return Known(baseline.load(path))
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
