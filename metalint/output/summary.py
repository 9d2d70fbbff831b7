"""The last lines of a report for people: how much was checked, what was found, and what to do next."""

from __future__ import annotations

import json
from collections.abc import Iterator

from metalint.model import Fix, Problem, Severity
from metalint.output.settings import Settings
from metalint.report import Report
from metalint.terminal import paint, safe, width

_BASELINE = (
    "基準：已知 {known:,} 個、新增 {new:,} 個、已修正 {gone:,} 個。",
    "Baseline: {known:,} known, {new:,} new, {gone:,} fixed.",
)
_COMPARED = (
    "與之前相比：原有 {known:,} 個、新增 {new:,} 個、已修正 {gone:,} 個。",
    "Compared: {known:,} were there before, {new:,} new, {gone:,} fixed.",
)
_GONE = 5  # problems of the baseline that are not there any more, of which each is told
WORDS = {
    Severity.ERROR: ("錯誤", "error"),
    Severity.WARNING: ("警告", "warning"),
    Severity.INFO: ("建議", "advice"),
}


def totals(report: Report) -> dict[Severity, int]:
    """Return how many problems there are of each severity."""
    return {severity: sum(n for (_, s), n in report.counts.items() if s is severity) for severity in WORDS}


def mark(problem: Problem, lang: str) -> str:
    """Return the mark of a problem that is set aside: suppressed, or in the baseline; empty for another."""
    if problem.suppressed is not None:
        return "（例外）" if lang == "zh-TW" else " (suppressed)"
    return ("（已知）" if lang == "zh-TW" else " (known)") if problem.known else ""


def proposed(fix: Fix, lang: str) -> str:
    """Return what is to stand there: the value, several of them, or that it goes."""
    if not fix.values:
        return "刪除" if lang == "zh-TW" else "remove it"
    between = "、" if lang == "zh-TW" else ", "
    return between.join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in fix.values)


def counted(severity: Severity, count: int, *, zh: bool) -> str:
    """Return how many problems of a severity there are."""
    word_zh, word_en = WORDS[severity]
    plural = "s" if count != 1 and severity is not Severity.INFO else ""
    return f"{count:,} 個{word_zh}" if zh else f"{count:,} {word_en}{plural}"


def suggested(problem: Problem, lang: str) -> str:
    """Return the sentence that names the keywords a problem's record lacks; empty where there are none."""
    if not problem.suggested:
        return ""
    return (
        "建議關鍵字：" + "、".join(problem.suggested)
        if lang == "zh-TW"
        else "suggested: " + ", ".join(problem.suggested)
    )


def suppressed(problem: Problem, lang: str) -> str:
    """Return the sentence that says why a problem does not count; empty where it does."""
    held = problem.suppressed
    if held is None:
        return ""
    place = f"{held.path}:{held.line}"
    if lang == "zh-TW":
        return f"列為例外，{place}" + (f"：{held.reason}" if held.reason else "")
    return f"suppressed by {place}" + (f": {held.reason}" if held.reason else "")


