"""`series`: no run of `least` or more records of one publisher differs only in the numbers of its titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from metalint.checks.kinds import Fields, OfFile, Params, Words
from metalint.model import At

PARAMS: Params = {
    "type": "object",
    "properties": {"least": {"type": "integer", "minimum": 2}},
    "required": ["least"],
    "additionalProperties": False,
}
_NUMBER = re.compile(r"[0-9０-９]+|[一二三四五六七八九十〇零]+(?=[年月季期次])")


def prepare(params: Params, given: Sequence[str], words: Words) -> OfFile:  # noqa: ARG001
    """Return what the engine groups by."""
    name, other = given

    def key(fields: Fields) -> tuple[str, At] | None:
        values = fields.get(name)
        if not values:
            return None
        text = str(values[0].value).strip()
        template = _NUMBER.sub("#", text)
        if template == text:
            return None
        publisher = fields.get(other)
        return (f"{template}\x1f{publisher[0].value if publisher else ''}", values[0])

    return OfFile(key, int(str(params["least"])), every=False)
