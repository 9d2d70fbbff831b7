"""A configuration: what one file says, with what it builds on (`extends`), and where each value stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from metalint.config.document import Document, read, shown_as
from metalint.config.errors import ConfigError
from metalint.config.patterns import file_pattern, pointer_pattern, record_pattern
from metalint.config.schema import LEVELS, schema
from metalint.config.validity import prove, table, texts
from metalint.model import Json, Pointer, Severity, Texts

_TABLES = {"severity": 1, "options": 2, "baseline": 1, "fix": 1}  # how deep values stand that are said one by one


class Said(NamedTuple):
    """A value, and where it is said."""

    value: Json
    document: Document
    pointer: Pointer


class Override(NamedTuple):
    """What holds for some files, records or values only; `ignore` holds their problems back, with a reason."""

    document: Document
    pointer: Pointer
    files: tuple[re.Pattern[str], ...]
    records: tuple[re.Pattern[str], ...]
    pointers: tuple[Pointer, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severity: Mapping[str, Severity]
    options: Mapping[str, Json]
    platform: str | None
    reason: str
    expires: date | None

    @property
    def by_file(self) -> bool:
        """Whether it means whole files."""
        return not (self.records or self.pointers)


class Config(NamedTuple):
    """What one file says and what it builds on. `said` has the values that hold, by key (`("options", rule, param)`).

    `documents` begins with the file itself; `overrides` are those of all, in the order in which they are applied.
    """

    documents: tuple[Document, ...]
    said: Mapping[Pointer, Said]
    overrides: tuple[Override, ...]

    @property
    def file(self) -> Path:
        """The file that was found, or named."""
        return self.documents[0].file

    def text(self, key: str) -> str | None:
        """Return a value that is a text."""
        said = self.said.get((key,))
        return str(said.value) if said is not None else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a value that is a list of texts."""
        said = self.said.get((key,))
        return texts(said.value) if said is not None else ()

    def table(self, name: str) -> Mapping[str, Json]:
        """Return the values of a table, by their keys."""
        return {str(key[1]): said.value for key, said in self.said.items() if key[0] == name and len(key) == 2}

    @property
    def options(self) -> Mapping[str, Mapping[str, Json]]:
        """The params of rules, by rule."""
        found: dict[str, dict[str, Json]] = {}
        for key, said in self.said.items():
            if key[0] == "options":
                found.setdefault(str(key[1]), {})[str(key[2])] = said.value
        return found

    @property
    def severity(self) -> Mapping[str, Severity]:
        """How much rules or families weigh."""
        return severities(self.table("severity"))

    @property
    def root(self) -> bool:
        """Whether nothing above its folder is looked for."""
        said = self.said.get(("root",))
        return said is not None and said.value is True

    @property
    def rule_dirs(self) -> tuple[str, ...]:
        """The folders of rules, from where they are said."""
        said = self.said.get(("rules",))
        return tuple(str(said.document.folder / one) for one in texts(said.value)) if said is not None else ()

    @property
    def baseline(self) -> Path | None:
        """The file of the problems that are known."""
        said = self.said.get(("baseline", "file"))
        return said.document.folder / str(said.value) if said is not None else None

    @property
    def safe_fixes(self) -> tuple[str, ...]:
        """Rules, or families, whose fixes count as safe."""
        return texts(self.table("fix").get("safe"))

    @property
    def unsafe_fixes(self) -> tuple[str, ...]:
        """Rules, or families, whose fixes need a look."""
        return texts(self.table("fix").get("unsafe"))


def load(file: Path) -> Config:
    """Return what a configuration file says, its keys and types proven; names are not: see `names`.

    Raises ConfigError.
    """
    documents = tuple(_documents(file, ()))
    said: dict[Pointer, Said] = {}
    overrides: list[Override] = []
    for document in reversed(documents):
        for pointer, value in _values(document.data, ()):
            said[pointer] = Said(value, document, pointer)
        listed = document.data.get("overrides")
        overrides += [_override(document, number) for number in range(len(listed) if isinstance(listed, list) else 0)]
    if ("root",) in said and said["root",].document is not documents[0]:
        del said["root",]  # where a search ends is said by the file that it finds
    return Config(documents, said, tuple(overrides))


