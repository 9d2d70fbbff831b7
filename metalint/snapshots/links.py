"""The distributions of a dataset, told by their addresses: which are gone, new, or have moved."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from metalint.model import Pointer
from metalint.secrets import masked
from metalint.snapshots.sides import Entry

FIELDS = ("distribution.downloadURL", "distribution.accessURL")
Row = tuple[Pointer, str, str | None, str | None]


def changes(old: Entry, new: Entry, both: AbstractSet[str]) -> Iterator[Row]:
    """Yield place, field, old and new address (`None`: no such distribution) of what is not where it was.

    Distributions of one identifier or address are the same; of the others the first of the old are the first of the
    new, moved.
    """
    for field in FIELDS:
        if field in both and (field in old.fields or field in new.fields):
            yield from _of_field(field, old, new)


def _of_field(field: str, old: Entry, new: Entry) -> Iterator[Row]:
    here, there = _addresses(field, old), _addresses(field, new)
    known: dict[str, list[int]] = {}
    for at, (_, _, names) in enumerate(there):
        for name in names:
            known.setdefault(name, []).append(at)
    left, lost = set(range(len(there))), []
    for row in here:
        found = next((at for name in row[2] for at in known.get(name, ()) if at in left), None)
        if found is None:
            lost.append(row)
            continue
        left.discard(found)
        if bare(row[1]) != bare(there[found][1]):
            yield there[found][0], field, masked(row[1]), masked(there[found][1])
    come = [there[at] for at in sorted(left)]
    for gone, now in zip(lost, come, strict=False):
        yield now[0], field, masked(gone[1]), masked(now[1])
    yield from ((row[0], field, masked(row[1]), None) for row in lost[len(come) :])
    yield from ((row[0], field, None, masked(row[1])) for row in come[len(lost) :])


def _addresses(field: str, entry: Entry) -> list[tuple[Pointer, str, tuple[str, ...]]]:
    """Return the addresses of a dataset's distributions: place, address, and what each is known by, surest first."""
    names = {at.pointer[:2]: f"id:{at.value}" for at in entry.fields.get("distribution.identifier", ())}
    found = []
    for at in entry.fields.get(field, ()):
        if isinstance(at.value, str):
            own = names.get(at.pointer[:2])
            found.append((at.pointer, at.value, (*([own] if own else ()), bare(at.value))))
    return found


def bare(address: str) -> str:
    """Return an address without what does not tell it from another: scheme, case of the host, a slash at the end."""
    _, scheme, rest = address.strip().partition("://")
    host, slash, path = (rest if scheme else address.strip()).partition("/")
    return (host.lower() + slash + path).rstrip("/")
