"""reviewdog's diagnostics, one a line: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.entries import dump
from metalint.model import Edit, Problem, Severity, Span
from metalint.output import places
from metalint.output.settings import Settings
from metalint.report import Report

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield a diagnostic a problem. Columns count bytes; where these are not known there is only a line."""
    for problem in places.shown(report, settings):
        words = [problem.message, problem.help, f"[{problem.record}]" if problem.record else ""]
        entry: dict[str, object] = {
            "message": places.text(" — ".join(filter(None, words))),
            "location": {
                "path": places.text(places.relative(problem.path)),
                "range": _range(problem, places.span_of(problem)) or {"start": {"line": problem.line}},
            },
            "severity": _SEVERITIES[problem.severity],
            "source": {"name": "metalint"},
            "code": {"value": problem.rule},
        }
        edits = problem.edits if problem.fix is not None and not problem.fix.shown else ()
        suggestions = [_suggestion(problem, edit) for edit in edits]
        if len(suggestions) == 1 and suggestions[0] is not None:  # several would be offered each by itself
            entry["suggestions"] = suggestions
        yield dump(entry) + "\n"


def _suggestion(problem: Problem, edit: Edit) -> dict[str, object] | None:
    where = _range(problem, edit.span)
    return {"range": where, "text": places.text(edit.text)} if where is not None else None


def _range(problem: Problem, span: Span) -> dict[str, object] | None:
    columns = places.byte_columns(problem, span)
    if columns is None:
        return None
    start, end = columns
    return {"start": {"line": span.line, "column": start}, "end": {"line": span.end_line, "column": end}}
