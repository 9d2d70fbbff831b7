"""A problem a row, for spreadsheets: UTF-8 with its mark, as Excel wants it, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from metalint.output import places
from metalint.output.settings import Settings
from metalint.output.summary import WORDS, proposed
from metalint.pointers import pointer_text
from metalint.report import Report
from metalint.terminal import safe

_HEADS = {
    "zh-TW": ("檔案", "行", "欄", "程度", "規則", "紀錄", "名稱", "欄位", "問題", "怎麼改", "建議值", "需確認"),
    "en": ("file", "line", "column", "severity", "rule", "record", "title", "field", "problem", "help", "fix", "look"),
}  # fmt: skip
# What a spreadsheet takes for the beginning of a formula (OWASP), full-width signs among it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CELL = 32_767  # characters that a cell of Excel holds


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield a row of headings, then a row a problem."""
    index = 0 if settings.lang == "zh-TW" else 1
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(_HEADS[settings.lang])
    yield "\ufeff" + _taken(out)
    for problem in places.shown(report, settings):
        fix = problem.fix
        texts = [
            places.relative(problem.path),
            str(problem.line),
            str(problem.column),
            WORDS[problem.severity][index],
            problem.rule,
            problem.record,
            problem.title,
            pointer_text(problem.pointer),
            problem.message,
            problem.help,
            proposed(fix, settings.lang) if fix is not None else "",
            ("是", "yes")[index] if fix is not None and not fix.safe else "",
        ]
        rows.writerow(cell(text) for text in texts)
        yield _taken(out)


def cell(text: str) -> str:
    """Return a text that a spreadsheet shows as it is: a quote before it keeps it from being a formula."""
    shown = safe(text)
    shown = f"'{shown}" if text.lstrip().startswith(_FORMULA) or shown.startswith(_FORMULA) else shown
    return shown if len(shown) <= _CELL else shown[: _CELL - 1] + "…"


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text
