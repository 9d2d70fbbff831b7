"""References to datasets that the catalogue does not have: facts per partition, reconciled by set difference.

`isPartOf` names another dataset of the catalogue by its identifier, so all that is written there counts; only an
address counts only if identifiers are addresses on that host. `relation` may name anything: there only what has the
form of one of the catalogue's identifiers counts, so that the address of a document is no dangling reference.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from metalint.audit import fact_files
from metalint.audit.marks import Marks, marks
from metalint.checks.kinds import Fields
from metalint.model import Json

RULE = "relation/dangling"
FIELDS = ("isPartOf", "relation")


class References(NamedTuple):
    """What of a record is looked at: its identifiers, and what it says of other datasets, by field in their order."""

    identifiers: Sequence[str]
    named: Sequence[Sequence[str]]


class Facts(NamedTuple):
    """The facts of a partition: marks of its identifiers, their forms and hosts; and a row a reference.

    `row` is the record's row from 0, `field` the place in FIELDS, `number` the reference's place in its field, from 0.
    """

    identifiers: Marks
    forms: Marks
    hosts: Marks
    row: NDArray[np.int32]
    field: NDArray[np.uint8]
    number: NDArray[np.int32]
    reference: Marks
    form: Marks
    host: Marks  # 0: no address

    def save(self, path: Path) -> None:
        """Write the facts, whole or not at all. Raises OSError and CannotReplace."""
        fact_files.save(path, self._asdict())

    @classmethod
    def load(cls, path: Path) -> Facts:
        """Return the facts of a file. Raises OSError, and ValueError for a file that holds none."""
        return cls(*fact_files.load(path, cls._fields))


class Dangling(NamedTuple):
    """A reference to nothing: the partition and the record's row there, the field, and its place in it, from 0."""

    part: int
    row: int
    field: str
    number: int


def of_fields(fields: Fields) -> References:
    """Return what of a record is looked at."""
    identifiers = [_text(at.value) for at in fields.get("identifier", ())]
    return References(identifiers, [[_text(at.value) for at in fields.get(name, ())] for name in FIELDS])


def observe(records: Iterable[References]) -> Facts:
    """Return the facts of records, in their order."""
    identifiers: set[str] = set()
    places: list[tuple[int, int, int]] = []
    texts: list[str] = []
    for row, record in enumerate(records):
        identifiers.update(filter(None, map(str.strip, record.identifiers)))
        for field, named in enumerate(record.named):
            for number, text in enumerate(named):
                if text.strip():
                    places.append((row, field, number))
                    texts.append(text.strip())
    columns = np.array(places, np.int64).reshape(-1, 3)
    return Facts(
        identifiers=_sorted(identifiers),
        forms=_sorted(set(map(_form, identifiers)) - {""}),
        hosts=_sorted(set(map(_host, identifiers)) - {""}),
        row=columns[:, 0].astype(np.int32),
        field=columns[:, 1].astype(np.uint8),
        number=columns[:, 2].astype(np.int32),
        reference=marks(texts),
        form=marks(map(_form, texts)),
        host=marks(map(_host, texts)),
    )


def reconcile(parts: Sequence[Path | Facts]) -> Iterator[Dangling]:
    """Yield the references that no record of the catalogue answers, by partition and place. Raises OSError, ValueError.

    Only the identifiers of all partitions are held at once, eight bytes each.
    """
    known, forms, hosts = (_all(parts, name) for name in ("identifiers", "forms", "hosts"))
    for part, given in enumerate(parts):
        facts = given if isinstance(given, Facts) else Facts.load(given)
        counts = np.where(facts.host == 0, facts.field == 0, (facts.field == 0) & np.isin(facts.host, hosts))
        counts |= (facts.field == 1) & np.isin(facts.form, forms)
        for at in np.flatnonzero(counts & ~np.isin(facts.reference, known)).tolist():
            yield Dangling(part, int(facts.row[at]), FIELDS[int(facts.field[at])], int(facts.number[at]))


def _all(parts: Sequence[Path | Facts], name: str) -> Marks:
    held = [np.empty(0, np.uint64)]
    held += [getattr(part if isinstance(part, Facts) else Facts.load(part), name) for part in parts]
    return np.unique(np.concatenate(held))


def _sorted(texts: set[str]) -> Marks:
    return np.unique(marks(sorted(texts)))


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


_NUMBERED = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")


def _form(text: str) -> str:
    """Return the form of an identifier that has numbers in it: `A#-#` for A17000000J-000101; empty for any other."""
    masked, count = _NUMBERED.subn("#", text)
    if not count:
        return ""
    return masked if "://" in masked else _LETTERS.sub("A", masked)


def _host(text: str) -> str:
    """Return the host of an address; empty where a text is none."""
    if "://" not in text:
        return ""
    try:
        return urlsplit(text).netloc.casefold()
    except ValueError:  # a bracket that is not closed
        return text
