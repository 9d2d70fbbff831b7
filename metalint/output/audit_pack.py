"""The datasets and problems of a page, packed: columns of JSON with their texts once, gzip, base64; a chunk at a time.

Two blocks a chunk: `d` tells of up to `CHUNK` datasets what a list needs, `p` has their problems. Texts are numbers of
places in the block's list `s`; the first is the empty text.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from metalint.audit.result import Audited
from metalint.model import Problem
from metalint.output import excerpts, places, summary
from metalint.output.audit_chosen import Chosen
from metalint.pointers import pointer_text
from metalint.terminal import cut, safe

CHUNK = 2_048  # datasets
_FULL = 8_192  # problems, after which a chunk ends early
_CELLS = 600  # of a text
_DATASET = ("path", "line", "record", "title", "agency", "e", "w", "i", "views", "downloads")
_PROBLEM = ("row", "rule", "level", "message", "help", "line", "column", "pointer", "now", "fix", "look", "more")


class Packed(NamedTuple):
    """A chunk: what stands in the page, and how many datasets (a file itself counts) and problems it holds."""

    html: str
    rows: int
    datasets: int
    problems: int


def packed(items: Iterable[Chosen], formats: dict[str, str], lang: str) -> Iterator[Packed]:
    """Yield the chunks of what a page holds; `formats` are those of the files."""
    chunk = _Chunk(formats, lang)
    for item in items:
        chunk.add(item)
        if chunk.full:
            yield chunk.packed()
            chunk = _Chunk(formats, lang)
    if chunk.rows:
        yield chunk.packed()


def block(name: str, value: object) -> str:
    """Return an element of the page that holds a value: data, no script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    data = base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()
    return f'<script type="application/octet-stream;base64" class="{name}">{data}</script>\n'


def seen(text: str) -> str:
    """Return a text as the page's data have it: safe to be shown, and cut."""
    return cut(safe(text), _CELLS)


class _Texts:
    """Texts, each once, by number; safe to be shown and cut."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._numbers: dict[str, int] = {}
        self.number("")

    def number(self, text: str) -> int:
        known = self._numbers.get(text)
        if known is None:
            known = self._numbers[text] = len(self.all)
            self.all.append(seen(text))
        return known


class _Chunk:
    def __init__(self, formats: dict[str, str], lang: str) -> None:
        self._formats, self._lang = formats, lang
        self._texts, self._said = _Texts(), _Texts()
        self._rows: dict[str, list[Any]] = {name: [] for name in (*_DATASET, "rules", "standings", "themes", "held")}
        self._problems: dict[str, list[Any]] = {name: [] for name in _PROBLEM}
        self._datasets = 0

    @property
    def rows(self) -> int:
        return len(self._rows["path"])

    @property
    def full(self) -> bool:
        return self.rows >= CHUNK or len(self._problems["row"]) >= _FULL

    def add(self, item: Chosen) -> None:
        one, number = item.dataset, self._texts.number
        for name, value in zip(_DATASET, _told(item), strict=True):
            self._rows[name].append(number(value) if isinstance(value, str) else value)
        self._rows["rules"].append(
            [part for rule, count in sorted(item.rules.items()) for part in (number(rule), count)]
        )
        standings = () if one is None else one.standings
        self._rows["standings"].append([[_short(it.earned), _short(it.possible), *it.missed] for it in standings])
        themes = () if one is None else one.themes
        self._rows["themes"].append(
            [[number(it.theme), number(it.category), *map(number, it.evidence)] for it in themes]
        )
        self._rows["held"].append(len(item.problems))
        for problem in item.problems:
            self._problem(self.rows - 1, problem)
        self._datasets += one is not None

    def _problem(self, row: int, problem: Problem) -> None:
        number, fix = self._said.number, problem.fix
        now = excerpts.shown(problem, self._formats.get(problem.path, ""))
        value = "" if now is None else now.text if now.whole else now.text + "…"
        told = (
            row,
            problem.rule,
            int(problem.severity),
            problem.message,
            problem.help,
            problem.line,
            problem.column,
            pointer_text(problem.pointer),
            value,
            "" if fix is None else summary.proposed(fix, self._lang),
            0 if fix is None else 3 if fix.shown else 1 if fix.safe else 2,
            summary.suggested(problem, self._lang),
        )
        for name, each in zip(_PROBLEM, told, strict=True):
            self._problems[name].append(number(each) if isinstance(each, str) else each)

    def packed(self) -> Packed:
        html = block("d", {"s": self._texts.all, **self._rows})
        problems = len(self._problems["row"])
        html += block("p", {"s": self._said.all, **self._problems})
        return Packed(html, self.rows, self._datasets, problems)


def _told(item: Chosen) -> tuple[str | int | None, ...]:
    """Return what a row says first of a dataset; of a file itself, and of what stands in no dataset, its problems."""
    one: Audited | None = item.dataset
    if one is not None:
        path = places.relative(one.path)
        return (path, *one[1:5], one.errors, one.warnings, one.infos, one.views, one.downloads)
    first = item.problems[0]
    levels = (sum(problem.severity == level for problem in item.problems) for level in (3, 2, 1))
    return (places.relative(first.path), 0, first.record, first.title, "", *levels, None, None)


def _short(points: float) -> float:
    return int(points) if float(points).is_integer() else round(points, 2)
