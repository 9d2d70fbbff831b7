"""The first look at a part: the problems of its records, what each dataset is, and the facts that others need of it."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, NamedTuple

from metalint import undecodable
from metalint.audit import store
from metalint.audit.asked import Ask, Part, Ready, jobs_of, ready
from metalint.audit.near_part import Across
from metalint.checks.kinds import Fields
from metalint.datasets import agency_of
from metalint.fields import names_of
from metalint.filecheck import bad_bytes, not_text
from metalint.formats import stretch
from metalint.formats.source import Source
from metalint.formats.stretch import Held, Stretch
from metalint.model import Fault, Json, Problem, Slice
from metalint.report import FileSeen, revive

LOOKED = "looked"
TOGETHER = 128  # records that are looked at together: more, and they do not stay in the processor's cache
NOWHERE = -1  # the record of a problem that stands in none
_COUNT = re.compile(r"\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\s*(?:次|人次)?\s*")


class Row(NamedTuple):
    """A dataset of a part: the number of its file in the part, and what it is."""

    file: int
    line: int
    number: int
    record: str
    title: str
    agency: str
    views: int | None
    downloads: int | None


class Marks(NamedTuple):
    """What records have in common with others: for each rule over a whole catalogue the marks of their keys.

    A mark is 64 bits of the key, the same in every process.
    """

    kinds: list[tuple[str, str]]  # catalogue, rule
    kind: list[int]
    record: list[int]
    mark: list[int]


def look(ask: Ask, part: Part) -> int:
    """Look at a part and keep what is found in its folder; return how many bytes of files it is.

    Raises OSError where the folder cannot be written.
    """
    folder = Path(ask.folder)
    if not store.place(folder, LOOKED, part.key).is_dir():
        with store.making(folder, LOOKED, part.key) as new:
            _look(ask, part, new)
    return sum(size_of(source) for source in part.sources)


def size_of(source: Source) -> int:
    """Return how many bytes of its file a source is."""
    if isinstance(source, Stretch):
        return source.end - source.start
    if isinstance(source, Held):
        return sum(len(piece.text) for piece in source.pieces if isinstance(piece, Slice))
    return source.size


def rows_of(folder: Path, key: str) -> Iterator[Row]:
    """Yield the datasets of a part."""
    for some in store.lines(store.place(folder, LOOKED, key) / "rows.jsonl"):
        yield from (Row(*row) for row in some)


def found_of(folder: Path, key: str) -> Iterator[tuple[int, int, Problem]]:
    """Yield the problems of a part, each with the number of its file and of its record there (both in the part)."""
    with (store.place(folder, LOOKED, key) / "found.jsonl").open(encoding="utf-8") as file:
        for line in file:
            owner, _, problem = line.partition("\t")
            number, record = owner.split()
            yield int(number), int(record), revive(problem)


def _look(ask: Ask, part: Part, new: Path) -> None:
    import numpy as np

    marks = Marks([], [], [], [])
    across = Across(jobs_of(ask).plain)
    spellings: dict[tuple[str, str], Counter[str]] = {}
    files: list[Any] = []
    with (
        (new / "found.jsonl").open("w", encoding="utf-8", newline="\n") as found,
        (new / "rows.jsonl").open("w", encoding="utf-8", newline="\n") as rows,
    ):
        records = 0
        for number, source in enumerate(part.sources):
            seen, records = _file(ask, source, number, records, (found, rows), marks, spellings, across)
            files.append(seen)
    with (new / "facts.npz").open("wb") as file:
        np.savez(
            file,
            kind=np.array(marks.kind, np.uint16),
            record=np.array(marks.record, np.uint32),
            mark=np.array(marks.mark, np.uint64),
        )
    across.save(new)
    spelt = [[catalogue, rule, counts] for (catalogue, rule), counts in spellings.items()]
    store.write_json(
        new / "head.json",
        {"files": files, "kinds": marks.kinds, "spellings": spelt, "records": records, "across": across.told()},
    )


def _file(
    ask: Ask,
    source: Source,
    number: int,
    first: int,
    out: tuple[IO[str], IO[str]],
    marks: Marks,
    spellings: dict[tuple[str, str], Counter[str]],
    across: Across,
) -> tuple[Any, int]:
    """Look at one file of a part; return what it was taken for, and how many records there are now."""
    found, rows = out
    base = stretch.whole(source)
    one = ready(ask, base)
    if one is None:
        return None, first
    if source.binary is not None:
        problems, seen = not_text(source, one.job)
        _keep(found, number, NOWHERE, problems)
        return _seen(seen, "", 0), first
    begins = not isinstance(source, (Stretch, Held)) or getattr(source, "number", 0) == 1 or _holds_first(source)
    if begins:
        _keep(found, number, NOWHERE, one.of_file)
    kinds = [_kind(marks, one.catalogue, rule.id) for rule, _ in one.plan.whole]
    said: list[Problem] = []
    record = first
    for batch in _batches(source, one):
        linted = one.plan.lint(batch)
        at, some = [-1] * len(batch), []
        for place, piece in enumerate(batch):
            if isinstance(piece, Slice):
                at[place] = record
                assert piece.parsed is not None
                fields = one.fields(piece.parsed.value) if isinstance(piece.parsed.value, dict) else {}
                some.append(_row(piece, fields, number))
                across.add(one.catalogue, record, some[-1].title, some[-1].agency, fields)
                record += 1
        rows.write(json.dumps(some) + "\n")
        for owner, problem in zip(linted.owners, linted.problems, strict=True):
            _keep(found, number, at[owner], [problem])
        said += linted.problems if base.undecodable else []
        for kind, keys in zip(kinds, linted.keys, strict=True):
            for offset, key in enumerate(keys, record - linted.records):
                if key is not None:
                    marks.kind.append(kind)
                    marks.record.append(offset)
                    marks.mark.append(mark_of(key))
        for (rule, _), counts in zip(one.plan.spelt, linted.spellings, strict=True):
            spellings.setdefault((one.catalogue, rule.id), Counter()).update(counts)
    if base.undecodable:
        _keep(found, number, NOWHERE, list(bad_bytes(one.plan, base, lambda: iter(said))))
    opened = one.opened
    seen = FileSeen(
        base.path, opened.format, opened.choice.platform.name, opened.choice.why, base.encoding, base.bom, 0
    )
    return _seen(seen, one.catalogue, record - first), record


def mark_of(key: str) -> int:
    """Return 64 bits that stand for a key: of two million keys no two are the same by chance (one in ten million)."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _batches(source: Source, one: Ready) -> Iterator[list[Slice | Fault]]:
    parse = undecodable.parser(one.format) if source.undecodable else one.format.parse
    left = stretch.pieces(source, one.format, one.homes)
    read = (
        piece._replace(parsed=parse(piece)) if isinstance(piece, Slice) and piece.parsed is None else piece
        for piece in left
    )
    while batch := list(itertools.islice(read, TOGETHER)):
        yield batch


