"""A workbook read back by another program: texts are texts, numbers are numbers, names are legal."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import pytest

from metalint.output import sheets
from metalint.output.sheets import Sheet, workbook
from metalint.run import CannotRun

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")


def read(*made: Sheet, lang: str = "zh-TW") -> object:
    return openpyxl.load_workbook(io.BytesIO(b"".join(workbook(made, lang))))


def rows(page: object) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in page.iter_rows()]


@pytest.mark.parametrize(
    ("value", "shown", "kind"),
    [
        ("職業災害統計", "職業災害統計", "s"),
        ('=HYPERLINK("http://evil.example")', '\'=HYPERLINK("http://evil.example")', "s"),
        ("＝１＋１", "'＝１＋１", "s"),
        ("-", "'-", "s"),
        ("https://data.gov.tw/dataset/6564", "https://data.gov.tw/dataset/6564", "s"),
        ("007", "007", "s"),
        ("一\n二", "一⏎二", "s"),
        ("a\x00b\ufffe\ud800", "a\\x00b\ufffd\\ud800", "s"),
        (1099, 1099, "n"),
        (0, 0, "n"),
        (0.25, 0.25, "n"),
        (10**18, str(10**18), "s"),
        (None, None, "n"),
        (float("nan"), None, "n"),
        (True, True, "b"),
    ],
)
def test_a_value_is_what_it_is(value: object, shown: object, kind: str) -> None:
    cell = read(Sheet("表", ("甲",), [(value,)])).active.cell(2, 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (shown, kind, None)


def test_heads_are_bold_frozen_and_filtered() -> None:
    page = read(Sheet("資料集", ("名稱", "下載次數"), [("甲", 3), ("乙", 2)], (40,))).active
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:B3")
    assert page.cell(1, 1).font.bold
    assert not page.cell(2, 1).font.bold
    assert page.column_dimensions["A"].width > 40 > page.column_dimensions["B"].width


def test_an_empty_sheet_has_its_heads() -> None:
    assert rows(read(Sheet("缺期", ("期別",), [])).active) == [("期別",)]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (("資料集", "資料集"), ["資料集", "資料集 (2)"]),
        (("a/b:c*[d]?\\",), ["a b c d"]),
        (("", "''"), ["Sheet", "Sheet (2)"]),
        (("Abc", "aBC"), ["Abc", "aBC (2)"]),
        (("甲" * 40, "甲" * 40), ["甲" * 31, "甲" * 27 + " (2)"]),
        (("𠮷" * 20,), ["𠮷" * 15]),
        (("History",), ["History_"]),
    ],
)
def test_names_are_legal_and_unlike(wanted: tuple[str, ...], names: list[str]) -> None:
    assert read(*(Sheet(name, ("甲",), []) for name in wanted)).sheetnames == names


@pytest.mark.parametrize(
    ("count", "last"), [(3, "2"), (4, "3"), (5, "另有 2 列放不下，未列出"), (9, "另有 6 列放不下，未列出")]
)
def test_what_does_not_fit_is_counted(count: int, last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_ROWS", 5)
    read_back = rows(read(Sheet("表", ("甲",), ((str(number),) for number in range(count)))).active)
    assert read_back[-1] == (last,)
    assert len(read_back) == min(count + 1, 5)


def test_the_same_rows_are_the_same_bytes() -> None:
    made = [b"".join(workbook([Sheet("表", ("甲",), [("乙", 1)][:1])])) for _ in range(2)]
    assert made[0] == made[1]


def test_nothing_is_left_where_the_rows_break_off(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets.tempfile, "tempdir", str(tmp_path))

    def broken() -> Iterator[tuple[str]]:
        yield ("甲",)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(workbook([Sheet("表", ("甲",), broken())]))
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(CannotRun) as refused:
        sheets.prove()
    assert all("pip install 'metalint[audit]'" in refused.value.texts[lang] for lang in ("zh-TW", "en"))
