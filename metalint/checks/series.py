"""`series`: no run of `least` or more records of one publisher differs only in the numbers of its titles."""

from __future__ import annotations

from collections.abc import Sequence

from metalint.checks.kinds import OfFile, Params, Words
from metalint.later import pattern
from metalint.model import Json

PARAMS: Params = {
    "type": "object",
    "properties": {"least": {"type": "integer", "minimum": 2}},
    "required": ["least"],
    "additionalProperties": False,
}
_NUMBER = pattern(r"[0-9０-９]+|[一二三四五六七八九十〇零]+(?=[年月季期次])")


def prepare(params: Params, given: Sequence[str], words: Words) -> OfFile:  # noqa: ARG001
    """Return what the engine groups by."""
    if len(given) != 2:
        raise ValueError("given: a title, then a publisher")
    return OfFile(_templates, int(str(params["least"])), every=False)


def _templates(titles: Sequence[Json], publishers: Sequence[Json]) -> list[str | None]:
    """Return the titles that have numbers with a sign in their place, each with its publisher."""
    found: list[str | None] = []
    for title, publisher in zip(titles, publishers, strict=True):
        text = "" if title is None else str(title).strip()
        template, numbers = _NUMBER.subn("#", text)
        found.append(f"{template}\x1f{'' if publisher is None else publisher}" if numbers else None)
    return found
