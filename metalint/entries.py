"""A problem as plain data: what JSON and JSON Lines say of it, wherever they are written."""

from __future__ import annotations

import json
import re

from metalint.model import Fix, Problem
from metalint.pointers import pointer_text

_encode = json.JSONEncoder(ensure_ascii=False).encode
_UNSAFE = "[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"


def entry(problem: Problem) -> dict[str, object]:
    """Return a problem as JSON has it."""
    fix = problem.fix
    made: dict[str, object] = {
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
        made["known"] = True
    if problem.suggested:
        made["suggested"] = list(problem.suggested)
    if problem.suppressed is not None:
        made["suppressed"] = problem.suppressed._asdict()
    return made


def _fix(fix: Fix) -> dict[str, object]:
    made: dict[str, object] = {"safe": fix.safe, "values": list(fix.values)}
    return {**made, "shown": True} if fix.shown else made


def dump(value: object) -> str:
    """Return a value as JSON on one line."""
    return safe(_encode(value))


def safe(text: str) -> str:
    """Return JSON with what it allows, but a terminal or a reader of lines would act on, escaped too."""
    return text if text.isprintable() else re.sub(_UNSAFE, lambda match: f"\\u{ord(match.group()):04x}", text)