def _row(piece: Slice, fields: Fields, file: int) -> Row:
    record, title = names_of(piece, fields)
    use = (_count(fields[name][0].value) if name in fields else None for name in ("views", "downloads"))
    return Row(file, piece.line, piece.number, record, title, agency_of(fields), *use)


def _count(value: Json) -> int | None:
    """Return a number of views or downloads; `None` for what is none."""
    if isinstance(value, int):
        return value
    match = _COUNT.fullmatch(value) if isinstance(value, str) else None
    return int(match.group(1).replace(",", "")) if match is not None else None


def _kind(marks: Marks, catalogue: str, rule: str) -> int:
    if (catalogue, rule) not in marks.kinds:
        marks.kinds.append((catalogue, rule))
    return marks.kinds.index((catalogue, rule))


def _holds_first(source: Source) -> bool:
    if not isinstance(source, Held):
        return False
    piece = source.pieces[0]
    return not isinstance(piece, Slice) or piece.number == 1


def _keep(found: IO[str], number: int, record: int, problems: list[Problem] | tuple[Problem, ...]) -> None:
    for problem in problems:
        found.write(f"{number} {record}\t{json.dumps(problem)}\n")


def _seen(seen: FileSeen, catalogue: str, records: int) -> list[Any]:
    why = [seen.why.zh, seen.why.en]
    return [seen.path, seen.format, seen.platform, why, seen.encoding, seen.bom, records, catalogue]
