"""What is mended as JSON Patch (RFC 6902) or JSON Merge Patch (RFC 7396): one document a record, one a line."""

from __future__ import annotations

from metalint.entries import dump
from metalint.fixer import Mended
from metalint.model import Json
from metalint.operations import applied, json_patch, merge_patch


def patch(path: str, one: Mended) -> str:
    """Return a record's JSON Patch. Each change says its rule, which readers of RFC 6902 pass over."""
    changes = [(change.rule, change.operation) for change in one.changes]
    return _line(path, one, "patch", list(json_patch(one.before, changes)))


def merge(path: str, one: Mended) -> str:
    """Return a record's JSON Merge Patch."""
    after = applied(one.before, [change.operation for change in one.changes])
    return _line(path, one, "merge", merge_patch(one.before, after))


def _line(path: str, one: Mended, kind: str, document: Json) -> str:
    named = {
        "path": path,
        "record": one.record,
        "title": one.title,
        "number": one.piece.number,
        "line": one.piece.line,
    }
    return dump({**named, "rules": dict(sorted(one.rules.items())), kind: document}) + "\n"
