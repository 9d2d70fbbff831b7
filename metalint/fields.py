"""Where a raw record keeps metalint's fields: pointer patterns, and how a joined cell comes apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from metalint.later import pattern
from metalint.model import At, Json, Pointer, Slice

FIELDS = (
    *("identifier", "title", "description", "columns", "keyword", "category", "theme", "type"),
    *("license", "licenseURL", "cost", "costURL", "costLaw", "accessLevel", "rights"),
    *("organization", "publisher", "contactName", "contactPhone", "contactEmail"),
    *("frequency", "temporal", "temporalFrom", "temporalTo", "issued", "modified"),
    *("spatial", "language", "landingPage", "numberOfData", "notes", "quality", "views", "downloads"),
    *("isPartOf", "conformsTo", "relation", "distribution"),
    *("distribution.identifier", "distribution.title", "distribution.description", "distribution.format"),
    *("distribution.mediaType", "distribution.encoding", "distribution.modified", "distribution.accessURL"),
    *("distribution.downloadURL", "distribution.byteSize", "distribution.columns"),
)


class Place(NamedTuple):
    """Where a portal keeps a field: a pointer pattern (`*` for each item) and how a joined cell is split."""

    pattern: Pointer
    split: str = ""


def reader(places_of: Mapping[str, tuple[Place, ...]]) -> Callable[[Json], dict[str, tuple[At, ...]]]:
    """Return a function from a raw record to its fields under metalint's names; empty values are left out.

    The usual places have roads of their own, for this is done to every record: a key, and a key of each item of a list.
    """
    flat: list[tuple[str, str, Pointer]] = []
    parted: dict[str, list[tuple[str, str]]] = {}
    deep: list[tuple[str, tuple[Place, ...]]] = []
    for name, places in places_of.items():
        pattern, how = places[0]
        if len(places) == 1 and not how and len(pattern) == 1:
            flat.append((name, str(pattern[0]), pattern))
        elif len(places) == 1 and not how and len(pattern) == 3 and pattern[1] == "*":
            parted.setdefault(str(pattern[0]), []).append((name, str(pattern[2])))
        else:
            deep.append((name, places))
    parts = tuple((key, tuple(wanted)) for key, wanted in parted.items())

    def read(raw: Json) -> dict[str, tuple[At, ...]]:
        fields: dict[str, tuple[At, ...]] = {}
        if not isinstance(raw, dict):
            return fields
        get = raw.get
        for name, key, pointer in flat:
            value = get(key)
            if value is not None and not _empty(value):
                fields[name] = (_at((pointer, value, None)),)
        for key, wanted in parts:
            items = get(key)
            if items:
                _read_parts(fields, key, items, wanted)
        for name, places in deep:
            ats: list[At] = []
            for pattern, how in places:
                value = raw.get(str(pattern[0]))
                if value is None:
                    continue
                if len(pattern) > 1:
                    found = list(_walk(value, pattern, 1, pattern[:1]))
                else:
                    found = [] if _empty(value) else [At(pattern, value)]
                ats += [piece for at in found for piece in split(at, how)] if how else found
            if ats:
                fields[name] = tuple(ats)
        return fields

    return read


def texts(name: str, places_of: Mapping[str, tuple[Place, ...]]) -> Callable[[Json], list[str]]:
    """Return a function from a raw record to the texts of one field, without their places: a list's at once."""
    read, places = reader({name: places_of[name]}), places_of[name]
    key = str(places[0].pattern[0]) if len(places) == 1 and places[0].pattern[1:] == ("*",) else None

    def found(raw: Json) -> list[str]:
        items = raw.get(key) if key is not None and isinstance(raw, dict) else None
        if isinstance(items, list):
            return [item for item in items if isinstance(item, str)]
        return [at.value for at in read(raw).get(name, ()) if isinstance(at.value, str)]

    return found


# A named tuple made by its class costs three times as much, and there are forty to a record.
_at = partial(tuple.__new__, At)


