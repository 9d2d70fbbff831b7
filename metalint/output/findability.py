"""What a searcher gains, as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from metalint.entries import dump
from metalint.model import Found
from metalint.output.settings import Settings
from metalint.terminal import paint, safe, width

_HEAD = {
    "zh-TW": ("搜尋", "資料集所寫", "相關", "現在找到", "補關鍵字後", "多找到"),
    "en": ("query", "what the records say", "about it", "found", "then found", "gained"),
}
_LAST = {
    "zh-TW": (
        "{queries} 個詞，{about} 筆相關：現在找得到 {before}（{share:.1%}），補關鍵字後 {after}（{then:.1%}）。\n"
        "「相關」指名稱或關鍵字寫著該事物；「找到」指名稱、描述或關鍵字含有完全相同的字（平臺的搜尋方式）。\n"
    ),
    "en": (
        "{queries} queries, {about} records about them: found now {before} ({share:.1%}), "
        "with keywords {after} ({then:.1%}).\n"
        "About it: the title or a keyword names the thing. Found: title, description or keywords hold the very words, "
        "as portals search.\n"
    ),
}


Render: TypeAlias = Callable[[Sequence[Found], Settings], Iterator[str]]


def full(rows: Sequence[Found], settings: Settings) -> Iterator[str]:
    """Yield the table, what is lost most first, and the totals."""
    shown = rows[: settings.max_problems] if settings.max_problems else rows
    cells = [_HEAD[settings.lang], *([safe(row.word), safe(row.thing), *map(str, _numbers(row))] for row in shown)]
    widest = [max(width(line[at]) for line in cells) for at in range(6)]
    for number, line in enumerate(cells):
        padded = [
            cell + " " * (size - width(cell)) if at < 2 else " " * (size - width(cell)) + cell
            for at, (cell, size) in enumerate(zip(line, widest, strict=True))
        ]
        text = "  ".join(padded).rstrip()
        yield (paint(text, "bold", on=settings.color) if not number else text) + "\n"
    yield "\n" + _LAST[settings.lang].format(**totals(rows))


def whole(rows: Sequence[Found], settings: Settings) -> Iterator[str]:
    """Yield one object: version, queries and totals."""
    listed = ",\n  ".join(dump(_entry(row)) for row in rows)
    yield f'{{"version": {dump(settings.version)},\n "queries": [\n  {listed}],\n "totals": {dump(totals(rows))}}}\n'


def lines(rows: Sequence[Found], settings: Settings) -> Iterator[str]:  # noqa: ARG001
    """Yield one query a line."""
    return (dump(_entry(row)) + "\n" for row in rows)


def table(rows: Sequence[Found], settings: Settings) -> Iterator[str]:  # noqa: ARG001
    """Yield the queries as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["query", "thing", "about", "before", "after", "gained"])
    writer.writerows([row.word, row.thing, *_numbers(row)] for row in rows)
    yield text.getvalue()


def totals(rows: Sequence[Found]) -> dict[str, float]:
    """Return the sums over all queries, and the shares of what is found."""
    about, before, after = (sum(getattr(row, name) for row in rows) for name in ("about", "before", "after"))
    shares = {"share": before / about if about else 0.0, "then": after / about if about else 0.0}
    return {"queries": len(rows), "about": about, "before": before, "after": after, **shares}


FORMATS: Mapping[str, Render] = {"full": full, "json": whole, "jsonl": lines, "csv": table}


def _numbers(row: Found) -> tuple[int, int, int, int]:
    return row.about, row.before, row.after, row.gained


def _entry(row: Found) -> dict[str, object]:
    names = ("about", "before", "after", "gained")
    return {"query": row.word, "thing": row.thing, **dict(zip(names, _numbers(row), strict=True))}
