"""The two versions of a catalogue, read: what each dataset says, and what its file could have said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from metalint import datasets
from metalint.datasets import Dataset
from metalint.model import At, Texts, Unreadable
from metalint.platforms import UNKNOWN, Platform
from metalint.run import CannotRun, Options
from metalint.vocabulary import fold

SEPARATORS = re.compile(r"[;；,，、|｜`\n\r]+")  # between the items of a cell


_EXPLAINED = re.compile(r"[(（][^()（）]*[)）]")


class Entry(NamedTuple):
    """A dataset as it is compared: `identifier` is its own (empty: none), `record` what it is called by."""

    path: str
    line: int
    record: str
    title: str
    agency: str
    identifier: str
    fields: Mapping[str, tuple[At, ...]]


class Side(NamedTuple):
    """One version: its datasets in the order of its files, the fields that each file can have, what was unreadable."""

    entries: tuple[Entry, ...]
    exported: Mapping[str, frozenset[str]]
    platforms: Mapping[str, str]
    unread: tuple[Unreadable, ...] = ()


def read(path: str, options: Options) -> Side:
    """Return the datasets of a file or folder. A file that cannot be read at all is refused: CannotRun."""
    entries: list[Entry] = []
    unread: list[Unreadable] = []
    keys: dict[str, set[str]] = {}
    platforms: dict[str, Platform] = {}
    for one in datasets.read([path], options):
        if isinstance(one, Unreadable):
            if not one.line:  # all that stands in it would look as if it were gone, or new
                raise CannotRun(Texts(f"{one.path}：{one.why.zh}", f"{one.path}: {one.why.en}"))
            unread.append(one)
            continue
        seen = keys.setdefault(one.path, set())
        if not one.raw.keys() <= seen:
            seen.update(one.raw)
        platforms[one.path] = one.platform
        entries.append(_entry(one))
    exported = {name: fields_of(platform, keys[name]) for name, platform in platforms.items()}
    return Side(tuple(entries), exported, {name: one.name for name, one in platforms.items()}, tuple(unread))


def fields_of(platform: Platform, keys: set[str]) -> frozenset[str]:
    """Return the fields that a file can have: those of its platform; of a table those whose columns it has."""
    if not platform.table and platform.name != UNKNOWN:
        return frozenset(platform.fields)
    return frozenset(
        name for name, places in platform.fields.items() if any(place.pattern[0] in keys for place in places)
    )


def _entry(one: Dataset) -> Entry:
    named = one.fields.get("identifier", ())
    identifier = one.record if named else ""
    return Entry(one.path, one.line, one.record, one.title, one.agency, identifier, one.fields)


def values(entry: Entry, field: str) -> Sequence[str]:
    """Return the texts of a field."""
    return [at.value for at in entry.fields.get(field, ()) if isinstance(at.value, str)]


def items(texts: Sequence[str]) -> frozenset[str]:
    """Return the items of joined cells or lists, folded: their order does not count."""
    return frozenset(folded for text in texts for part in SEPARATORS.split(text) if (folded := fold(part)))


def columns(texts: Sequence[str]) -> frozenset[str]:
    """Return the names of columns in a list of them, without what explains them in brackets."""
    return items([_EXPLAINED.sub("", text) for text in texts])
