"""`unique`: no two records of a file have the same value in the given fields.

`least` is how many records make a finding; with `every: false` the group is one finding, at its first record.
"""

from __future__ import annotations

from collections.abc import Sequence

from metalint.checks.kinds import OfFile, Params, Words
from metalint.model import Json
from metalint.vocabulary import fold

PARAMS: Params = {
    "type": "object",
    "properties": {
        "least": {"type": "integer", "minimum": 2},
        "every": {"type": "boolean"},
        "min": {"type": "integer", "description": "shorter values are left alone"},
        "max": {"type": "integer", "description": "longer values are left alone"},
        "exact": {"type": "boolean"},
    },
    "additionalProperties": False,
}

_fold = fold.__wrapped__  # most texts are met once: to remember them costs more than it saves


def prepare(params: Params, given: Sequence[str], words: Words) -> OfFile:  # noqa: ARG001
    """Return what the engine groups by."""
    make = str.strip if params.get("exact") else _fold
    shortest, longest = int(str(params.get("min", 1))), int(str(params.get("max", 1 << 30)))

    def keys(values: Sequence[Json], *others: Sequence[Json]) -> list[str | None]:
        bare = [
            make(text) if value is not None and shortest <= len(text := str(value)) <= longest else None
            for value in values
        ]
        if not others:
            return bare
        # Without its publisher two equal titles may be two datasets.
        return [
            None if key is None or None in said else "\x1f".join([key, *map(str, said)])
            for key, *said in zip(bare, *others, strict=True)
        ]

    return OfFile(keys, int(str(params.get("least", 2))), bool(params.get("every", True)))
