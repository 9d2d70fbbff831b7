"""A suppression: which problems are held back, why, and where that is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from metalint.config.patterns import within
from metalint.model import Pointer, Problem, Span, Suppressed
from metalint.ruleset import matches

if TYPE_CHECKING:
    from metalint.config.document import Document

At: TypeAlias = tuple[int, int]  # line and column, from 1


class Reach(NamedTuple):
    """What a comment stands for: from one place of its file to another (inclusive), and single places beside."""

    start: At
    end: At
    places: frozenset[At] = frozenset()

    def holds(self, problem: Problem) -> bool:
        """Tell whether a problem begins in it."""
        at = (problem.line, problem.column)
        return self.start <= at <= self.end or at in self.places


class Written(NamedTuple):
    """Where something is written: the file, the line's text, and the stretch; its offsets are those in the line."""

    path: str
    text: str
    span: Span


def written_in(document: Document, pointer: Pointer) -> Written:
    """Return where a value of a configuration file is written."""
    span = document.span(pointer)
    start = span.start - span.column + 1
    stop = document.text.find("\n", start)
    text = document.text[start:stop] if stop >= 0 else document.text[start:]
    end = min(span.end - start, len(text))
    return Written(document.path, text, Span(span.column - 1, end, span.line, span.column, span.line, end + 1))


@dataclass(slots=True, eq=False)
class Suppression:
    """Problems of the rules or families `selectors` are held back; `used` are those that held something back.

    `where` tells of each selector where it is written; most are never asked. Of `records` and `pointers`, none means
    all; `reach` is that of a comment.
    """

    selectors: tuple[str, ...]
    reason: str
    where: Callable[[], Sequence[Written]]
    records: Sequence[re.Pattern[str]] = ()
    pointers: Sequence[Pointer] = ()
    reach: Reach | None = None
    used: set[str] = field(default_factory=set)
    _told: Suppressed | None = None

    def covers(self, problem: Problem) -> bool:
        """Tell whether a problem of one of its rules is where it holds."""
        return (
            (self.reach is None or self.reach.holds(problem))
            and (not self.records or any(one.fullmatch(problem.record) for one in self.records))
            and (not self.pointers or within(problem.pointer, self.pointers))
        )

    def names(self, rule: str) -> bool:
        """Tell whether it is about a rule."""
        return any(matches(selector, rule) for selector in self.selectors)

    def use(self, rule: str) -> None:
        """Note that it has held back a problem of a rule."""
        self.used.update(selector for selector in self.selectors if matches(selector, rule))

    def unused(self, on: Collection[str], wanted: Collection[str]) -> list[tuple[str, Written]]:
        """Return what it names without need, as far as that can be told.

        `on` are the rules of this run, `wanted` those that would be on but for the command line: where one of a
        family was left out by hand, nothing is said of the family.
        """
        return [
            (selector, written)
            for selector, written in zip(self.selectors, self.where(), strict=True)
            if selector not in self.used
            and any(matches(selector, rule) for rule in on)
            and not any(matches(selector, rule) for rule in wanted if rule not in on)
        ]

    @property
    def told(self) -> Suppressed:
        """What a problem that is held back says of it."""
        if self._told is None:
            first = self.where()[0]
            self._told = Suppressed(self.reason, first.path, first.span.line)
        return self._told
