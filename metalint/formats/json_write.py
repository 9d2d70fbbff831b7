"""A change of a JSON record as a change of its text: escapes, white space and everything else stay as they are."""

from __future__ import annotations

import json
import re

from metalint.formats import CannotWrite
from metalint.formats import json_scan as scan
from metalint.formats.differing import differing
from metalint.formats.json_read import locate
from metalint.formats.json_scan import SyntaxFault, Value
from metalint.model import Json, Operation, Pointer, Slice, Splice

LISTS_OF_ONE = True
_UNIT = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]", re.DOTALL)
_ESCAPED = re.compile(r"\\u(?!00[01])")


def splices(piece: Slice, operation: Operation) -> list[Splice]:
    """Return how the text changes. Raises CannotWrite."""
    op, pointer, value = operation
    text = piece.text
    if op == "replace":
        span = locate(piece, pointer)
        return [_replaced(text, span.start, span.end, value)]
    parent = locate(piece, pointer[:-1]).start
    try:
        members = list(scan.members(text, parent))
    except SyntaxFault as fault:
        raise CannotWrite from fault
    if op == "remove":
        return [_removed(members, _index(members, pointer))]
    return [_added(text, parent, members, pointer[-1], value)]


def _replaced(text: str, start: int, end: int, value: Json) -> Splice:
    """Return the change of a value; of a string only what differs, so that its other escapes stay."""
    written = text[start:end]
    if not isinstance(value, str) or written[:1] != '"':
        return Splice(start, end, _dumped(text, value))
    first, last, middle = differing(written[1:-1], _UNIT, _meant, value)
    return Splice(start + 1 + first, start + 1 + last, _quoted(text, middle)[1:-1])


def _meant(unit: str) -> str:
    return str(json.loads(f'"{unit}"'))


def _index(members: list[Value], pointer: Pointer) -> int:
    step = pointer[-1]
    at = [number for number, one in enumerate(members) if step == (number if one.key is None else one.key)]
    if not at:
        raise CannotWrite
    return at[-1]


def _removed(members: list[Value], index: int) -> Splice:
    """Return the removal of a member with the comma that belongs to it."""
    gone = members[index]
    start = gone.start if gone.key is None else gone.key_start
    if index + 1 < len(members):
        following = members[index + 1]
        return Splice(start, following.start if following.key is None else following.key_start, "")
    return Splice(members[index - 1].end if index else start, gone.end, "")


def _added(text: str, parent: int, members: list[Value], step: str | int, value: Json) -> Splice:
    """Return the addition of a member, spaced as its neighbours are."""
    is_object = text[parent] == "{"
    if is_object != isinstance(step, str) or (is_object and any(one.key == step for one in members)):
        raise CannotWrite
    colon = ": " if not members or members[0].key is None else text[members[0].key_end : members[0].start]
    written = (f"{_quoted(text, str(step))}{colon}" if is_object else "") + _dumped(text, value)
    if not members:
        return Splice(parent + 1, parent + 1, written)
    index = step if isinstance(step, int) else len(members)
    starts = [one.start if one.key is None else one.key_start for one in members]
    comma = text.find(",", members[0].end)
    lead = text[comma + 1 : starts[1]] if len(members) > 1 else text[parent + 1 : starts[0]] or " "
    if index >= len(members):
        return Splice(members[-1].end, members[-1].end, f",{lead}{written}")
    return Splice(starts[index], starts[index], f"{written},{lead}")


def _dumped(text: str, value: Json) -> str:
    tight = '":' in text and '": ' not in text
    separators = (",", ":") if tight else (", ", ": ")
    return json.dumps(value, ensure_ascii=_is_escaped(text), separators=separators)


def _quoted(text: str, value: str) -> str:
    return json.dumps(value, ensure_ascii=_is_escaped(text))


def _is_escaped(text: str) -> bool:
    """Tell whether a record writes its Hanzi as escapes."""
    return text.isascii() and _ESCAPED.search(text) is not None
