"""The tables of usage, as every format shows them: heads, kinds of column, rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from metalint.output import places, usage_words
from metalint.output.sheets import Value
from metalint.usage.result import ERROR_WEIGHT, Change, Group, Usage, Use


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


def by(usage: Usage, what: str, lang: str, *, full: bool = False) -> Listing:
    """Return the main table: by dataset, agency, year or month. `full`: with all that is known of a dataset."""
    if what == "dataset":
        return datasets(usage, lang, full=full)
    return groups(usage, what, lang)


def more(usage: Usage, lang: str) -> list[Listing]:
    """Return the tables beside the main one that have anything to tell."""
    made = [_changed(usage, lang, up=True), _changed(usage, lang, up=False), never(usage, lang), worst(usage, lang)]
    return [one for one in (*made, gaps(usage, lang)) if one.size]


def datasets(usage: Usage, lang: str, *, full: bool = False) -> Listing:
    """Return the table of datasets, most downloads first."""
    zh, series = lang == "zh-TW", len(usage.periods) > 1
    joined = usage.joined is not None
    columns = [*_named(lang), *_figures(lang)]
    columns += _changes(lang) if series else []
    if full:
        columns += [Column("瀏覽增減" if zh else "change in views", "change")] if series else []
        columns += [Column("缺期" if zh else "missing", "text")] if series else []
        columns += [Column("錯誤" if zh else "errors"), Column("警告" if zh else "warnings")] if joined else []
        columns += [Column("識別碼" if zh else "identifier", "text"), Column("上架日期" if zh else "listed", "text")]
        for period in usage.periods if series else ():
            columns += [
                Column(f"{period} {'瀏覽' if zh else 'views'}"),
                Column(f"{period} {'下載' if zh else 'downloads'}"),
            ]
        columns += [Column("檔案" if zh else "file", "text"), Column("行" if zh else "line", "count")]

    def row(use: Use) -> Sequence[Value]:
        values: list[Value] = [use.title, use.agency, use.views, use.downloads]
        values += _change(use.downloaded) if series else []
        if full:
            values += [use.viewed.by if use.viewed else None, _missing(usage, use, lang)] if series else []
            values += [use.errors, use.warnings] if joined else []
            values += [use.record, use.issued]
            for pair in zip(use.views_by, use.downloads_by, strict=True) if series else ():
                values += [None if value < 0 else value for value in pair]
            values += [places.relative(use.path), use.line]
        return values

    title, note = ("資料集（依下載次數）", "") if zh else ("Datasets, most downloads first", "")
    return Listing("datasets", title, note, tuple(columns), len(usage.datasets), lambda: map(row, usage.datasets))


def groups(usage: Usage, what: str, lang: str) -> Listing:
    """Return the table of agencies, years or months."""
    zh, series = lang == "zh-TW", len(usage.periods) > 1
    rows = {"agency": usage.agencies, "year": usage.years, "month": usage.months}[what]
    counters = what == "month" and usage.kind == "cumulative"
    gapped = series and what != "agency"
    problems = what == "agency" and usage.joined is not None
    columns = [
        Column(_group_head(usage, what, lang), "text"),
        Column("資料集數" if zh else "datasets"),
        *_figures(lang),
        Column("從未下載" if zh else "never downloaded"),
        *(_changes(lang) if series else ()),
        *([Column("累計下載" if zh else "counters")] if counters else ()),
        *([Column("錯誤" if zh else "errors"), Column("警告" if zh else "warnings")] if problems else ()),
        *([Column("缺期" if zh else "missing", "text")] if gapped else ()),
    ]

    def row(group: Group) -> Sequence[Value]:
        counts = (group.datasets, group.views, group.downloads, group.never)
        values: list[Value] = [_group_name(group, what, lang), *(counts if group.datasets else [None] * 4)]
        values += _change(group.change) if series else []
        values += [group.counter] if counters else []
        values += [group.errors, group.warnings] if problems else []
        values += [_gap(group, what, lang)] if gapped else []
        return values

    title, note = _group_title(usage, what, lang)
    name = {"agency": "agencies", "year": "years", "month": "months"}[what]
    return Listing(name, title, note, tuple(columns), len(rows), lambda: map(row, rows))


def never(usage: Usage, lang: str) -> Listing:
    """Return the datasets that were never downloaded, most views first."""
    zh = lang == "zh-TW"
    uses = sorted((use for use in usage.datasets if use.downloads == 0), key=lambda use: -(use.views or 0))
    columns = (*_named(lang), _figures(lang)[0], Column("上架日期" if zh else "listed", "text"))
    title, note = ("從未下載（依瀏覽次數）", "") if zh else ("Never downloaded, most views first", "")

    def rows() -> Iterator[Sequence[Value]]:
        return ((use.title, use.agency, use.views, use.issued) for use in uses)

    return Listing("never", title, note, columns, len(uses), rows)


def worst(usage: Usage, lang: str) -> Listing:
    """Return the datasets whose repair pays most, by downloads and problems."""
    zh = lang == "zh-TW"
    uses = sorted((use for use in usage.datasets if use.weight), key=lambda use: -use.weight)
    heads = ("下載次數", "錯誤", "警告", "修正效益") if zh else ("downloads", "errors", "warnings", "gain")
    title = "用得多而寫得差" if zh else "Used most, described worst"
    note = (
        f"修正效益＝下載次數 ×（錯誤數 × {ERROR_WEIGHT} ＋ 警告數）；越大越值得先修。"
        if zh
        else f"Gain is downloads × (errors × {ERROR_WEIGHT} + warnings): repair pays most where it is greatest."
    )

    def rows() -> Iterator[Sequence[Value]]:
        return ((use.title, use.agency, use.downloads, use.errors, use.warnings, use.weight) for use in uses)

    return Listing("worst", title, note, (*_named(lang), *map(Column, heads)), len(uses), rows)


def gaps(usage: Usage, lang: str) -> Listing:
    """Return the gaps: those of the whole series, then those of datasets, most downloads first."""
    zh = lang == "zh-TW"
    broken = [use for use in usage.datasets if use.missing]
    columns = (
        *_named(lang),
        Column("缺期" if zh else "gap", "text"),
        Column("最後一期" if zh else "last period", "text"),
    )

    def rows() -> Iterator[Sequence[Value]]:
        if usage.missing:
            yield ("（所有資料集）" if zh else "(all datasets)", "", usage_words.listed(usage.missing, lang), "")
        for use in broken:
            state = ("沒有數字", "no figures") if use.gone else ("有數字", "there")
            yield use.title, use.agency, _missing(usage, use, lang), state[0 if zh else 1]

    title, note = ("缺期", "") if zh else ("Gaps", "")
    return Listing("gaps", title, note, columns, len(broken) + bool(usage.missing), rows)


def _changed(usage: Usage, lang: str, *, up: bool) -> Listing:
    """Return the datasets whose downloads grew most, or fell most."""
    zh = lang == "zh-TW"
    moved = [(use, use.downloaded) for use in usage.datasets if use.downloaded is not None]
    some = [(use, change) for use, change in moved if (change.by > 0 if up else change.by < 0)]
    some.sort(key=lambda one: -one[1].by if up else one[1].by)
    columns = (*_named(lang), *map(Column, ("第一期", "最後一期") if zh else ("first", "last")), *_changes(lang))
    titles = {True: ("成長最多", "Grew most"), False: ("衰退最多", "Fell most")}
    note = (
        "各資料集有數字的第一期與最後一期的下載次數。"
        if zh
        else "Downloads in the first and in the last period that a dataset has figures for."
    )

    def rows() -> Iterator[Sequence[Value]]:
        return ((use.title, use.agency, change.first, change.last, *_change(change)) for use, change in some)

    return Listing("growth" if up else "decline", titles[up][0 if zh else 1], note, columns, len(some), rows)


def _named(lang: str) -> tuple[Column, ...]:
    heads = ("資料集名稱", "提供機關") if lang == "zh-TW" else ("dataset", "agency")
    return tuple(Column(head, "text") for head in heads)


def _figures(lang: str) -> tuple[Column, ...]:
    return tuple(map(Column, ("瀏覽次數", "下載次數") if lang == "zh-TW" else ("views", "downloads")))


def _changes(lang: str) -> tuple[Column, ...]:
    heads = ("下載增減", "增減率（%）") if lang == "zh-TW" else ("change", "change (%)")
    return Column(heads[0], "change"), Column(heads[1], "share")


def _change(change: Change | None) -> list[Value]:
    """Return how much more it is, and in percent."""
    if change is None:
        return [None, None]
    return [change.by, None if change.share is None else round(100 * change.share, 1)]


def _missing(usage: Usage, use: Use, lang: str) -> str:
    return usage_words.listed([usage.periods[number] for number in use.missing], lang) if use.missing else ""


def _gap(group: Group, what: str, lang: str) -> str:
    """Return the periods of a year without figures; of a period only that it has none."""
    if not group.missing:
        return ""
    return usage_words.listed(group.missing, lang) if what == "year" else "缺" if lang == "zh-TW" else "missing"


def _group_head(usage: Usage, what: str, lang: str) -> str:
    zh, en = {
        "agency": ("提供機關", "agency"),
        "year": ("上架年", "year listed") if usage.listed else ("年", "year"),
        "month": ("上架月", "month listed") if usage.listed else ("期別", "period"),
    }[what]
    return zh if lang == "zh-TW" else en


def _group_name(group: Group, what: str, lang: str) -> str:
    if group.name:
        return group.name
    zh, en = ("（未載明）", "(not told)") if what == "agency" else ("（不詳）", "(not known)")
    return zh if lang == "zh-TW" else en


def _group_title(usage: Usage, what: str, lang: str) -> tuple[str, str]:
    """Return the title of a table of agencies, years or months, and what is to be known of it."""
    zh = lang == "zh-TW"
    if what == "agency":
        note = (
            "增減只計第一期與最後一期都有數字的資料集。"
            if zh
            else "Changes are of datasets that have figures in the first and in the last period."
        )
        return ("機關（依下載次數）" if zh else "Agencies, most downloads first"), note if len(
            usage.periods
        ) > 1 else ""
    if usage.listed:
        titles = {"year": ("依上架年", "By year listed"), "month": ("依上架月", "By month listed")}
        note = (
            "只有一期統計，因此依資料集上架的時間分組；瀏覽與下載是上架至今的累計數。"
            if zh
            else "There is but one period: datasets are grouped by when they were listed, with all their use since."
        )
        return titles[what][0 if zh else 1], note
    titles = {"year": ("逐年", "By year"), "month": ("逐期", "By period")}
    note = ""
    if usage.kind == "cumulative":
        note = (
            "瀏覽與下載是這一期比上一次統計多出的次數；第一期之前沒有統計，無從得知。"
            if zh
            else "Views and downloads are how much more the counters show than when they were last read; "
            "of the first period that is not known."
        )
    return titles[what][0 if zh else 1], note
