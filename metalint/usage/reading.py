"""Usage statistics as rows: whose they are, of which period, and how many views and downloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from metalint import datasets, dates, inputs
from metalint.datasets import Dataset
from metalint.lexicon import Lexicon
from metalint.model import Texts, Unreadable
from metalint.platforms import UNKNOWN
from metalint.run import Options
from metalint.shipped import shipped
from metalint.usage import headings, periods
from metalint.usage.counts import count
from metalint.usage.headings import Cell, Cells
from metalint.usage.periods import Period
from metalint.vocabulary import Vocabulary

_DAY = 10  # characters of an ISO 8601 day


class Row(NamedTuple):
    """The figures of a dataset in one file. `record` is its identifier, empty where it has none.

    `period` is `None` where nothing says it; `own`: the row itself says it. `number` is that of the record, from 1.
    `metadata`: its file describes datasets, as a platform wants it, and is no bare table of figures.
    """

    path: str
    line: int
    number: int
    record: str
    title: str
    agency: str
    issued: str
    period: Period | None
    views: int | None
    downloads: int | None
    own: bool = False
    metadata: bool = False


class Left(NamedTuple):
    """A row that is left out, for it is the sum of others."""

    path: str
    line: int


def read(paths: Sequence[str], options: Options, given: Mapping[str, Period]) -> Iterator[Row | Left | Unreadable]:
    """Yield the rows of files, in the order of their paths; between them what cannot be read or is left out.

    `given` are the periods of files by path, `""` for a single one, where they are not told by a date in each row;
    else the name of a file tells it. Of several files each needs one. Raises CannotRun.
    """
    vocabulary = Lexicon((shipped("vocab"),)).vocabulary("usage")
    cells = headings.cells(vocabulary)
    several = len(inputs.expand(paths, options.exclude).files) > 1
    path = ""
    missed: list[Dataset] = []  # records without any figure
    undated: list[Dataset] = []
    period: Period | None = None
    for dataset in datasets.read(paths, options):
        if isinstance(dataset, Unreadable):
            yield dataset
            continue
        if dataset.path != path:
            yield from _ended(missed, undated, vocabulary, seen=bool(path))
            missed, undated, path = [], [], dataset.path
            period = _given(path, given) or periods.of_name(path)
        told = cells(dataset)
        if "views" not in told and "downloads" not in told:
            missed.append(dataset)
            continue
        own = "period" in told or "year" in told or "month" in told
        when = _period(told, period) if own else period
        if when is None and own:
            yield _no_period(dataset, told)
        elif when is None and several:
            undated.append(dataset)
        else:
            yield from _row(dataset, told, when, vocabulary, own=own)
    yield from _ended(missed, undated, vocabulary, seen=bool(path))


def _row(
    dataset: Dataset, told: Cells, period: Period | None, vocabulary: Vocabulary, *, own: bool
) -> Iterator[Row | Left | Unreadable]:
    """Yield a row, and before it what is wrong with its figures."""
    record = _text(told, "identifier")
    title, agency = _text(told, "title") or dataset.title, _text(told, "agency") or dataset.agency
    record = "" if record == str(dataset.number) else record  # a serial number: another file's is another dataset's
    named = vocabulary.find(title or agency)
    if named is not None and named.id == "sum" and not record:
        yield Left(dataset.path, dataset.line)
        return
    figures: dict[str, int | None] = {}
    for term in ("views", "downloads"):
        total: int | None = None
        for cell in told.get(term, ()):
            try:
                one = _count(cell, vocabulary)
            except ValueError:
                one = None
                yield _no_count(dataset, cell)
            total = one if total is None else total + (one or 0)
        figures[term] = total
    if not title and not record:
        if any(figure is not None for figure in figures.values()):
            yield _told(dataset, "沒有名稱也沒有識別碼，未計入", "has neither a title nor an identifier: left out")
        return
    views, downloads = figures["views"], figures["downloads"]
    place, metadata = (dataset.path, dataset.line, dataset.number), dataset.platform.name != UNKNOWN
    yield Row(*place, record, title, agency, _issued(told), period, views, downloads, own, metadata)


def _count(cell: Cell, vocabulary: Vocabulary) -> int | None:
    """Return a count, `None` where it is not known. Raises ValueError for what is none."""
    try:
        return count(cell.value)
    except ValueError:
        found = vocabulary.find(cell.value) if isinstance(cell.value, str) else None
        if found is not None and found.id == "unknown":
            return None
        raise


def _period(told: Cells, otherwise: Period | None) -> Period | None:
    """Return the period that a row says: in one cell, or year and month in two; of an empty cell, that of its file."""
    whole, year, month = (_text(told, term) for term in ("period", "year", "month"))
    if whole:
        return periods.read(whole)
    if not year and not month:
        return otherwise
    of_year = periods.read(year) if year else otherwise
    if not month:
        return of_year
    number = month.removesuffix("月").strip()
    if number.isdecimal() and len(number) <= 2:
        return periods.read(f"{of_year.year}-{int(number):02}") if of_year is not None else None
    return periods.read(month)


def _issued(told: Cells) -> str:
    """Return the day since when a dataset is listed, ISO 8601; empty where that is not known."""
    day = dates.read(_text(told, "issued")).day
    return day.isoformat()[:_DAY] if day is not None else ""


def _text(told: Cells, term: str) -> str:
    """Return the text of a cell on one line; empty where there is none."""
    value = told[term][0].value if term in told else None
    if isinstance(value, dict):
        value = value.get("title") or value.get("name")
    return " ".join(str(value).split()) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _given(path: str, given: Mapping[str, Period]) -> Period | None:
    return given.get(path) or given.get(PurePath(path).name) or given.get("")


def _no_count(dataset: Dataset, cell: Cell) -> Unreadable:
    shown = str(cell.value)[:40]
    return _told(
        dataset,
        f"{cell.key}「{shown}」不是次數，視為未知；應為整數，例如 1,099",
        f"{cell.key} “{shown}” is no count and is taken as unknown; a whole number is wanted, such as 1,099",
    )


def _no_period(dataset: Dataset, told: Cells) -> Unreadable:
    cell = next(told[term][0] for term in ("period", "month", "year") if term in told)
    shown = str(cell.value if cell.value is not None else "")[:40]
    return _told(
        dataset,
        f"{cell.key}「{shown}」不是年月，這一筆未計入；應為 2018-07、107年7月 或 10707",
        f"{cell.key} “{shown}” is no month: the record is left out; 2018-07, 107年7月 or 10707 is wanted",
    )


def _told(dataset: Dataset, zh: str, en: str) -> Unreadable:
    """Return a complaint that names the record."""
    title = dataset.title[:40]
    shown_zh, shown_en = (f"「{title}」", f" “{title}”") if title else ("", "")
    texts = Texts(f"第 {dataset.number} 筆{shown_zh}：{zh}", f"record {dataset.number}{shown_en}: {en}")
    return Unreadable(dataset.path, dataset.line, 1, texts)


def _ended(
    missed: Sequence[Dataset], undated: Sequence[Dataset], vocabulary: Vocabulary, *, seen: bool
) -> Iterator[Unreadable]:
    """Yield what is to be said of a file that was read."""
    if missed and seen:
        first, count = missed[0], len(missed)
        names = "、".join(
            (*headings.spellings(vocabulary, "views")[:3], *headings.spellings(vocabulary, "downloads")[:3])
        )
        keys = "、".join(list(first.raw)[:8])
        zh = f"{count:,} 筆沒有瀏覽或下載次數的欄位，未計入；認得的欄名如 {names}，這裡有 {keys}"
        en = f"{count:,} records have no column of views or downloads and are left out; known are {names}; here: {keys}"
        yield Unreadable(first.path, first.line, 1, Texts(zh, en))
    if undated:
        first, name = undated[0], PurePath(undated[0].path).name
        say = f"請用 --date {name}=2018-07 指定，或在檔名寫年月（2018-07、10707）"
        zh = f"看不出是哪一期的統計，{len(undated):,} 筆未計入；{say}"
        en = (
            f"nothing says of which period it is: {len(undated):,} records are left out; "
            f"say it by --date {name}=2018-07, or in the file's name (2018-07, 10707)"
        )
        yield Unreadable(first.path, 0, 0, Texts(zh, en))
