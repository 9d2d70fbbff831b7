"""What every run needs: what it may be asked, the platforms, the files; and why it cannot be done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from metalint import inputs, platforms
from metalint.formats.source import Source, open_source
from metalint.model import Excerpt, Extras, Texts
from metalint.platforms import Platform, PlatformError
from metalint.report import Report
from metalint.shipped import shipped

Progress = Callable[[int, int], None]  # bytes done, bytes in all


class CannotRun(Exception):
    """The run cannot be done as asked: an unknown rule or platform, a bad rule file. The reason, in both languages.

    `excerpt` is the line that is at fault, where there is one.
    """

    def __init__(self, texts: Texts, excerpt: Excerpt | None = None) -> None:
        super().__init__(texts.en)
        self.texts, self.excerpt = texts, excerpt


class Options(NamedTuple):
    """What a run may be asked. What is not asked (`None`, empty) is filled from the configuration of each file.

    `config` names one file for all; with `isolated` there is none, nor a file of suppressions.
    """

    platform: str | None = None
    platform_dirs: tuple[str, ...] = ()
    rule_dirs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    lang: str | None = None
    schema_engine: str = "auto"
    encoding: str | None = None
    stdin_filename: str = "-"
    format: str | None = None
    jobs: int = 1
    today: date | None = None
    extras: Extras = Extras()
    exclude: tuple[str, ...] = ()
    baseline: str | None = None
    shows_known: bool = False
    config: str | None = None
    isolated: bool = False
    show_suppressed: bool = False


def all_platforms(options: Options) -> tuple[Platform, ...]:
    """Return all platforms, by name. Raises CannotRun."""
    try:
        return platforms.load([shipped("rules") / "platforms", *map(Path, options.platform_dirs)])
    except PlatformError as error:
        raise CannotRun(Texts(f"平臺無法使用：{error}", f"this platform cannot be used: {error}")) from error


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
