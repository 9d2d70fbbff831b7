"""JSON and JSON Lines: the same bytes for the same input."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.entries import dump, entry
from metalint.model import Problem, Severity
from metalint.output import summary
from metalint.output.settings import Settings
from metalint.report import Report

__all__ = ["dump", "render", "render_lines"]


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield one object: version, files, problems, summary."""
    yield '{"version": ' + dump(settings.version) + ',\n "files": ['
    for number, seen in enumerate(report.files):
        file = {"path": seen.path, "platform": seen.platform, "encoding": seen.encoding, "records": seen.records}
        yield (",\n  " if number else "\n  ") + dump(file)
    yield '],\n "problems": ['
    for number, problem in enumerate(_shown(report, settings)):
        yield (",\n  " if number else "\n  ") + dump(entry(problem))
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
        yield dump(entry(problem)) + "\n"


def _shown(report: Report, settings: Settings) -> Iterator[Problem]:
    for number, problem in enumerate(report.problems()):
        if settings.max_problems and number >= settings.max_problems:
            return
        yield problem
