"""`bounds`: coordinates in degrees lie on the earth: longitudes within ±180, latitudes within ±90, south before north.

Read are a box of four numbers (west, south, east, north), a pair in either order, and GeoJSON (longitude first); the
name of a place says nothing. A box from 170 to -170 crosses the date line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from metalint.checks.kinds import OfValue, Params, Words
from metalint.later import pattern
from metalint.model import Finding, Json

PARAMS: Params = {"type": "object", "properties": {}, "additionalProperties": False}
_NUMBER = r"\s*([+-]?[0-9]+(?:\.[0-9]*)?)\s*"
_BOX = pattern(rf"\[?{_NUMBER}(?:,|\s){_NUMBER}(?:,|\s){_NUMBER}(?:,|\s){_NUMBER}\]?$")
_PAIR = pattern(rf"\[?{_NUMBER},{_NUMBER}\]?$")
_LAST_LONGITUDE, _LAST_LATITUDE = 180, 90


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    return OfValue(_judge, "0-9")


def _judge(text: str) -> Iterable[Finding]:
    bare = text.strip()
    if bare.startswith("{"):
        try:
            wrong = next((point for point in _points(json.loads(bare)) if not _on_earth(*point)), None)
        except (ValueError, RecursionError):
            return ()  # no GeoJSON
        return (Finding({"found": f"{wrong[0]:g}, {wrong[1]:g}"}),) if wrong else ()
    if match := _BOX.match(bare):
        west, south, east, north = map(float, match.groups())
        sound = _on_earth(west, south) and _on_earth(east, north) and south <= north
    elif match := _PAIR.match(bare):
        one, two = map(float, match.groups())
        sound = _on_earth(one, two) or _on_earth(two, one)
    else:
        return ()
    return () if sound else (Finding({"found": ", ".join(match.groups())}),)


def _on_earth(longitude: float, latitude: float) -> bool:
    return abs(longitude) <= _LAST_LONGITUDE and abs(latitude) <= _LAST_LATITUDE


def _points(value: Json) -> Iterator[tuple[float, float]]:
    """Yield the positions of a geometry, a feature or a collection of them."""
    if isinstance(value, dict):
        for key in ("coordinates", "geometry", "geometries", "features"):
            yield from _points(value.get(key))
    elif isinstance(value, list):
        if len(value) > 1 and all(isinstance(number, int | float) for number in value):
            yield float(str(value[0])), float(str(value[1]))
        else:
            for item in value:
                yield from _points(item)
