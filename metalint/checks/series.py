"""`series`: no run of `least` or more records of one publisher differs only in the numbers of its titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from metalint.checks.kinds import OfFile, Params, Words
from metalint.model import Json

PARAMS: Params = {
    "type": "object",
    "properties": {"least": {"type": "integer", "minimum": 2}},
    "required": ["least"],
    "additionalProperties": False,
}
_NUMBER = re.compile(r"[0-9０-９]+|[一二三四五六七八九十〇零]+(?=[年月季期次])")


def prepare(params: Params, given: Sequence[str], words: Words) -> OfFile:  # noqa: ARG001
    """Return what the engine groups by."""

    def key(title: Json, publisher: Json) -> str | None:
        if title is None:
            return None
        text = str(title).strip()
        template = _NUMBER.sub("#", text)
        return None if template == text else f"{template}\x1f{'' if publisher is None else publisher}"

    return OfFile(key, int(str(params["least"])), every=False)
