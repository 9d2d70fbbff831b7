"""Problems to text: one module, one format, one function."""

from __future__ import annotations

from collections.abc import Mapping

from metalint.output import concise, full, json_
from metalint.output.settings import Render, Settings

__all__ = ["FORMATS", "Settings"]

FORMATS: Mapping[str, Render] = {
    "full": full.render,
    "concise": concise.render,
    "json": json_.render,
    "jsonl": json_.render_lines,
}
