"""What a table of usage is made of, and the columns that several tables have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from metalint.output.sheets import Value
from metalint.usage.result import Change


class Column(NamedTuple):
    """A column: its head, and its kind: `text`, `count`, `change` (more or less), `share` (the same in percent)."""

    head: str
    kind: str = "count"


class Listing(NamedTuple):
    """A table: its name, title and explanation, its columns, how many rows it has, and these, as often as asked."""

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    size: int
    rows: Callable[[], Iterator[Sequence[Value]]]


def named(lang: str) -> tuple[Column, ...]:
    """Return the columns that say which dataset it is."""
    heads = ("資料集名稱", "提供機關") if lang == "zh-TW" else ("dataset", "agency")
    return tuple(Column(head, "text") for head in heads)


def figures(lang: str) -> tuple[Column, ...]:
    """Return the columns of views and downloads."""
    return tuple(map(Column, ("瀏覽次數", "下載次數") if lang == "zh-TW" else ("views", "downloads")))


def changes(lang: str, *, counters: bool = False) -> tuple[Column, ...]:
    """Return the columns of a change of downloads between periods, or of how much more `counters` show at last."""
    heads = ("下載增減", "增減率（%）") if lang == "zh-TW" else ("change", "change (%)")
    if counters:
        heads = ("累計下載增減", "累計增減率（%）") if lang == "zh-TW" else ("counters’ change", "counters’ change (%)")
    return Column(heads[0], "change"), Column(heads[1], "share")


def change_of(change: Change | None) -> list[Value]:
    """Return how much more it is, and in percent: one place behind the point, or as many as show that it is not 0."""
    if change is None or change.share is None:
        return [None if change is None else change.by, None]
    percent = 100 * change.share
    return [change.by, round(percent, 1) or float(f"{percent:.1g}")]
