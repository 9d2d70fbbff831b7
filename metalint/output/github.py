"""GitHub's workflow commands: an annotation a problem. GitHub shows few of a step, so the gravest come first."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.model import Severity
from metalint.output import places
from metalint.output.settings import Settings
from metalint.report import Report
from metalint.terminal import safe

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield the commands."""
    for problem in places.by_severity(report, settings.max_problems or None):
        if problem.aside:
            continue
        words = [problem.message, problem.help, f"[{problem.record} {problem.title}]" if problem.record else ""]
        properties = {
            "file": _property(places.relative(problem.path)),
            "line": str(problem.line),
            "endLine": str(problem.end_line),
            **({"col": str(problem.column)} if problem.line == problem.end_line else {}),
            **({"endColumn": str(problem.end_column)} if problem.line == problem.end_line else {}),
            "title": _property(problem.rule),
        }
        said = ",".join(f"{name}={value}" for name, value in properties.items())
        # Escaped by the toolkit's own rule; what `safe` leaves has no line ends, so each command is one line.
        yield f"::{_COMMANDS[problem.severity]} {said}::{_data(' — '.join(filter(None, words)))}\n"
    for path, why in report.unreadable:
        yield f"::error file={_property(places.relative(path))}::{_data(why[settings.lang])}\n"


def _data(text: str) -> str:
    return safe(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
