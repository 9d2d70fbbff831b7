"""A table of an audit's page: it stands there whole, and what is wider than the page scrolls by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from metalint.audit.result import Summary
from metalint.output.audit_html_top import text
from metalint.output.audit_html_words import WORDS
from metalint.output.audit_words import method_parts
from metalint.output.settings import Settings


class Column(NamedTuple):
    """A column: its head, and what it is: `n` a number, `x` left out where there is little room."""

    head: str
    kind: str = ""


def table(
    name: str, label: str, columns: Iterable[Column], rows: Iterable[Iterable[str]], kind: str = ""
) -> Iterator[str]:
    """Yield a table whose cells are HTML; a cell that begins with `<td` stands as it is."""
    columns = list(columns)
    high = " high" if "long" in kind else ""
    yield f'<div class="wide{high}" role="region" aria-label="{text(label)}" tabindex="0">'
    yield f'<table id="{name}" class="{kind}">'
    yield "<thead><tr>"
    yield from (f'<th scope="col" class="{one.kind}">{one.head}</th>' for one in columns)
    yield "</tr></thead>\n<tbody>\n"
    for row in rows:
        yield "<tr>"
        for column, cell in zip(columns, row, strict=True):
            own = cell.startswith("<td")
            yield cell if own else f'<td class="{column.kind}">{cell}</td>' if column.kind else f"<td>{cell}</td>"
        yield "</tr>\n"
    yield "</tbody></table></div>\n"


def opened(name: str, settings: Settings, lead: str = "") -> str:
    """Return the beginning of a section: its heading, and the sentence named `lead`."""
    words = WORDS[settings.lang]
    return f'<section id="{name}">\n<h2>{words[name]}</h2>\n' + (f"<p>{words[lead]}</p>\n" if lead else "")


def method_head(summary: Summary, index: int, lang: str) -> str:
    """Return the head of a method's column: its name, and its version, which is not broken."""
    name, version = method_parts(summary, index, lang)
    return f'<span class="method">{text(name)} <small class="version">{text(version)}</small></span>'
