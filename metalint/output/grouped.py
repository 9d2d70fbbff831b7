"""For people with many problems: each record once, with what is wrong in it, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.model import Problem
from metalint.output import summary
from metalint.output.settings import Settings
from metalint.pointers import pointer_text
from metalint.report import Report
from metalint.terminal import cut, paint, safe


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield the files, the records in each, and their problems; then the summary."""
    on, shown = settings.color, 0
    path: str | None = None
    record: tuple[str, str] | None = None
    for problem in report.problems():
        if settings.max_problems and shown >= settings.max_problems:
            break
        shown += 1
        if problem.path != path:
            yield ("" if path is None else "\n") + paint(safe(problem.path), "bold", on=on) + "\n"
            path, record = problem.path, None
        if (problem.record, problem.title) != record:
            record = problem.record, problem.title
            name = f"{paint(safe(problem.record), 'mark', on=on)} {safe(problem.title)}".strip()
            yield f"\n  {name}\n" if name else "\n"
        yield cut(_line(problem, settings), settings.width) + "\n" if not on else _line(problem, settings) + "\n"
    yield "\n" if shown else ""
    yield from summary.lines(report, settings, report.listed - shown)


def _line(problem: Problem, settings: Settings) -> str:
    level = problem.severity.name.lower()
    word = summary.WORDS[problem.severity][0 if settings.lang == "zh-TW" else 1]
    place = f"{problem.line}:{problem.column}"
    value = f" → {summary.proposed(problem.fix, settings.lang)}" if problem.fix is not None else ""
    where = safe(pointer_text(problem.pointer))
    rule = problem.rule + summary.mark(problem, settings.lang)
    return f"    {place:<9} {paint(word, level, on=settings.color)}  {rule}  {where}  {safe(problem.message + value)}"
