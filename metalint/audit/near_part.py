"""What a part tells so that near-duplicates and dangling references show, for each catalogue that it has records of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from metalint.audit import near, near_facts, references
from metalint.audit.near_facts import Described
from metalint.audit.near_titles import Titles
from metalint.audit.references import References
from metalint.checks.kinds import Fields
from metalint.filecheck import Job

NEAR = frozenset((near.NEAR_DUPLICATE, near.SERIES, near.TEMPLATE))
_LINKS = ("distribution.downloadURL", "distribution.accessURL")


class Across:
    """The records of a part as those rules look at them; nothing where none of the rules is on."""

    def __init__(self, job: Job) -> None:
        on = {rule.id for rule in job.rules}
        self._titles = Titles(job.lexicon) if on & NEAR else None
        self._refers = references.RULE in on
        self._records: dict[str, list[int]] = {}
        self._described: dict[str, list[Described]] = {}
        self._references: dict[str, list[References]] = {}

    def add(self, catalogue: str, record: int, title: str, agency: str, fields: Fields) -> None:
        """Take over a record, by its number in the part."""
        self._records.setdefault(catalogue, []).append(record)
        if self._titles is not None:
            described = next((at.value for at in fields.get("description", ()) if isinstance(at.value, str)), "")
            links = [at.value for name in _LINKS for at in fields.get(name, ()) if isinstance(at.value, str)]
            self._described.setdefault(catalogue, []).append(Described(title, agency, described, links))
        if self._refers:
            self._references.setdefault(catalogue, []).append(references.of_fields(fields))

    def save(self, folder: Path) -> None:
        """Write the facts. Raises OSError."""
        for number, catalogue in enumerate(self._records):
            if self._titles is not None:
                near_facts.observe(self._described[catalogue], self._titles).save(folder / f"near-{number}.npz")
            if self._refers:
                references.observe(self._references[catalogue]).save(folder / f"references-{number}.npz")

    def told(self) -> list[Any]:
        """Return each catalogue with the numbers of its records in the part."""
        return [[catalogue, records] for catalogue, records in self._records.items()]
