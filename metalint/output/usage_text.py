"""Usage for people: aligned tables for a terminal, and Markdown for a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from metalint.output import usage_lists, usage_words
from metalint.output.markdown import inert
from metalint.output.settings import Settings
from metalint.output.sheets import Value
from metalint.output.usage_columns import Column, Listing
from metalint.terminal import cut, paint, safe, width
from metalint.usage.result import Usage

_LEAST = 10  # cells that a column of text keeps
_BETWEEN = 2
_TOP = 10  # rows of a table, unless --top says otherwise


def table(usage: Usage, settings: Settings, by: str) -> Iterator[str]:
    """Yield what was counted, the main table and, of datasets, those beside it; cut to the width, 0 for none."""
    for number, sentence in enumerate(usage_words.head(usage, settings.lang)):
        yield (paint(safe(sentence), "bold", on=settings.color) if not number else safe(sentence)) + "\n"
    listings = _shown(usage, settings, by)
    for listing in listings:
        yield "\n" + paint(listing.title, "bold", on=settings.color) + "\n"
        if listing.note:
            yield listing.note + "\n"
        yield from _aligned(listing, settings)
    yield from _hint(listings, settings)


def markdown(usage: Usage, settings: Settings, by: str) -> Iterator[str]:
    """Yield a heading, what was counted, and the tables."""
    zh = settings.lang == "zh-TW"
    yield "## 使用統計\n\n" if zh else "## Usage\n\n"
    yield "".join(f"- {inert(sentence)}\n" for sentence in usage_words.head(usage, settings.lang))
    for listing in _shown(usage, settings, by):
        yield f"\n### {listing.title}\n\n"
        yield f"{inert(listing.note)}\n\n" if listing.note else ""
        yield "| " + " | ".join(column.head for column in listing.columns) + " |\n"
        yield "| " + " | ".join("---" if column.kind == "text" else "---:" for column in listing.columns) + " |\n"
        for row in islice(listing.rows(), _most(listing, settings)):
            cells = zip(row, listing.columns, strict=True)
            yield "| " + " | ".join(inert(figure(value, column.kind)) for value, column in cells) + " |\n"
        yield from _rest(listing, settings, before="\n")


def figure(value: Value, kind: str) -> str:
    """Return a value as people read it; what is not known is a dash."""
    if isinstance(value, str):
        return safe(value)
    if value is None:
        return "—"
    sign = "+" if kind in ("change", "share") and value > 0 else ""
    return f"{sign}{value:,.1f}%" if kind == "share" else f"{sign}{value:,}"


def _shown(usage: Usage, settings: Settings, by: str) -> list[Listing]:
    main = usage_lists.by(usage, by, settings.lang)
    return [main, *usage_lists.more(usage, settings.lang)] if by == "dataset" else [main]


def _most(listing: Listing, settings: Settings) -> int | None:
    """Return how many rows are shown, `None` for all: of years and months all, unless the number is asked for."""
    if settings.max_problems is None:
        return None if listing.name in ("years", "months") else _TOP
    return settings.max_problems or None


def _aligned(listing: Listing, settings: Settings) -> Iterator[str]:
    """Yield the lines of a table; columns of text give way where it is wider than the terminal."""
    columns = listing.columns
    rows = [
        [figure(value, column.kind) for value, column in zip(row, columns, strict=True)]
        for row in islice(listing.rows(), _most(listing, settings))
    ]
    heads = [column.head.removesuffix("（%）") for column in columns]
    widths = [max(width(line[at]) for line in (heads, *rows)) for at in range(len(columns))]
    _narrow(widths, columns, settings.width)
    yield paint(_line(heads, columns, widths), "bold", on=settings.color) + "\n"
    for row in rows:
        yield _line(row, columns, widths, on=settings.color) + "\n"
    yield from _rest(listing, settings)


def _narrow(widths: list[int], columns: Sequence[Column], room: int) -> None:
    """Take from the widest columns of text until the table fits, or none of them can give more."""
    texts = [at for at, column in enumerate(columns) if column.kind == "text"]
    while room and texts and sum(widths) + _BETWEEN * (len(widths) - 1) > room:
        widest = max(texts, key=lambda at: widths[at])
        if widths[widest] <= _LEAST:
            return
        widths[widest] -= 1


def _line(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int], *, on: bool = False) -> str:
    made = []
    for cell, column, cells_wide in zip(cells, columns, widths, strict=True):
        shown = cut(cell, cells_wide)
        room = " " * (cells_wide - width(shown))
        color = {"-": "bad", "+": "good"}.get(cell[:1], "") if column.kind in ("change", "share") else ""
        shown = paint(shown, color, on=on) if color else shown
        made.append(shown + room if column.kind == "text" else room + shown)
    return (" " * _BETWEEN).join(made).rstrip()


def _rest(listing: Listing, settings: Settings, before: str = "") -> Iterator[str]:
    """Yield how many rows are not shown, or that there are none."""
    left = _left(listing, settings)
    if not listing.size:
        yield before + ("（無）" if settings.lang == "zh-TW" else "(none)") + "\n"
    if left > 0:
        yield before + (f"（另有 {left:,} 列）" if settings.lang == "zh-TW" else f"({left:,} more)") + "\n"


def _hint(listings: Sequence[Listing], settings: Settings) -> Iterator[str]:
    """Yield how to see all rows, where some are not shown."""
    if any(_left(listing, settings) > 0 for listing in listings):
        zh = "--top 0 全部列出；-f xlsx:檔名 輸出完整的各表，-f csv:檔名 輸出其中一個（--by、--list）。"
        en = "--top 0 shows all rows; -f xlsx:FILE writes all tables complete, -f csv:FILE one of them (--by, --list)."
        yield "\n" + (zh if settings.lang == "zh-TW" else en) + "\n"


def _left(listing: Listing, settings: Settings) -> int:
    most = _most(listing, settings)
    return listing.size - most if most is not None else 0
