"""For people: each problem with its record, its place, the line it stands on, what would be right."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.model import Excerpt, Problem
from metalint.output import summary
from metalint.output.settings import Settings
from metalint.pointers import pointer_text
from metalint.report import FileSeen, Report
from metalint.terminal import cut, paint, safe, width

SHOWN = 100  # problems, unless --max-problems says otherwise

_LABELS = {
    "zh-TW": ("怎麼改：", "建議值：", "建議值（請確認）：", "供參考：", "依據："),
    "en": ("help: ", "proposed: ", "proposed (needs a look): ", "perhaps: ", "source: "),
}


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield the problems file by file, then the summary."""
    limit = SHOWN if settings.max_problems is None else settings.max_problems
    files = {seen.path: seen for seen in report.files}
    shown, path = 0, None
    for problem in report.problems():
        if limit and shown >= limit:
            break
        shown += 1
        if problem.path != path:
            path = problem.path
            yield from _header(files.get(path), path, settings)
        yield from _problem(problem, settings)
    for seen in report.files if not shown else ():
        yield from _header(seen, seen.path, settings)
    yield from summary.lines(report, settings, report.listed - shown)


def _header(seen: FileSeen | None, path: str, settings: Settings) -> Iterator[str]:
    """Yield what the file was taken for, and why."""
    zh = settings.lang == "zh-TW"
    yield paint(safe(path), "bold", on=settings.color) + "\n"
    if seen is not None:
        encoding = seen.encoding.upper() + (" BOM" if seen.bom else "")
        why = safe(seen.why[settings.lang])
        count = f"{seen.records:,} " + ("筆紀錄" if zh else "record" if seen.records == 1 else "records")
        because = f"（{why}）" if zh else f" ({why})"  # last: what is cut where the terminal is narrow
        text = f"{seen.platform} · {encoding} · {count}{because}"
        yield paint("  " + cut(text, settings.width - 2), "dim", on=settings.color) + "\n"
    yield "\n"


def _problem(problem: Problem, settings: Settings) -> Iterator[str]:
    on, level = settings.color, problem.severity.name.lower()
    word = summary.WORDS[problem.severity][0 if settings.lang == "zh-TW" else 1]
    name = f"{safe(problem.record)} {safe(problem.title)}".strip()
    if problem.suppressed is not None:
        word, level = ("例外" if settings.lang == "zh-TW" else "suppressed"), "dim"
    head = f"{word} {problem.rule}{summary.mark(problem, settings.lang) if problem.suppressed is None else ''}"
    room = max(settings.width - width(head) - 2, 20)
    yield paint(head, level, on=on) + ("  " + paint(cut(name, room), "bold", on=on) if name else "") + "\n"
    place = f"{safe(problem.path)}:{problem.line}:{problem.column}"
    pointer = safe(pointer_text(problem.pointer))
    gutter = len(str(problem.line)) if problem.excerpt is not None else 1
    yield paint(" " * gutter + "--> " + place + ("  " + pointer if pointer else ""), "dim", on=on) + "\n"
    if problem.excerpt is not None and problem.excerpt.text.strip():
        yield from frame(problem.excerpt, level, settings)
    mark = paint(" " * gutter + " = ", "dim", on=on)
    yield mark + safe(problem.message) + "\n"
    right, proposed, unsure, shown, source = _LABELS[settings.lang]
    if problem.help:
        yield mark + paint(right, "good", on=on) + safe(problem.help) + "\n"
    room = settings.width - gutter - 3
    if problem.fix is not None:
        label = shown if problem.fix.shown else proposed if problem.fix.safe else unsure
        value = safe(summary.proposed(problem.fix, settings.lang))
        yield mark + paint(label + cut(value, room - width(label)), "good", on=on) + "\n"
    if problem.suggested:
        yield mark + paint(cut(safe(summary.suggested(problem, settings.lang)), room), "good", on=on) + "\n"
    if problem.suppressed is not None:
        yield mark + paint(cut(safe(summary.suppressed(problem, settings.lang)), room), level, on=on) + "\n"
    if problem.rule in settings.explained and settings.explained[problem.rule].source:
        yield mark + paint(cut(source + settings.explained[problem.rule].source[0], room), "dim", on=on) + "\n"
    yield "\n"


def frame(excerpt: Excerpt, level: str, settings: Settings) -> Iterator[str]:
    """Yield the source line and the carets under it, cut to the terminal's width around the problem."""
    before = safe(excerpt.text[: excerpt.start])
    marked = safe(excerpt.text[excerpt.start : excerpt.end])
    behind = safe(excerpt.text[excerpt.end :])
    gutter = str(excerpt.line)
    room = settings.width - len(gutter) - 4  # a terminal has 40 cells at least: see cli.console
    left_cut, right_cut = excerpt.cut_left, excerpt.cut_right
    while width(before) > room // 3 and before:
        before, left_cut = before[1:], True
    if width(marked) > room - width(before) - 2:
        marked, behind, right_cut = cut(marked, room - width(before) - 2).removesuffix("…"), "", True
    while behind and width(before) + width(marked) + width(behind) > room - 2:
        behind, right_cut = behind[:-1], True
    line = ("…" if left_cut else "") + before
    bar = paint(" | ", "dim", on=settings.color)
    yield paint(gutter, "dim", on=settings.color) + bar + line + marked + behind + ("…" if right_cut else "") + "\n"
    carets = "^" * max(width(marked), 1)
    yield " " * len(gutter) + bar + " " * width(line) + paint(carets, level, on=settings.color) + "\n"
