"""The formats of usage: one module and one function each, imported when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from metalint.output.settings import Settings
from metalint.usage.result import Usage

_FORMATS = {
    "table": ("usage_text", "table"),
    "markdown": ("usage_text", "markdown"),
    "csv": ("usage_data", "table"),
    "json": ("usage_data", "whole"),
    "xlsx": ("usage_data", "book"),
    "html": ("usage_html", "page"),
}


def render(name: str, usage: Usage, settings: Settings, by: str) -> Iterator[str | bytes]:
    """Yield usage in a format; `by` is what its main table is of. Raises CannotRun where a package is missing."""
    module, function = _FORMATS[name]
    pieces: Iterator[str | bytes] = getattr(import_module(f"metalint.output.{module}"), function)(usage, settings, by)
    yield from pieces
