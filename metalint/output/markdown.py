"""Markdown, for the summary of a job: totals, rules, the gravest problems; nothing that strangers wrote is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metalint.model import Problem
from metalint.output import places, summary
from metalint.output.settings import Settings
from metalint.report import Report
from metalint.terminal import cut, safe

MOST = 50  # problems, unless --max-problems says otherwise
_CELLS = 160  # of a text in the table
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#+!|~&$]")  # brackets that no square ones stand before are no link
_LINKS = re.compile(r"(?<=:)(?=//)|(?<=@)|(?<=#)(?=[0-9])|(?i:(?<=www)(?=\.)|(?<=GH)(?=-))")
_BREAK = "<!-- -->"  # nothing that is seen; but what it stands in is no link and no mention


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield a heading with the totals, a table of rules, a table of problems."""
    zh = settings.lang == "zh-TW"
    index = 0 if zh else 1
    found = summary.totals(report)
    parts = [summary.counted(severity, count, zh=zh) for severity, count in found.items() if count]
    nothing = "沒有問題" if zh else "no problems"
    yield f"### metalint: {('、' if zh else ', ').join(parts) or nothing}\n\n"
    files, records = len(report.files), report.records
    yield (f"{files:,} 個檔案、{records:,} 筆紀錄。" if zh else f"{records:,} records in {files:,} files.")
    if report.known is not None:
        new = sum(found.values())
        known, gone = report.known, len(report.gone)
        said = f" 已知 {known:,}、新增 {new:,}、已修正 {gone:,}。"
        yield said if zh else f" {known:,} known, {new:,} new, {gone:,} fixed."
    yield "\n\n"
    for path, why in report.unreadable:
        yield f"- ⚠️ {inert(places.relative(path))}: {inert(why[settings.lang])}\n"
    if report.unreadable:
        yield "\n"
    rows = sorted(report.counts.items(), key=lambda row: (-row[1], row[0]))
    if rows:
        yield "| 數量 | 程度 | 規則 | 要求 |\n" if zh else "| count | severity | rule | demand |\n"
        yield "| ---: | --- | --- | --- |\n"
    for (rule, severity), count in rows:
        what = settings.summaries.get(rule)
        demand = inert(what[settings.lang]) if what else ""
        yield f"| {count:,} | {summary.WORDS[severity][index]} | {inert(rule)} | {demand} |\n"
    most = MOST if settings.max_problems is None else settings.max_problems or None
    shown = [problem for problem in places.by_severity(report, most) if not problem.aside]
    if shown:
        yield "\n| 位置 | 紀錄 | 問題 | 建議值 |\n" if zh else "\n| place | record | problem | proposed |\n"
        yield "| --- | --- | --- | --- |\n"
    yield from (_row(problem, settings) for problem in shown)
    hidden = sum(found.values()) - len(shown)
    if hidden > 0:
        yield f"\n另有 {hidden:,} 個問題未列出。\n" if zh else f"\n{hidden:,} more problems are not listed.\n"


def inert(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    shown = _LINKS.sub("\0", cut(safe(text), _CELLS))
    return _MARKUP.sub(lambda sign: f"&#{ord(sign.group())};", shown).replace("\0", _BREAK)


def _row(problem: Problem, settings: Settings) -> str:
    place = f"{inert(places.relative(problem.path))}:{problem.line}:{problem.column}"
    name = inert(f"{problem.record} {problem.title}".strip())
    value = inert(summary.proposed(problem.fix, settings.lang)) if problem.fix is not None else ""
    return f"| {place} | {name} | {inert(problem.rule)}: {inert(problem.message)} | {value} |\n"
