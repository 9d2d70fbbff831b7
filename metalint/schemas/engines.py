"""Two validators of JSON Schema, heard in one shape: jsonschema-rs, the fast one, and jsonschema, the reference."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple, TypeAlias

from metalint.model import Json, Pointer

_DEEPEST = 60  # levels that are looked at of a value which an engine cannot bear as it is
_REFERENCES = ("$ref", "$dynamicRef")
_TOGETHER = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else")  # what judges the same value as its schema
LARGEST = 10**18  # numbers beyond it are past every limit


class Said(NamedTuple):
    """One error as an engine sees it: JSON Schema's keyword, the value's place, the keyword's own value.

    That of `required` is a list of the one key that misses, of `additionalProperties` that of the keys too many. Of
    alternatives, `branches` has the errors of each, none where it fits.
    """

    keyword: str
    path: Pointer
    limit: Json
    branches: tuple[tuple[Said, ...], ...] = ()


Run: TypeAlias = Callable[[Json], list[Said]]


def engine_of(schema: Json, name: str) -> Run:
    """Return a function from a value to what the named engine (`auto`, `rs`, `python`) says of it; it never raises.

    Raises ValueError for a schema that is none, and for one that refers to anything outside itself.
    """
    _refuse_outside(schema)
    fast = name == "rs" or (name == "auto" and find_spec("jsonschema_rs") is not None)
    run, fits = _rs(schema) if fast else (_python(schema), None)
    reference = cache(lambda: _python(schema))

    def tried(value: Json) -> list[Said]:
        try:
            # Most records are clean, and asking that first takes half the time of asking for errors.
            return [] if fits is not None and fits(value) else run(value)
        except (ValueError, RecursionError):  # lone surrogates, depth, numbers of thousands of digits
            return reference()(_tame(value, 0))

    return tried


def parts(schema: Json) -> Iterator[dict[str, Json]]:
    """Yield every object in a schema, itself first."""
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts(part)


def _rs(schema: Any) -> tuple[Run, Callable[[Json], bool]]:
    """Return what hears the errors of a value, and what tells quickly that there are none."""
    import jsonschema_rs

    try:
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=False, retriever=_no_network)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
        raise ValueError(f"no JSON Schema: {error.args[0] if error.args else error}") from error

    def heard(error: jsonschema_rs.ValidationError) -> Said:
        name = error.kind.name
        context = getattr(error.kind, "context", None)
        if context is not None:
            return Said(name, tuple(error.instance_path), None, tuple(tuple(map(heard, branch)) for branch in context))
        limit = error.kind.value
        return Said(name, tuple(error.instance_path), [limit] if name == "required" else limit)

    return (lambda value: [heard(error) for error in validator.iter_errors(value)]), validator.is_valid


def _python(schema: Any) -> Run:
    import jsonschema
    import referencing
    from jsonschema.validators import extend

    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        raise ValueError(f"no JSON Schema: {error.message}") from error
    for part in parts(schema):
        wanted, named = part.get("pattern"), part.get("patternProperties")
        for one in (wanted, *(named if isinstance(named, dict) else ())):
            if isinstance(one, str):
                _proved(one)

    def pattern(_: object, wanted: str, value: Json, __: object) -> Iterator[jsonschema.ValidationError]:
        if isinstance(value, str) and not _compiled(wanted).search(value):
            yield jsonschema.ValidationError("")

    def required(_: object, keys: list[str], value: Json, __: object) -> Iterator[jsonschema.ValidationError]:
        for key in keys:
            if isinstance(value, dict) and key not in value:
                yield jsonschema.ValidationError("", validator="required", validator_value=[key])

    def dependent(_: object, needs: dict[str, list[str]], value: Json, __: object) -> Iterator[Any]:
        for key, keys in needs.items():
            if isinstance(value, dict) and key in value:
                yield from required(_, keys, value, __)

    own = {"pattern": pattern, "required": required, "dependentRequired": dependent}
    kind: Any = extend(jsonschema.Draft202012Validator, own)  # type: ignore[no-untyped-call]
    validator = kind(schema, registry=referencing.Registry())
    return lambda value: [_heard(error) for error in validator.iter_errors(value)]


def _heard(error: Any) -> Said:
    """Return what jsonschema says in the words of jsonschema-rs."""
    name, limit, value = error.validator or "falseSchema", error.validator_value, error.instance
    branches: tuple[tuple[Said, ...], ...] = ()
    if name in ("anyOf", "oneOf"):
        numbered = [(one.relative_schema_path[0], _heard(one)) for one in error.context]
        branches = tuple(tuple(said for at, said in numbered if at == number) for number in range(len(limit)))
        limit = None
    elif name == "additionalProperties":
        named, like = error.schema.get("properties", {}), error.schema.get("patternProperties", {})
        limit = [key for key in value if key not in named and not any(_compiled(one).search(key) for one in like)]
    return Said(name, tuple(error.absolute_path), limit, branches)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    r"""Return a schema's pattern as Python writes it: `$` is the very end, never before a last line break."""
    return re.compile(re.sub(r"\\.|\[(?:\\.|[^\]])*\]|\$", lambda m: r"\Z" if m.group() == "$" else m.group(), pattern))


