"""A record's text rewritten by changes of its tree: what else it says, and how it is written, stays as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from metalint import formats
from metalint.formats import CannotWrite, Format, Writer, spans, yaml_places
from metalint.model import UNREAD, Edit, Fix, Json, Operation, Slice, Splice, Unread
from metalint.operations import applied, of_fixes


class Rewritten(NamedTuple):
    """A record with its new text, and how that comes of the old one: in order, without overlap."""

    piece: Slice
    splices: tuple[Splice, ...]


def rewritten(
    piece: Slice,
    operations: Sequence[Operation],
    format_: Format,
    writer: Writer,
    spelt: Callable[[str], str] = str,
) -> Rewritten:
    """Return a record with changes made, in order; `spelt` spells what the file's encoding lacks.

    It is read again: raises CannotWrite if it says anything else, UnicodeEncodeError where nothing can be spelt.
    """
    before = format_.parse(piece).value
    if before is UNREAD:
        raise CannotWrite
    made = Rewritten(piece._replace(parsed=None), ())
    for some in _together(operations):
        at_once = {splice for operation in some for splice in writer.splices(made.piece, operation)}
        for splice in sorted(at_once, reverse=True):
            made = _spliced(made, splice._replace(text=spelt(splice.text)))
    wanted = applied(before, operations)  # type: ignore[arg-type]  # it is not UNREAD
    after = format_.parse(made.piece)
    if after.value is UNREAD or json.dumps(after.value) != json.dumps(wanted):
        raise CannotWrite
    return made


class Editor:
    """Tells what fixes do to a file, each by itself."""

    def __init__(self, format_name: str) -> None:
        self._format, self._writer = formats.named(format_name), formats.writer(format_name)
        self._span = spans.span if format_name != "yaml" else yaml_places.span

    def edits(self, piece: Slice, fix: Fix, record: Json | Unread) -> tuple[Edit, ...]:
        """Return the changes of the file; none where a fix cannot be written without touching something else."""
        if isinstance(record, Unread):
            return ()
        try:
            operations = of_fixes([fix], record, lists_of_one=self._writer.LISTS_OF_ONE)
            splices = rewritten(piece, operations, self._format, self._writer).splices
        except CannotWrite:
            return ()
        return tuple(Edit(self._span(piece, start, end), text) for start, end, text in splices)


def composed(done: Sequence[Splice], splice: Splice, text: str) -> tuple[Splice, ...]:
    """Return changes of a text as one more change leaves them; `text` is what they have made of it so far."""
    before: list[Splice] = []
    behind: list[Splice] = []
    start, end, middle = splice
    moved = shift = inside = 0  # how far what follows has moved: by all up to there, by those before, by those within
    first, last = start, end
    for one in done:
        here = one.start + moved
        there = here + len(one.text)
        grown = len(one.text) - (one.end - one.start)
        if there < start:
            before.append(one)
            shift += grown
        elif here > end:
            behind.append(one)
        else:
            first, last = min(first, here), max(last, there)
            inside += grown
        moved += grown
    whole = text[first:start] + middle + text[end:last]
    return (*before, Splice(first - shift, last - shift - inside, whole), *behind)


def _together(operations: Sequence[Operation]) -> Iterable[Sequence[Operation]]:
    """Yield the changes in steps: at first all values that are replaced, of which none stands in another."""
    first = 0
    while first < len(operations) and operations[first].op == "replace":
        first += 1
    yield operations[:first]
    yield from ([one] for one in operations[first:])


def _spliced(made: Rewritten, splice: Splice) -> Rewritten:
    text = made.piece.text
    changed = text[: splice.start] + splice.text + text[splice.end :]
    return Rewritten(made.piece._replace(text=changed), composed(made.splices, splice, text))
