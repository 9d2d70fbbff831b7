"""The workbook of an audit, as another program reads it: a sheet of what to do for each agency."""

from __future__ import annotations

import io
from typing import Any

import pytest
from audit.said import FIELDS, dataset, method, nasty, problem, result, settings, two_methods
from openpyxl import load_workbook
from test_output_safety import NASTY, NEVER

from metalint.audit.result import Result
from metalint.model import Severity
from metalint.output import audit_sheets, places
from metalint.output.sheets import workbook


def read(
    made: Result, lang: str = "en", most: int = 250, text: str = "", field: str = ""
) -> dict[str, list[tuple[Any, ...]]]:
    data = b"".join(workbook(audit_sheets.sheets(made, settings(lang, text, field), most), lang))
    book = load_workbook(io.BytesIO(data))
    return {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}


def made() -> Result:
    a, b, c, d = (dataset(n, name) for n, name in enumerate(["環境部", "勞動部", "勞動部", "農業部"], 1))
    unsure = {"fix": problem(a).fix and problem(a).fix._replace(safe=False)}
    problems = [
        problem(a, Severity.INFO, "text/full-width"), problem(b, Severity.INFO, fix=None),
        problem(b, Severity.ERROR, "date/impossible", fix=None, excerpt=None), problem(c, **unsure),
    ]  # fmt: skip
    return result([a, b, c, d], problems, [method()])


def test_a_sheet_for_each_agency_with_the_gravest_first() -> None:
    sheets = read(made())
    assert list(sheets) == ["Overview", "Agencies", "1 勞動部", "2 環境部", "Rules", "What to mend first"]
    heads, *rows = sheets["1 勞動部"]
    assert heads == (
        *("Identifier", "Dataset", "Severity", "Problem", "Value", "What to do", "Proposed", "Needs a look"),
        *("Rule", "File", "Line"),
    )
    assert [(row[0], row[2], row[8], row[10]) for row in rows] == [
        ("2", "error", "date/impossible", 3),
        ("3", "warning", "title/too-short", 4),
        ("2", "advice", "title/too-short", 3),
    ]
    assert [row[4] for row in rows] == [None, '"職安"', '"職安"']
    assert [(row[6], row[7]) for row in rows] == [(None, None), ("臺南市職業安全衛生教育訓練場次", "yes"), (None, None)]


def test_every_agency_is_listed() -> None:
    heads, *rows = read(made(), "zh-TW")["機關一覽"]
    assert heads[:4] == ("工作表", "機關", "問題", "資料集")
    assert heads[-1] == "資料品質 v2023-01（%）"
    assert [row[:5] for row in rows] == [
        (1, "勞動部", 3, 2, 0),
        (2, "環境部", 1, 1, 0),
        (None, "農業部", 0, 1, 1),
    ]
    assert rows[0][-1] == 70


def test_agencies_beyond_the_limit_share_a_sheet() -> None:
    sheets = read(made(), "zh-TW", most=1)
    assert list(sheets)[2:4] == ["1 勞動部", "其他機關"]
    heads, *rows = sheets["其他機關"]
    assert heads[:2] == ("機關", "資料集編號")
    assert [row[:2] for row in rows] == [("環境部", "1")]
    said = [row[0] for row in sheets["總覽"]]
    assert "問題最多的 1 個機關各有一張工作表；其他 1 個機關的 1 個問題在「其他機關」。" in said
    listed = {row[1]: row[0] for row in sheets["機關一覽"][1:]}
    assert listed == {"勞動部": 1, "環境部": "其他機關", "農業部": None}


def test_names_of_sheets_are_legal_and_unlike() -> None:
    names = ["國立臺灣大學/研究發展處:[甲]*?", "x" * 60, "x" * 61, "History", "'引號'", "", "Overview"]
    datasets = [dataset(number, name) for number, name in enumerate(names, 1)]
    sheets = read(result(datasets, [problem(one) for one in datasets]))
    assert len(sheets) == len(names) + 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in sheets)
    assert {row[1] for row in sheets["Agencies"][1:]} >= {"(no agency named)", "History"}


