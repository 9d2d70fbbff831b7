"""Usage for programs and spreadsheets: CSV of one table, JSON of all, complete; a workbook with a sheet a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from metalint.entries import dump
from metalint.output import places, usage_groups, usage_lists, usage_words
from metalint.output.settings import Settings
from metalint.output.sheets import Sheet, Value, workbook
from metalint.output.table import cell
from metalint.output.usage_columns import Column, Listing
from metalint.usage.gathered import Source
from metalint.usage.periods import Period
from metalint.usage.result import Change, Group, Usage, Use

_WIDE, _MIDDLE, _NARROW = 48, 24, 12  # characters of columns in a workbook
_BLOCK = 200  # rows of CSV that are given at once


def table(usage: Usage, settings: Settings, by: str) -> Iterator[str]:
    """Yield the main table as CSV, complete: UTF-8 with its mark, as Excel wants it, and no cell that is a formula."""
    listing = usage_lists.by(usage, by, settings.lang, full=True)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.head for column in listing.columns])
    yield "\ufeff"
    for number, row in enumerate(listing.rows()):
        writer.writerow([cell(value) if isinstance(value, str) else value for value in row])
        if number % _BLOCK == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def book(usage: Usage, settings: Settings, by: str) -> Iterator[bytes]:  # noqa: ARG001
    """Yield a workbook: all tables, complete, and what is to be known of them. Raises CannotRun and OSError."""
    lang = settings.lang
    never = usage_words.unused(lang, ever=usage.ever)
    names = {**_SHEETS[lang], "never": never.capitalize()}
    listings = [
        usage_lists.datasets(usage, lang, full=True),
        *(usage_groups.groups(usage, what, lang) for what in ("agency", "month", "year")),
        *(usage_lists.changed(usage, lang, up=up) for up in (True, False) if len(usage.periods) > 1),
        *(one(usage, lang) for one in (usage_lists.never, usage_lists.worst, usage_lists.gaps)),
    ]
    sheets = [_sheet(listing, names.get(listing.name) or listing.title) for listing in listings]
    heads, about = (("說明",), "說明") if lang == "zh-TW" else (("Notes",), "Notes")
    notes = [*usage_words.head(usage, lang), *(f"{one.title}: {one.note}" for one in listings if one.note)]
    notes.append(f"metalint {settings.version}")
    return workbook([*sheets, Sheet(about, heads, [(note,) for note in notes], (100,))], lang)


_SHEETS = {
    "zh-TW": {"datasets": "資料集", "agencies": "機關"},
    "en": {"datasets": "Datasets", "agencies": "Agencies"},
}


def _sheet(listing: Listing, name: str) -> Sheet:
    return Sheet(name, tuple(column.head for column in listing.columns), listing.rows(), _widths(listing.columns))


def _widths(columns: Sequence[Column]) -> tuple[int, ...]:
    texts = [at for at, column in enumerate(columns) if column.kind == "text"]
    sizes = dict(zip(texts, (_WIDE, _MIDDLE), strict=False))
    return tuple(sizes.get(at, _NARROW) for at in range(len(columns)))


def whole(usage: Usage, settings: Settings, by: str) -> Iterator[str]:  # noqa: ARG001
    """Yield one object: what was counted, totals, agencies, years, months and each dataset."""
    uses, joined = usage.datasets, usage.joined
    head = {
        "version": settings.version,
        "kind": usage.kind,
        "assumed": usage.assumed,
        "periods": [str(one) for one in usage.periods],
        "missing": [str(one) for one in usage.missing],
        "agency": list(usage.agency),
        "grouped_by": "date listed" if usage.listed else "period",
        "files": [_file(one) for one in usage.sources],
        "rows": {
            "read": usage.rows,
            "twins": usage.twins,
            "replaced": usage.replaced,
            "sums": usage.sums,
            "renamed": usage.renamed,
            "outside": usage.outside,
            "complaints": len(usage.unreadable),
        },
        "totals": {
            "datasets": len(uses),
            "agencies": sum(bool(one.name) for one in usage.agencies),
            "views": _sum([use.views for use in uses]),
            "downloads": _sum([use.downloads for use in uses]),
            "never_downloaded": sum(use.downloads == 0 for use in uses),
            "never_viewed": sum(use.views == 0 for use in uses),
            "unknown_downloads": sum(use.downloads is None for use in uses),
        },
        "problems_of": None
        if joined is None
        else {**joined._asdict(), "paths": list(map(places.relative, joined.paths))},
    }
    yield "{" + ",\n ".join(f"{dump(key)}: {dump(value)}" for key, value in head.items())
    for name, groups in (("agencies", usage.agencies), ("years", usage.years), ("months", usage.months)):
        yield f',\n "{name}": ['
        yield from _listed([_group(one) for one in groups])
    yield ',\n "datasets": ['
    for number, use in enumerate(uses):
        yield (",\n  " if number else "\n  ") + dump(_use(usage, use))
    yield "]}\n"


def _listed(entries: Sequence[object]) -> Iterator[str]:
    for number, entry in enumerate(entries):
        yield (",\n  " if number else "\n  ") + dump(entry)
    yield "]"


def _use(usage: Usage, use: Use) -> dict[str, object]:
    entry: dict[str, object] = {
        "record": use.record,
        "title": use.title,
        "agency": use.agency,
        "issued": use.issued,
        "views": use.views,
        "downloads": use.downloads,
        "path": places.relative(use.path),
        "line": use.line,
    }
    if len(usage.periods) > 1:
        entry["views_by_period"] = [None if value < 0 else value for value in use.views_by]
        entry["downloads_by_period"] = [None if value < 0 else value for value in use.downloads_by]
        entry["change"] = _change(use.downloaded)
        entry["trend"] = _change(use.trend)
        entry["missing"] = [str(usage.periods[number]) for number in use.missing]
        entry["gone"] = use.gone
    if usage.joined is not None:
        entry.update(errors=use.errors, warnings=use.warnings, gain=use.weight)
    return entry


def _group(group: Group) -> dict[str, object]:
    more: dict[str, object] = {}
    if group.change is not None:
        more["change"] = _change(group.change)
    if group.errors is not None:
        more.update(errors=group.errors, warnings=group.warnings)
    if group.missing:
        more["missing"] = [str(one) for one in group.missing]
    if group.counter is not None:
        more["counter"] = group.counter
    names = ("name", "datasets", "views", "downloads")
    return {**{name: getattr(group, name) for name in names}, "never_downloaded": group.never, **more}


def _change(change: Change | None) -> dict[str, Value] | None:
    if change is None:
        return None
    share = None if change.share is None else round(change.share, 4)
    return {"first": change.first, "last": change.last, "by": change.by, "share": share}


def _file(source: Source) -> dict[str, object]:
    path, rows = places.relative(source.path), source.rows
    return {"path": path, "rows": rows, "first": _text(source.first), "last": _text(source.last)}


def _text(period: Period | None) -> str | None:
    return None if period is None else str(period)


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