def _read_parts(fields: dict[str, tuple[At, ...]], key: str, items: Json, wanted: tuple[tuple[str, str], ...]) -> None:
    """Read the wanted keys of each item of a list; of one item that is written without its list too."""
    rows = (
        [((key, number), item) for number, item in enumerate(items)] if isinstance(items, list) else [((key,), items)]
    )
    for name, part in wanted:
        ats = []
        for pointer, item in rows:
            if item.__class__ is dict:
                value = item.get(part)
                if value is not None and not _empty(value):
                    ats.append(_at(((*pointer, part), value, None)))
        if ats:
            fields[name] = tuple(ats)


def _walk(value: Json, pattern: Pointer, depth: int, pointer: Pointer) -> Iterator[At]:
    """Yield the values that a pattern meets; empty ones are left out."""
    if depth == len(pattern):
        if not _empty(value):
            yield At(pointer, value)
        return
    step = pattern[depth]
    if step == "*":
        if isinstance(value, list):
            last = depth + 1 == len(pattern)
            for index, item in enumerate(value):
                if not last:
                    yield from _walk(item, pattern, depth + 1, (*pointer, index))
                elif not _empty(item):
                    yield At((*pointer, index), item)
        elif depth and not _empty(value):
            # One item written without its list: the schema says so, the rules still see it.
            yield from _walk(value, pattern, depth + 1, pointer)
    elif isinstance(value, dict) and step in value:
        yield from _walk(value[str(step)], pattern, depth + 1, (*pointer, step))


def _empty(value: Json) -> bool:
    if value.__class__ is str:
        return not value or value.isspace()
    return value is None or (value.__class__ in _CONTAINERS and not value)


_CONTAINERS = (list, dict)
_WORD = pattern(r"[^,;、，；|\n\r`]+")
_ITEM = pattern(r"[^;]+")
_URL = pattern(r"[A-Za-z][A-Za-z0-9+.-]*://[^;]*(?:;(?!\s*[A-Za-z][A-Za-z0-9+.-]*://)[^;]*)*|[^;]+")
_AFTER_BAR = pattern(r"[^|｜]+$")  # “OID | name”
SPLITS = {"words": _WORD, "list": _ITEM, "urls": _URL, "after-bar": _AFTER_BAR}
_WRAPPED = " \t\r\n\"'“”「」　"


def split(at: At, how: str) -> Sequence[At]:
    """Return the pieces of a joined cell, each with its offsets in the cell."""
    text = at.value
    if not isinstance(text, str):
        return (at,)
    return (_met if len(text) <= _SHORT else _pieces)(at.pointer, text, how)


def _pieces(pointer: Pointer, text: str, how: str) -> tuple[At, ...]:
    found = []
    for match in SPLITS[how].finditer(text):
        piece = match.group()
        bare = piece.strip(_WRAPPED)
        if bare:
            start = match.start()
            if len(bare) < len(piece):
                start += piece.index(bare[0])
            found.append(_at((pointer, bare, (start, start + len(bare)))))
    return tuple(found)


# Licences, formats and keywords come again and again, and a record's cells are split by all who look at it.
_SHORT = 500  # signs
_met = lru_cache(4096)(_pieces)


def names_of(piece: Slice, fields: Mapping[str, tuple[At, ...]]) -> tuple[str, str]:
    """Return a record's identifier, or its number where it has none, and its title."""
    identifier, title = fields.get("identifier"), fields.get("title")
    return _shown(identifier[0].value if identifier else piece.number), _shown(title[0].value if title else "")


def _shown(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def absent(name: str, places_of: Mapping[str, tuple[Place, ...]], header: Sequence[str] | None) -> Pointer:
    """Return where a field that is not there would stand: the first of its places that the table has, if any."""
    options = places_of.get(name, ())
    place = next((one for one in options if header and one.pattern[0] in header), options[0] if options else None)
    if place is None:
        return (name,)
    pattern = place.pattern
    return pattern[: pattern.index("*")] if "*" in pattern else pattern


def fits(pointer: Pointer, pattern: Pointer) -> bool:
    """Tell whether a pointer is one of those that a pattern means."""
    return len(pointer) == len(pattern) and all(
        want in ("*", step) for step, want in zip(pointer, pattern, strict=True)
    )
