"""Scores for programs and spreadsheets: by indicator, dataset or agency, as JSON or CSV. For people: `scores_table`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from metalint.entries import dump
from metalint.output.scores_table import FEW as FEW
from metalint.output.scores_table import table
from metalint.output.scores_words import word
from metalint.output.settings import Settings
from metalint.output.table import cell
from metalint.scores.gaps import Counts
from metalint.scores.kinds import Method, Standing
from metalint.scoring import HIGH_VALUE, Board, Row

Render: TypeAlias = Callable[[Board, str, Settings], Iterator[str]]
_HEADS: Mapping[str, Mapping[str, str]] = {
    "zh-TW": {
        "indicator": "方法 版本 指標 面向 名稱 每筆分數 得分筆數 未得分筆數 未評筆數 可多得分數 怎麼做",
        "dataset": "檔案 行 紀錄 名稱 提供機關 方法 版本 得分 可評分數 比率 等第 未得分指標 未評指標 主題",
        "agency": "提供機關 資料集數 方法 版本 可評筆數 平均比率 等第 最該補的指標 可多得分數",
    },
    "en": {
        "indicator": "method version indicator dimension label points earned missed unasked gain help",
        "dataset": "file line record title agency method version earned possible share rating missed unasked themes",
        "agency": "agency datasets method version evaluated mean rating fix gain",
    },
}


def whole(board: Board, by: str, settings: Settings) -> Iterator[str]:
    """Yield one object: version, datasets, and methods, datasets or agencies."""
    lang = settings.lang
    yield f'{{"version": {dump(settings.version)},\n "datasets": {board.datasets},\n "by": {dump(by)},\n "methods": ['
    entries: Iterable[dict[str, object]]
    counts = board.misses.all()
    yield _rows(_method(method, counts, number, lang) for number, method in enumerate(board.ask.methods))
    themes = [
        {
            "theme": theme,
            "category": category or None,
            "label": label[lang],
            "datasets": board.themes.get((theme, category), 0),
        }
        for (theme, category), label in board.labels.items()
    ]
    yield f'],\n "themes": [{_rows(themes)}]'
    if by == "dataset":
        entries = (_dataset(row, board, lang) for row in board.rows)
    else:
        entries = (_agency(name, one, board, lang) for name, one in board.misses.agencies()) if by == "agency" else ()
    yield "" if by == "indicator" else f',\n "{by}": [{_rows(entries)}]'
    yield "}\n"


def spreadsheet(board: Board, by: str, settings: Settings) -> Iterator[str]:
    """Yield the scores as CSV: a row for each method and indicator, dataset or agency."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    lang = settings.lang
    yield "\ufeff"
    for line in ([_HEADS[lang][by].split()], _CSV[by](board, lang)):
        for row in line:
            writer.writerow([cell(str(item)) for item in row])
            yield out.getvalue()
            out.seek(0)
            out.truncate()


def _by_indicator(board: Board, lang: str) -> Iterator[Sequence[object]]:
    counts = board.misses.all()
    for number, method in enumerate(board.ask.methods):
        for at, one in enumerate(method.indicators):
            missed, unasked = counts.missed[number][at], counts.unasked[number][at]
            earned = board.datasets - missed - unasked
            head = (method.id, method.version, one.id, one.dimension[lang], one.label[lang])
            yield (*head, _short(one.points), earned, missed, unasked, _short(missed * one.points), one.help[lang])
    for (theme, category), label in board.labels.items():
        own = board.labels[theme, ""][lang]
        yield (
            HIGH_VALUE,
            "",
            category or theme,
            own,
            label[lang],
            "",
            board.themes.get((theme, category), 0),
            *[""] * 4,
        )


