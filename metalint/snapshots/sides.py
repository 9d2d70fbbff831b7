"""The two versions of a catalogue, read: what each dataset says, and what its file could have said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from metalint import datasets
from metalint.datasets import Dataset
from metalint.later import pattern
from metalint.model import At, Texts, Unreadable
from metalint.platforms import UNKNOWN, Platform
from metalint.run import CannotRun, Options
from metalint.vocabulary import fold

SEPARATORS = re.compile(r"[;；,，、|｜`\n\r]+")  # between the items of a cell
SILENT = ("views", "downloads", "numberOfData", "distribution")  # no words of the agency's
_ALONE = frozenset({"title", "description", "notes", "frequency", "issued"})  # asked of one side alone
_HOST = pattern(r"://([a-z0-9.-]+)")
_EXPLAINED = re.compile(r"[(（][^()（）]*[)）]")


class Entry(NamedTuple):
    """A dataset as it is compared: `identifier` is its own (empty: none), `record` what it is called by.

    `fields` are those that a change is told by; `site` is the county in whose domain its distributions stand.
    """

    path: str
    line: int
    record: str
    title: str
    agency: str
    identifier: str
    fields: Mapping[str, tuple[At, ...]]
    site: str = ""


class Side(NamedTuple):
    """One version: its datasets in the order of its files, the fields that each file can have, what was unreadable."""

    entries: tuple[Entry, ...]
    exported: Mapping[str, frozenset[str]]
    platforms: Mapping[str, str]
    unread: tuple[Unreadable, ...] = ()


def read(path: str, options: Options, hosts: Mapping[str, str], other: Side | None = None) -> Side:
    """Return the datasets of a file or folder. A file that cannot be read at all is refused: CannotRun.

    Of the fields only those are kept that the `other` side, where it is known, can have too: no other is compared.
    `hosts` tells the county of a domain.
    """
    wanted = None if other is None else _ALONE.union(*other.exported.values())
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
        entries.append(_entry(one, wanted, hosts))
    exported = {name: fields_of(platform, keys[name]) for name, platform in platforms.items()}
    return Side(tuple(entries), exported, {name: one.name for name, one in platforms.items()}, tuple(unread))


def fields_of(platform: Platform, keys: set[str]) -> frozenset[str]:
    """Return the fields that a file can have: those of its platform; of a table those whose columns it has."""
    if not platform.table and platform.name != UNKNOWN:
        return frozenset(platform.fields)
    return frozenset(
        name for name, places in platform.fields.items() if any(place.pattern[0] in keys for place in places)
    )


def _entry(one: Dataset, wanted: AbstractSet[str] | None, hosts: Mapping[str, str]) -> Entry:
    named = one.fields.get("identifier", ())
    identifier = one.record if named else ""
    entry = Entry(one.path, one.line, one.record, one.title, one.agency, identifier, one.fields)
    kept = {name: ats for name, ats in one.fields.items() if name not in SILENT and (wanted is None or name in wanted)}
    return entry._replace(fields=kept, site=site_of(addresses(entry), hosts))


def site_of(addresses: Iterable[str], hosts: Mapping[str, str]) -> str:
    """Return the county in whose domain some addresses stand; empty where none, or several."""
    counties = set()
    for address in addresses:
        for host in _HOST.findall(address.lower()):
            labels = host.split(".")
            domains = (".".join(labels[at:]) for at in range(len(labels)))
            counties.add(next((hosts[domain] for domain in domains if domain in hosts), ""))
    counties.discard("")
    return counties.pop() if len(counties) == 1 else ""


def values(entry: Entry, field: str) -> Sequence[str]:
    """Return the texts of a field."""
    return [at.value for at in entry.fields.get(field, ()) if isinstance(at.value, str)]


def addresses(entry: Entry) -> Sequence[str]:
    """Return where a dataset's distributions stand."""
    return (*values(entry, "distribution.downloadURL"), *values(entry, "distribution.accessURL"))


def items(texts: Sequence[str]) -> frozenset[str]:
    """Return the items of joined cells or lists, folded: their order does not count."""
    return frozenset(folded for text in texts for part in SEPARATORS.split(text) if (folded := fold(part)))


def columns(texts: Sequence[str]) -> frozenset[str]:
    """Return the names of columns in a list of them, without what explains them in brackets."""
    return items([_EXPLAINED.sub("", text) for text in texts])
