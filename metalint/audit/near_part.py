"""What a part tells so that near-duplicates and dangling references show, for each catalogue that it has records of."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from metalint.audit import near, near_facts, references
from metalint.audit.near_facts import LINKS, Described
from metalint.audit.near_titles import Titles
from metalint.audit.references import References
from metalint.checks.kinds import Fields
from metalint.filecheck import Job
from metalint.lexicon import Lexicon

_BLOCK = 4_096  # records whose texts are held at once; of the others there are the facts


def fields_of(job: Job) -> tuple[str, ...]:
    """Return the fields that the rules look at, but for those that name a dataset."""
    on = {rule.id for rule in job.rules}
    return (
        *(("description", *LINKS) if on & near.RULES else ()),
        *(references.FIELDS if references.RULE in on else ()),
    )


class Across:
    """The records of a part as those rules look at them; nothing where none of the rules is on."""

    def __init__(self, on: Collection[str], lexicon: Lexicon) -> None:
        """`on` are the names of the rules that are on in some file of the part."""
        self._titles = Titles(lexicon) if near.RULES & {*on} else None
        self._refers = references.RULE in on
        self._records: dict[str, list[int]] = {}
        self._described: dict[str, list[Described]] = {}
        self._near: dict[str, list[near_facts.Facts]] = {}
        self._references: dict[str, list[References]] = {}

    def add(self, catalogue: str, record: int, title: str, agency: str, fields: Fields) -> None:
        """Take over a record, by its number in the part."""
        self._records.setdefault(catalogue, []).append(record)
        if self._titles is not None:
            held = self._described.setdefault(catalogue, [])
            held.append(near_facts.described(title, agency, fields))
            if len(held) == _BLOCK:
                self._observe(catalogue, self._titles)
        if self._refers:
            self._references.setdefault(catalogue, []).append(references.of_fields(fields))

    def save(self, folder: Path) -> None:
        """Write the facts. Raises OSError."""
        for number, catalogue in enumerate(self._records):
            if self._titles is not None:
                self._observe(catalogue, self._titles)
                near_facts.together(self._near.pop(catalogue)).save(folder / f"near-{number}.npz")
            if self._refers:
                references.observe(self._references[catalogue]).save(folder / f"references-{number}.npz")

    def _observe(self, catalogue: str, titles: Titles) -> None:
        self._near.setdefault(catalogue, []).append(near_facts.observe(self._described.pop(catalogue, ()), titles))

    def told(self) -> list[Any]:
        """Return each catalogue with the numbers of its records in the part."""
        return [[catalogue, records] for catalogue, records in self._records.items()]
