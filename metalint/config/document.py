"""A file that people write for metalint, as data that knows where everything stands: TOML or YAML."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from metalint import frames
from metalint.config.errors import ConfigError
from metalint.config.find import PROJECT
from metalint.formats import spans
from metalint.model import UNREAD, Fault, Json, Pointer, Slice, Span, Texts

if TYPE_CHECKING:
    from metalint.config.places import Place

_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")
# What tomllib says most often, by how it begins.
_TOML_WORDS = {
    "Expected '=' after a key": "鍵之後要有等號（=）",
    "Expected newline or end of document": "這一行的值之後還有別的內容",
    "Invalid value": "值不對；文字要加引號",
    "Invalid initial character for a key": "這裡應是鍵；鍵含有 / 等符號時要加引號",
    "Unclosed array": "清單沒有結尾的 ]",
    "Unclosed inline table": "{ 沒有結尾的 }",
    "Unterminated string": "文字沒有結尾的引號",
    'Expected "\'"': "文字沒有結尾的引號",
    'Expected \'"""\'': "文字沒有結尾的引號",
    "Illegal character": "有不允許的字元（例如文字在行尾之前沒有結尾的引號）",
    "Cannot overwrite a value": "同一個鍵寫了兩次",
    "Cannot declare": "同一個表格寫了兩次",
    "Expected ']'": "表格名稱沒有結尾的 ]",
    "Unescaped '\\'": "反斜線要寫成 \\\\，或改用單引號",
}


@dataclass(frozen=True)
class Document:
    """A file's text and data. `path` is how it is called; `top` is where metalint's part begins."""

    path: str
    file: Path
    text: str
    data: Mapping[str, Json]
    top: Pointer = ()

    @property
    def folder(self) -> Path:
        """Where it lies: what its paths and patterns are relative to."""
        return self.file.parent

    def span(self, pointer: Pointer, *, key: bool = False) -> Span:
        """Return where a value (or its key) stands; of what is not there, what it would stand in."""
        whole = (*self.top, *pointer)
        while whole and whole not in self._places:
            whole, key = whole[:-1], True
        if not whole:
            return Span(0, 0, 1, 1, 1, 1)
        place = self._places[whole]
        stretch = place.key if key and place.key is not None else place.value
        return spans.span(Slice(1, self.text), stretch.start, stretch.end)

    def line(self, pointer: Pointer) -> int:
        """Return the line of a value's key."""
        return self.span(pointer, key=True).line

    def error(self, pointer: Pointer, zh: str, en: str, *, key: bool = False) -> ConfigError:
        """Return the refusal of a value (or its key), with its place and its line."""
        return refusal(self.path, self.text, self.span(pointer, key=key), zh, en)

    @cached_property
    def _places(self) -> Mapping[Pointer, Place]:
        if self.file.suffix == ".toml":
            from metalint.config.toml_places import places as of_toml

            return of_toml(self.text)
        from metalint.config.yaml_places import places as of_yaml

        return of_yaml(self.text)


def read(file: Path) -> Document:
    """Return a file of configuration or suppressions as data; an empty one says nothing. Raises ConfigError."""
    shown = shown_as(file)
    try:
        raw = file.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise ConfigError(Texts(f"{shown}：無法開啟：{why}", f"{shown}: cannot be opened: {why}")) from error
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        zh, en = f"{shown}:{line}:1：不是 UTF-8 文字", f"{shown}:{line}:1: this is no UTF-8 text"
        raise ConfigError(Texts(zh, en)) from error
    if file.suffix == ".toml":
        data, top = _toml(shown, text), ("tool", "metalint") if file.name == PROJECT else ()
        for step in top:
            data = data.get(step, {})  # type: ignore[assignment]  # tables, or refused below
            if not isinstance(data, dict):
                data = {}
        return Document(shown, file, text, data, top)
    return Document(shown, file, text, _yaml(shown, text))


def shown_as(file: Path) -> str:
    """Return how a file is called: relative to the folder at hand if it lies in there."""
    relative = os.path.relpath(file)
    return str(file) if relative.startswith(os.pardir) else relative.replace(os.sep, "/")


def refusal(path: str, text: str, span: Span, zh: str, en: str) -> ConfigError:
    """Return the refusal of a stretch of a file."""
    place = f"{path}:{span.line}:{span.column}"
    return ConfigError(Texts(f"{place}：{zh}", f"{place}: {en}"), frames.excerpt(text, span))


def _toml(path: str, text: str) -> Mapping[str, Json]:
    try:
        return {key: _plain(value) for key, value in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _TOML_PLACE.search(said)
        why = said[: place.start()] if place is not None else said
        zh = next((words for start, words in _TOML_WORDS.items() if why.startswith(start)), why)
        lines = text.split("\n")
        line, column = (
            (int(place[1]), int(place[2])) if place is not None and place[1] else (len(lines), len(lines[-1]) + 1)
        )
        start = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
        span = Span(start, start + 1, line, column, line, column + 1)
        raise refusal(path, text, span, f"不是正確的 TOML：{zh}", f"no TOML: {why[:1].lower()}{why[1:]}") from error
    except RecursionError as error:
        raise ConfigError(Texts(f"{path}：巢狀太深", f"{path}: nested too deep")) from error


def _plain(value: object) -> Json:
    """Return a value as JSON has it: dates are texts."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    assert value is None or isinstance(value, (bool, int, float, str))
    return value


def _yaml(path: str, text: str) -> Mapping[str, Json]:
    import metalint.formats.yaml_ as yaml_format
    from metalint.formats.yaml_documents import documents

    piece = Slice(1, text)
    value, faults = yaml_format.parse(piece)
    if faults:
        raise _yaml_error(path, text, faults[0])
    second = [document.line for document in documents(iter([text]))][1:]
    if second:
        line = second[0]
        span = Span(0, 0, line, 1, line, 1)
        en = "a second document begins here; one is read: take the line --- out"
        raise refusal(path, text.split("\n", line - 1)[-1], span, "這裡開始第二份文件；只能有一份：刪除 ---", en)
    if value is None or value is UNREAD:
        return {}
    if not isinstance(value, dict):
        en = "keys with values are wanted here"
        raise refusal(path, text, yaml_format.locate(piece, ()), "這裡要寫鍵與值", en)
    return value


def _yaml_error(path: str, text: str, fault: Fault) -> ConfigError:
    from metalint.lexicon import Lexicon
    from metalint.messages import Sayings
    from metalint.shipped import shipped

    if fault.kind == "duplicate-key":
        key, line = fault.detail["key"], fault.detail["first_line"]
        en = f"the key {key} stands on line {line} already"
        return refusal(path, text, fault.span, f"鍵 {key} 在第 {line} 行已經寫過", en)
    if fault.kind != "unreadable":
        value = fault.detail.get("value", fault.detail.get("code", ""))
        return refusal(path, text, fault.span, f"不能寫 {value}", f"{value} has no meaning here")
    lexicon = Lexicon((shipped("vocab"),))
    zh, en = (Sayings(lang, lexicon).unreadable(fault.detail) for lang in ("zh-TW", "en"))
    return refusal(path, text, fault.span, f"不是正確的 YAML：{zh}", f"no YAML: {en}")
