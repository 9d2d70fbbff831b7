"""`unique`: no two records of a file have the same value in the given fields.

`least` is how many records make a finding; with `every: false` the group is one finding, at its first record.
"""

from __future__ import annotations

from collections.abc import Sequence

from metalint.checks.kinds import Fields, OfFile, Params, Words
from metalint.model import At
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


def prepare(params: Params, given: Sequence[str], words: Words) -> OfFile:  # noqa: ARG001
    """Return what the engine groups by."""
    exact, shortest = bool(params.get("exact")), int(str(params.get("min", 1)))
    longest = int(str(params.get("max", 0)))
    name, others = given[0], given[1:]

    def key(fields: Fields) -> tuple[str, At] | None:
        values = fields.get(name)
        if not values:
            return None
        text = str(values[0].value)
        if len(text) < shortest or 0 < longest < len(text):
            return None
        rest = [str(at.value) for other in others for at in fields.get(other, ())[:1]]
        if len(rest) < len(others):
            return None  # without its publisher two equal titles may be two datasets
        return ("\x1f".join([text.strip() if exact else fold(text), *rest]), values[0])

    return OfFile(key, int(str(params.get("least", 2))), bool(params.get("every", True)))
