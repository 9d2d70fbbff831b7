"""What an engine says, in metalint's words: one error for each demand, with what a message needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from metalint.model import Json, Pointer
from metalint.schemas.engines import LARGEST, Said
from metalint.schemas.near import nearest

# JSON Schema's words and ours, in the order in which a message names them.
_TYPES = {
    "string": "text",
    "array": "list",
    "object": "object",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}
_KINDS = ((str, "text"), (bool, "boolean"), (int, "integer"), (float, "number"), (list, "list"), (dict, "object"))
_KEYWORDS = {
    "exclusiveMinimum": "minimum",
    "exclusiveMaximum": "maximum",
    "additionalProperties": "unknown-key",
}
_SHAPES = ("type", "const", "enum")  # an error of these at an alternative's own place: the value is not of its shape


class SchemaError(NamedTuple):
    """One thing that a schema demands and a record does not keep.

    `pointer` is the value's place; of a missing key, where it would stand; with `key`, the key itself is meant.
    `detail` has: required {key} · type {wanted, found} · enum, const {allowed, value, nearest} · pattern {value,
    pattern, perhaps example} · lengths and counts {size, limit} · unknown-key {key, nearest} · any-of, one-of
    {alternatives} · others {value, limit}.
    """

    keyword: str
    pointer: Pointer
    detail: Mapping[str, object]
    key: bool = False


def tell(said: Iterable[Said], record: Json, examples: Mapping[str, Json]) -> list[SchemaError]:
    """Return the errors of a record, by place, each once: of several of one kind the narrowest, whatever came first.

    `examples` has a right value for a pattern.
    """
    found: dict[tuple[Pointer, str], SchemaError] = {}
    for one in chain.from_iterable(map(_meant, said)):
        for error in _told(one, _at(record, one.path), examples):
            place = (error.pointer, error.keyword)
            found[place] = min(found[place], error, key=_breadth) if place in found else error
    return sorted(found.values(), key=lambda error: ([(isinstance(s, str), s) for s in error.pointer], error.keyword))


def _breadth(error: SchemaError) -> tuple[int, str]:
    told = repr(sorted(error.detail.items()))
    return len(told), told


def _meant(said: Said) -> Iterator[Said]:
    """Yield the errors of the alternative whose shape the value has, else the nearest one; else leave them together."""
    if not said.branches or not all(said.branches):
        yield said
        return
    branches = [sorted(chain.from_iterable(map(_meant, branch)), key=_order) for branch in said.branches]
    fitting = [branch for branch in branches if not any(e.path == said.path and e.keyword in _SHAPES for e in branch)]
    if len(fitting) == 1:
        yield from fitting[0]
    elif not fitting and all(branch[0].keyword == "type" for branch in branches):
        yield Said("type", said.path, [name for branch in branches for name in _listed(branch[0].limit)])
    else:
        first, *others = sorted(fitting, key=len) or [[]]
        yield first[0] if others and len(first) < len(others[0]) else said


def _told(said: Said, value: Json, examples: Mapping[str, Json]) -> Iterator[SchemaError]:
    keyword = _KEYWORDS.get(said.keyword) or re.sub("[A-Z]", lambda match: "-" + match.group().lower(), said.keyword)
    if keyword == "required":
        for key in map(str, _listed(said.limit)):
            yield SchemaError(keyword, (*said.path, key), {"key": key})
    elif keyword == "unknown-key":
        for key in map(str, _listed(said.limit)):
            yield SchemaError(keyword, (*said.path, key), {"key": key, "nearest": None}, key=True)
    elif not (keyword == "type" and _is_number(value, said.limit)):
        yield SchemaError(keyword, said.path, _detail(said, value, examples))


def _detail(said: Said, value: Json, examples: Mapping[str, Json]) -> dict[str, object]:
    keyword, limit = said.keyword, said.limit
    if keyword == "type":
        return {"wanted": _words(limit), "found": _type(value)}
    if keyword in ("enum", "const"):
        allowed = _listed(limit) if keyword == "enum" else [limit]
        return {"allowed": allowed, "value": _shown(value), "nearest": nearest(value, allowed)}
    if keyword == "pattern":
        example = {"example": examples[str(limit)]} if str(limit) in examples else {}
        return {"value": _shown(value), "pattern": limit, **example}
    if keyword in ("anyOf", "oneOf"):
        return {"alternatives": [_alternative(min(branch, key=_order)) for branch in said.branches if branch]}
    if keyword.endswith(("Length", "Items")) and isinstance(value, (str, list)):
        return {"size": len(value), "limit": limit}
    return {"value": _shown(value), "limit": limit}


def _order(said: Said) -> tuple[str, str]:
    return str(said.path), said.keyword


def _alternative(said: Said) -> object:
    """Return a word for an alternative: the key that it asks for, or the kind of value."""
    if said.keyword == "required":
        return _listed(said.limit)[0]
    if said.keyword == "type":
        return _words(said.limit)
    return said.limit if said.keyword in ("const", "enum", "pattern") or not said.path else said.path[-1]


def _is_number(value: Json, limit: Json) -> bool:
    """Tell whether a number was asked for and is there: the fast engine takes NaN and infinity for none."""
    return "number" in _listed(limit) and isinstance(value, float)


def _words(types: Json) -> list[str]:
    return [ours for theirs, ours in _TYPES.items() if theirs in _listed(types)]


def _type(value: Json) -> str:
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "null")


def _shown(value: Json) -> Json:
    """Return a value as a message can bear it: of lists, objects and numbers beyond reason, their kind."""
    if isinstance(value, (list, dict)) or (isinstance(value, int) and abs(value) > LARGEST):
        return _type(value)
    return value


def _at(value: Json, path: Pointer) -> Json:
    for step in path:
        if isinstance(value, dict):
            value = value.get(str(step))
        elif isinstance(value, list):
            value = value[int(step)]
    return value


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]
