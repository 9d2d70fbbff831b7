"""The report for a person: one page that opens without a network, prints well, and says what to type where."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby, islice

from metalint.model import Problem, Severity
from metalint.output import excerpts, places, summary
from metalint.output.html_style import STYLE
from metalint.output.settings import Settings
from metalint.pointers import pointer_text
from metalint.report import Report
from metalint.terminal import cut, safe

MOST = 2_000  # problems, unless --max-problems says otherwise: a browser must not hang
_CELLS = 600  # of a value
_WORDS = {
    "zh-TW": {
        "title": "詮釋資料檢查報告",
        "checked": "檢查了 {files} 個檔案、{records} 筆紀錄",
        "none": "沒有問題。",
        "rules": "規則",
        "count": "數量",
        "severity": "程度",
        "demand": "要求",
        "now": "目前的值",
        "proposed": "建議值",
        "look": "請確認後再採用",
        "shown": "只供參考",
        "help": "怎麼改",
        "why": "為什麼",
        "source": "依據",
        "where": "位置",
        "keywords": "建議關鍵字",
        "hidden": "另有 {hidden} 個問題未列出；用 --max-problems 0 列出全部。",
        "file": "整個檔案",
        "known": "已知",
        "unread": "無法讀取",
        "interrupted": "檢查中斷：以下是到目前為止的結果。",
        "made": "metalint {version}。這一頁不需要網路，也不會載入其他內容。",
    },
    "en": {
        "title": "Metadata report",
        "checked": "Records checked: {records}, in files: {files}",
        "none": "No problems.",
        "rules": "Rules",
        "count": "count",
        "severity": "severity",
        "demand": "demand",
        "now": "Value",
        "proposed": "Proposed",
        "look": "look before you take it",
        "shown": "only as a hint",
        "help": "What to do",
        "why": "Why",
        "source": "Source",
        "where": "Place",
        "keywords": "Suggested keywords",
        "hidden": "Problems not listed: {hidden}; --max-problems 0 lists all.",
        "file": "the whole file",
        "known": "known",
        "unread": "Not read",
        "interrupted": "Interrupted: this is what was found so far.",
        "made": "metalint {version}. This page needs no network and loads nothing.",
    },
}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield the page: what was checked, the rules, then each record with its problems."""
    words, lang = _WORDS[settings.lang], "zh-Hant-TW" if settings.lang == "zh-TW" else "en"
    most = MOST if settings.max_problems is None else settings.max_problems or None
    hidden = max(0, report.listed - most) if most is not None else 0
    left_out = f'<p class="hidden">{words["hidden"].format(hidden=f"{hidden:,}")}</p>\n' if hidden else ""
    formats = {seen.path: seen.format for seen in report.files}
    yield f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" '
    yield f'content="light dark">\n<title>{words["title"]}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n'
    yield from _head(report, settings, left_out)
    yield "<main>\n"
    for (path, record, title), problems in groupby(islice(report.problems(), most), key=_record):
        name = f'<span class="id">{_text(record)}</span> {_text(title)}' if record else words["file"]
        yield f'<section class="record">\n<h2>{name}</h2>\n<p class="path">{_text(places.relative(path))}</p>\n'
        for problem in problems:
            yield from _problem(problem, settings, formats.get(problem.path, ""))
        yield "</section>\n"
    yield left_out
    yield from _rules(report, settings)
    yield f"</main>\n<footer>{words['made'].format(version=escape(settings.version))}</footer>\n</body>\n</html>\n"


def _head(report: Report, settings: Settings, left_out: str) -> Iterator[str]:
    words, index = _WORDS[settings.lang], 0 if settings.lang == "zh-TW" else 1
    checked = words["checked"].format(files=f"{len(report.files):,}", records=f"{report.records:,}")
    yield f"<header>\n<h1>{words['title']}</h1>\n<p>{checked}</p>\n"
    found = summary.totals(report)
    if sum(found.values()):
        yield '<ul class="totals">'
        for severity, count in found.items():
            yield f'<li class="{_class(severity)}"><b>{count:,}</b> {summary.WORDS[severity][index]}</li>'
        yield "</ul>\n"
    else:
        yield f'<p class="good">{words["none"]}</p>\n'
    yield left_out
    if report.interrupted:
        yield f'<p class="hidden">{words["interrupted"]}</p>\n'
    for path, why in report.unreadable:
        yield f'<p class="hidden">{words["unread"]}: {_text(path)}: {_text(why[settings.lang])}</p>\n'
    yield '<ul class="files">'
    for seen in report.files:
        told = f"{seen.platform} · {seen.encoding.upper()} · {seen.why[settings.lang]}"
        yield f"<li><b>{_text(places.relative(seen.path))}</b> {_text(told)}</li>"
    yield "</ul>\n</header>\n"


