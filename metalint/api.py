"""The program as a library: paths in, values out. Never prints."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from metalint import filecheck, inputs, platforms, proof, reasons, ruleset
from metalint.formats.source import Source, open_source
from metalint.lexicon import Lexicon
from metalint.model import Rule, Texts
from metalint.platforms import Platform, PlatformError
from metalint.reasons import Explanation
from metalint.report import Report
from metalint.ruleset import RuleError
from metalint.shipped import shipped
from metalint.vocabulary import VocabularyError


class CannotRun(Exception):
    """The run cannot be done as asked: an unknown rule or platform, a bad rule file. The reason, in both languages."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts.en)
        self.texts = texts


class Options(NamedTuple):
    """What a run may be asked."""

    platform: str | None = None
    platform_dirs: tuple[str, ...] = ()
    rule_dirs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    lang: str = "en"
    schema_engine: str = "auto"
    encoding: str | None = None
    stdin_filename: str = "-"
    format: str | None = None
    jobs: int = 1
    today: date | None = None
    excerpts: bool = True
    exclude: tuple[str, ...] = ()


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
    report, job = Report(), _job(options)._replace(suggest=suggest)
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
                filecheck.check(source, job, report, advance)
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


def all_platforms(options: Options) -> tuple[Platform, ...]:
    """Return all platforms, by name. Raises CannotRun."""
    try:
        return platforms.load([shipped("rules") / "platforms", *map(Path, options.platform_dirs)])
    except PlatformError as error:
        raise CannotRun(Texts(f"平臺無法使用：{error}", f"this platform cannot be used: {error}")) from error


def _job(options: Options) -> filecheck.Job:
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
        options.excerpts,
    )


def prove_platform(known: Sequence[Platform], options: Options) -> None:
    """Raise CannotRun for a platform that is not known, with the nearest names."""
    names = [platform.name for platform in known]
    if options.platform is not None and options.platform not in names:
        import difflib

        near = ", ".join(difflib.get_close_matches(options.platform, names, 3)) or ", ".join(names)
        zh = f"沒有名為 {options.platform} 的平臺；可用：{near}"
        raise CannotRun(Texts(zh, f"no platform is named {options.platform}; there is: {near}"))


def open_path(path: str, options: Options, report: Report) -> Source | None:
    """Return a file that can be opened; of another the report says why not. Raises CannotRun for no such encoding."""
    try:
        if path == inputs.STDIN:
            stdin = open(os.devnull, "rb") if sys.stdin is None else sys.stdin.buffer  # noqa: PTH123, SIM115
            return open_source(path, shown=options.stdin_filename, encoding=options.encoding, stdin=stdin)
        return open_source(path, encoding=options.encoding)
    except OSError as error:
        why = error.strerror or str(error)
        report.unreadable.append((path, Texts(f"無法開啟：{why}", f"cannot be opened: {why}")))
    except LookupError as error:
        raise CannotRun(Texts(f"沒有這種編碼：{options.encoding}", f"no such encoding: {options.encoding}")) from error
    return None


def _rule_folders(options: Options) -> list[Path]:
    return [shipped("rules"), *map(Path, options.rule_dirs)]
