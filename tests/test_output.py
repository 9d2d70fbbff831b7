"""Problems as people and programs read them: frames that stand right, text that is safe, JSON that is JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from metalint.frames import excerpt
from metalint.model import Excerpt, Fix, Problem, Severity, Slice, Span, Texts
from metalint.output import FORMATS, Settings, render
from metalint.report import FileSeen, Report
from metalint.terminal import cut, safe, width

SPAN = Span(0, 0, 1, 1, 1, 1)


def problem(**changes: object) -> Problem:
    made = Problem(
        "a.json", 2, 5, "title/too-short", 2, 9, Severity.WARNING, "too short", "say more", "7", "公園", ("title",),
    )  # fmt: skip
    return made._replace(**changes)  # type: ignore[arg-type]


def report(*problems: Problem) -> Report:
    made = Report()
    made.add(problems)
    made.files.append(FileSeen("a.json", "json", "ckan", Texts("有 title", "has title"), "utf-8", True, 3))
    return made


def said(form: str, *problems: Problem, **settings: object) -> str:
    return "".join(render(form, report(*problems), Settings(**settings)))  # type: ignore[arg-type]


def frame(text: str, start: int, end: int, **settings: object) -> list[str]:
    lines = said("full", problem(excerpt=Excerpt(2, text, start, end, False, False)), **settings).splitlines()
    return [line for line in lines if re.match(r"\s*2? \| ", line)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param('"title": "abc"', 9, 14, id="latin"),
        pytest.param('"資料集名稱": "公園綠地"', 9, 15, id="hanzi"),
        pytest.param('"t": "😀公園😀"', 5, 11, id="emoji"),
        pytest.param('\t\t"t":\t"公園"', 7, 11, id="tabs"),
        pytest.param('"t": "ａｂｃ"', 5, 10, id="full width"),
        pytest.param('"t": "e\u0301te\u0301"', 5, 12, id="combining marks"),
    ],
)
def test_carets_stand_under_what_they_mean(text: str, start: int, end: int) -> None:
    source, carets = frame(text, start, end)
    marked = safe(text[start:end])
    at = source.index(marked)
    assert width(source[:at]) == carets.index("^")
    assert carets.count("^") == width(marked)


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300), st.integers(40, 120))
def test_no_frame_is_wider_than_the_terminal(text: str, one: int, two: int, columns: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    for line in frame(text, start, end, width=columns):
        assert width(line) <= columns


@given(st.text(max_size=2000), st.integers(0, 2000), st.integers(0, 50))
def test_an_excerpt_is_one_line_and_marks_the_problem(text: str, at: int, size: int) -> None:
    start = min(at, len(text))
    end = min(start + size, len(text))
    found = excerpt(text, Span(start, end, 1, 1, 1, 1))
    assert not set(found.text) & {"\n", "\r"}
    assert 0 <= found.start <= found.end <= len(found.text) <= 700
    if "=" not in text:
        assert found.text[found.start : found.end] == re.split(r"[\r\n]", text[start:end])[0][: found.end - found.start]


@given(st.text())
def test_safe_text_moves_no_terminal(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", safe(text))


@given(
    st.text(
        st.one_of(
            st.characters(), st.sampled_from("公園台，。：；！？（）「」【】·…—–“”→⏎あ한é\u0301\ufe0f👩\u200d、〜～￥")
        )
    )
)
def test_a_width_is_that_of_the_table(text: str) -> None:
    cells = wcswidth(safe(text))
    assert width(safe(text)) == (cells if cells >= 0 else len(safe(text)))


@given(st.text(max_size=80), st.integers(1, 60))
def test_what_is_cut_fits(text: str, cells: int) -> None:
    assert width(cut(safe(text), cells)) <= cells


@given(st.lists(st.text(max_size=30), min_size=4, max_size=4), st.sampled_from(sorted(FORMATS)))
def test_what_strangers_wrote_stays_text_in_every_format(texts: list[str], form: str) -> None:
    one, two, three, four = texts
    dirty = problem(
        message=one, record=two, title=three, pointer=(four, 0), path="x" + one, fix=Fix((four,), (two,), safe=True)
    )
    out = said(form, dirty)
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", out.replace("\r\n", "").replace("\n", "")
    )
    out.encode("utf-8")
    if form == "json":
        found = json.loads(out)["problems"][0]
        assert (found["message"], found["record"], found["title"]) == (one, two, three)
    if form == "jsonl":
        assert json.loads(out)["fix"] == {"safe": True, "values": [two]}


def test_the_summary_counts_in_both_languages() -> None:
    problems = [
        problem(),
        problem(severity=Severity.ERROR),
        problem(severity=Severity.INFO, fix=Fix((), ("x",), safe=True)),
    ]
    english, chinese = said("full", *problems, lang="en"), said("full", *problems, lang="zh-TW")
    assert "Checked 3 records in 1 file" in english
    assert "1 error, 1 warning, 1 advice." in english
    assert "1 can be mended by `metalint fix`" in english
    assert "檢查了 1 個檔案的 3 筆紀錄" in chinese
    assert "1 個錯誤、1 個警告、1 個建議。" in chinese


def test_full_names_the_record_the_place_and_the_platform() -> None:
    out = said("full", problem(excerpt=Excerpt(2, '    "公園"', 4, 8, False, False)), lang="zh-TW")
    for part in (
        "警告 title/too-short  7 公園",
        "--> a.json:2:5  /title",
        "怎麼改：say more",
        "ckan · UTF-8 BOM · 3 筆紀錄（有 title）",
    ):
        assert part in out


def test_more_problems_than_are_shown_are_counted() -> None:
    out = said("full", *[problem(line=n) for n in range(1, 151)], lang="en")
    assert out.count("-->") == 100
    assert "50 more problems are not shown" in out
    assert said("full", *[problem(line=n) for n in range(1, 151)], max_problems=0).count("-->") == 150


def test_statistics_come_most_frequent_first() -> None:
    rows: Iterator[str] = iter(
        said(
            "concise",
            problem(),
            problem(rule="a/b"),
            problem(),
            statistics=True,
            summaries={"a/b": Texts("甲", "first")},
        ).splitlines()
    )
    table = [line for line in rows if re.match(r"\s*\d+ ", line)]
    assert [line.split()[2] for line in table] == ["title/too-short", "a/b"]
    assert table[1].endswith("first")


def test_a_slice_is_what_an_excerpt_is_cut_from() -> None:
    text = "a" * 500 + '"公園"' + "b" * 500
    piece = Slice(1, text, 7, 3)
    found = excerpt(piece.text, Span(500, 504, 7, 503, 7, 507))
    assert (found.cut_left, found.cut_right, found.line) == (True, True, 7)
    assert found.text[found.start : found.end] == '"公園"'


def test_a_secret_is_masked_where_the_window_begins_inside_it() -> None:
    text = '{"url": "https://x.gov.tw/?token=' + "SECRET0123456789" * 20 + '", "title": "x"}'
    at = text.index('"x"')
    shown = excerpt(text, Span(at, at + 3, 1, at + 1, 1, at + 4))
    assert "SECRET" not in shown.text
    assert shown.text[shown.start : shown.end] == '"x"'
