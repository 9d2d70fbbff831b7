"""The page for a person: a section for each problem, the value as it stands, and an honest end."""

from __future__ import annotations

import re
import string
from html.parser import HTMLParser

import pytest

from metalint.model import Excerpt, Problem, Severity, Texts
from metalint.output import Settings, render
from metalint.output.html_ import _WORDS, MOST
from metalint.output.html_style import STYLE
from metalint.report import FileSeen, Report


class Page(HTMLParser):
    """A page as a browser reads it: how many of each element, and the text of every mark, heading and notice."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.marks: list[str] = []
        self.terms: list[str] = []
        self._into: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.elements.append(tag)
        self._into = {"mark": self.marks, "dt": self.terms}.get(tag)
        if self._into is not None:
            self._into.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("mark", "dt"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data


def problem(number: int, excerpt: Excerpt | None = None, **more: object) -> Problem:
    one = Problem(
        "city.jsonl", number, 1, "title/too-short", number, 9, Severity.WARNING, "too short", "say more", str(number // 2),
        "公園", ("title",), None, excerpt,
    )  # fmt: skip
    return one._replace(**more)


def page(problems: list[Problem], form: str = "jsonl", lang: str = "en", most: int | None = None) -> str:
    report = Report()
    report.add(problems)
    report.files.append(FileSeen("city.jsonl", form, "ckan", Texts("有 title", "has title"), "utf-8", False, 7))
    return "".join(render("html", report, Settings(lang, version="1", max_problems=most)))


def test_a_section_for_each_problem_and_each_record() -> None:
    read = Page(page([problem(number) for number in range(1, 8)]))
    assert read.elements.count("article") == 7
    assert read.elements.count("h3") == 7
    assert read.elements.count("section") == 4 + 1, "records 0 to 3, and the rules"


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_what_is_left_out_is_said_at_both_ends(lang: str) -> None:
    many = [problem(number) for number in range(1, MOST + 12)]
    out = page(many, lang=lang)
    assert Page(out).elements.count("article") == MOST
    notices = re.findall(r'<p class="hidden">(.*?)</p>', out)
    assert len(notices) == 2
    assert all("11" in notice for notice in notices)
    assert out.index(notices[0]) < out.index("<main>")
    whole = page(many, lang=lang, most=0)
    assert Page(whole).elements.count("article") == MOST + 11
    assert 'class="hidden"' not in whole


def test_both_languages_say_the_same() -> None:
    assert set(_WORDS["zh-TW"]) == set(_WORDS["en"])
    for key, text in _WORDS["zh-TW"].items():
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(said) if name} for said in (text, _WORDS["en"][key])
        ]
        assert fields[0] == fields[1], key
        assert re.search("[一-鿿]", text), key
        assert not re.search("[一-鿿]", _WORDS["en"][key]), key


@pytest.mark.parametrize(
    ("form", "text", "shown"),
    [
        pytest.param("jsonl", '"  公園"', '"  公園"', id="two spaces stay two"),
        pytest.param("jsonl", '{"title":"公園"}', None, id="a record on one line lacks something"),
        pytest.param("yaml", "{title: 公園}", None, id="in YAML too"),
        pytest.param("xml", "<row><title>公園</title></row>", None, id="and in XML"),
        pytest.param("csv", "<p>公園</p>", "<p>公園</p>", id="markup in a cell is a value"),
        pytest.param("csv", "{公園}", "{公園}", id="so are braces in a cell"),
    ],
)
def test_the_value_is_what_a_person_typed(form: str, text: str, shown: str | None) -> None:
    one = problem(1, Excerpt(1, text, 0, len(text), False, False), end_column=1 + len(text))
    assert Page(page([one], form)).marks == ([shown] if shown is not None else [])


def test_a_cut_value_says_so() -> None:
    seen = Excerpt(1, '"公園', 0, 3, False, False)
    assert "<mark>&quot;公園</mark>…" in page([problem(1, seen, end_column=900)])
    assert "<mark>&quot;公園</mark>…" in page([problem(1, seen, end_line=2, end_column=4)], "csv")
    assert "…" not in page([problem(1, seen, end_column=4)])


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_every_row_is_named_and_nothing_is_loaded(lang: str) -> None:
    out = page([problem(1, suggested=("綠地", "休憩"))], lang=lang)
    read = Page(out)
    assert all(read.terms)
    assert _WORDS[lang]["keywords"] in read.terms
    assert not {"script", "link", "img", "iframe", "a", "base"} & set(read.elements)
    assert "default-src 'none'" in out
    assert not re.search(r"url\(|@import|https?:", out)


def test_spaces_are_seen_and_boxes_are_not_cut_on_paper() -> None:
    assert ".value{white-space:pre-wrap" in STYLE
    assert ".problem{break-inside:avoid}" in STYLE
