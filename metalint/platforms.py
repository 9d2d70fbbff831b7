"""What platforms demand, and what they call metalint's fields: their folders of `rules/platforms/`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from metalint import datafiles
from metalint.datafiles import DataError
from metalint.fields import FIELDS, SPLITS, Place
from metalint.model import Json, Pointer, Severity, Texts

_KEYS = ("name", "summary", "source", "fields", "table", "records", "recognise", "severity", "unknown-keys")
UNKNOWN = "unknown"  # the platform of a file that no platform recognises


class PlatformError(Exception):
    """A platform folder that cannot be used: the file's name and the reason."""


@dataclass(frozen=True)
class Platform:
    """What one portal or standard calls things, and what it demands of a record."""

    name: str
    summary: Texts
    source: tuple[str, ...]
    fields: Mapping[str, tuple[Place, ...]]
    table: bool = False
    records: tuple[Pointer, ...] = ()
    keys: frozenset[str] = frozenset()
    must: tuple[frozenset[str], ...] = ()
    envelope: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    report_unknown: bool = False
    schema_path: Path | None = None

    @cached_property
    def schema(self) -> Json:
        """The JSON Schema of one raw record; `True` (everything passes) where the platform has none."""
        if self.schema_path is None or not self.schema_path.is_file():
            return True
        value: Json = json.loads(self.schema_path.read_text("utf-8-sig"))
        return value

    @cached_property
    def known_keys(self) -> frozenset[str]:
        """The top-level keys that the platform's fields or schema name."""
        named = {str(place.pattern[0]) for places in self.fields.values() for place in places}
        schema = self.schema
        properties = schema.get("properties") if isinstance(schema, dict) else None
        return frozenset(named | set(properties if isinstance(properties, dict) else ()))

    @cached_property
    def inner_keys(self) -> Mapping[str, frozenset[str]]:
        """The keys that the fields or the schema name in the items of a list, by the list's key."""
        named: dict[str, set[str]] = {}
        for pattern in (place.pattern for places in self.fields.values() for place in places):
            if len(pattern) > 2 and pattern[1] == "*":
                named.setdefault(str(pattern[0]), set()).add(str(pattern[2]))
        schema = self.schema
        lists = schema.get("properties") if isinstance(schema, dict) else None
        for key, part in lists.items() if isinstance(lists, dict) else ():
            item = part.get("items") if isinstance(part, dict) else None
            if isinstance(item, dict) and isinstance(schema, dict):
                reference, defs = str(item.get("$ref", "")), schema.get("$defs")
                item = defs.get(reference.removeprefix("#/$defs/"), item) if isinstance(defs, dict) else item
            properties = item.get("properties") if isinstance(item, dict) else None
            if isinstance(properties, dict) and key in named:
                named[key].update(properties)
        return {key: frozenset(keys) for key, keys in named.items()}


def load(folders: Sequence[Path]) -> tuple[Platform, ...]:
    """Return the platforms of the folders, by name; a later folder's platform replaces one of the same name.

    Raises PlatformError for a folder that cannot be used.
    """
    found: dict[str, Platform] = {}
    for folder in folders:
        if not folder.is_dir():
            raise PlatformError(f"{folder}: no such folder")
        single = (folder / "platform.yaml").is_file()
        try:
            described = datafiles.read(folder, "platform.yaml" if single else "*/platform.yaml")
        except DataError as error:
            raise PlatformError(str(error)) from error
        if not described:
            raise PlatformError(f"{folder}: no platform.yaml in it, nor in a folder of it")
        for file, data in described.items():
            platform = _platform(folder / file, data)
            found[platform.name] = platform
    return tuple(found[name] for name in sorted(found))


