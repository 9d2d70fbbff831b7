"""What a terminal shows of an audit: the figures, who has most to do, and what is found most."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.audit.result import Result
from metalint.output.settings import Settings
from metalint.output.summary import WORDS
from metalint.terminal import cut, paint, safe, width

_AGENCIES = _RULES = 10


def render(result: Result, settings: Settings) -> Iterator[str]:
    """Yield the lines of it."""
    zh, on, summary = settings.lang == "zh-TW", settings.color, result.summary
    clean = summary.clean / summary.datasets if summary.datasets else 0
    counts = (summary.errors, summary.warnings, summary.infos)
    words = [f"{count:,} {word[0 if zh else 1]}" for word, count in zip(WORDS.values(), counts, strict=True)]
    if summary.sample:
        yield (f"抽樣 {summary.sample}。\n" if zh else f"A sample of {summary.sample}.\n")
    head = f"{summary.datasets:,} 個資料集，{clean:.0%} 沒有問題：" if zh else f"{summary.datasets:,} datasets, "
    yield paint(head if zh else f"{head}{clean:.0%} without a problem: ", "bold", on=on)
    yield ("、" if zh else ", ").join(words) + ("。\n" if zh else ".\n")
    if summary.suppressed:
        yield (
            f"另有 {summary.suppressed:,} 個問題列為例外。\n"
            if zh
            else f"{summary.suppressed:,} more are suppressed.\n"
        )
    yield from _agencies(result, settings, zh=zh)
    yield from _rules(result, settings, zh=zh)


def _agencies(result: Result, settings: Settings, *, zh: bool) -> Iterator[str]:
    summary = result.summary
    shown = [one for one in summary.agencies if one.errors + one.warnings + one.infos][:_AGENCIES]
    if not shown:
        return
    heads = ("資料集", "沒問題", "錯誤", "警告", "建議", "提供機關") if zh else (
        "datasets", "clean", "errors", "warnings", "advice", "agency")  # fmt: skip
    yield "\n" + _row(heads, settings)
    for one in shown:
        share = f"{one.clean / one.datasets:.0%}"
        name = safe(one.name) or ("（未填機關）" if zh else "(no agency)")
        cells = (f"{one.datasets:,}", share, f"{one.errors:,}", f"{one.warnings:,}", f"{one.infos:,}", name)
        yield _row(cells, settings)
    left = len(summary.agencies) - len(shown)
    if left > 0:
        yield f"　另有 {left:,} 個機關。\n" if zh else f"  {left:,} more agencies.\n"


def _rules(result: Result, settings: Settings, *, zh: bool) -> Iterator[str]:
    rules = result.summary.rules[:_RULES]
    if not rules:
        return
    heads = ("問題", "資料集", "可修正", "程度", "", "規則") if zh else (
        "problems", "datasets", "fixable", "severity", "", "rule")  # fmt: skip
    yield "\n" + _row(heads, settings)
    for row in rules:
        text = settings.summaries.get(row.rule)
        told = f"{row.rule}  {text[settings.lang] if text else ''}"
        word = WORDS[row.severity][0 if zh else 1]
        yield _row((f"{row.problems:,}", f"{row.datasets:,}", f"{row.fixable:,}", word, "", told), settings)


def _row(cells: tuple[str, ...], settings: Settings) -> str:
    """Return a row of six cells: five to the right in nine columns each, the last one as it is."""
    first = "".join(" " * max(0, 9 - width(cell)) + cell for cell in cells[:5] if cell)
    return cut(f"{first}  {cells[5]}", settings.width) + "\n"
