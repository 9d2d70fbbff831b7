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
from metalint.run import CannotRun, Options
from metalint.shipped import shipped
from metalint.usage import complaints, headings, periods
from metalint.usage.counts import count
from metalint.usage.headings import Cell, Cells
from metalint.usage.periods import Period
from metalint.vocabulary import Vocabulary

_DAY = 10  # characters of an ISO 8601 day
_DIGITS = 9  # of a serial number


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


class _Serials:
    """The serial numbers of a file's rows, which are no identifiers: another file's are other datasets'.

    A number is one that is the record's own, or 1, or follows the one before: sums between the rows, and months that
    each begin anew, leave them behind the records.
    """

    def __init__(self) -> None:
        self._last = 0

    def has(self, record: str, number: int) -> bool:
        """Tell whether what stands for a record's identifier is its serial number; to be asked of each in order."""
        if not record.isdecimal() or len(record) > _DIGITS:
            return False
        serial = int(record)
        if serial not in (number, 1, self._last + 1):
            return False
        self._last = serial
        return True


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
    files = inputs.expand(paths, options.exclude).files
    several = len(files) > 1
    _prove(given, [options.stdin_filename if path == inputs.STDIN else path for path in files])
    path = ""
    missed: list[Dataset] = []  # records without any figure
    undated: list[Dataset] = []
    period: Period | None = None
    serials = _Serials()
    for dataset in datasets.read(paths, options):
        if isinstance(dataset, Unreadable):
            yield dataset
            continue
        if dataset.path != path:
            yield from complaints.at_end(missed, undated, vocabulary, seen=bool(path))
            missed, undated, path, serials = [], [], dataset.path, _Serials()
            period = _given(path, given) or periods.of_name(path)
        told = cells(dataset)
        if "views" not in told and "downloads" not in told:
            missed.append(dataset)
            continue
        own = "period" in told or "year" in told or "month" in told
        when = _period(told, period) if own else period
        if when is None and own:
            yield complaints.no_period(dataset, told)
        elif when is None and several:
            undated.append(dataset)
        else:
            yield from _row(dataset, told, when, vocabulary, serials, own=own)
    yield from complaints.at_end(missed, undated, vocabulary, seen=bool(path))


def _row(
    dataset: Dataset, told: Cells, period: Period | None, vocabulary: Vocabulary, serials: _Serials, *, own: bool
) -> Iterator[Row | Left | Unreadable]:
    """Yield a row, and before it what is wrong with its figures."""
    record = _text(told, "identifier")
    title, agency = _text(told, "title") or dataset.title, _text(told, "agency") or dataset.agency
    record = "" if serials.has(record, dataset.number) else record
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
                yield complaints.no_count(dataset, cell)
            total = one if total is None else total + (one or 0)
        figures[term] = total
    if not title and not record:
        if any(figure is not None for figure in figures.values()):
            yield complaints.no_name(dataset)
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


def _prove(given: Mapping[str, Period], files: Sequence[str]) -> None:
    """Raise CannotRun for a period of a file that is not there, and for one that does not say of which file it is."""
    names = {*files, *(PurePath(path).name for path in files)}
    for name, period in given.items():
        if name and name not in names:
            zh, en = f"--date {name}={period}：沒有讀取這個檔案", f"--date {name}={period}: no such file is read"
            raise CannotRun(Texts(zh, en))
        if not name and len(files) > 1:
            zh = f"--date {period} 沒有說是哪個檔案，而檔案有 {len(files):,} 個；應為 --date 檔名={period}"
            en = f"--date {period} is of one file, and there are {len(files):,}: --date NAME={period} is wanted"
            raise CannotRun(Texts(zh, en))


def _given(path: str, given: Mapping[str, Period]) -> Period | None:
    return given.get(path) or given.get(PurePath(path).name) or given.get("")
