"""The sample records of each platform, written by us, and the two engines asked at once."""

from __future__ import annotations

import copy
import csv
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from metalint import platforms
from metalint.model import Json, Pointer
from metalint.schemas import SchemaError, compile_schema
from metalint.shipped import shipped

ENGINES = ("rs", "python")
FILES = tuple(sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in (".json", ".csv")))
PLATFORMS = {platform.name: platform for platform in platforms.load([shipped("rules") / "platforms"])}
GONE = object()  # a value that takes the key away


def read(path: Path) -> Json:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    return json.loads(path.read_text("utf-8"))


def records(name: str, whole: Json) -> list[dict[str, Json]]:
    """Return the records of a file: those at the deepest home that it has."""
    for home in sorted(PLATFORMS[name].records, key=len, reverse=True):
        value = whole
        for step in home:
            value = value.get(step) if isinstance(value, dict) else None
        if value is not None:
            whole = value
            break
    return whole if isinstance(whole, list) else [whole]


def platform_of(path: Path) -> str:
    return named(path.stem)


def named(stem: str) -> str:
    """Return the platform of a sample: the longest platform name that it begins with."""
    return max((name for name in PLATFORMS if stem.startswith(name)), key=len)


def sample(name: str) -> dict[str, Json]:
    """Return a copy of the first record of a sample file."""
    path = next(path for path in FILES if path.stem == name)
    return copy.deepcopy(records(platform_of(path), read(path))[0])


def schema_of(name: str, record: dict[str, Json]) -> Json:
    """Return a platform's schema as the linter uses it: of a table, only columns that are there are demanded."""
    schema, table = PLATFORMS[name].schema, PLATFORMS[name].table
    assert isinstance(schema, dict)
    return {**schema, "required": [key for key in schema.get("required", []) if key in record or not table]}


def changed(record: dict[str, Json], pointer: Pointer, value: object) -> dict[str, Json]:
    place: Json = record
    for step in pointer[:-1]:
        place = place[step]
    if value is GONE:
        del place[pointer[-1]]
    else:
        place[pointer[-1]] = value
    return record


def both(schema: Json, value: Json) -> list[SchemaError]:
    """Return what both engines say, once it is seen to be the same."""
    fast, reference = (engine(value) for engine in _engines(json.dumps(schema)))
    assert repr(fast) == repr(reference)
    return fast


@cache
def _engines(schema: str) -> tuple[Callable[[Json], list[SchemaError]], ...]:
    return tuple(compile_schema(json.loads(schema), engine) for engine in ENGINES)
