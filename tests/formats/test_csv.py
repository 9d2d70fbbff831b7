from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from formats.standin import bare, faults, pieces, slices, text_at, values
from hypothesis import given
from hypothesis import strategies as st

from metalint.formats import csv_, csv_rows, growing
from metalint.model import Fault, Slice

CELL = st.text(st.sampled_from('ab,;"|\t\n\r 甲🎈'), max_size=6)
SIGNS = st.sampled_from(",;\t|")


def written(cell: str, sign: str, style: str) -> str:
    needed = any(mark in cell for mark in (sign, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if needed or style == "all" else cell


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, str, list[list[str]]]:
    """Return a table's text, its delimiter and its rows below a header of three names."""
    sign, style = draw(SIGNS), draw(st.sampled_from(["all", "needed"]))
    rows = draw(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6))
    end = st.sampled_from(["\n", "\r\n", "\r"])
    text = f"甲{sign}b{sign}c{draw(end)}"
    for row in rows:
        text += sign.join(written(cell, sign, style) for cell in row) + draw(end)
    return text[: len(text) if draw(st.booleans()) else -1], sign, rows


@given(tables())
def test_rows_are_what_the_standard_reader_reads(table: tuple[str, str, list[list[str]]]) -> None:
    text, sign, _ = table
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    blank = " \t\v\f\xa0\u3000" + sign
    kept = [p for p in slices(csv_, text) if p.text.strip(blank)]
    got = [list(csv_.parse(piece).value.values()) for piece in kept]  # type: ignore[union-attr]
    assert (
        [row for row in got if any(cell.strip(blank) for cell in row)]
        == [  # type: ignore[union-attr]
            row for row in read[1:] if any(cell.strip(blank) for cell in row)
        ]
    )


@given(tables())
def test_text_at_a_place_is_the_cell(table: tuple[str, str, list[list[str]]]) -> None:
    text = table[0]
    for piece in slices(csv_, text):
        value: Any = csv_.parse(piece).value
        for name, cell in value.items():
            span = csv_.locate(piece, (name,))
            token = text_at(text, span)
            assert token == piece.text[span.start : span.end]
            assert cell == (token[1:-1].replace('""', '"') if token[:1] == '"' else token)
            assert csv_.locate(piece, (name,), key=True) == span


@given(st.text(st.sampled_from('ab,;"\n\r 甲')), st.integers(1, 3))
def test_small_pieces_make_the_same_rows(text: str, size: int) -> None:
    assert pieces(csv_, text, (), size) == pieces(csv_, text)


@given(st.text() | st.text(st.sampled_from('a,"\n\r\x00\ud800')), st.text(max_size=3))
def test_nothing_is_raised(text: str, name: str) -> None:
    for piece in [Slice(1, text), Slice(1, text, header=(name, "b")), *slices(csv_, text)]:
        parsed = csv_.parse(piece)
        assert parsed == csv_.parse(bare(piece))
        csv_.locate(piece, (name, 1))
        csv_.locate(piece, ("b",), key=True)