def _platform(path: Path, data: Any) -> Platform:
    if not isinstance(data, dict):
        raise PlatformError(f"{path}: a mapping with name, summary, source and fields is wanted")
    try:
        for key in data:
            if key not in _KEYS:
                raise PlatformError(f"{path}: {key}: unknown key; there are: {', '.join(_KEYS)}")
        _prove_shape(data)
        recognise = data.get("recognise") or {}
        unknown = sorted(map(str, set(data["fields"]) - set(FIELDS)))
        if unknown:
            raise PlatformError(
                f"{path}: fields: {', '.join(unknown)} is no field of metalint; the fields are: {', '.join(FIELDS)}"
            )
        return Platform(
            name=_name(data.get("name") or path.parent.name),
            summary=_summary(data["summary"]),
            source=_listed(data["source"], "source"),
            fields={name: _field(name, value) for name, value in data["fields"].items()},
            table=bool(data.get("table")),
            records=tuple(map(parse_pointer, _listed(data.get("records") or [], "records"))),
            keys=frozenset(_listed(recognise.get("keys") or [], "recognise: keys")),
            must=tuple(frozenset(_listed(group, "recognise: must")) for group in recognise.get("must") or ()),
            envelope=frozenset(_listed(recognise.get("envelope") or [], "recognise: envelope")),
            severity=_severities(data.get("severity") or {}),
            report_unknown=data.get("unknown-keys") == "report",
            schema_path=path.parent / "schema.json",
        )
    except KeyError as error:
        raise PlatformError(f"{path}: {error.args[0]} is missing or not one of its values") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise PlatformError(f"{path}: not of the shape of a platform ({error})") from error


def exported(platform: Platform, name: str, header: Collection[str] | None) -> bool:
    """Tell whether a file can have a field: a column that a table does not have was not exported, not missed."""
    return any(header is None or place.pattern[0] in header for place in platform.fields.get(name, ()))


def prove(platforms: Sequence[Platform], engine: str) -> None:
    """Raise PlatformError for a platform whose schema cannot be read or is none."""
    from metalint.schemas import compile_schema, refuse_circles

    for platform in platforms:
        try:
            refuse_circles(platform.schema)  # first: an engine may never come back from one
            compile_schema(platform.schema, engine)({})
        except Exception as error:  # a file of anybody's may fail in any way
            raise PlatformError(f"{platform.schema_path}: {' '.join(str(error).split())[:200]}") from error


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"name: {value} is no text")
    return value


def _prove_shape(data: Mapping[str, Any]) -> None:
    if not isinstance(data.get("table", False), bool):
        raise TypeError(f"table: {data['table']} is neither true nor false")
    if data.get("unknown-keys", "report") != "report":
        raise ValueError(f"unknown-keys: {data['unknown-keys']} is not report")
    recognise = data.get("recognise") or {}
    if not isinstance(recognise, dict) or not isinstance(recognise.get("must") or [], list):
        raise TypeError("recognise: {keys: […], must: [[…]], envelope: […]} is wanted")
    if not isinstance(data["fields"], dict) or not data["fields"]:
        raise TypeError("fields: {title: /title, …} is wanted")


def _severities(value: object) -> dict[str, Severity]:
    if not isinstance(value, dict):
        raise TypeError("severity: {title/missing: error, …} is wanted")
    for rule, level in value.items():
        if str(level).upper() not in Severity.__members__:
            raise ValueError(f"severity: {rule}: {level} is none of {', '.join(Severity.__members__).lower()}")
    return {str(rule): Severity[str(level).upper()] for rule, level in value.items()}


def _summary(value: object) -> Texts:
    zh, en = (value.get("zh-TW"), value.get("en")) if isinstance(value, dict) else (None, None)
    if not isinstance(zh, str) or not isinstance(en, str):
        raise TypeError("summary: a text in both languages is wanted: {zh-TW: …, en: …}")
    return Texts(zh, en)


def _listed(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise TypeError(f"{key}: a list of texts is wanted")
    return tuple(value)


def _field(name: str, value: Json) -> tuple[Place, ...]:
    try:
        places = tuple(_places(value))
    except KeyError as error:
        raise ValueError(f"fields: {name}: {error.args[0]} is missing") from error
    except ValueError as error:
        raise ValueError(f"fields: {name}: {error}") from error
    if not places:
        raise ValueError(f"fields: {name}: no place is named")
    return places


def _places(value: Json) -> Iterator[Place]:
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            ats, how = entry["at"], str(entry.get("split") or "")
            if how and how not in SPLITS:
                raise ValueError(f"split: {how} is none of {', '.join(SPLITS)}")
            for text in ats if isinstance(ats, list) else [ats]:
                yield Place(parse_pointer(str(text)), how)
        else:
            yield Place(parse_pointer(str(entry)))


def parse_pointer(text: str) -> Pointer:
    """Return the steps of an RFC 6901 pointer; array indices stay text. Raises ValueError for what is none."""
    if text[:1] != "/":
        raise ValueError(f"{text!r} is no pointer: it begins with /, such as /title")
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:])
