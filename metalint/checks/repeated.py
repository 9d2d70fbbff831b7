"""`repeated`: no value stands twice in a field; with `exact`, case and width count.

台 and 臺 are two spellings that people search for: a keyword in both is no copy.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from metalint.checks.kinds import Fields, OfRecord, Params, Words
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {"exact": {"type": "boolean"}},
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge."""
    exact = bool(params.get("exact"))

    def judge(fields: Fields, today: date) -> Iterator[Finding]:  # noqa: ARG001
        for name in given:
            values = fields.get(name, ())
            if len(values) < 2:
                continue
            seen: dict[str, str] = {}
            for at in values:
                text = str(at.value)
                key = text if exact else unicodedata.normalize("NFKC", text).casefold().strip()
                if key and key in seen:
                    yield Finding({"first": seen[key], "again": text}, pointer=at.pointer)
                seen.setdefault(key, text)

    return OfRecord(judge, (given[0],))
