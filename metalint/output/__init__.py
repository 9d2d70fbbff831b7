"""Problems to text: one module, one format; what a run does not need is not imported."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from metalint.model import Extras
from metalint.output.settings import Render, Settings
from metalint.report import Report

__all__ = ["FORMATS", "Form", "Settings", "render"]


class Form(NamedTuple):
    """An output format: the module and function that write it, and what problems must carry for it.

    `explained`: it tells the reasons of rules; `summaries`: their demands; `machine`: it is no text for people.
    """

    module: str
    function: str = "render"
    extras: Extras = Extras(excerpts=False)
    explained: bool = False
    summaries: bool = False
    machine: bool = True


FORMATS = {
    "full": Form("full", extras=Extras(), explained=True, machine=False),
    "concise": Form("concise", machine=False),
    "grouped": Form("grouped", machine=False),
    "json": Form("json_"),
    "jsonl": Form("json_", "render_lines"),
    "sarif": Form("sarif", extras=Extras(excerpts=False, edits=True, digests=True), explained=True),
    "github": Form("github"),
    "gitlab": Form("gitlab", extras=Extras(excerpts=False, digests=True)),
    "junit": Form("xml", "junit"),
    "checkstyle": Form("xml", "checkstyle"),
    "rdjsonl": Form("rdjsonl", extras=Extras(edits=True)),
    "markdown": Form("markdown", summaries=True),
    "csv": Form("table"),
    "html": Form("html_", extras=Extras(), explained=True),
}


def render(name: str, report: Report, settings: Settings) -> Iterator[str]:
    """Yield a report in a format."""
    form = FORMATS[name]
    function: Render = getattr(import_module(f"metalint.output.{form.module}"), form.function)
    yield from function(report, settings)
