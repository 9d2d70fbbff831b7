"""Changes of a record: of a tree, as JSON Patch (RFC 6902) and as JSON Merge Patch (RFC 7396) write them.

A format in which a list of one is that one (XML) has `lists_of_one=False`: there a list is replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from metalint.model import Fix, Json, Operation, Pointer
from metalint.pointers import ABSENT, Absent, pointer_text, value_at


def compatible(fixes: Sequence[Fix]) -> list[int]:
    """Return the numbers of the fixes that can be made together: of those of the same stretch the first."""
    chosen: list[int] = []
    for number, fix in enumerate(fixes):
        if not any(_collide(fix, fixes[other]) for other in chosen):
            chosen.append(number)
    return chosen


def of_fixes(fixes: Sequence[Fix], record: Json, *, lists_of_one: bool = True) -> list[Operation]:
    """Return the changes that compatible fixes make of a record.

    They are to be made in order: first what is replaced, then, from the end of a list on, what comes and goes.
    """
    replaced: list[Operation] = []
    parts: dict[Pointer, list[tuple[int, int, str]]] = {}
    several: dict[Pointer, tuple[Pointer, tuple[Json, ...]]] = {}
    for fix in fixes:
        pointer, values = fix.pointer, fix.values
        if fix.part is not None:
            parts.setdefault(pointer, []).append((*fix.part, str(values[0])))
        elif len(values) == 1:
            op = "add" if value_at(record, pointer) is ABSENT else "replace"
            replaced.append(Operation(op, pointer, values[0]))
        else:
            several[_item(pointer)] = (pointer, values)
    for pointer, pieces in parts.items():
        cell = value_at(record, pointer)
        if isinstance(cell, str):
            for start, end, text in sorted(pieces, reverse=True):
                cell = cell[:start] + text + cell[end:]
            replaced.append(Operation("replace", pointer, cell))
    replaced.sort(key=lambda one: one.op, reverse=True)  # what is new comes behind what is replaced
    if not lists_of_one:
        return replaced + _whole_lists(applied(record, replaced), several)
    return replaced + [one for item in sorted(several, key=_last, reverse=True) for one in _at(item, *several[item])]


def applied(record: Json, operations: Sequence[Operation]) -> Json:
    """Return a record as changes make it; the one that is given stays as it is."""
    for one in operations:
        record = _applied(record, one.pointer, one)
    return record


def json_patch(record: Json, changes: Sequence[tuple[str, Operation]]) -> list[dict[str, Json]]:
    """Return the document of RFC 6902 for changes, each with the name of its rule (a member that readers pass over).

    Before each stands a `test` of what it replaces; before what is new, of what it comes to: the list or object, of the
    record itself its first text, as a rule its identifier.
    """
    made: list[dict[str, Json]] = []
    for rule, one in changes:
        tested = one.pointer if one.op != "add" else one.pointer[:-1] or _first_text(record)
        was = value_at(record, tested)
        if not isinstance(was, Absent) and tested:
            made.append({"op": "test", "path": pointer_text(tested), "value": was})
        change: dict[str, Json] = {"op": one.op, "path": pointer_text(one.pointer)}
        if one.op != "remove":
            change["value"] = one.value
        made.append({**change, "rule": rule})
        record = applied(record, [one])
    return made


def _first_text(record: Json) -> Pointer:
    held = record.items() if isinstance(record, dict) else ()
    return next(((key,) for key, value in held if isinstance(value, str)), ())


def merge_patch(before: Json, after: Json) -> Json:
    """Return the document of RFC 7396 that makes one record of another; a list is given as a whole."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return after
    made: dict[str, Json] = {key: None for key in before if key not in after}
    for key, value in after.items():
        if key not in before:
            made[key] = value
        elif before[key] != value or type(before[key]) is not type(value):
            made[key] = merge_patch(before[key], value)
    return made


def _collide(one: Fix, other: Fix) -> bool:
    if one.part is not None and other.part is not None and one.pointer == other.pointer:
        return one.part[0] < other.part[1] and other.part[0] < one.part[1]
    first, second = (_item(fix.pointer) if len(fix.values) != 1 else fix.pointer for fix in (one, other))
    shared = min(len(first), len(second))
    return first[:shared] == second[:shared]


def _applied(value: Json, way: Pointer, one: Operation) -> Json:
    """Return a value changed at the end of a way; what does not lie on it is shared with the one that is given."""
    if not way:
        return one.value
    step, last = way[0], len(way) == 1
    if isinstance(value, list) and isinstance(step, int):
        items = [*value]
        if not last:
            items[step] = _applied(items[step], way[1:], one)
        else:
            items[step : step + (one.op != "add")] = [] if one.op == "remove" else [one.value]
        return items
    if not isinstance(value, dict):
        return value
    if last and one.op == "remove":
        return {key: held for key, held in value.items() if key != step}
    return {**value, str(step): _applied(value.get(str(step)), way[1:], one)}


def _item(pointer: Pointer) -> Pointer:
    """Return the pointer of the list's item that a value stands in, as CKAN's tags are objects; else its own."""
    at = max((number for number, step in enumerate(pointer) if isinstance(step, int)), default=len(pointer) - 1)
    return pointer[: at + 1]


def _last(pointer: Pointer) -> tuple[str, int]:
    step = pointer[-1]
    return pointer_text(pointer[:-1]), step if isinstance(step, int) else 0


def _at(item: Pointer, pointer: Pointer, values: Sequence[Json]) -> Iterator[Operation]:
    """Yield the changes that make nothing of a list's item, or several.

    Of an object only the value that is meant goes on: what else it says, such as a tag's identifier, was the old one's.
    """
    if not values:
        yield Operation("remove", item)
    elif not isinstance(item[-1], int):
        yield Operation("replace", item, [*values])
    else:
        for more, value in enumerate(values):
            for step in reversed(pointer[len(item) :]):
                value = {str(step): value}  # noqa: PLW2901
            yield Operation("add" if more else "replace", (*item[:-1], item[-1] + more), value)


def _whole_lists(record: Json, several: Mapping[Pointer, tuple[Pointer, tuple[Json, ...]]]) -> list[Operation]:
    """Return the changes of lists that are replaced as a whole; a list of one is that one."""
    made: dict[Pointer, Operation] = {}
    for item in sorted(several, key=_last, reverse=True):
        pointer, values = several[item]
        whole = item[:-1] if isinstance(item[-1], int) else item
        before = made[whole].value if whole in made else value_at(record, whole)
        if isinstance(before, Absent) or pointer != item:
            continue
        held: list[Json] = [*before] if isinstance(before, list) else [before]
        at = item[-1] if isinstance(item[-1], int) else 0
        held[at : at + 1] = [*values]
        value = held[0] if len(held) == 1 else held
        made[whole] = Operation("replace", whole, value) if held else Operation("remove", whole)
    return [*made.values()]
