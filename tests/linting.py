"""How tests run the program on a text of their own: the whole road, from bytes to problems."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

from metalint import filecheck, ruleset
from metalint import platforms as known
from metalint.fields import FIELDS, Place
from metalint.formats.source import open_source
from metalint.lexicon import Lexicon
from metalint.model import Json, Problem, Rule, Texts
from metalint.platforms import Platform
from metalint.report import Report
from metalint.shipped import shipped

TODAY = date(2026, 1, 1)


def _own_place(name: str) -> Place:
    group, _, part = name.partition(".")
    if part:
        return Place((group, "*", part))
    return Place((name, "*")) if name in ("keyword", "distribution", "theme", "language") else Place((name,))


# A platform that calls everything as metalint does: the one that the examples of rules are written for.
OWN = Platform("own", Texts("", ""), (), {name: (_own_place(name),) for name in FIELDS})


@cache
def all_rules() -> tuple[Rule, ...]:
    return ruleset.load([shipped("rules")])


@cache
def all_platforms() -> tuple[Platform, ...]:
    return (*known.load([shipped("rules") / "platforms"]), OWN)


@cache
def lexicon() -> Lexicon:
    return Lexicon((shipped("vocab"),))


def lint_file(
    path: Path,
    *,
    platform: str | None = None,
    lang: str = "en",
    today: date = TODAY,
    rules: tuple[Rule, ...] | None = None,
    format_: str | None = None,
    jobs: int = 1,
    platforms: tuple[Platform, ...] | None = None,
) -> Report:
    """Return the report on one file, with all rules on that are not named otherwise."""
    report = Report()
    chosen = tuple(rule for rule in all_rules() if rule.default) if rules is None else rules
    job = filecheck.Job(chosen, platforms or all_platforms(), lexicon(), lang, today, platform, format_, "auto", jobs)
    filecheck.check(open_source(str(path)), job, report, lambda _: None)
    return report


def lint_record(record: Json, folder: Path, *, platform: str | None = "own", **options: object) -> list[Problem]:
    """Return the problems of one record, or of a list of records as one file."""
    path = folder / "record.json"
    path.write_bytes(json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return list(lint_file(path, platform=platform, **options).problems())  # type: ignore[arg-type]
