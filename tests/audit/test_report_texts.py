"""An audit as Markdown and on a terminal: short, honest, and inert."""

from __future__ import annotations

import html
import re

import pytest
from audit.said import FIELDS, dataset, method, nasty, problem, result, settings, two_methods
from markdown_it import MarkdownIt
from test_output_safety import NASTY, NEVER

from metalint.audit.result import Result
from metalint.model import Severity
from metalint.output import audit_full, audit_markdown
from metalint.output.audit_words import percent
from metalint.terminal import width


def made(count: int = 30) -> Result:
    datasets = [
        dataset(number, f"機關{number % 15}", downloads=number, views=2 * number) for number in range(1, count + 1)
    ]
    problems = [problem(one) for one in datasets if int(one.record) % 3]
    problems += [problem(datasets[0], Severity.ERROR, "date/impossible", fix=None)] if datasets else []
    return result(datasets, sorted(problems, key=lambda one: one.line), [method()])


def markdown(one: Result, lang: str = "en", text: str = "", field: str = "") -> str:
    return "".join(audit_markdown.render(one, settings(lang, text, field)))


def full(one: Result, lang: str = "en", cells: int = 100, *, color: bool = False) -> str:
    said = settings(lang)._replace(width=cells, color=color)
    return "".join(audit_full.render(one, said, ("out/report.html", "out/problems.jsonl")))


def test_markdown_fits_two_pages() -> None:
    out = markdown(made(), "zh-TW")
    assert len(out.splitlines()) < 110
    headings = re.findall(r"^## (.*)$", out, re.MULTILINE)
    assert headings == [
        *("數字", "分數", "先改哪裡", "最需要改的機關（共 15 個機關）", "最常不符合的要求"),
        *("使用最多的 30 個資料集中，有錯誤或警告的", "問題最多的資料集"),
    ]
    assert "- 30 個資料集中，10 個（33.3%）沒有任何問題。" in out
    table = out.partition("## 最需要改的機關")[2].partition("## ")[0]
    assert len(re.findall(r"^\| 機關\d", table, re.MULTILINE)) == 10


def test_datasets_that_have_nothing_but_infos_are_told_apart() -> None:
    some = made()
    some = some._replace(summary=some.summary._replace(minor=7))
    assert "個（33.3%）沒有任何問題，7 個只有建議。" in markdown(some, "zh-TW")
    assert "(33.3%) have no problem at all, 7 nothing worse than an info." in full(some, cells=200)


def test_points_of_two_methods_are_not_put_in_one_order() -> None:
    out = markdown(two_methods(), "zh-TW")
    assert "- 甲 v2023-01 補足後加分最多的是「名稱足以辨識」：3 個資料集，共 90 分。" in html.unescape(out)
    assert "- 乙 v2023-01 補足後加分最多的是「格式」：3 個資料集，共 21,000 分。" in html.unescape(out)
    table = out.partition("## 先改哪裡")[2].partition("## ")[0]
    assert re.findall(r"^\| (.) v2023-01 \| (\S+) \|", table, re.MULTILINE) == [
        ("甲", "名稱足以辨識"),
        ("乙", "格式"),
        ("乙", "名稱足以辨識"),
    ]


def test_what_is_found_most_is_found_in_datasets() -> None:
    one = dataset(1)
    of_file = [problem(one, Severity.ERROR, "record/unreadable", line=1, record="", title="")] * 2
    said = settings("en")._replace(summaries={})
    out = "".join(audit_markdown.render(result([one], [*of_file, problem(one)]), said))
    assert "What fails most: title/too-short" in html.unescape(out)
    assert "What fails most" not in "".join(audit_markdown.render(result([one], of_file), said))


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_a_method_that_judged_nothing_is_not_told_of(lang: str) -> None:
    made = result([], [], [method()])
    for out in (markdown(made, lang), full(made, lang)):
        assert "資料品質" not in out


def test_it_is_said_where_a_score_says_little() -> None:
    assert "- 只評得到全部分數的 25.0%：" in html.unescape(markdown(two_methods(), "zh-TW"))
    assert "Only 25.0% of the points could be evaluated" in full(two_methods())
    assert "could be evaluated:" not in full(made()), "nothing is said of what is not known, or is enough"


@pytest.mark.parametrize("cells", range(40, 90, 7))
def test_no_line_of_a_terminal_begins_with_a_stop_or_breaks_a_figure(cells: int) -> None:
    for one in (made(40_000 // 100), two_methods()):
        out = full(one, "zh-TW", cells)
        assert not re.search(r"^[，。、；：）」]", out, re.MULTILINE)
        assert not re.search(r"[（「]$|^ \S| $", out, re.MULTILINE)
        assert not re.search(r"[0-9]\n[0-9,.%]|[0-9],\n", out)
        assert all(width(line) <= cells for line in out.splitlines() if not line.startswith("結果"))


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_nothing_was_read(lang: str) -> None:
    for out in (markdown(result([], []), lang), full(result([], []), lang)):
        assert {"zh-TW": "沒有讀到任何資料集。", "en": "No datasets were read."}[lang] in out
        assert "None" not in out


@pytest.mark.parametrize("field", FIELDS)
def test_markdown_is_inert(field: str) -> None:
    reader = MarkdownIt("commonmark").enable("table")
    plain = [token.type for token in reader.parse(markdown(nasty("公園", field), "en", "公園", field))]
    for text in NASTY.values():
        out = markdown(nasty(text, field), "en", text, field)
        tokens = reader.parse(out)
        assert [token.type for token in tokens] == plain, (field, text)
        inside = [child for token in tokens for child in token.children or []]
        assert {child.type for child in inside} <= {"text", "html_inline", "text_special", "entity"}, (field, text)
        assert all(child.content == "<!-- -->" for child in inside if child.type == "html_inline")
        assert not re.search(r"@[A-Za-z]|#[0-9]|https?://|www\.|GH-[0-9]", html.unescape(out))
        assert not NEVER.search(out)


def test_a_terminal_is_told_in_a_screenful() -> None:
    for lang in ("zh-TW", "en"):
        out = full(made(), lang, 80)
        assert len(out.splitlines()) <= 32
        assert all(width(line) <= 80 for line in out.splitlines())
        assert out.splitlines()[-2:] == [{"zh-TW": "結果：", "en": "Results: "}[lang] + name for name in ("out/report.html", "out/problems.jsonl")]  # fmt: skip
        assert "\x1b" not in out
        assert "\x1b[33;1m" in full(made(), lang, color=True)


@pytest.mark.parametrize("field", FIELDS)
def test_nothing_acts_on_a_terminal(field: str) -> None:
    for text in NASTY.values():
        out = "".join(audit_full.render(nasty(text, field), settings("en", text, field), (text,)))
        assert not NEVER.search(out), (field, text)


@pytest.mark.parametrize(
    ("share", "said"),
    [(None, "–"), (0, "0%"), (1, "100%"), (0.5, "50.0%"), (0.9999, ">99.9%"), (0.00001, "<0.1%"), (0.999, "99.9%")],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share: float | None, said: str) -> None:
    assert percent(share) == said
