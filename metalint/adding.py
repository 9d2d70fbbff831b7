"""Keywords put where a record keeps its own, in the shape that its portal has: a list, CKAN's tags, a joined cell."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from metalint import fields as places
from metalint import formats, undecodable
from metalint.enrichment import Record, reader
from metalint.fields import Place
from metalint.fixer import Change, Mended
from metalint.formats import CannotWrite
from metalint.formats.spelling import speller
from metalint.model import At, Json, Operation, Pointer, Problem, Severity, Slice
from metalint.opened import Opened
from metalint.pointers import ABSENT, Absent, value_at
from metalint.rewriting import rewritten

RULE = "keyword/missing"  # what a suggested keyword is a fix of
_EMPTY: tuple[Json, ...] = (None, "", [])


class Adder:
    """Adds to each record of a file the keywords that it lacks."""

    unsafe = 0
    unread = 0  # records that could not be read

    def __init__(self, opened: Opened, lacking: Callable[[Record], Sequence[str]]) -> None:
        self._format, self._writer = formats.named(opened.format), formats.writer(opened.format)
        self._parse = undecodable.parser(self._format) if opened.source.undecodable else self._format.parse
        self._record, self._lacking = reader(opened), lacking
        self._places = opened.choice.platform.fields.get("keyword", ())
        self._header, self._spelt = opened.header, speller(opened.format, opened.source.encoding)
        self._separators: Counter[str] = Counter()

    def mended(self, pieces: Iterator[Slice]) -> Iterator[Mended]:
        """Yield the records with their new keywords."""
        for piece in pieces:
            value = self._parse(piece).value
            record = self._record(piece, value) if isinstance(value, dict) else None
            self.unread += record is None
            terms = self._lacking(record) if record is not None else ()
            operations = self._operations(record.raw, terms) if record is not None else []
            if record is None or not operations:
                continue
            try:
                made = rewritten(piece, operations, self._format, self._writer, self._spelt)
            except (CannotWrite, UnicodeEncodeError):
                lost = _not_written(piece, record, operations[0].pointer)
                value = dict(record.raw)
                yield Mended(record.name, record.title, value, piece, piece, left={(RULE, lost.pointer): lost})
                continue
            changes = [Change(RULE, one) for one in operations]
            rules = Counter({RULE: len(terms)})
            yield Mended(record.name, record.title, dict(record.raw), piece, made.piece, made.splices, changes, rules)

    def _operations(self, record: Mapping[str, Json], terms: Sequence[str]) -> list[Operation]:
        """Return the changes that add keywords to a record; none where its portal has no place for them."""
        place = self._place(record)
        if place is None or not terms:
            return []
        pattern = place.pattern
        if "*" not in pattern:
            held = value_at(dict(record), pattern)
            if place.split and (isinstance(held, str) or held in _EMPTY or held is ABSENT):
                cell = self._joined(pattern, held if isinstance(held, str) else "", place.split, terms)
                return [Operation("add" if held is ABSENT else "replace", pattern, cell)]
            return []
        at = pattern.index("*")
        return self._listed(dict(record), pattern[:at], pattern[at + 1 :], terms)

    def _place(self, record: Mapping[str, Json]) -> Place | None:
        """Return where a record keeps its keywords: where it has some, else where it could, else the first place."""
        filled = [one for one in self._places if record.get(str(one.pattern[0])) not in _EMPTY]
        there = [one for one in self._places if one.pattern[0] in record]
        possible = [] if self._header is not None else [*self._places]
        return next(iter(filled + there + possible), None)

    def _listed(self, record: Json, pointer: Pointer, below: Pointer, terms: Sequence[str]) -> list[Operation]:
        items = [_within(below, term) for term in terms]
        held = value_at(record, pointer)
        if isinstance(held, Absent):
            value: Json = items if self._writer.LISTS_OF_ONE or len(items) > 1 else items[0]
            return [Operation("add", pointer, value)]
        if not isinstance(held, list) or not self._writer.LISTS_OF_ONE:
            before = held if isinstance(held, list) else [] if held in _EMPTY else [held]
            return [Operation("replace", pointer, [*before, *items])]
        return [Operation("add", (*pointer, len(held) + number), item) for number, item in enumerate(items)]

    def _joined(self, pointer: Pointer, cell: str, how: str, terms: Sequence[str]) -> str:
        """Return a joined cell with more pieces, parted as its own are, or as those of the records before it."""
        parts = [one.part for one in places.split(At(pointer, cell), how) if one.part is not None]
        between = [cell[one[1] : two[0]] for one, two in itertools.pairwise(parts)]
        self._separators.update(between)
        usual = next((text for text, _ in self._separators.most_common(1)), ",")
        separator = between[-1] if between else usual
        if not parts:
            return separator.join(terms)
        end = parts[-1][1]
        return cell[:end] + "".join(separator + term for term in terms) + cell[end:]


def _not_written(piece: Slice, record: Record, pointer: Pointer) -> Problem:
    """Return what is said of a record whose keywords cannot be written."""
    names, line, column = (record.name, record.title), piece.line, piece.column
    return Problem(record.path, line, column, RULE, line, column, Severity.INFO, "", "", *names, pointer)


def _within(below: Pointer, term: str) -> Json:
    """Return a keyword as an item of its list: itself, or the object that holds it."""
    item: Json = term
    for step in reversed(below):
        item = {str(step): item}
    return item
