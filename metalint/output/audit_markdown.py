"""An audit on two pages, for a meeting: the figures, who has most to do, which rules, what would win most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from metalint.audit.result import Audited, Result, Summary
from metalint.output.audit_gaps import by_method
from metalint.output.audit_words import (
    agency_name,
    clean_share,
    demand,
    gap_name,
    method_name,
    number,
    percent,
    sentences,
    title_of,
)
from metalint.output.markdown import inert
from metalint.output.settings import Settings
from metalint.output.summary import WORDS as LEVELS

_ROWS = 10
_UNREAD = 5
_WORDS = {
    "zh-TW": {
        "title": "詮釋資料稽核", "made": "基準日 {day}",
        "sources": " 等 {count} 個檔案", "sample": "抽樣：{sample}", "figures": "數字",
        "datasets": "資料集", "clean": "無問題", "errors": "錯誤", "warnings": "警告", "infos": "建議",
        "agencies": "最需要改的機關（共 {count} 個機關）",
        "agency": "機關", "rules": "最常不符合的要求", "demand": "要求",
        "severity": "程度", "problems": "問題", "fixable": "可修正", "gaps": "先改哪裡", "indicator": "項目",
        "method": "評分方法", "missing": "待補資料集", "points": "可得分數", "scores": "分數", "mean": "平均",
        "median": "中位數", "reach": "評得到全部分數的",
        "weight": "排列時，一個錯誤抵十個警告，一個警告抵十個建議。",
        "used": "使用最多的 {count} 個資料集中，有錯誤或警告的", "worst": "問題最多的資料集", "dataset": "資料集",
        "downloads": "下載", "themes": "高應用價值主題（依名稱、關鍵字與主要欄位推測）", "theme": "主題",
        "unread": "無法讀取", "more": "另有 {count} 項。", "colon": "：",
    },
    "en": {
        "title": "Metadata audit", "made": "As of {day}",
        "sources": " and others, {count} files in all", "sample": "Sample: {sample}", "figures": "Figures",
        "datasets": "Datasets", "clean": "Clean", "errors": "Errors", "warnings": "Warnings", "infos": "Advice",
        "agencies": "Agencies with most to do (of {count})",
        "agency": "Agency", "rules": "Demands failed most", "demand": "Demand",
        "severity": "Severity", "problems": "Problems", "fixable": "Fixable", "gaps": "What to mend first",
        "indicator": "Indicator", "method": "Method", "missing": "Datasets", "points": "Points", "scores": "Scores",
        "mean": "Mean", "median": "Median", "reach": "Could be evaluated",
        "used": "With errors or warnings, of the {count} used most",
        "worst": "Datasets with most problems",
        "dataset": "Dataset", "downloads": "Downloads",
        "themes": "High-value themes (told from titles, keywords and columns)",
        "theme": "Theme", "unread": "Not read", "more": "{count} more.",
        "weight": "In this order an error counts as ten warnings, a warning as ten pieces of advice.",
        "colon": ": ",
    },
}  # fmt: skip


def render(result: Result, settings: Settings) -> Iterator[str]:
    """Yield the pages."""
    words, summary, lang = _WORDS[settings.lang], result.summary, settings.lang
    yield f"# {words['title']}\n\n{words['made'].format(day=inert(summary.made))}"
    yield from (f" · {inert(seen.path.replace(chr(92), '/').rpartition('/')[2])}" for seen in summary.sources[:4])
    yield words["sources"].format(count=f"{len(summary.sources):,}") if len(summary.sources) > 4 else ""
    yield "\n\n"
    if summary.sample:
        yield words["sample"].format(sample=inert(summary.sample)) + "\n\n"
    yield from (f"- {inert(sentence)}\n" for sentence in sentences(summary, settings))
    yield "\n"
    yield from _figures(summary, words)
    yield from _scores(summary, words, lang)
    yield from _gaps(summary, words, lang)
    yield from _agencies(summary, words, lang)
    yield from _rules(summary, settings)
    used = [one for one in summary.used if one.errors or one.warnings]
    title = words["used"].format(count=f"{len(summary.used):,}")
    yield from _datasets(title, used, words, lang, used=True)
    yield from _datasets(words["worst"], summary.worst, words, lang)
    yield words["weight"] + "\n\n" if summary.worst else ""
    rows = [(inert(one.label[lang]), f"{one.datasets:,}") for one in summary.themes if not one.category]
    yield from _table(words["themes"], (words["theme"], words["datasets"]), rows)
    if summary.unreadable:
        yield f"## {words['unread']}\n\n"
        for path, why in summary.unreadable[:_UNREAD]:
            yield f"- {inert(path)}{words['colon']}{inert(why[lang])}\n"
        more = len(summary.unreadable) - _UNREAD
        yield f"- {words['more'].format(count=f'{more:,}')}\n" if more > 0 else ""


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], words: int = 1) -> Iterator[str]:
    """Yield a heading and a table; the first `words` columns are words, the others figures. Nothing for no rows."""
    rows = list(rows)
    if not rows:
        return
    yield f"## {title}\n\n| {' | '.join(heads)} |\n"
    yield f"| {' | '.join('---' if n < words else '---:' for n in range(len(heads)))} |\n"
    yield from (f"| {' | '.join(row)} |\n" for row in rows)
    yield "\n"


def _figures(summary: Summary, words: dict[str, str]) -> Iterator[str]:
    heads = tuple(words[name] for name in ("datasets", "clean", "errors", "warnings", "infos"))
    share = percent(clean_share(summary.datasets, summary.clean))
    figures = (
        f"{summary.datasets:,}",
        inert(share),
        f"{summary.errors:,}",
        f"{summary.warnings:,}",
        f"{summary.infos:,}",
    )
    yield from _table(words["figures"], heads, [figures], 0)


def _scores(summary: Summary, words: dict[str, str], lang: str) -> Iterator[str]:
    rows = (
        (
            inert(method_name(summary, n, lang)),
            f"{one.datasets:,}",
            inert(percent(one.mean)),
            inert(percent(one.median)),
            inert(percent(one.reach)),
        )
        for n, one in enumerate(summary.scores)
        if one.datasets
    )
    yield from _table(
        words["scores"], (words["method"], words["datasets"], words["mean"], words["median"], words["reach"]), rows
    )


def _gaps(summary: Summary, words: dict[str, str], lang: str) -> Iterator[str]:
    heads = (words["method"], words["indicator"], words["missing"], words["points"])
    methods = by_method(summary.gaps)
    rows = (
        (
            inert(method_name(summary, gap.method, lang)), inert(gap_name(gap, summary, lang)), f"{gap.datasets:,}",
            number(gap.points),
        )
        for some in methods
        for gap in some[: _ROWS // len(methods)]
    )  # fmt: skip
    yield from _table(words["gaps"], heads, rows, 2)


def _agencies(summary: Summary, words: dict[str, str], lang: str) -> Iterator[str]:
    heads = tuple(words[name] for name in ("agency", "datasets", "clean", "errors", "warnings", "infos"))
    rows = (
        (
            inert(agency_name(one.name, lang)), f"{one.datasets:,}",
            inert(percent(clean_share(one.datasets, one.clean))),
            f"{one.errors:,}", f"{one.warnings:,}", f"{one.infos:,}",
        )
        for one in summary.agencies[:_ROWS]
        if one.errors or one.warnings or one.infos
    )  # fmt: skip
    yield from _table(words["agencies"].format(count=f"{len(summary.agencies):,}"), heads, rows)


def _rules(summary: Summary, settings: Settings) -> Iterator[str]:
    words, index = _WORDS[settings.lang], 0 if settings.lang == "zh-TW" else 1
    heads = tuple(words[name] for name in ("demand", "severity", "problems", "datasets", "fixable"))
    rows = (
        (
            f"{inert(demand(one.rule, settings))} {inert(one.rule)}".strip(), LEVELS[one.severity][index],
            f"{one.problems:,}", f"{one.datasets:,}", f"{one.fixable:,}",
        )
        for one in summary.rules[:_ROWS]
    )  # fmt: skip
    yield from _table(words["rules"], heads, rows, 2)


def _datasets(
    title: str, some: Iterable[Audited], words: dict[str, str], lang: str, *, used: bool = False
) -> Iterator[str]:
    heads = ("dataset", "agency", "errors", "warnings", "infos", *(["downloads"] if used else []))
    rows = (
        (
            f"{inert(title_of(one, lang))} {inert(one.record)}".strip(), inert(agency_name(one.agency, lang)),
            f"{one.errors:,}", f"{one.warnings:,}", f"{one.infos:,}", *([number(one.downloads)] if used else []),
        )
        for one in list(some)[:_ROWS]
    )  # fmt: skip
    yield from _table(title, tuple(words[head] for head in heads), rows, 2)