def lines(report: Report, settings: Settings, hidden: int = 0) -> Iterator[str]:
    """Yield the summary."""
    zh, on = settings.lang == "zh-TW", settings.color
    if report.unreadable and not report.files:  # what could not be opened is said by itself
        return
    if hidden:
        more = f"還有 {hidden:,} 個問題未列出；用 --max-problems 0 列出全部，或 --statistics 看各規則的數量。"
        less = f"{hidden:,} more problems are not shown; --max-problems 0 shows all, --statistics counts them by rule."
        yield (more if zh else less) + "\n"
    if settings.statistics:
        yield from statistics(report, settings)
    found = totals(report)
    words = ((one, counted(one, found[one], zh=zh)) for one in WORDS)
    parts = [paint(text, severity.name.lower(), on=on and found[severity] > 0) for severity, text in words]
    files, records = len(report.files), report.records
    if zh:
        said = f"檢查了 {files:,} 個檔案的 {records:,} 筆紀錄，{report.seconds:.1f} 秒："
        said += "、".join(parts) if sum(found.values()) else paint("沒有問題", "good", on=on)
        yield said + "。\n"
        if report.fixable:
            yield f"{_fixes(report, zh=True)}。用 metalint explain 規則名稱 看原因與依據。\n"
    else:
        said = f"Checked {records:,} record{_s(records)} in {files:,} file{_s(files)} in {report.seconds:.1f} s: "
        said += ", ".join(parts) if sum(found.values()) else paint("no problems", "good", on=on)
        yield said + ".\n"
        if report.fixable:
            yield f"{_fixes(report, zh=False)}. `metalint explain RULE` says why.\n"
    if report.known is not None:
        yield from _baseline(report, zh=zh)
    if report.suppressed:
        count, shown = report.suppressed, report.shows_suppressed
        more = "" if shown else "；--show-suppressed 一併列出" if zh else "; --show-suppressed shows what, and why"
        yield f"另有 {count:,} 個問題列為例外{more}。\n" if zh else f"{count:,} suppressed{more}.\n"
    if report.interrupted:
        yield ("中斷：以上是到目前為止的結果。" if zh else "Interrupted: this is what was found so far.") + "\n"


def statistics(report: Report, settings: Settings) -> Iterator[str]:
    """Yield a table of counts by rule, most frequent first."""
    rows = sorted(report.counts.items(), key=lambda row: (-row[1], row[0]))
    if not rows:
        return
    digits = max(len(f"{count:,}") for _, count in rows)
    longest = max(len(rule) for (rule, _), _ in rows)
    zh = settings.lang == "zh-TW"
    digits = max(digits, 4 if zh else 5)
    heads = ("數量", "程度   ", "規則", "規則的要求") if zh else ("count", "severity", "rule", "what it demands")
    yield f"{heads[0]:>{digits - 2 * zh}}  {heads[1]:<{7 - 2 * zh}}  {heads[2]:<{longest - 2 * zh}}  {heads[3]}\n"
    for (rule, severity), count in rows:
        word = WORDS[severity][0 if settings.lang == "zh-TW" else 1]
        text = settings.summaries.get(rule)
        colored = paint(word + " " * (7 - width(word)), severity.name.lower(), on=settings.color)
        yield f"{count:>{digits},}  {colored}  {rule:<{longest}}  {text[settings.lang] if text else ''}".rstrip() + "\n"
    yield "\n"


def _baseline(report: Report, *, zh: bool) -> Iterator[str]:
    """Yield how many problems are known, new and gone."""
    new, gone = sum(report.counts.values()), len(report.gone)
    said = _COMPARED if report.compared else _BASELINE
    yield said[0 if zh else 1].format(known=report.known, new=new, gone=gone) + "\n"
    for one in report.gone[:_GONE]:
        yield f"  {'已修正' if zh else 'fixed'}  {safe(one.path)}  {safe(one.record)} {one.rule} {safe(one.pointer)}\n"
    if gone > _GONE:
        yield (f"  另有 {gone - _GONE:,} 個。\n" if zh else f"  {gone - _GONE:,} more.\n")
    if gone and not report.compared:
        yield (
            "metalint baseline prune 可把它們從基準檔移除。\n" if zh else "`metalint baseline prune` takes them out.\n"
        )


def _fixes(report: Report, *, zh: bool) -> str:
    """Return how many problems can be mended, and by which command."""
    safe, unsafe = report.safe, report.fixable - report.safe
    parts = []
    if safe:
        parts.append(f"{safe:,} 個可用 metalint fix 修正" if zh else f"{safe:,} can be mended by `metalint fix`")
    if unsafe:
        more = f"{unsafe:,} more" if safe else f"{unsafe:,} can be mended"
        parts.append(f"{unsafe:,} 個建議值需人工確認（fix --unsafe）" if zh else f"{more} by `metalint fix --unsafe`")
    return ("其中 " if zh else "") + ("，" if zh else ", ").join(parts)


def _s(count: int) -> str:
    return "" if count == 1 else "s"
