"""An audit as the sheets of a workbook: the overview, what each agency is to do, the rules, the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from metalint.audit.result import Agency, Gap, Result, Summary
from metalint.model import Severity
from metalint.output import places
from metalint.output.audit_gaps import by_method
from metalint.output.audit_sorted import Sorted, sorted_problems
from metalint.output.audit_words import agency_name, demand, gap_help, gap_name, method_name, sentences
from metalint.output.settings import Settings
from metalint.output.summary import WORDS as LEVELS

if TYPE_CHECKING:
    from metalint.output.sheets import Sheet, Value

SHEETS = 250  # of agencies; a workbook with more is slow to open, and its tabs are not to be found
_WORDS = {
    "zh-TW": {
        "overview": "總覽", "agencies": "機關一覽", "others": "其他機關", "rules": "規則", "gaps": "先改哪裡",
        "what": "項目", "value": "數值", "made": "基準日", "sample": "抽樣", "files": "檔案", "datasets": "資料集",
        "clean": "沒有問題的資料集", "errors": "錯誤", "warnings": "警告", "infos": "建議", "agency": "機關",
        "sheet": "工作表", "count": "問題", "record": "資料集編號", "title": "資料集名稱", "severity": "程度",
        "message": "問題", "now": "目前的值", "help": "怎麼改", "proposed": "建議值", "look": "需確認", "rule": "規則",
        "file": "檔案", "line": "行", "yes": "是", "hint": "只供參考", "demand": "要求", "problems": "問題",
        "fixable": "可修正", "safe": "可自動修正", "method": "評分方法", "indicator": "項目", "missing": "待補資料集",
        "points": "可得分數", "mean": "平均分數（%）",
        "percent": "{method}（%）", "unread": "無法讀取", "version": "版本",
        "shared": "問題最多的 {own} 個機關各有一張工作表；其他 {rest} 個機關的 {count} 個問題在「{others}」。",
    },
    "en": {
        "overview": "Overview", "agencies": "Agencies", "others": "Other agencies", "rules": "Rules",
        "gaps": "What to mend first", "what": "What", "value": "Value", "made": "As of", "sample": "Sample",
        "files": "Files", "datasets": "Datasets", "clean": "Datasets without problems", "errors": "Errors",
        "warnings": "Warnings", "infos": "Advice", "agency": "Agency", "sheet": "Sheet", "count": "Problems",
        "record": "Identifier", "title": "Dataset", "severity": "Severity", "message": "Problem", "now": "Value",
        "help": "What to do", "proposed": "Proposed", "look": "Needs a look", "rule": "Rule", "file": "File",
        "line": "Line", "yes": "yes", "hint": "only a hint", "demand": "Demand", "problems": "Problems",
        "fixable": "Fixable", "safe": "Automatically", "method": "Method", "indicator": "Indicator",
        "missing": "Datasets", "points": "Points", "mean": "Mean score (%)",
        "percent": "{method} (%)", "unread": "Not read", "version": "Version",
        "shared": "The {own} agencies with most problems have a sheet each; the {count} problems of the other {rest} "
        "are on the sheet “{others}”.",
    },
}  # fmt: skip
_NARROW, _WIDE = 14, 44


class _Told(NamedTuple):
    """What is on the way: the words, the settings, the problems by agency, and which agencies have their own sheet."""

    words: dict[str, str]
    settings: Settings
    problems: Sorted
    own: tuple[str | None, ...]
    others: tuple[str | None, ...]


def sheets(result: Result, settings: Settings, most: int = SHEETS) -> Iterator[Sheet]:
    """Yield the sheets in order; each is to be written before the next is asked for.

    The agencies with most problems have a sheet each, at most so many; the others share one, and what stands in no
    dataset has its own. Memory does not grow with
    the problems: they are put in order on disk.
    """
    with sorted_problems(result, settings.lang) as problems:
        names = problems.agencies()
        agencies = [name for name, _ in names if name is not None]
        own: tuple[str | None, ...] = (*agencies[:most], *(name for name, _ in names if name is None))
        told = _Told(_WORDS[settings.lang], settings, problems, own, tuple(agencies[most:]))
        yield _overview(result.summary, told)
        yield _agencies(result.summary, told)
        for number, name in enumerate(own, 1):
            yield _work(f"{number} {agency_name(name, settings.lang)}", (name,), told)
        if told.others:
            yield _work(told.words["others"], told.others, told, named=True)
        yield _rules(result.summary, told)
        if result.summary.gaps:
            yield _gaps(result, told)


def _sheet(name: str, heads: tuple[str, ...], rows: Iterator[tuple[Value, ...]], widths: tuple[int, ...]) -> Sheet:
    from metalint.output.sheets import Sheet

    return Sheet(name, heads, rows, widths)


def _overview(summary: Summary, told: _Told) -> Sheet:
    words, lang = told.words, told.settings.lang
    paths = places.told_apart([*(seen.path for seen in summary.sources), *(path for path, _ in summary.unreadable)])

    def rows() -> Iterator[tuple[Value, ...]]:
        yield from ((sentence, None) for sentence in sentences(summary, told.settings))
        if told.others:
            counts = dict(told.problems.agencies())
            count = sum(counts[name] for name in told.others)
            own = sum(name is not None for name in told.own)
            said = {"own": f"{own:,}", "rest": f"{len(told.others):,}", "count": f"{count:,}"}
            yield words["shared"].format(others=words["others"], **said), None
        yield words["made"], summary.made
        if summary.sample:
            yield words["sample"], summary.sample
        for name in ("datasets", "clean", "errors", "warnings", "infos"):
            yield words[name], getattr(summary, name)
        for index, score in enumerate(summary.scores):
            if score.datasets:
                yield f"{words['mean']} {method_name(summary, index, lang)}", _percent(score.mean)
        for seen in summary.sources:
            yield f"{words['files']} {paths[seen.path]}", seen.records
        for path, why in summary.unreadable:
            yield f"{words['unread']} {paths[path]}", why[lang]
        yield words["version"], f"metalint {told.settings.version}".strip()

    return _sheet(words["overview"], (words["what"], words["value"]), rows(), (80, 40))


def _agencies(summary: Summary, told: _Told) -> Sheet:
    """Return the list of agencies: first those with a sheet of their own, as the sheets are numbered."""
    words, lang = told.words, told.settings.lang
    heads = (
        *(words[name] for name in ("sheet", "agency", "count", "datasets", "clean", "errors", "warnings", "infos")),
        *(words["percent"].format(method=method_name(summary, n, lang)) for n in range(len(summary.scores))),
    )

    def rows() -> Iterator[tuple[Value, ...]]:
        known: dict[str | None, Agency] = {one.name: one for one in summary.agencies}
        counts = dict(told.problems.agencies())
        order = [*told.own, *told.others, *(one.name for one in summary.agencies if one.name not in counts)]
        for number, name in enumerate(order, 1):
            sheet: Value = number if number <= len(told.own) else words["others"] if name in counts else None
            one = known.get(name)
            figures = one[1:6] if one is not None else (None,) * 5
            means = [_percent(mean) for mean in one.means] if one is not None else []
            yield sheet, agency_name(name, lang), counts.get(name, 0), *figures, *means

    return _sheet(words["agencies"], heads, rows(), (10, _WIDE))


def _work(name: str, agencies: tuple[str | None, ...], told: _Told, *, named: bool = False) -> Sheet:
    """Return what agencies are to do, a row a problem; `named`: with the agency in a column."""
    words, lang = told.words, told.settings.lang
    columns = ("record", "title", "severity", "message", "now", "help", "proposed", "look", "rule", "file", "line")
    widths = (_NARROW, _WIDE, 10, _WIDE, 30, _WIDE, 30, 10, 26, 30, 8)

    def rows() -> Iterator[tuple[Value, ...]]:
        for agency in agencies:
            for row in told.problems.of(agency):
                level = LEVELS[Severity(row.severity)][0 if lang == "zh-TW" else 1]
                look = ("", "", words["yes"], words["hint"])[row.look]
                cells = (
                    row.record, row.title, level, row.message, row.now or None, row.help or None, row.proposed or None,
                    look or None, row.rule, row.path, row.line,
                )  # fmt: skip
                yield (agency_name(agency, lang), *cells) if named else cells

    heads = tuple(words[column] for column in columns)
    return _sheet(name, (words["agency"], *heads) if named else heads, rows(), (_WIDE, *widths) if named else widths)


def _rules(summary: Summary, told: _Told) -> Sheet:
    words, settings = told.words, told.settings
    heads = tuple(words[name] for name in ("rule", "demand", "severity", "problems", "datasets", "fixable", "safe"))
    index = 0 if settings.lang == "zh-TW" else 1
    rows = ((one.rule, demand(one.rule, settings), LEVELS[one.severity][index], *one[2:6]) for one in summary.rules)
    return _sheet(words["rules"], heads, rows, (28, 60, 10))


def _gaps(result: Result, told: _Told) -> Sheet:
    """Return what would win most by each method: for all agencies, then for each."""
    words, lang, summary = told.words, told.settings.lang, result.summary
    heads = tuple(words[name] for name in ("agency", "method", "indicator", "help", "missing", "points"))
    rows = (
        (
            name, method_name(summary, gap.method, lang), gap_name(gap, summary, lang), gap_help(gap, summary, lang),
            gap.datasets, gap.points,
        )
        for name, gaps in _by_agency(summary, lang)
        for some in by_method(gaps)
        for gap in some
    )  # fmt: skip
    return _sheet(words["gaps"], heads, rows, (_WIDE, 20, 30, 60))


def _by_agency(summary: Summary, lang: str) -> Iterator[tuple[str, tuple[Gap, ...]]]:
    yield ("所有機關" if lang == "zh-TW" else "all"), summary.gaps
    yield from ((agency_name(one.name, lang), one.gaps) for one in summary.agencies)


def _percent(mean: float | None) -> float | None:
    return None if mean is None else round(100 * mean, 1)
