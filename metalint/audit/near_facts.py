"""What must be known of each record of a partition to find datasets that are nearly the same: numbers alone.

Facts of 1,000,000 records take 200 MB; those of a partition are one file, the same bytes for the same records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from metalint.audit import fact_files
from metalint.audit.marks import Marks, marks
from metalint.audit.near_signatures import HASHES, Signatures, signatures
from metalint.audit.near_titles import Titles
from metalint.checks.kinds import Fields
from metalint.vocabulary import fold

LINKS = ("distribution.downloadURL", "distribution.accessURL")
SHOWN = 120  # signs of a description that are looked at
DESCRIBED = 8  # of a record's flags, beside those of its title: its description has a signature


class Described(NamedTuple):
    """What of a record is looked at; `links` are the addresses of its files."""

    title: str
    agency: str
    description: str = ""
    links: Sequence[str] = ()


class Facts(NamedTuple):
    """The facts of a partition, a row a record, in its order.

    `signature` is of the description without the title. The others are marks, 0 for nothing: `same` of what the title
    names, `titled` of title and agency as rule dataset/duplicate compares them, `numbered` and `series` of the title
    with numbers masked, and with places too, `agency`, `body` (the agency above it), `described` of the description,
    `links` of the addresses. `flags`: PLACED, NAMED, OWN, DESCRIBED.
    """

    signature: Signatures  # (n, 64)
    same: Marks
    titled: Marks
    numbered: Marks
    series: Marks
    agency: Marks
    body: Marks
    described: Marks
    links: Marks
    flags: NDArray[np.uint8]

    def save(self, path: Path) -> None:
        """Write the facts, whole or not at all. Raises OSError and CannotReplace."""
        fact_files.save(path, self._asdict())

    @classmethod
    def load(cls, path: Path) -> Facts:
        """Return the facts of a file. Raises OSError, and ValueError for a file that holds none."""
        return cls(*fact_files.load(path, cls._fields)).proved(str(path))

    def proved(self, name: str) -> Facts:
        """Return the facts. Raises ValueError, with the name that they go by, if they are none."""
        if any(len(array) != len(self.flags) for array in self) or self.signature.shape[1:] != (HASHES,):
            raise ValueError(f"{name}: no facts of near-duplicates")
        return self


def column(part: Path | Facts, name: str) -> NDArray[Any]:
    """Return one of the arrays of a partition's facts. Raises OSError and ValueError."""
    return getattr(part, name) if isinstance(part, Facts) else fact_files.load(part, (name,))[0]


def described(title: str, agency: str, fields: Fields) -> Described:
    """Return what of a record is looked at."""
    text = next((at.value for at in fields.get("description", ()) if isinstance(at.value, str)), "")
    links = [at.value for name in LINKS for at in fields.get(name, ()) if isinstance(at.value, str)]
    return Described(title, agency, text, links)


def observe(records: Iterable[Described], titles: Titles) -> Facts:
    """Return the facts of records, in their order."""
    rows = list(records)
    read = [titles.read(row.title, row.agency) for row in rows]
    signature, long_enough = signatures([_without_title(row) for row in rows])
    agencies = [fold(row.agency) for row in rows]
    flags = np.array([title.flags for title in read], np.uint8) | (long_enough * np.uint8(DESCRIBED))
    return Facts(
        signature=signature,
        same=marks(title.same for title in read),
        titled=marks(f"{fold(row.title)}\x1f{row.agency}" for row in rows),
        numbered=marks(title.numbered for title in read),
        series=marks(title.series for title in read),
        agency=marks(agencies),
        body=marks(fold(title.body) for title in read),
        described=marks(row.description.strip() for row in rows),
        links=marks("\n".join(sorted(set(row.links))) for row in rows),
        flags=flags.astype(np.uint8),
    )


def together(parts: Sequence[Path | Facts]) -> Facts:
    """Return the facts of one partition or more as one. Raises OSError and ValueError."""
    # One column after the other: no more than one is held twice.
    columns = (np.concatenate([column(part, name) for part in parts]) for name in Facts._fields)
    return Facts(*columns).proved("the partitions together")


def nothing() -> Facts:
    """Return the facts of no record."""
    none = marks(())
    signature, _ = signatures(())
    return Facts(signature, none, none, none, none, none, none, none, none, np.zeros(0, np.uint8))


def _without_title(record: Described) -> str:
    """Return the head of a description without the title: what is left is what it says of the dataset."""
    head = record.description[:SHOWN]
    return head.replace(record.title.strip(), "") if record.title.strip() else head