def _by_dataset(board: Board, lang: str) -> Iterator[Sequence[object]]:
    for row in board.rows:
        for method, standing in zip(board.ask.methods, row.standings, strict=True):
            share = standing.share
            names = [" ".join(method.indicators[at].id for at in some) for some in (standing.missed, standing.unasked)]
            place = (row.path, row.line, row.record, row.title, row.agency, method.id, method.version)
            points = (_short(standing.earned), _short(standing.possible), _share(share), word(method, share)[lang])
            yield (*place, *points, *names, " ".join(theme.category or theme.theme for theme in row.themes))


def _by_agency(board: Board, lang: str) -> Iterator[Sequence[object]]:
    for name, counts in board.misses.agencies():
        found = board.misses.gaps(name)
        for number, method in enumerate(board.ask.methods):
            best = next((gap for gap in found if gap.method == number), None)
            fix = (method.indicators[best.indicator].id, _short(best.points)) if best is not None else ("", "")
            mean = counts.mean(number)
            head = (name, counts.datasets, method.id, method.version, counts.judged(number))
            yield (*head, _share(mean), word(method, mean)[lang], *fix)


_CSV = {"indicator": _by_indicator, "dataset": _by_dataset, "agency": _by_agency}
FORMATS: Mapping[str, Render] = {"table": table, "json": whole, "csv": spreadsheet}


def _method(method: Method, counts: Counts, number: int, lang: str) -> dict[str, object]:
    return {
        **_mean(method, counts, number, lang),
        "label": method.label[lang],
        "indicators": [
            {
                "indicator": one.id,
                "label": one.label[lang],
                "dimension": one.dimension[lang] or None,
                "points": one.points,
                "earned": counts.datasets - counts.missed[number][at] - counts.unasked[number][at],
                "missed": counts.missed[number][at],
                "unasked": counts.unasked[number][at],
                "gain": counts.missed[number][at] * one.points,
                "help": one.help[lang],
            }
            for at, one in enumerate(method.indicators)
        ],
    }


def _dataset(row: Row, board: Board, lang: str) -> dict[str, object]:
    themes = [
        {"theme": theme.theme, "category": theme.category or None, "evidence": list(theme.evidence)}
        for theme in row.themes
    ]
    scores = [_standing(method, one, lang) for method, one in zip(board.ask.methods, row.standings, strict=True)]
    names = {"path": row.path, "line": row.line, "record": row.record, "title": row.title, "agency": row.agency}
    return {**names, "scores": scores, "themes": themes}


def _standing(method: Method, standing: Standing, lang: str) -> dict[str, object]:
    return {
        "method": method.id,
        "version": method.version,
        "earned": standing.earned,
        "possible": standing.possible,
        "share": _rounded(standing.share),
        "rating": word(method, standing.share)[lang] or None,
        "missed": [method.indicators[at].id for at in standing.missed],
        "unasked": [method.indicators[at].id for at in standing.unasked],
    }


def _agency(name: str, counts: Counts, board: Board, lang: str) -> dict[str, object]:
    methods = board.ask.methods
    means = [
        {
            "method": method.id,
            "evaluated": counts.judged(at),
            "mean": _rounded(mean),
            "rating": word(method, mean)[lang] or None,
        }
        for at, method in enumerate(methods)
        for mean in (counts.mean(at),)
    ]
    gaps = [
        {
            "method": methods[gap.method].id,
            "indicator": methods[gap.method].indicators[gap.indicator].id,
            "datasets": gap.datasets,
            "points": gap.points,
        }
        for gap in board.misses.gaps(name)
    ]
    return {"agency": name, "datasets": counts.datasets, "scores": means, "gaps": gaps}


def _mean(method: Method, counts: Counts, at: int, lang: str) -> dict[str, object]:
    mean = counts.mean(at)
    rated = {"mean": _rounded(mean), "rating": word(method, mean)[lang] or None}
    return {"method": method.id, "version": method.version, "evaluated": counts.judged(at), **rated}


def _rows(entries: Iterable[Mapping[str, object]]) -> str:
    return ",".join(f"\n  {dump(dict(entry))}" for entry in entries)


def _short(points: float) -> str:
    return f"{points:g}" if points < 1e6 else f"{points:.0f}"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.4f}"


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)
