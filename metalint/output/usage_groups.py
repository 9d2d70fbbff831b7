"""The tables of agencies, years and months."""

from __future__ import annotations

from collections.abc import Sequence

from metalint.output import usage_words
from metalint.output.sheets import Value
from metalint.output.usage_columns import Column, Listing, change_of, changes, figures
from metalint.usage.result import Group, Usage


def groups(usage: Usage, what: str, lang: str) -> Listing:
    """Return the table of agencies, years or months."""
    zh, series = lang == "zh-TW", len(usage.periods) > 1
    rows = {"agency": usage.agencies, "year": usage.years, "month": usage.months}[what]
    cumulative = usage.kind == "cumulative"
    counters = what == "month" and cumulative
    gapped = series and what != "agency"
    changing = series and not (what == "agency" and usage.gained)
    ever = usage.ever if what == "agency" else usage.kind != "periodic"
    problems = what == "agency" and usage.joined is not None
    columns = [
        Column(_group_head(usage, what, lang), "text"),
        Column("資料集數" if zh else "datasets"),
        *figures(lang),
        Column(usage_words.unused(lang, ever=ever)),
        *(changes(lang, counters=cumulative and what == "agency") if changing else ()),
        *([Column("累計下載" if zh else "counters")] if counters else ()),
        *([Column("錯誤" if zh else "errors"), Column("警告" if zh else "warnings")] if problems else ()),
        *([Column("缺期" if zh else "missing", "text")] if gapped else ()),
    ]

    def row(group: Group) -> Sequence[Value]:
        counts = (group.datasets, group.views, group.downloads, group.never)
        values: list[Value] = [_group_name(group, what, lang), *(counts if group.datasets else [None] * 4)]
        values += change_of(group.change) if changing else []
        values += [group.counter] if counters else []
        values += [group.errors, group.warnings] if problems else []
        values += [_gap(group, what, lang)] if gapped else []
        return values

    title, note = _group_title(usage, what, lang)
    name = {"agency": "agencies", "year": "years", "month": "months"}[what]
    return Listing(name, title, note, tuple(columns), len(rows), lambda: map(row, rows))


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
        if usage.kind == "cumulative":
            note = (
                "累計增減是最後一期的累計數比第一期多出的次數，只計這兩期都有數字的資料集；不是單期的增減。"
                if zh
                else "The counters’ change is how much more they show in the last period than in the first, over the "
                "datasets that have figures in both; it does not compare the use in two periods."
            )
        return ("機關（依下載次數）" if zh else "Agencies, most downloads first"), note if (
            len(usage.periods) > 1 and not usage.gained
        ) else ""
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
