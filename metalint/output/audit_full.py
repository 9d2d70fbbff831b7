"""What a terminal shows at the end of an audit: a screenful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from metalint.audit.result import Result, Summary
from metalint.model import Severity
from metalint.output.audit_gaps import by_method
from metalint.output.audit_words import agency_name, demand, gap_name, method_name, number, percent, sentences
from metalint.output.settings import Settings
from metalint.output.summary import WORDS as LEVELS
from metalint.terminal import cut, paint, safe, width

_ROWS = 5
_UNREAD = 3
_OPENING, _CLOSING = "（「『〈《", "，。、；：！？）」』〉》"
_WORDS = {
    "zh-TW": {
        "levels": "問題：", "reach": "（評得到 {reach}）",
        "scores": "平均分數：", "agencies": "最需要改的機關", "rules": "最常不符合的要求",
        "gaps": "補足後加分最多", "gap": "{name}（{method}）：{count} 個資料集", "themes": "高應用價值主題：",
        "unread": "無法讀取：", "unread_more": "另有 {count} 項無法讀取。", "sample": "抽樣：", "files": "結果：",
        "seconds": "{files} 個檔案，{seconds} 秒。", "and": "、",
    },
    "en": {
        "levels": "Problems: ", "reach": " (of {reach} of its points)",
        "scores": "Mean scores: ", "agencies": "Agencies with most to do",
        "rules": "Demands failed most", "gaps": "What would win most", "gap": "{name} ({method}): {count} datasets",
        "themes": "High-value themes: ", "unread": "Not read: ", "unread_more": "Not read: {count} more.",
        "sample": "Sample: ", "files": "Results: ", "seconds": "Files: {files}, {seconds} s.", "and": ", ",
    },
}  # fmt: skip


def render(result: Result, settings: Settings, written: Sequence[str] = ()) -> Iterator[str]:
    """Yield the figures, the agencies and rules that weigh most, the best gaps, and which files were written."""
    words, summary = _WORDS[settings.lang], result.summary
    yield from (_wrapped(sentence, settings) for sentence in sentences(summary, settings))
    yield _line(words["levels"] + _levels(summary, settings), settings)
    scores = []
    for number_, one in enumerate(summary.scores):
        if not one.datasets:
            continue
        reach = words["reach"].format(reach=percent(one.reach))
        scores.append(f"{method_name(summary, number_, settings.lang)} {percent(one.mean)}{reach}")
    if scores:
        yield _wrapped(words["scores"] + words["and"].join(scores), settings)
    if summary.sample:
        yield _line(words["sample"] + safe(summary.sample), settings)
    yield from _agencies(summary, settings)
    yield from _rules(summary, settings)
    yield from _gaps(summary, settings)
    themes = [f"{one.label[settings.lang]} {one.datasets:,}" for one in summary.themes if not one.category]
    if themes:
        yield "\n" + _wrapped(words["themes"] + words["and"].join(themes), settings)
    yield "\n"
    for path, why in summary.unreadable[:_UNREAD]:
        yield _line(paint(words["unread"], "bad", on=settings.color) + safe(f"{path}: {why[settings.lang]}"), settings)
    if len(summary.unreadable) > _UNREAD:
        yield words["unread_more"].format(count=f"{len(summary.unreadable) - _UNREAD:,}") + "\n"
    yield words["seconds"].format(files=f"{len(summary.sources):,}", seconds=f"{summary.seconds:.1f}") + "\n"
    yield from (paint(words["files"], "good", on=settings.color) + safe(path) + "\n" for path in written)


def _levels(summary: Summary, settings: Settings) -> str:
    index = 0 if settings.lang == "zh-TW" else 1
    counts = {Severity.ERROR: summary.errors, Severity.WARNING: summary.warnings, Severity.INFO: summary.infos}
    parts = (
        paint(f"{LEVELS[level][index]} {count:,}", level.name.lower(), on=settings.color and count > 0)
        for level, count in counts.items()
    )
    return _WORDS[settings.lang]["and"].join(parts)


def _agencies(summary: Summary, settings: Settings) -> Iterator[str]:
    some = [one for one in summary.agencies[:_ROWS] if one.errors or one.warnings or one.infos]
    rows = [(f"{one.errors + one.warnings:,}", agency_name(one.name, settings.lang)) for one in some]
    yield from _list("agencies", rows, settings)


def _rules(summary: Summary, settings: Settings) -> Iterator[str]:
    rows = [(f"{one.problems:,}", f"{one.rule}  {demand(one.rule, settings)}") for one in summary.rules[:_ROWS]]
    yield from _list("rules", rows, settings)


def _gaps(summary: Summary, settings: Settings) -> Iterator[str]:
    lang = settings.lang
    said = _WORDS[lang]["gap"]
    methods = by_method(summary.gaps)
    rows = [
        (
            f"+{number(gap.points)}",
            said.format(
                name=gap_name(gap, summary, lang),
                method=method_name(summary, gap.method, lang),
                count=f"{gap.datasets:,}",
            ),
        )
        for some in methods
        for gap in some[: max(_ROWS // len(methods), 2)]
    ]
    yield from _list("gaps", rows, settings)


def _list(name: str, rows: Sequence[tuple[str, str]], settings: Settings) -> Iterator[str]:
    """Yield a heading, and a line for each row: a figure, and what it is of."""
    if not rows:
        return
    yield "\n" + paint(_WORDS[settings.lang][name], "bold", on=settings.color) + "\n"
    digits = max(len(figure) for figure, _ in rows)
    for figure, what in rows:
        yield f"  {figure:>{digits}}  {cut(safe(what).rstrip(), max(settings.width - digits - 4, 20))}\n"


def _line(text: str, settings: Settings) -> str:
    """Return a line; one without colours is cut where the terminal ends."""
    return (text if settings.color else cut(text, settings.width)) + "\n"


def _wrapped(sentence: str, settings: Settings) -> str:
    """Return a sentence, on as many lines as the terminal's width asks for: no word or figure is broken in two."""
    lines, line = [], ""
    for sign in safe(sentence):
        if width(line + sign) > settings.width:
            at = _break(line, sign)
            lines.append(line[:at].rstrip(" "))
            line = (line[at:] + sign).lstrip(" ")
        else:
            line += sign
    return "\n".join([*lines, line]) + "\n"


def _break(line: str, after: str) -> int:
    """Return where a line that is full may be broken: between Hanzi or at a space, and no stop begins the next one."""
    signs = line + after
    for at in range(len(line), 0, -1):
        before, behind = signs[at - 1], signs[at]
        joined = " " not in (before, behind) and before.isascii() and behind.isascii()
        if not joined and behind not in _CLOSING and before not in _OPENING:
            return at
    return len(line)
