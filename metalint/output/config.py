"""Which configuration a file has, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from metalint.configured import Shown, Value
from metalint.terminal import paint, safe, width


def render(one: Shown, lang: str, *, color: bool) -> Iterator[str]:
    """Yield what holds for a file, each value with where it is said."""
    zh = lang == "zh-TW"
    yield paint(safe(one.path), "bold", on=color) + "\n"
    if one.files:
        yield f"  {'設定檔' if zh else 'configuration'}: {safe(one.files[0])}\n"
        for base in one.files[1:]:
            yield f"  {'沿用' if zh else 'extends'}: {safe(base)}\n"
    else:
        yield "  " + ("沒有設定檔" if zh else "no configuration") + "\n"
    if one.side is not None:
        yield f"  {'例外' if zh else 'suppressions'}: {safe(one.side)}\n"
    if one.excluded:
        yield "  " + ("這個檔案略過不檢查（exclude）" if zh else "this file is left out (exclude)") + "\n"
    yield "\n"
    rows = [(f"{value.key} = {_written(value)}", _origin(value, zh=zh)) for value in one.values]
    longest = max((width(safe(text)) for text, _ in rows), default=0)
    for text, origin in rows:
        shown = safe(text)
        yield f"  {shown}{' ' * (longest - width(shown) + 2)}{paint(safe(origin), 'dim', on=color)}\n"
    for held in one.overrides:
        past = ("（已過期）" if zh else " (past its day)") if held.expired else ""
        yield f"\n  overrides  {paint(safe(f'{held.path}:{held.line}'), 'dim', on=color)}{past}\n"
        for key, value in held.data.items() if isinstance(held.data, dict) else ():
            yield safe(f"    {key} = {json.dumps(value, ensure_ascii=False)}") + "\n"


def as_data(one: Shown) -> dict[str, object]:
    """Return it as plain data."""
    return {
        "path": one.path,
        "files": list(one.files),
        "side": one.side,
        "excluded": one.excluded,
        "values": [value._asdict() for value in one.values],
        "overrides": [held._asdict() for held in one.overrides],
    }


def _written(value: Value) -> str:
    return json.dumps(value.value, ensure_ascii=False) if value.value is not None else "–"


def _origin(value: Value, *, zh: bool) -> str:
    if value.line:
        return f"{value.path}:{value.line}"
    return value.path or ("預設" if zh else "default")
