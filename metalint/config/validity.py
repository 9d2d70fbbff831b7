"""A document held against its schema: the first mistake is refused with its place, and with what is near to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from metalint.config.document import Document
from metalint.config.errors import ConfigError
from metalint.model import Json, Pointer
from metalint.ruleset import nearest
from metalint.schemas import SchemaError, compile_schema

_TYPES = {
    "text": ("文字", "text"),
    "number": ("數字", "a number"),
    "integer": ("整數", "a whole number"),
    "boolean": ("true 或 false", "true or false"),
    "list": ("清單", "a list"),
    "object": ("表格（鍵與值）", "a table of keys and values"),
    "null": ("空值", "nothing"),
}
_LIMITS = {
    "minimum": ("至少是", "at least"),
    "maximum": ("至多是", "at most"),
    "min-length": ("至少要有字數", "at least this many characters:"),
    "min-items": ("至少要有項數", "at least this many items:"),
}


def prove(document: Document, schema: Json, data: Json = None, at: Pointer = ()) -> None:
    """Raise ConfigError for what a schema has against a document, or against `data`, its part at `at`."""
    errors = compile_schema(schema)(data if at else dict(document.data))
    if errors:
        raise _error(document, schema, min(errors, key=lambda one: _order(document, one, at)), at)


def _order(document: Document, error: SchemaError, at: Pointer) -> tuple[bool, int, bool]:
    """Return what comes first: a misspelt key, for what misses may be meant by it; then by place."""
    start = document.span((*at, *error.pointer)).start
    return error.keyword != "unknown-key", start, error.keyword != "type"


def _error(document: Document, schema: Json, error: SchemaError, at: Pointer) -> ConfigError:
    pointer, detail = (*at, *error.pointer), error.detail
    name = str(next((step for step in reversed(pointer) if isinstance(step, str)), ""))
    if error.keyword == "unknown-key":
        zh, en = _instead(name, _names(schema, error.pointer[:-1]))
        return document.error(pointer, f"這裡沒有 {name} 這個鍵；{zh}", f"{name} is no key here; {en}", key=True)
    if error.keyword == "required":
        return document.error(pointer[:-1], f"缺少 {name}", f"{name} is missing", key=True)
    if error.keyword == "any-of":
        keys = list(map(str, _listed(detail["alternatives"])))
        zh, en = f"要寫 {'、'.join(keys)} 至少一個", f"one of {', '.join(keys)} is needed"
        return document.error(pointer, zh, en, key=True)
    zh, en = _told(error, name)
    return document.error(pointer, f"{name}：{zh}", f"{name}: {en}")


def _told(error: SchemaError, name: str) -> tuple[str, str]:
    detail = error.detail
    if error.keyword == "type":
        wanted = [_TYPES[str(one)] for one in _listed(detail["wanted"])]
        zh, en = "或".join(one for one, _ in wanted), " or ".join(one for _, one in wanted)
        found = _TYPES[str(detail["found"])]
        return f"要寫{zh}，這裡是{found[0]}", f"{en} is wanted, this is {found[1]}"
    if error.keyword in ("enum", "const"):
        allowed = list(map(str, _listed(detail["allowed"])))
        zh, en = f"沒有 {detail['value']} 這個值", f"there is no {detail['value']}"
        near = detail["nearest"]
        zh += f"；您是否要寫 {near}？" if near else ""
        en += f"; did you mean {near}?" if near else ""
        return f"{zh}（可用：{'、'.join(allowed)}）", f"{en} (there is: {', '.join(allowed)})"
    if error.keyword == "pattern":
        example = detail.get("example", detail["pattern"])
        return f"{detail['value']} 的寫法不對，例如 {example}", f"{detail['value']} is not written like {example}"
    if error.keyword in _LIMITS:
        zh, en = _LIMITS[error.keyword]
        return f"{zh} {detail['limit']}", f"{en} {detail['limit']}"
    return f"{name} 的值不能用（{error.keyword}）", f"its value cannot be used ({error.keyword})"


def _names(schema: Json, pointer: Pointer) -> list[str]:
    """Return the keys that may stand in what a pointer leads to."""
    part = schema
    for step in pointer:
        if isinstance(part, dict) and isinstance(step, int):
            part = part.get("items")
        elif isinstance(part, dict):
            keys = part.get("properties")
            part = keys.get(step) if isinstance(keys, dict) and step in keys else part.get("additionalProperties")
    keys = part.get("properties") if isinstance(part, dict) else None
    return [key for key in keys if key != "$schema"] if isinstance(keys, dict) else []


def _instead(name: str, names: Sequence[str]) -> tuple[str, str]:
    """Return the end of the refusal of a key: the one that was probably meant, or all that there are."""
    en = nearest(name, names)
    if en.startswith("did you mean "):
        return f"您是否要寫 {en.removeprefix('did you mean ').removesuffix('?')}？", en
    return f"可用：{'、'.join(names)}", f"there is: {', '.join(names)}"


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else [value]


def texts(value: Json) -> tuple[str, ...]:
    """Return a text or a list of texts as texts."""
    return tuple(map(str, value)) if isinstance(value, list) else () if value is None else (str(value),)


def table(value: Json) -> Mapping[str, Json]:
    """Return a table, an empty one for nothing."""
    return value if isinstance(value, dict) else {}
