"""A source that stands in memory, in pieces of any size; and places counted in the simplest way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from metalint.model import Fault, Slice, Span

BREAKS = re.compile(r"\r\n|\r|\n")
YAML_BREAKS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(frozen=True)
class Text:
    """What `split` needs of a source."""

    whole: str
    size: int = 1 << 20

    def text(self, size: int = 0) -> Iterator[str]:  # noqa: ARG002
        for start in range(0, len(self.whole), self.size):
            yield self.whole[start : start + self.size]


def pieces(format_: ModuleType, text: str, homes: tuple[Any, ...] = (), size: int = 1 << 20) -> list[Slice | Fault]:
    return list(format_.split(Text(text, size), homes))


def slices(format_: ModuleType, text: str, homes: tuple[Any, ...] = ()) -> list[Slice]:
    return [piece for piece in pieces(format_, text, homes) if isinstance(piece, Slice)]


def values(format_: ModuleType, text: str, homes: tuple[Any, ...] = ()) -> list[Any]:
    return [format_.parse(piece).value for piece in slices(format_, text, homes)]


def faults(format_: ModuleType, text: str, homes: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return all that is said of a text, as (kind, reason or other words, line, column)."""
    found: list[Fault] = []
    for piece in pieces(format_, text, homes):
        found += [piece] if isinstance(piece, Fault) else format_.parse(piece).faults
    return [(fault.kind, said(fault), fault.span.line, fault.span.column) for fault in found]


def said(fault: Fault) -> object:
    return fault.detail.get("reason") or fault.detail.get("code") or tuple(fault.detail.values())


def bare(piece: Slice) -> Slice:
    """Return a slice as it reaches another process."""
    return Slice(piece.number, piece.text, piece.line, piece.column, piece.home, piece.header)


def text_at(whole: str, span: Span, breaks: re.Pattern[str] = BREAKS) -> str:
    """Return what stands between two places of a whole file, found by its lines and columns alone."""
    starts = [0, *(match.end() for match in breaks.finditer(whole))]
    return whole[starts[span.line - 1] + span.column - 1 : starts[span.end_line - 1] + span.end_column - 1]
