"""GitLab's Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.entries import dump
from metalint.model import Severity
from metalint.output import places
from metalint.output.settings import Settings
from metalint.pointers import pointer_text
from metalint.report import Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield one array, an object a problem; no two of a report have the same fingerprint."""
    yield "["
    seen: dict[str, int] = {}
    for number, problem in enumerate(places.shown(report, settings)):
        path = places.relative(problem.path)
        key = f"{path}:{problem.digest or f'{problem.rule}:{problem.record}:{pointer_text(problem.pointer)}'}"
        seen[key] = seen.get(key, 0) + 1
        words = problem.message + (f" [{problem.record}]" if problem.record else "")
        entry = {
            "description": places.text(words),
            "check_name": problem.rule,
            "fingerprint": _hash(f"{key}:{seen[key]}"),
            "severity": _SEVERITIES[problem.severity],
            "location": {"path": places.text(path), "lines": {"begin": problem.line, "end": problem.end_line}},
        }
        yield (",\n " if number else "\n ") + dump(entry)
    yield "\n]\n"


def _hash(text: str) -> str:
    from hashlib import blake2b

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
