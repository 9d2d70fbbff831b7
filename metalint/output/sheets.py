"""A workbook for spreadsheet programs, streamed: its size costs disk, not memory. Needs the extra `audit`."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from metalint.model import Texts
from metalint.output.table import cell
from metalint.run import CannotRun
from metalint.terminal import safe, width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value: TypeAlias = str | int | float | None

_ROWS = 1_048_576  # of a sheet, the heads among them
_NAME = 31  # characters of a sheet's name
_EXACT = 10**15  # a spreadsheet's numbers have fifteen digits: what is longer is a text
_CHUNK = 1 << 20
_A4 = 9  # as Excel numbers papers
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  the same workbook for the same rows, whenever it is made
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}
_MISSING = Texts(
    "試算表需要 xlsxwriter：pip install 'metalint[audit]'",
    "a workbook needs xlsxwriter: pip install 'metalint[audit]'",
)


class Sheet(NamedTuple):
    """A sheet: its name, heads, rows, and the widths of its columns in characters (else as wide as the heads)."""

    name: str
    heads: tuple[str, ...]
    rows: Iterable[Sequence[Value]]
    widths: tuple[int, ...] = ()


def prove() -> None:
    """Raise CannotRun where workbooks cannot be written: to be asked before the work, not after it."""
    try:
        import xlsxwriter  # noqa: F401
    except ImportError as error:
        raise CannotRun(_MISSING) from error


def workbook(sheets: Iterable[Sheet], lang: str = "en") -> Iterator[bytes]:
    """Yield the bytes of a workbook, a chunk at a time. Raises CannotRun, and OSError where the disk is full.

    Texts are never formulas nor links. What a sheet cannot hold is counted on its last row.
    """
    prove()
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    with tempfile.TemporaryDirectory(prefix="metalint-") as folder:
        path = Path(folder, "workbook.xlsx")
        book = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": folder})
        book.set_properties({"created": _MADE})
        bold, whole, broken = (book.add_format(one) for one in ({"bold": True}, {"num_format": "#,##0"}, _BROKEN))
        taken: set[str] = set()
        try:
            for sheet in sheets:
                page = book.add_worksheet(_name(sheet.name, taken))
                page.freeze_panes(1, 0)
                _for_paper(page)
                for column, (text, cells) in enumerate(zip(sheet.heads, _widths(sheet), strict=True)):
                    page.set_column(column, column, cells)
                    page.write_string(0, column, cell(text), bold)
                last = _fill(page, sheet.rows, lang, whole, broken)
                if sheet.heads:
                    page.autofilter(0, 0, last, len(sheet.heads) - 1)
            book.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from error
        finally:
            _let_go(book.worksheets())
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


def _for_paper(page: Worksheet) -> None:
    """Let a sheet be printed with all its columns beside each other, and its heads on each page."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


_BROKEN = {"num_format": "#,##0.0##"}


def _fill(page: Worksheet, rows: Iterable[Sequence[Value]], lang: str, whole: Format, broken: Format) -> int:
    """Write the rows below the heads and return the number, from 0, of the last that is written."""
    left = iter(rows)
    last = 0
    for row in islice(left, _ROWS - 2):
        last += 1
        _write(page, last, row, whole, broken)
    rest = list(islice(left, 2))
    if len(rest) == 1:
        last += 1
        _write(page, last, rest[0], whole, broken)
    elif rest:
        last += 1
        more = len(rest) + sum(1 for _ in left)
        zh, en = f"另有 {more:,} 列放不下，未列出", f"{more:,} more rows do not fit and are not listed"
        page.write_string(last, 0, zh if lang == "zh-TW" else en)
    return last


def _write(page: Worksheet, number: int, row: Sequence[Value], whole: Format, broken: Format) -> None:
    for column, value in enumerate(row):
        if isinstance(value, str):
            page.write_string(number, column, _text(value))
        elif isinstance(value, bool):
            page.write_boolean(number, column, value)
        elif value is None or not math.isfinite(value):
            continue
        elif abs(value) >= _EXACT:
            page.write_string(number, column, str(value))
        else:
            page.write_number(number, column, value, whole if isinstance(value, int) else broken)


def _text(text: str) -> str:
    """Return a text as a cell may hold it: no formula, and nothing that XML forbids."""
    return cell(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _widths(sheet: Sheet) -> Iterator[int]:
    """Yield the width of each column: room for the head, and for the arrow of its filter."""
    given = (*sheet.widths, *([0] * len(sheet.heads)))
    for text, wanted in zip(sheet.heads, given, strict=False):
        yield min(max(wanted, width(safe(text)) + 4), 80)


def _name(wanted: str, taken: set[str]) -> str:
    """Return the name of a sheet as Excel allows it, unlike those that are taken."""
    plain = re.sub(r"[\[\]:*?/\\\ufffe\uffff]", " ", safe(wanted))
    plain = " ".join(plain.split()).strip("' ") or "Sheet"
    plain = f"{plain}_" if plain.casefold() == "history" else plain  # Excel's own
    name, number = _within(plain, _NAME), 2
    while name.casefold() in taken:
        mark = f" ({number})"
        name, number = _within(plain, _NAME - len(mark)) + mark, number + 1
    taken.add(name.casefold())
    return name


def _within(text: str, most: int) -> str:
    """Return the beginning of a text that is no longer than Excel counts it: a sign beyond the BMP is two."""
    while len(text.encode("utf-16-le", "replace")) > 2 * most:
        text = text[:-1]
    return text.strip("' ")


def _let_go(pages: Iterable[Worksheet]) -> None:
    """Close what a workbook that was broken off leaves open."""
    for page in pages:
        page._opt_close()  # noqa: SLF001
