"""What a run gives to hold problems of a file back. For most files that is nothing, and nothing more is imported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from metalint.formats.source import Source

if TYPE_CHECKING:
    from metalint.config.load import Override
    from metalint.suppression.held import Suppression
    from metalint.suppression.side_file import Entry

MARK = "metalint:"  # what a comment begins with


class Suppressing(NamedTuple):
    """What holds problems of a file back beside its own comments.

    `overrides` are those with an `ignore` that hold for the file; `lighter` those that change severities for some
    records or values of it; `records` are the entries of the file of suppressions. `known` are the names of all rules,
    `wanted` those of rules that would be on but for the command line; empty ones: the rules of the run.
    """

    overrides: tuple[Suppression, ...] = ()
    lighter: tuple[Override, ...] = ()
    records: Mapping[str, tuple[Entry, ...]] = {}
    known: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()


def needed(source: Source, format_name: str, given: Suppressing) -> bool:
    """Tell whether anything may hold problems of a file back."""
    return bool(given.overrides or given.lighter or given.records) or commented(source, format_name)


def commented(source: Source, format_name: str) -> bool:
    """Tell whether a file may have a comment that holds something back; JSON and CSV have no comments."""
    if format_name not in ("yaml", "xml"):
        return False
    before = ""
    for text in source.text():
        if MARK in text or MARK in before + text[: len(MARK)]:
            return True
        before = text[-len(MARK) :]
    return False
