"""What a platform's JSON Schema has against a record, told by keyword, place and plain details, never by text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from metalint.model import Json
from metalint.schemas.engines import engine_of, parts, refuse_circles
from metalint.schemas.errors import SchemaError, tell
from metalint.schemas.near import near_names

__all__ = ["SchemaError", "compile_schema", "refuse_circles", "unknown_keys", "without_missing"]


def compile_schema(schema: Json, engine: str = "auto") -> Callable[[Json], list[SchemaError]]:
    """Return a function from a record to its errors, sorted by place; it never raises and never asks the network.

    `rs` is fast, `python` the reference, `auto` the fast one where it is installed; all give the same answers.
    Raises ValueError for a schema that is none.
    """
    run = engine_of(schema, engine)
    examples = _examples(schema)

    def validate(value: Json) -> list[SchemaError]:
        said = run(value)
        return tell(said, value, examples) if said else []

    return validate


def unknown_keys(
    known: Collection[str],
    record: Mapping[str, Json],
    inner: Mapping[str, frozenset[str]] = {},
    *,
    report: bool = False,
) -> list[SchemaError]:
    """Return the keys of a record that are nearly a known key which it lacks; with `report`, all unknown ones.

    `inner` has the known keys of the items of its lists: of these, only a near miss is an error.
    """
    names = known if isinstance(known, frozenset) else frozenset(known)
    errors = []
    for key in record:
        if key not in names:
            nearest = next((name for name in near_names(names, key) if name not in record), None)
            if nearest is not None or report:
                errors.append(SchemaError("unknown-key", (key,), {"key": key, "nearest": nearest}, key=True))
    for key, names in inner.items():
        items = record.get(key)
        for number, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and not names.issuperset(item):
                errors += [error._replace(pointer=(key, number, *error.pointer)) for error in unknown_keys(names, item)]
    return errors


def _examples(schema: Json) -> dict[str, Json]:
    """Return an example for each pattern of a schema that has one: what a person reads instead of the pattern."""
    found: dict[str, Json] = {}
    for part in parts(schema):
        pattern, examples = part.get("pattern"), part.get("examples")
        if isinstance(pattern, str) and isinstance(examples, list) and examples:
            found[pattern] = examples[0]
    return found


def without_missing(schema: Json, header: Sequence[str] | None) -> Json:
    """Return the schema of a table's rows: a column that the table does not have is asked of none of them."""
    if header is None or not isinstance(schema, dict):
        return schema
    required = schema.get("required")
    kept: list[Json] = [name for name in required if name in header] if isinstance(required, list) else []
    return {**schema, "required": kept}