@pytest.mark.parametrize(
    ("text", "rows", "said"),
    [
        pytest.param("a,b\n1,2\n", [{"a": "1", "b": "2"}], [], id="plain"),
        pytest.param("a;b\n1;2,3\n", [{"a": "1", "b": "2,3"}], [], id="semicolons"),
        pytest.param('"a,x"\tb\n1\t2\n', [{"a,x": "1", "b": "2"}], [], id="tabs beside a quoted comma"),
        pytest.param("\n\na|b\n\n1|2\n  \n|\n", [{"a": "1", "b": "2"}], [], id="blank rows"),
        pytest.param(' a , "b" \n1,2\n', [{"a": "1", "b": "2"}], [], id="names are trimmed"),
        pytest.param("a\n1\r2\r\n3", [{"a": "1"}, {"a": "2"}, {"a": "3"}], [], id="all line ends"),
        pytest.param("a,b\n", [], [("unreadable", "no-rows", 1, 1)], id="only a header"),
        pytest.param("", [], [("unreadable", "empty", 1, 1)], id="empty"),
        pytest.param("  ", [], [("unreadable", "empty", 1, 1)], id="only white space"),
        pytest.param("a,b\n1\n", [{"a": "1"}], [("ragged-row", (1, 2), 2, 1)], id="too few"),
        pytest.param("a,b\n1,2,3,4\n", [{"a": "1", "b": "2"}], [("ragged-row", (4, 2), 2, 5)], id="too many"),
        pytest.param(
            "a,a,b,a\n1,2,3,4\n",
            [{"a": "1", "a (2)": "2", "b": "3", "a (3)": "4"}],
            [("duplicate-column", ("a", 1), 1, 3), ("duplicate-column", ("a", 1), 1, 7)],
            id="equal names",
        ),
        pytest.param("a,b,,\n1,2,,\n", [{"a": "1", "b": "2", "": "", "(2)": ""}], [], id="names that are empty"),
        pytest.param("a,b\n1,x\x00y\n", [{"a": "1", "b": "x\x00y"}], [("control-character", "U+0000", 2, 4)], id="nul"),
    ],
)
def test_a_table_is_read(text: str, rows: list[Any], said: list[Any]) -> None:
    assert (values(csv_, text), faults(csv_, text)) == (rows, said)


@pytest.mark.parametrize(
    ("text", "said", "good"),
    [
        pytest.param(
            'a,b\n1,"x\n2,"y"\n3,z\n',
            [("unreadable", "unclosed-quote", 2, 3)],
            ["2", "3"],
            id="swallowed next quote",
        ),
        pytest.param('a,b\n1,"x\n2,y\n', [("unreadable", "unclosed-quote", 2, 3)], ["2"], id="open to the end"),
        pytest.param(
            'a,b,c\n1,"x\ny,z\n2,"p","q"\n',
            [("unreadable", "unclosed-quote", 2, 3)],
            ["2"],
            id="ends with its cells",
        ),
        pytest.param('a,b\n1,"x"y\n2,z\n', [("unreadable", "trailing-text", 2, 6)], ["2"], id="after the quote"),
        pytest.param(
            'a,b\n1,"資料 "甲" 說明"\n2,z\n', [("unreadable", "trailing-text", 2, 8)], ["2"], id="inner quotes"
        ),
        pytest.param('a,b\n1,x"y"\n', [], ["1"], id="quotes inside are text"),
    ],
)
def test_a_wrong_quote_costs_one_row(text: str, said: list[Any], good: list[str]) -> None:
    assert faults(csv_, text) == said
    assert [value["a"] for value in values(csv_, text) if isinstance(value, dict)] == good


def test_a_row_that_is_too_large_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "RECORD", 100)
    monkeypatch.setattr(growing, "RECORD", 100)
    found = pieces(csv_, "a,b\n1," + "x" * 5000 + "\n2,y\n", (), 10)
    assert [type(piece) for piece in found] == [Fault, Slice]
    assert found[1].text == "2,y"  # type: ignore[union-attr]
    assert found[1].line == 3  # type: ignore[union-attr]


def test_a_missing_cell_is_where_its_row_is() -> None:
    (piece,) = slices(csv_, "a,b\n1\n")
    assert csv_.locate(piece, ("b",)) == csv_.locate(piece, ()) == (0, 1, 2, 1, 2, 2)


@pytest.mark.parametrize("name", ["taipei-2016-06.csv", "taoyuan-2018-07.csv", "data-gov-tw-usage-2018-07.csv"])
def test_a_real_catalogue_reads_as_the_standard_reader_does(corpus: Path, name: str) -> None:
    if not (corpus / name).is_file():
        pytest.skip(f"no {name} in {corpus}")
    raw = (corpus / name).read_bytes()
    text = raw.decode("cp950" if name.startswith("taipei") else "utf-8-sig")
    read = [row for row in csv.reader(io.StringIO(text, newline="")) if any(cell.strip() for cell in row)]
    assert [list(value.values()) for value in values(csv_, text)] == read[1:]
