"""The program as a library: paths in, values out. Never prints."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from metalint import filecheck, inputs, platforms, proof, reasons, ruleset
from metalint.lexicon import Lexicon
from metalint.model import Rule, Texts
from metalint.platforms import PlatformError
from metalint.reasons import Explanation
from metalint.report import Report
from metalint.ruleset import RuleError
from metalint.run import CannotRun, Options, all_platforms, open_path, prove_platform
from metalint.shipped import shipped
from metalint.vocabulary import VocabularyError

__all__ = ["CannotRun", "Options", "all_platforms", "check", "explain", "job", "rules", "sources"]


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
    report, asked = Report(), job(options)._replace(suggest=suggest)
    named = inputs.expand(paths, options.exclude)
    report.unreadable.extend(named.missing)
    opened = (source for path in named.files if (source := open_path(path, options, report)) is not None)
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


def _rule_folders(options: Options) -> list[Path]:
    return [shipped("rules"), *map(Path, options.rule_dirs)]
