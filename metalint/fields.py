"""Where a raw record keeps metalint's fields: pointer patterns, and how a joined cell comes apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from metalint.model import At, Json, Pointer

FIELDS = (
    *("identifier", "title", "description", "columns", "keyword", "category", "theme", "type"),
    *("license", "licenseURL", "cost", "costURL", "costLaw", "accessLevel", "rights"),
    *("organization", "publisher", "contactName", "contactPhone", "contactEmail"),
    *("frequency", "temporal", "temporalFrom", "temporalTo", "issued", "modified"),
    *("spatial", "language", "landingPage", "numberOfData", "notes", "quality"),
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
    """Return a function from a raw record to its fields under metalint's names; empty values are left out."""
    flat = tuple(
        (name, str(place.pattern[0]), place.pattern)
        for name, places in places_of.items()
        if len(places) == 1 and len(places[0].pattern) == 1 and not places[0].split and "*" not in places[0].pattern
        for place in places
    )
    deep = tuple((name, places) for name, places in places_of.items() if name not in {row[0] for row in flat})

    def read(raw: Json) -> dict[str, tuple[At, ...]]:
        fields: dict[str, tuple[At, ...]] = {}
        if not isinstance(raw, dict):
            return fields
        get = raw.get
        for name, key, pointer in flat:
            value = get(key)
            if value and value.__class__ is str:
                if not value.isspace():
                    fields[name] = (At(pointer, value),)
            elif value is not None and not _empty(value):
                fields[name] = (At(pointer, value),)
        for name, places in deep:
            ats: list[At] = []
            for pattern, split in places:
                if str(pattern[0]) in raw:
                    for at in _walk(raw, pattern, 0, ()):
                        ats.extend(_split(at, split) if split else (at,))
            if ats:
                fields[name] = tuple(ats)
        return fields

    return read


def _walk(value: Json, pattern: Pointer, depth: int, pointer: Pointer) -> Iterator[At]:
    """Yield the values that a pattern meets; empty ones are left out."""
    if depth == len(pattern):
        if not _empty(value):
            yield At(pointer, value)
        return
    step = pattern[depth]
    if step == "*":
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from _walk(item, pattern, depth + 1, (*pointer, index))
        elif depth and not _empty(value):
            # One item written without its list: the schema says so, the rules still see it.
            yield from _walk(value, pattern, depth + 1, pointer)
    elif isinstance(value, dict) and step in value:
        yield from _walk(value[str(step)], pattern, depth + 1, (*pointer, step))


def _empty(value: Json) -> bool:
    return (
        value is None
        or (isinstance(value, (list, dict)) and not value)
        or (isinstance(value, str) and not value.strip())
    )


_WORD = re.compile(r"[^,;、，；|\n\r`]+")
_ITEM = re.compile(r"[^;]+")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^;]*(?:;(?!\s*[A-Za-z][A-Za-z0-9+.-]*://)[^;]*)*|[^;]+")
_SPLITS = {"words": _WORD, "list": _ITEM, "urls": _URL}
_WRAPPED = " \t\r\n\"'“”「」　"


def _split(at: At, how: str) -> Iterator[At]:
    """Yield the pieces of a joined cell, each with its offsets in the cell."""
    text = at.value
    if how == "columns" or not isinstance(text, str):
        yield at
        return
    for match in _SPLITS[how].finditer(text):
        piece = match.group()
        bare = piece.strip(_WRAPPED)
        if bare:
            start = match.start() + piece.index(bare[0])
            yield At(at.pointer, bare, (start, start + len(bare)))
