"""Records of one shape: the same keys, the same values empty, lists of the same length. Their values are columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from metalint.fields import Place, split
from metalint.model import At, Json, Pointer, Unread

REMEMBERED = 2_000  # shapes of a file; it hardly has more than a hundred
_OBJECT = "{"  # begins the mark of an object where a list may stand; that of a list has one entry an item
_ODD = "?"  # the mark of what is neither list nor object nor text: such a record has no shape
Form: TypeAlias = tuple[Any, ...]  # what makes two records of one shape: their keys, and for each a mark of its value


class Stand(NamedTuple):
    """Where a field stands in every record of a shape: its pointer, how a joined cell is split, the way to its column.

    The way has one step for a value of the record, two for an item of a list, three for a value of an item (−1: of an
    object that is no item).
    """

    pointer: Pointer
    split: str
    way: tuple[int, ...]


Shape: TypeAlias = Mapping[str, tuple[Stand, ...]]  # the fields that have a value
Column: TypeAlias = Sequence[Any]


class Peers:
    """Some records of one shape, side by side: `numbers` are theirs, `columns` their values by key."""

    def __init__(self, form: Form, shape: Shape, numbers: Sequence[int], columns: Sequence[Column]) -> None:
        self.form, self.shape, self.numbers = form, shape, numbers
        self._columns: dict[tuple[int, ...], Sequence[Column]] = {(): columns}
        self._cells: dict[tuple[int, ...], list[list[At]]] = {}
        self._each: dict[tuple[Callable[[Column], Column], str], list[Column]] = {}

    def places(self, name: str) -> list[Pointer]:
        """Return where a field stands, in order."""
        return [stand.pointer for stand in self.shape.get(name, ())]

    def keys_in(self, key: str) -> Iterator[tuple[str, ...]]:
        """Yield the keys of each item that is an object of the list under a key."""
        keys, *marks = self.form
        if key in keys:
            mark = marks[keys.index(key)]
            items = mark if isinstance(mark, tuple) and mark[:1] != (_OBJECT,) else ()
            yield from (item[0] for item in items if isinstance(item, tuple))

    def values(self, name: str) -> list[Column]:
        """Return for each place of a field its values, one a record."""
        return [self.column(stand.way) for stand in self.shape.get(name, ())]

    def each(self, function: Callable[[Column], Column], name: str) -> list[Column]:
        """Return what a function makes of the values at each place of a field; several rules ask for the same."""
        made = self._each.get((function, name))
        if made is None:
            made = self._each[function, name] = [function(column) for column in self.values(name)]
        return made

    def fields(self, at: int, names: Iterable[str]) -> dict[str, tuple[At, ...]]:
        """Return some fields of one of the records (from 0), as `fields.reader` does."""
        found = {}
        for name in names:
            ats: list[At] = []
            for stand in self.shape.get(name, ()):
                if stand.split:
                    ats += self.cells(stand)[at]
                else:
                    ats.append(At(stand.pointer, self.column(stand.way)[at]))
            if ats:
                found[name] = tuple(ats)
        return found

    def cells(self, stand: Stand) -> list[list[At]]:
        """Return the pieces of a joined cell, one list a record."""
        cells = self._cells.get(stand.way)
        if cells is None:
            joined = self.column(stand.way)
            cells = self._cells[stand.way] = [[*split(At(stand.pointer, cell), stand.split)] for cell in joined]
        return cells

    def column(self, way: tuple[int, ...]) -> Column:
        """Return the values at the end of a way."""
        outer = way[:-1]
        table = self._columns.get(outer)
        if table is None:
            inside = self.column(outer if outer[-1] >= 0 else outer[:-1])
            table = self._columns[outer] = _columns(inside)
        return table[way[-1]]


class Shapes:
    """The shapes of a file's records, for one platform."""

    def __init__(self, places_of: Mapping[str, tuple[Place, ...]]) -> None:
        """Raise ValueError for a platform that keeps a field deeper than in an object of a list."""
        self._places_of = places_of
        patterns = [place.pattern for places in places_of.values() for place in places]
        if any(len(pattern) > 3 or (len(pattern) == 3 and pattern[1] != "*") for pattern in patterns):
            raise ValueError("a field lies too deep")
        self._inner = frozenset(str(pattern[0]) for pattern in patterns if len(pattern) > 1)
        self._shapes: dict[Form, Shape] = {}

    def groups(self, records: Sequence[Json | Unread]) -> Iterator[Peers]:
        """Yield the records of each shape; those that have none are left out."""
        keyed: dict[tuple[str, ...], list[int]] = {}
        for number, record in enumerate(records):
            if record.__class__ is dict:
                keyed.setdefault(tuple(record), []).append(number)
        for keys, numbers in keyed.items():
            columns = _columns([records[number] for number in numbers])
            marks = [self._marks(key, column) for key, column in zip(keys, columns, strict=True)]
            varied = [at for at, mark in enumerate(marks) if isinstance(mark, list)]
            if not varied:
                yield from self._peers((keys, *marks), numbers, columns)
                continue
            apart: dict[tuple[Any, ...], list[int]] = {}
            for row, mark in enumerate(zip(*[marks[at] for at in varied], strict=True)):
                apart.setdefault(mark, []).append(row)
            for mark, rows in apart.items():
                for at, one in zip(varied, mark, strict=True):
                    marks[at] = one
                chosen = [[column[row] for row in rows] for column in columns]
                yield from self._peers((keys, *marks), [numbers[row] for row in rows], chosen)

    def _peers(self, form: Form, numbers: Sequence[int], columns: Sequence[Column]) -> Iterator[Peers]:
        if _ODD in form:
            return
        shape = self._shapes.get(form)
        if shape is None:
            if len(self._shapes) >= REMEMBERED:
                self._shapes.clear()
            shape = self._shapes[form] = self._shape(form)
        yield Peers(form, shape, numbers, columns)

    def _marks(self, key: str, column: Column) -> Any:
        """Return what tells the shapes of some values apart: one mark for all, or a list with one for each."""
        if key not in self._inner:
            if all(column):
                return True
            marks = [bool(value) or value == 0 for value in column]
        else:
            alike = _alike(column)
            if alike is not None:
                return alike
            marks = [_inside(value) for value in column]
        return marks if any(mark != marks[0] for mark in marks) else marks[0]

    def _shape(self, form: Form) -> Shape:
        keys, *marks = form
        index = {key: number for number, (key, mark) in enumerate(zip(keys, marks, strict=True)) if mark}
        shape: dict[str, tuple[Stand, ...]] = {}
        for name, places in self._places_of.items():
            stands = [
                Stand(pointer, place.split, way)
                for place in places
                if place.pattern[0] in index
                for pointer, way in _ways(place.pattern, index[place.pattern[0]], marks[index[place.pattern[0]]])
            ]
            if stands:
                shape[name] = tuple(stands)
        return shape


