"""JSON and JSON Lines: the same bytes for the same input."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from metalint.model import Fix, Problem, Severity
from metalint.output import summary
from metalint.output.settings import Settings
from metalint.pointers import pointer_text
from metalint.report import Report

_UNSAFE = "[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield one object: version, files, problems, summary."""
    yield '{"version": ' + dump(settings.version) + ',\n "files": ['
    for number, seen in enumerate(report.files):
        entry = {"path": seen.path, "platform": seen.platform, "encoding": seen.encoding, "records": seen.records}
        yield (",\n  " if number else "\n  ") + dump(entry)
    yield '],\n "problems": ['
    for number, problem in enumerate(_shown(report, settings)):
        yield (",\n  " if number else "\n  ") + dump(_entry(problem))
    found = summary.totals(report)
    totals: dict[str, object] = {
        "records": report.records,
        "files": len(report.files),
        "problems": sum(found.values()),
        "errors": found[Severity.ERROR],
        "warnings": found[Severity.WARNING],
        "infos": found[Severity.INFO],
        "fixable": report.fixable,
        "safely": report.safe,
        **({} if report.known is None else {"known": report.known, "gone": len(report.gone)}),
    }
    if report.suppressed:
        totals["suppressed"] = report.suppressed
    if settings.statistics:
        rows = sorted(report.counts.items(), key=lambda row: (-row[1], row[0]))
        totals["rules"] = [{"rule": rule, "severity": s.name.lower(), "count": count} for (rule, s), count in rows]
    yield '],\n "summary": ' + dump(totals) + "}\n"


def render_lines(report: Report, settings: Settings) -> Iterator[str]:
    """Yield one problem a line."""
    for problem in _shown(report, settings):
        yield dump(_entry(problem)) + "\n"


def _shown(report: Report, settings: Settings) -> Iterator[Problem]:
    for number, problem in enumerate(report.problems()):
        if settings.max_problems and number >= settings.max_problems:
            return
        yield problem


def _entry(problem: Problem) -> dict[str, object]:
    fix = problem.fix
    entry: dict[str, object] = {
        "rule": problem.rule,
        "severity": problem.severity.name.lower(),
        "message": problem.message,
        "path": problem.path,
        "record": problem.record,
        "title": problem.title,
        "pointer": pointer_text(problem.pointer),
        "line": problem.line,
        "column": problem.column,
        "end_line": problem.end_line,
        "end_column": problem.end_column,
        "fix": None if fix is None else _fix(fix),
    }
    if problem.known:
        entry["known"] = True
    if problem.suggested:
        entry["suggested"] = list(problem.suggested)
    if problem.suppressed is not None:
        entry["suppressed"] = problem.suppressed._asdict()
    return entry


def _fix(fix: Fix) -> dict[str, object]:
    made: dict[str, object] = {"safe": fix.safe, "values": list(fix.values)}
    return {**made, "shown": True} if fix.shown else made


def dump(value: object) -> str:
    """Return a value as JSON on one line."""
    # What JSON allows but a terminal or a reader of lines would act on is escaped too.
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(_UNSAFE, lambda match: f"\\u{ord(match.group()):04x}", text)