def _rules(report: Report, settings: Settings) -> Iterator[str]:
    """Yield the table of rules: behind the records, which are what a person came for."""
    words, index = _WORDS[settings.lang], 0 if settings.lang == "zh-TW" else 1
    rows = sorted(report.counts.items(), key=lambda row: (-row[1], row[0]))
    if rows:
        yield f"<section class=rules>\n<h2>{words['rules']}</h2>\n<table>\n<thead><tr><th scope=col class=n>"
        yield f"{words['count']}</th><th scope=col>{words['severity']}</th><th scope=col>{words['demand']}</th></tr>"
        yield "</thead>\n<tbody>\n"
    for (rule, severity), count in rows:
        one = settings.explained.get(rule)
        demand = _text(one.summary[settings.lang]) if one is not None else ""
        yield f'<tr><td class=n>{count:,}</td><td class="{_class(severity)}">{summary.WORDS[severity][index]}</td>'
        yield f"<td>{demand} <code>{_text(rule)}</code></td></tr>\n"
    yield "</tbody>\n</table>\n</section>\n" if rows else ""


def _problem(problem: Problem, settings: Settings, form: str) -> Iterator[str]:
    words, index = _WORDS[settings.lang], 0 if settings.lang == "zh-TW" else 1
    level = summary.WORDS[problem.severity][index]
    label = words["known"] if problem.known else summary.suppressed(problem, settings.lang)
    known = f' <span class="known">{_text(label)}</span>' if label else ""
    yield f'<article class="problem {_class(problem.severity)}">\n<h3><span class="level">{level}</span> '
    yield f"{_text(problem.message)}{known}</h3>\n<dl>\n"
    now = excerpts.shown(problem, form)
    if now is not None:
        value = f"<mark>{_text(now.text) or '&nbsp;'}</mark>{'' if now.whole else '…'}"
        yield f'<dt>{words["now"]}</dt><dd class="value">{value}</dd>\n'
    fix = problem.fix
    if fix is not None:
        value = cut(safe(summary.proposed(fix, settings.lang)), _CELLS)
        look = "" if fix.safe else f' <em class="look">{words["shown" if fix.shown else "look"]}</em>'
        yield f'<dt>{words["proposed"]}</dt><dd class="value"><ins>{escape(value)}</ins>{look}</dd>\n'
    if problem.help:
        yield f"<dt>{words['help']}</dt><dd>{_text(problem.help)}</dd>\n"
    if problem.suggested:
        between = "、" if settings.lang == "zh-TW" else ", "
        yield f"<dt>{words['keywords']}</dt><dd>{_text(between.join(problem.suggested))}</dd>\n"
    one = settings.explained.get(problem.rule)
    if one is not None:
        yield f"<dt>{words['why']}</dt><dd>{_text(' '.join(one.why[settings.lang].split()))}</dd>\n"
    if one is not None and one.source:
        yield f'<dt>{words["source"]}</dt><dd class="source">{_text(one.source[0])}</dd>\n'
    place = f"{problem.line}:{problem.column} {pointer_text(problem.pointer)}"
    yield f'<dt>{words["where"]}</dt><dd class="source">{_text(place)} · <code>{_text(problem.rule)}</code></dd>\n'
    yield "</dl>\n</article>\n"


def _record(problem: Problem) -> tuple[str, str, str]:
    return problem.path, problem.record, problem.title


def _class(severity: Severity) -> str:
    return severity.name.lower()


def _text(text: str) -> str:
    """Return a text as it stands on a page: no markup, and nothing that is not seen."""
    return escape(safe(text))