def _columns(inside: Sequence[Any]) -> list[Column]:
    """Return the columns of objects with the same keys, or of lists of the same length."""
    return list(zip(*[one.values() for one in inside] if isinstance(inside[0], dict) else inside, strict=True))


def _alike(column: Column) -> Any:
    """Return the one mark of some lists that are quickly seen to have the same; else nothing."""
    if {*map(type, column)} != {list} or len({*map(len, column)}) != 1:
        return None
    marks: list[Any] = []
    for items in zip(*column, strict=True):
        kinds = {*map(type, items)}
        if kinds == {dict} and len({*map(tuple, items)}) == 1 and all(map(all, map(dict.values, items))) and items[0]:
            marks.append((tuple(items[0]), None))
        elif kinds == {str} and all(items):
            marks.append(True)
        else:
            return None
    return tuple(marks)


def _inside(value: Json) -> Any:
    """Return the mark of a value that may hold others."""
    if isinstance(value, list):
        return tuple([_item(item) for item in value])
    if isinstance(value, dict):
        return (_OBJECT, _item(value)) if value else False
    return bool(value) if value is None or isinstance(value, str) else _ODD


def _item(item: Json) -> Any:
    if not isinstance(item, dict) or not item:
        return bool(item) or item == 0
    values = item.values()
    return tuple(item), None if all(values) else tuple([bool(value) or value == 0 for value in values])


def _ways(pattern: Pointer, number: int, mark: Any) -> Iterator[tuple[Pointer, tuple[int, ...]]]:
    """Yield where the values of a pattern stand, and the ways to them."""
    key, rest = pattern[0], pattern[1:]
    inside = mark if isinstance(mark, tuple) else None
    is_object = inside is not None and inside[0] == _OBJECT
    if not rest or (rest == ("*",) and (inside is None or is_object)):
        yield (key,), (number,)
    elif is_object:
        for at in _part(inside[1], rest[-1]):  # type: ignore[index]  # it is a tuple
            yield (key, rest[-1]), (number, -1, at)
    elif inside is not None and rest[0] == "*":
        for position, item in enumerate(inside):
            if len(rest) == 1 and item:
                yield (key, position), (number, position)
            elif len(rest) == 2:
                for at in _part(item, rest[1]):
                    yield (key, position, rest[1]), (number, position, at)


def _part(item: Any, key: str | int) -> list[int]:
    """Return at which position an item has a value for a key, if it has one."""
    if not isinstance(item, tuple) or key not in item[0]:
        return []
    at = item[0].index(key)
    return [at] if item[1] is None or item[1][at] else []
