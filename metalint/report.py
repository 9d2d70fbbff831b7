"""What a run found: kept in memory while it is small, on disk beyond, and always read back in the same order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, NamedTuple

from metalint.model import Edit, Excerpt, Fix, Problem, Severity, Span, Suppressed, Texts

if TYPE_CHECKING:
    from metalint.baseline import Entry

IN_MEMORY = 20_000  # problems; about 20 MiB with their excerpts


class FileSeen(NamedTuple):
    """A file that was read: what it was taken for, and why."""

    path: str
    format: str
    platform: str
    why: Texts
    encoding: str
    bom: bool
    records: int


class Report:
    """Files, problems and counts of one run. Problems are added file by file, sorted within a file.

    What is held back is only counted (`suppressed`), and kept only if it is to be shown. `rule_dirs` are the folders of
    rules that the run came to ask for.
    """

    def __init__(self) -> None:
        self.files: list[FileSeen] = []
        self.counts: Counter[tuple[str, Severity]] = Counter()
        self.fixable = self.safe = 0  # problems with a fix; with one that keeps the meaning
        self.suppressed = 0
        self.rule_dirs: tuple[str, ...] = ()
        self.unreadable: list[tuple[str, Texts]] = []
        self.notes: list[Texts] = []
        self.known: int | None = None  # problems of the baseline, if there is one; they count for nothing else
        self.gone: list[Entry] = []  # problems of the baseline that are not there any more
        self.compared = False  # what is known is not a baseline, but what was there before
        self.shows_known = self.shows_suppressed = False
        self.seconds = 0.0
        self.interrupted = False
        self._kept: list[Problem] = []
        self._spool: IO[str] | None = None

    @property
    def records(self) -> int:
        """How many records were read in all files."""
        return sum(seen.records for seen in self.files)

    @property
    def listed(self) -> int:
        """How many problems `problems` yields."""
        known = self.known if self.shows_known and self.known is not None else 0
        return self.counts.total() + known + (self.suppressed if self.shows_suppressed else 0)

    def worst(self) -> Severity | None:
        """Return the highest severity found, `None` for a clean run."""
        return max((severity for _, severity in self.counts), default=None)

    def add(self, problems: Iterable[Problem]) -> None:
        """Take over problems, in order."""
        for problem in problems:
            if problem.suppressed is not None:
                self.suppressed += 1
                if not self.shows_suppressed:
                    continue
            elif problem.known:
                self.known = (self.known or 0) + 1
                if not self.shows_known:
                    continue
            else:
                self.counts[problem.rule, problem.severity] += 1
                if problem.fix is not None and not problem.fix.shown:
                    self.fixable += 1
                    self.safe += problem.fix.safe
            if self._spool is None and len(self._kept) < IN_MEMORY:
                self._kept.append(problem)
                continue
            if self._spool is None:
                import tempfile

                # The file has no name and is gone with the process, however that ends.
                self._spool = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
            self._spool.write(json.dumps(problem) + "\n")

    def close(self) -> None:
        """Let go of what is on disk."""
        if self._spool is not None:
            self._spool.close()

    def in_order(self) -> Iterator[Problem]:
        """Yield all problems by place; what is on disk was added so, but for what YAML's aliases put elsewhere."""
        if self._spool is not None:
            return self.problems()
        return iter(sorted(self._kept, key=lambda one: (one.line, one.column, one.rule, one.message)))

    def problems(self) -> Iterator[Problem]:
        """Yield all problems in the order of their files and places; may be called again."""
        yield from self._kept
        if self._spool is not None:
            self._spool.seek(0)
            yield from map(revive, self._spool)
            self._spool.seek(0, 2)


def revive(line: str) -> Problem:
    """Return the problem that was written as one line of JSON (named tuples are arrays there)."""
    problem = Problem(*json.loads(line))
    fix, excerpt = problem.fix, problem.excerpt
    return problem._replace(
        severity=Severity(problem.severity),
        pointer=tuple(problem.pointer),
        fix=fix and Fix(tuple(fix[0]), tuple(fix[1]), fix[2], fix[3] and (fix[3][0], fix[3][1]), fix[4]),
        excerpt=excerpt and Excerpt(*excerpt),
        suggested=tuple(problem.suggested),
        edits=tuple(Edit(Span(*span), text) for span, text in problem.edits),
        suppressed=problem.suppressed and Suppressed(*problem.suppressed),
    )
