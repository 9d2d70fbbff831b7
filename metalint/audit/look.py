"""The first look at a part: the problems of its records, what each dataset is, and the facts that others need of it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from metalint import filecheck, undecodable
from metalint.audit import held, kept, pieces, rows, store
from metalint.audit.asked import Ask, Part, Ready, jobs_of, ready
from metalint.audit.facts import FACTS, Facts
from metalint.audit.near_part import Across
from metalint.audit.parquet_read import is_parquet
from metalint.audit.points import Points
from metalint.audit.states import unchanged
from metalint.engine import Linted
from metalint.filecheck import bad_bytes, not_text
from metalint.formats import stretch
from metalint.formats.source import Source
from metalint.formats.stretch import Held, Stretch
from metalint.model import Fault, Problem, Slice
from metalint.outcome import LOOKED
from metalint.report import FileSeen

HEAD = "head.json"
TOGETHER = 128  # records that are looked at together: more, and they do not stay in the processor's cache
NOWHERE = -1  # the record of a problem that stands in none
Owned = tuple[int, Problem]  # a problem and the record of the part that it stands in


def look(ask: Ask, part: Part) -> int:
    """Look at a part and keep what is found in its folder; return how many bytes of files it is.

    Raises Changed, and OSError where the folder cannot be written.
    """
    folder = Path(ask.folder)
    if not store.is_whole(folder, LOOKED, part.key):
        with store.making(folder, LOOKED, part.key) as new, unchanged(part.sources, part.states):
            _look(ask, part, new)
    return sum(size_of(source) for source in part.sources)


def size_of(source: Source) -> int:
    """Return how many bytes of its file a source is."""
    if isinstance(source, Stretch):
        return source.end - source.start
    if isinstance(source, Held):
        return sum(source.bytes_of(piece.text) for piece in source.pieces if isinstance(piece, Slice))
    return source.size


def _look(ask: Ask, part: Part, new: Path) -> None:
    with (
        (new / kept.FOUND).open("w", encoding="utf-8", newline="\n") as found,
        (new / rows.ROWS).open("w", encoding="utf-8", newline="\n") as told,
    ):
        seen = _Looked(ask, part, found, told)
        for source in part.sources:
            seen.file(source)
    pieces.write(new, part)
    store.write_json(new / HEAD, seen.head(new))


def in_order(
    one: Ready, source: Source, number: int, owned: list[Owned], before: Sequence[Problem] | None = None
) -> tuple[list[kept.Kept], list[tuple[int, Problem]]]:
    """Return problems of a file of a part as they are kept, in order, and those that somebody holds back.

    With those held back `before`, these are the last ones: it is said which comments of the file hold nothing back.
    """
    by = filecheck.suppressions(stretch.whole(source), one.opened.format, one.job)
    if by is not None:
        if before is not None and not isinstance(source, (Stretch, Held)):  # of those there are no comments, or a few
            said = by.complaints([*before, *(problem for _, problem in owned)], one.plan.fault_problem)
            owned = [*owned, *((NOWHERE, problem) for problem in said)]
        owned = sorted(owned, key=_place)
        applied = by.applied(problem for _, problem in owned)
        owned = list(zip((record for record, _ in owned), applied, strict=True))
    else:
        owned = sorted(owned, key=_place)
    free = [kept.kept(number, record, problem) for record, problem in owned if problem.suppressed is None]
    return free, [(number, problem) for _, problem in owned if problem.suppressed is not None]


class _Looked:
    """A part as it is looked at, file by file."""

    def __init__(self, ask: Ask, part: Part, found: IO[str], told: IO[str]) -> None:
        self._ask, self._found = ask, found
        self._rows = rows.Rows(told)
        self._points = Points() if ask.scores else None
        self._facts = Facts()
        jobs = [jobs_of(ask).of(source.file or source.path) for source in part.sources]
        on = {rule.id for job in jobs if job is not None for rule in job.rules}
        self._across = Across(on, jobs_of(ask).plain.lexicon)
        self._spellings: dict[tuple[str, str], Counter[str]] = {}
        self._files: list[list[Any] | None] = []
        self._held: list[tuple[int, Problem]] = []
        self._records = 0

    def file(self, source: Source) -> None:
        """Look at one file, or at a stretch of one."""
        base, number, first = stretch.whole(source), len(self._files), self._records
        one = ready(self._ask, base)
        if one is None:
            self._files.append(None)
            return
        owned: list[Owned] = []
        if source.binary is not None and not is_parquet(source):
            problems, seen = not_text(source, one.job)
            self._files.append(_seen(seen, "", 0))
            owned = [(NOWHERE, problem) for problem in problems]
        else:
            if _begins(source):
                owned += [(NOWHERE, problem) for problem in one.of_file]
            for batch in _batches(source, one):
                linted = one.plan.lint(batch)
                owned += self._batch(base.path, one, batch, linted)
            if base.undecodable:
                said = [problem for _, problem in owned]
                owned += [(NOWHERE, problem) for problem in bad_bytes(one.plan, base, lambda: iter(said))]
            opened, choice = one.opened, one.opened.choice
            seen = FileSeen(base.path, opened.format, choice.platform.name, choice.why, base.encoding, base.bom, 0)
            self._files.append(_seen(seen, one.catalogue, self._records - first))
        free, held_back = in_order(one, source, number, owned)
        kept.write(self._found, free)
        self._held += held_back

    def head(self, new: Path) -> dict[str, Any]:
        """Write the facts; return what else is told of the part."""
        self._across.save(new)
        held.write(new, self._held)
        return {
            "files": self._files,
            "records": self._records,
            "agencies": list(self._rows.agencies),
            "points": self._points.told() if self._points is not None else None,
            "suppressed": len(self._held),
            "facts": self._facts.save(new / FACTS),
            "spellings": [[*name, counts] for name, counts in self._spellings.items()],
            "across": self._across.told(),
        }

    def _batch(self, path: str, one: Ready, batch: list[Slice | Fault], linted: Linted) -> list[Owned]:
        """Take over what is found in some records; return the problems."""
        first, at = self._records, [NOWHERE] * len(batch)
        for place, piece in enumerate(batch):
            if isinstance(piece, Slice):
                at[place] = self._records
                assert piece.parsed is not None
                fields = one.fields(piece.parsed.value) if isinstance(piece.parsed.value, dict) else {}
                scored = one.score(fields)
                title, agency = self._rows.add(path, piece, fields, scored)
                self._across.add(one.catalogue, self._records, title, agency, fields)
                if self._points is not None:
                    self._points.add(agency, scored.standings, scored.themes)
                self._records += 1
        for (rule, _), keys in zip(one.plan.whole, linted.keys, strict=True):
            self._facts.add((one.catalogue, rule.id), first, keys)
        for (rule, _), counts in zip(one.plan.spelt, linted.spellings, strict=True):
            self._spellings.setdefault((one.catalogue, rule.id), Counter()).update(counts)
        return [(at[owner], problem) for owner, problem in zip(linted.owners, linted.problems, strict=True)]


def _batches(source: Source, one: Ready) -> Iterator[list[Slice | Fault]]:
    parse = undecodable.parser(one.format) if source.undecodable else one.format.parse
    left = stretch.pieces(source, one.format, one.homes)
    read = (
        piece._replace(parsed=parse(piece)) if isinstance(piece, Slice) and piece.parsed is None else piece
        for piece in left
    )
    while batch := list(itertools.islice(read, TOGETHER)):
        yield batch


def _begins(source: Source) -> bool:
    """Tell whether a source is the beginning of its file."""
    if isinstance(source, Held):
        return source.begins
    return not isinstance(source, Stretch) or source.number == 1


def _place(owned: Owned) -> tuple[int, int, str, str]:
    return filecheck.place_of(owned[1])


def _seen(seen: FileSeen, catalogue: str, records: int) -> list[Any]:
    why = [seen.why.zh, seen.why.en]
    return [seen.path, seen.format, seen.platform, why, seen.encoding, seen.bom, records, catalogue]
