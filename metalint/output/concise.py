"""One problem a line: `path:line:column: severity rule message [record]`."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.output import summary
from metalint.output.settings import Settings
from metalint.report import Report
from metalint.terminal import paint, safe


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield the lines, then the summary."""
    shown = 0
    for problem in report.problems():
        if settings.max_problems and shown >= settings.max_problems:
            break
        shown += 1
        place = f"{safe(problem.path)}:{problem.line}:{problem.column}:"
        word = paint(problem.severity.name.lower(), problem.severity.name.lower(), on=settings.color)
        record = f" [{safe(problem.record)}]" if problem.record else ""
        lacks = safe(summary.suggested(problem, settings.lang))
        held = safe(summary.suppressed(problem, settings.lang))
        more = "".join(f" ({text})" for text in (lacks, held) if text) + record
        rule = problem.rule + (summary.mark(problem, settings.lang) if not held else "")
        yield f"{place} {word} {rule} {safe(problem.message)}{more}\n"
    yield from summary.lines(report, settings, report.listed - shown)
