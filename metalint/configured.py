"""The program as a library, a further part: which configuration a file has, its schema, a first one. Never prints."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from metalint.config.errors import ConfigError
from metalint.config.find import NAMES, configured
from metalint.config.governing import Governing, absolute
from metalint.config.load import Config, Override
from metalint.config.schema import schema
from metalint.jobs import Jobs
from metalint.model import Json, Texts
from metalint.run import CannotRun, Options

DEFAULTS: Mapping[str, Json] = {
    "root": False,
    "lang": None,
    "platform": None,
    "encoding": None,
    "exclude": [],
    "rules": [],
    "select": [],
    "ignore": [],
    "fail-on": "error",
}


_BY_FILE = ("severity", "options", "platform")  # of an override: left out of the first example


class Value(NamedTuple):
    """A value that holds; `path` and `line` say where it is said: none is a default, no line an option."""

    key: str
    value: Json
    path: str = ""
    line: int = 0


class Held(NamedTuple):
    """An override that holds for the file, or whose day is past."""

    path: str
    line: int
    data: Json
    expired: bool


class Shown(NamedTuple):
    """What holds for a file: the configuration and what it builds on, its values, its overrides, its side file."""

    path: str
    files: tuple[str, ...]
    excluded: bool
    values: tuple[Value, ...]
    overrides: tuple[Held, ...]
    side: str | None


def show(path: str, options: Options) -> Shown:
    """Return what holds for a file or a folder, proven as for a check. Raises CannotRun."""
    place = absolute(path)
    if not os.path.lexists(place):
        raise CannotRun(Texts(f"沒有這個檔案或資料夾：{path}", f"no such file or folder: {path}"))
    inside = place / "_" if place.is_dir() else place
    excluded = Jobs(options, [path]).of(str(inside)) is None
    governing = Governing(options.config, isolated=options.isolated)
    try:
        config, side = governing.of(inside.parent), governing.side(inside.parent)
    except ConfigError as error:
        raise CannotRun(error.texts, error.excerpt) from error
    from metalint.config.document import shown_as

    return Shown(
        path,
        tuple(document.path for document in config.documents) if config is not None else (),
        excluded,
        tuple(_values(config, options)),
        tuple(_overrides(config, inside, whole=place.is_dir(), options=options)) if config is not None else (),
        shown_as(side) if side is not None else None,
    )


def schema_text(lang: str) -> str:
    """Return the JSON Schema of configuration files."""
    return json.dumps(schema(lang), ensure_ascii=False, indent=2) + "\n"


def init(lang: str) -> str:
    """Write a first configuration into this folder and return its name. Raises CannotRun where there is one."""
    name = NAMES[0]
    there = configured(Path())
    if there:
        zh, en = f"已有設定檔 {there[0]}，沒有覆寫", f"there is {there[0]} already; nothing was written"
        raise CannotRun(Texts(zh, en))
    try:
        with Path(name).open("x", encoding="utf-8", newline="\n") as file:
            file.write(commented(lang))
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotRun(Texts(f"{name}：無法寫入：{why}", f"{name}: cannot be written: {why}")) from error
    return name


def commented(lang: str) -> str:
    """Return a configuration in which every key stands with its description, as a comment."""
    zh = lang == "zh-TW"
    head = (
        "metalint 的設定；刪除行首的 # 即可使用。" if zh else "Configuration of metalint; take a # away to use a key."
    )
    tail = (
        "metalint config show FILE 看各檔案用哪些值。"
        if zh
        else "`metalint config show FILE` says what holds for a file."
    )
    lines = [f"# {head}", f"# {tail}"]
    keys = _part(schema(lang)["properties"])
    tables = []
    for name, key in keys.items():
        described = _part(key)
        if name == "$schema":
            continue
        if described["type"] == "object" or name == "overrides":
            tables.append((name, described))
            continue
        lines += ["", f"# {described['description']}", f"# {name} = {_toml(_example(described))}"]
    for name, described in tables:
        lines += ["", f"# {described['description']}"]
        lines += _table(name, described)
    return "\n".join(lines) + "\n"


def _table(name: str, described: Mapping[str, Json]) -> Iterator[str]:
    example = _example(described)
    if name == "overrides":
        yield "# [[overrides]]"
        for key, one in _part(_part(described["items"])["properties"]).items():
            if "examples" in _part(one) and key not in _BY_FILE:
                yield f"# {key} = {_toml(_example(_part(one)))}  # {_part(one)['description']}"
    elif isinstance(example, dict):
        for key, value in example.items():
            if isinstance(value, dict):
                yield f"# [{name}.{_toml(key)}]"
                yield from (f"# {param} = {_toml(one)}" for param, one in value.items())
            else:
                yield f"# [{name}]"
                yield f"# {_toml(key)} = {_toml(value)}"
    else:
        yield f"# [{name}]"
        for key, one in _part(described["properties"]).items():
            yield f"# {key} = {_toml(_example(_part(one)))}  # {_part(one)['description']}"


def _example(described: Mapping[str, Json]) -> Json:
    examples = described.get("examples")
    return examples[0] if isinstance(examples, list) else None


def _toml(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)  # texts, lists, true and numbers are written alike


def _part(value: Json) -> Mapping[str, Json]:
    assert isinstance(value, dict)
    return value


def _values(config: Config | None, options: Options) -> Iterator[Value]:
    """Yield all values: what an option says, else the configuration, else the default."""
    asked: dict[str, Json] = {
        "lang": options.lang,
        "platform": options.platform,
        "encoding": options.encoding,
        "select": list(options.select),
        "ignore": list(options.ignore),
        "exclude": list(options.exclude),
        "rules": list(options.rule_dirs),
    }
    said = config.said if config is not None else {}
    for key, default in DEFAULTS.items():
        if asked.get(key):
            yield Value(key, asked[key], "--rules" if key == "rules" else f"--{key}")
        elif (key,) not in said:
            yield Value(key, default)
    for pointer, one in said.items():
        key = str(pointer[0])
        if not asked.get(key):
            name = key + "".join(f".{_quoted(str(step))}" for step in pointer[1:])
            yield Value(name, one.value, one.document.path, one.document.line(one.pointer))


def _quoted(step: str) -> str:
    return step if step.replace("-", "").replace("_", "").isalnum() and step.isascii() else _toml(step)


def _overrides(config: Config, place: Path, *, whole: bool, options: Options) -> Iterator[Held]:
    """Yield the overrides that hold for a file; of a folder, all."""
    from datetime import date

    from metalint.config.patterns import relative

    today = options.today or date.today()  # noqa: DTZ011  the day where the user is
    for one in config.overrides:
        name = relative(place, one.document.folder)
        if whole or not one.files or any(pattern.fullmatch(name) for pattern in one.files):
            expired = one.expires is not None and one.expires < today
            yield Held(one.document.path, one.document.line(one.pointer), _data(one), expired)


def _data(override: Override) -> Json:
    listed = override.document.data["overrides"]
    assert isinstance(listed, list)
    return listed[int(override.pointer[1])]