def test_problems_of_no_dataset_are_there() -> None:
    one = dataset(1)
    sheets = read(result([one], [problem(one, record="", title="", line=1), problem(one)]))
    assert [row[1] for row in sheets["Agencies"][1:]] == ["臺南市政府勞工局", "(of no dataset)"]
    assert sum(len(rows) - 1 for name, rows in sheets.items() if name[0].isdigit()) == 2


def test_the_problems_of_a_file_are_no_agencys() -> None:
    one, other = dataset(1, ""), dataset(2)
    of_file = problem(one, Severity.ERROR, line=1, record="", title="")
    sheets = read(result([one, other], [of_file, problem(one), problem(other)]), most=1)
    assert list(sheets)[2:5] == ["1 (no agency named)", "2 (of no dataset)", "Other agencies"]
    for _, agency, count, _, _, *levels in sheets["Agencies"][1:]:
        assert agency == "(of no dataset)" or count == sum(levels), "an agency's problems add up"
    said = [row[0] for row in sheets["Overview"]]
    assert any("The 1 agencies" in str(one) and "the 1 problems of the other 1" in str(one) for one in said)


def test_a_sheet_that_is_mailed_names_no_folders_of_ours() -> None:
    some = [dataset(n)._replace(path=f"/home/clerk/audit/{name}") for n, name in ((1, "a.csv"), (2, "old/a.csv"))]
    sheets = read(result(some, [problem(one) for one in some]))
    assert [row[9] for row in sheets["1 臺南市政府勞工局"][1:]] == ["a.csv", "old/a.csv"]
    assert [row[0] for row in sheets["Overview"] if "a.csv" in str(row[0])] == ["Files a.csv", "Files old/a.csv"]


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        ([], []),
        (["/a/b/c.csv"], ["c.csv"]),
        (["/a/b/c.csv", "/a/bc/c.csv"], ["b/c.csv", "bc/c.csv"]),
        (["/c.csv", "c.csv"], ["/c.csv", "c.csv"]),
        (["<stdin>", "/a/c.csv"], ["<stdin>", "/a/c.csv"]),
    ],
)
def test_paths_are_told_apart(paths: list[str], told: list[str]) -> None:
    assert list(places.told_apart(paths).values()) == told


def test_a_workbook_of_nothing() -> None:
    sheets = read(result([], []))
    assert list(sheets) == ["Overview", "Agencies", "Rules"]
    assert sheets["Overview"][1][0] == "No datasets were read."


def test_what_wins_most_for_all_and_for_each() -> None:
    heads, *rows = read(made())["What to mend first"]
    assert heads == ("Agency", "Method", "Indicator", "What to do", "Datasets", "Points")
    assert rows[0] == ("all", "資料品質 v2023-01", "名稱足以辨識", "say more", 4, 120)
    assert {row[0] for row in rows[1:]} == {"環境部", "勞動部", "農業部"}


def test_an_agency_has_all_its_gaps_method_by_method() -> None:
    sheets = read(two_methods())
    rows = [row for row in sheets["What to mend first"] if row[0] == "勞動部"]
    assert [(row[1], row[5]) for row in rows] == [("甲 v2023-01", 30), ("乙 v2023-01", 7000), ("乙 v2023-01", 3000)]


def test_sheets_are_printed_whole() -> None:
    data = b"".join(workbook(audit_sheets.sheets(made(), settings("zh-TW")), "zh-TW"))
    for page in load_workbook(io.BytesIO(data)):
        assert page.page_setup.orientation == "landscape"
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) in ((1, 0), (None, 0))
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows == "$1:$1"


def test_a_workbook_is_the_same_each_time() -> None:
    said = settings("zh-TW")
    one, two = (b"".join(workbook(audit_sheets.sheets(made(), said), "zh-TW")) for _ in range(2))
    assert one == two


@pytest.mark.parametrize("field", FIELDS)
def test_no_text_acts_in_a_cell(field: str) -> None:
    for text in NASTY.values():
        for rows in read(nasty(text, field), text=text, field=field).values():
            for cell in (cell for row in rows for cell in row if isinstance(cell, str)):
                assert not cell.startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")), (field, text)
                assert not NEVER.search(cell), (field, text)