def _proved(pattern: str) -> None:
    """Raise ValueError for a pattern that is none: it would be noticed only at the first value that it judges."""
    try:
        _compiled(pattern)
    except re.error as error:
        raise ValueError(f"no JSON Schema: {pattern!r} is no pattern: {error}") from error


def _no_network(uri: str) -> Json:
    raise ValueError(f"a schema may not fetch {uri}")


def _refuse_outside(schema: Json) -> None:
    """Raise ValueError for a reference that leads out of the schema, or nowhere."""
    for part in parts(schema):
        for key in _REFERENCES:
            ref = part.get(key)
            if isinstance(ref, str) and (not ref.startswith("#") or _referred(schema, ref) is None):
                raise ValueError(f"no JSON Schema: {key} {ref} is not in it")


def _referred(schema: Json, ref: str) -> Json:
    """Return what a reference leads to, by its steps or by its name; `None` where there is nothing."""
    if ref[1:2] not in ("", "/"):
        anchors = ("$anchor", "$dynamicAnchor")
        return next((part for part in parts(schema) if ref[1:] in map(part.get, anchors)), None)
    place = schema
    for step in ref.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(place, list):
            place = place[int(name)] if name.isascii() and name.isdigit() and int(name) < len(place) else None
        else:
            place = place.get(name) if isinstance(place, dict) else None
    return place


def refuse_circles(schema: Json) -> None:
    """Raise ValueError for references that come back to where they began with the same value: no end of judging it."""
    proved: set[int] = set()

    def follow(part: Json, way: frozenset[int]) -> None:
        if not isinstance(part, dict) or id(part) in proved:
            return
        if id(part) in way:
            raise ValueError("no JSON Schema: its references go round in a circle")
        for one in _same_value(schema, part):
            follow(one, way | {id(part)})
        proved.add(id(part))

    for part in parts(schema):
        follow(part, frozenset())


def _same_value(schema: Json, part: dict[str, Json]) -> Iterator[Json]:
    """Yield what judges the same value as a part of a schema: what it refers to, and its alternatives."""
    for key in _REFERENCES:
        ref = part.get(key)
        if isinstance(ref, str):
            yield _referred(schema, ref)
    for key in _TOGETHER:
        inner = part.get(key)
        yield from inner if isinstance(inner, list) else [inner]
    needs = part.get("dependentSchemas")
    yield from needs.values() if isinstance(needs, dict) else ()


def _tame(value: Json, depth: int) -> Json:
    if isinstance(value, dict):
        return {} if depth > _DEEPEST else {str(key): _tame(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [] if depth > _DEEPEST else [_tame(item, depth + 1) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return max(-LARGEST, min(LARGEST, value))
    return value