def severities(value: Mapping[str, Json]) -> Mapping[str, Severity]:
    """Return what a table of severities says."""
    return {rule: Severity[str(level).upper()] for rule, level in value.items() if level in LEVELS}


def _documents(file: Path, above: tuple[Path, ...]) -> Iterator[Document]:
    """Yield a file and what it builds on, the nearer first."""
    document = read(file)
    prove(document, schema("en"))
    yield document
    extends = document.data.get("extends")
    for number, name in reversed(list(enumerate(texts(extends)))):
        pointer = ("extends", number) if isinstance(extends, list) else ("extends",)
        base = (document.folder / name).resolve()
        way = (*above, file.resolve())
        if base in way:
            circle = " → ".join(shown_as(one) for one in (*way[way.index(base) :], base))
            raise document.error(pointer, f"繞了一圈：{circle}", f"goes round in a circle: {circle}")
        if not base.is_file():
            raise document.error(pointer, f"沒有這個檔案：{name}", f"no such file: {name}")
        yield from _documents(base, way)


def _values(data: Mapping[str, Json], above: Pointer) -> Iterator[tuple[Pointer, Json]]:
    """Yield the values of a file by their keys; a table's one by one."""
    for key, value in data.items():
        pointer = (*above, key)
        if isinstance(value, dict) and len(above) < _TABLES.get(str(pointer[0]), 0):
            yield from _values(value, pointer)
        elif pointer[0] not in ("overrides", "extends", "$schema"):
            yield pointer, value


def _override(document: Document, number: int) -> Override:
    pointer: Pointer = ("overrides", number)
    listed = document.data["overrides"]
    data = table(listed[number] if isinstance(listed, list) else None)
    pointers = []
    for at, text in enumerate(texts(data.get("pointers"))):
        try:
            pointers.append(pointer_pattern(text))
        except ValueError:
            zh, en = f"{text} 不是 JSON Pointer：要以 / 開頭，例如 /title", f"{text} is no JSON Pointer, such as /title"
            raise document.error((*pointer, "pointers", at), zh, en) from None
    if "records" in data or "pointers" in data:
        for key in ("select", "options", "platform"):
            if key in data:
                zh = f"{key} 只能依檔案（files）；依紀錄或欄位可用 ignore、severity"
                en = f"{key} can differ by file only; by records and pointers, ignore and severity can"
                raise document.error((*pointer, key), zh, en, key=True)
    return Override(
        document,
        pointer,
        tuple(file_pattern(glob) for glob in texts(data.get("files"))),
        tuple(record_pattern(text) for text in texts(data.get("records"))),
        tuple(pointers),
        texts(data.get("select")),
        texts(data.get("ignore")),
        severities(table(data.get("severity"))),
        table(data.get("options")),
        str(data["platform"]) if "platform" in data else None,
        str(data.get("reason", "")),
        day(document, (*pointer, "expires"), data.get("expires")),
    )


def day(document: Document, pointer: Pointer, value: Json) -> date | None:
    """Return a day, `None` for nothing. Raises ConfigError for a day that no calendar has."""
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        zh, en = f"曆法裡沒有 {value} 這一天", f"no calendar has the day {value}"
        raise document.error(pointer, zh, en) from error


def one_of(files: tuple[Path, ...]) -> Path:
    """Return the configuration file of a folder. Raises ConfigError if there are several."""
    if len(files) > 1:
        names = [shown_as(one) for one in files]
        zh = f"同一個資料夾有 {len(names)} 個設定檔，只能留一個：{'、'.join(names)}"
        raise ConfigError(
            Texts(zh, f"{len(names)} configuration files in one folder: {', '.join(names)}; keep one of them")
        )
    return files[0]
