"""The tables of usage, as every format shows them: heads, kinds of column, rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from metalint.output import places, usage_words
from metalint.output.sheets import Value
from metalint.output.usage_columns import Column, Listing, change_of, changes, figures, named
from metalint.output.usage_groups import groups
from metalint.usage.result import ERROR_WEIGHT, Usage, Use


def by(usage: Usage, what: str, lang: str, *, full: bool = False) -> Listing:
    """Return the main table: by dataset, agency, year or month, or one of those beside it, by its name.

    `full`: with all that is known of a dataset.
    """
    if what == "dataset":
        return datasets(usage, lang, full=full)
    return _BESIDE[what](usage, lang) if what in _BESIDE else groups(usage, what, lang)


def more(usage: Usage, lang: str) -> list[Listing]:
    """Return the tables beside the main one that have anything to tell."""
    return [listing for one in _BESIDE.values() if (listing := one(usage, lang)).size]


def datasets(usage: Usage, lang: str, *, full: bool = False) -> Listing:
    """Return the table of datasets, most downloads first."""
    zh, series = lang == "zh-TW", len(usage.periods) > 1
    joined, counters = usage.joined is not None, usage.kind == "cumulative"
    columns = [*named(lang), *figures(lang)]
    columns += changes(lang, counters=counters and not usage.gained) if series else []
    if full:
        views = ("累計瀏覽增減", "counters’ change in views") if counters else ("瀏覽增減", "change in views")
        columns += [Column(views[0 if zh else 1], "change")] if series else []
        columns += [Column("缺期" if zh else "missing", "text")] if series else []
        columns += (
            [*map(Column, ("錯誤", "警告", "修正效益") if zh else ("errors", "warnings", "gain"))] if joined else []
        )
        columns += [Column("識別碼" if zh else "identifier", "text"), Column("上架日期" if zh else "listed", "text")]
        for period in usage.periods if series else ():
            columns += [
                Column(f"{period} {'瀏覽' if zh else 'views'}"),
                Column(f"{period} {'下載' if zh else 'downloads'}"),
            ]
        columns += [Column("檔案" if zh else "file", "text"), Column("行" if zh else "line", "count")]

    def row(use: Use) -> Sequence[Value]:
        values: list[Value] = [use.title, use.agency, use.views, use.downloads]
        values += change_of(use.trend if usage.gained else use.downloaded) if series else []
        if full:
            values += [use.viewed.by if use.viewed else None, _missing(usage, use, lang)] if series else []
            values += [use.errors, use.warnings, use.weight if use.errors is not None else None] if joined else []
            values += [use.record, use.issued]
            for pair in zip(use.views_by, use.downloads_by, strict=True) if series else ():
                values += [None if value < 0 else value for value in pair]
            values += [places.relative(use.path), use.line]
        return values

    title, note = ("資料集（依下載次數）", "") if zh else ("Datasets, most downloads first", "")
    return Listing("datasets", title, note, tuple(columns), len(usage.datasets), lambda: map(row, usage.datasets))


def never(usage: Usage, lang: str) -> Listing:
    """Return the datasets that were never downloaded, most views first."""
    zh = lang == "zh-TW"
    uses = sorted((use for use in usage.datasets if use.downloads == 0), key=lambda use: -(use.views or 0))
    columns = (*named(lang), figures(lang)[0], Column("上架日期" if zh else "listed", "text"))
    title, note = usage_words.unused(lang, ever=usage.ever), ""
    title = f"{title}（依瀏覽次數）" if zh else f"{title.capitalize()}, most views first"

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

    return Listing("worst", title, note, (*named(lang), *map(Column, heads)), len(uses), rows)


def gaps(usage: Usage, lang: str) -> Listing:
    """Return the gaps: those of the whole series, then those of datasets, most downloads first."""
    zh = lang == "zh-TW"
    broken = [use for use in usage.datasets if use.missing]
    columns = (
        *named(lang),
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


def changed(usage: Usage, lang: str, *, up: bool) -> Listing:
    """Return the datasets whose downloads in a period grew most, or fell most.

    Of counters that were read too seldom to tell that: which grew most.
    """
    zh = lang == "zh-TW"
    counters = usage.kind == "cumulative"
    apart = any(use.trend for use in usage.datasets) or not counters
    moved = [(use, change) for use in usage.datasets if (change := use.trend if apart else use.downloaded) is not None]
    some = [(use, change) for use, change in moved if (change.by > 0 if up else change.by < 0)]
    some.sort(key=lambda one: -one[1].by if up else one[1].by)
    columns = (*named(lang), *map(Column, ("第一期", "最後一期") if zh else ("first", "last")))
    columns += changes(lang, counters=not apart)
    titles = {True: ("成長最多", "Grew most"), False: ("衰退最多", "Fell most")}
    notes = {
        "counts": (
            "各資料集有數字的第一期與最後一期的下載次數。",
            "Downloads in the first and in the last period that a dataset has figures for.",
        ),
        "gains": (
            "各資料集第一次與最後一次可得知的單期下載次數（累計數比前一期多出的次數）。",
            "Downloads in the first and the last period that are known: what the counters show more than one before.",
        ),
        "counters": (
            "各資料集第一期與最後一期的累計下載次數；累計數讀取的期數太少，還看不出單期的增減。",
            "Counters in the first and in the last period: too few readings to tell how use in a period changed.",
        ),
    }
    note = notes["counts" if not counters else "gains" if apart else "counters"][0 if zh else 1]

    def rows() -> Iterator[Sequence[Value]]:
        return ((use.title, use.agency, change.first, change.last, *change_of(change)) for use, change in some)

    return Listing("growth" if up else "decline", titles[up][0 if zh else 1], note, columns, len(some), rows)


_BESIDE: Mapping[str, Callable[[Usage, str], Listing]] = {
    "growth": partial(changed, up=True),
    "decline": partial(changed, up=False),
    "never": never,
    "worst": worst,
    "gaps": gaps,
}


def _missing(usage: Usage, use: Use, lang: str) -> str:
    return usage_words.listed([usage.periods[number] for number in use.missing], lang) if use.missing else ""
