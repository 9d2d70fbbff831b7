"""The page of an audit: it holds what it says, runs nothing but its own script, and shows strangers' texts as texts."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from audit.made import build
from audit.said import (
    FIELDS,
    RULE,
    Elements,
    dataset,
    held,
    method,
    nasty,
    problem,
    result,
    settings,
    two_methods,
)
from test_output_safety import NASTY, NEVER

from metalint.audit.result import Audited, Result
from metalint.model import Problem, Severity
from metalint.output import audit_html
from metalint.output.audit_chosen import Most
from metalint.output.audit_html_words import WORDS
from metalint.output.audit_join import joined, quota
from metalint.output.settings import Settings
from metalint.pointers import pointer_text
from metalint.terminal import safe

HOME = Path(audit_html.__file__).with_name("audit_page")


def page(made: Result, lang: str = "en", most: Most | None = None, said: Settings | None = None) -> str:
    told = said or settings(lang)
    return "".join(audit_html.render(made, told) if most is None else audit_html.render(made, told, most))


def catalogue(count: int = 30) -> tuple[list[Audited], list[Problem]]:
    """Return datasets of three agencies, and their problems: one has most, one few, one none."""
    names = (
        ["環境部"] * (count * 2 // 3) + ["勞動部"] * (count // 6) + ["農業部"] * (count - count * 2 // 3 - count // 6)
    )
    datasets = [dataset(number, name) for number, name in enumerate(names, 1)]
    problems = []
    for one in datasets:
        if one.agency != "農業部":
            problems += [problem(one), problem(one, Severity.INFO, "text/full-width", fix=None, message="全形")]
        if one.agency == "環境部":
            problems.append(problem(one, Severity.ERROR, "date/impossible", fix=None))
    return datasets, problems


def rows(text: str) -> list[tuple[str, ...]]:
    """Return the datasets of a page: file, line, identifier, title, agency, problems by severity."""
    return [
        tuple(chunk["s"][chunk[name][at]] for name in ("path", "record", "title", "agency"))
        + tuple(str(chunk[name][at]) for name in ("line", "e", "w", "i"))
        for chunk in held(text)["d"]
        for at in range(len(chunk["path"]))
    ]


def told(text: str) -> list[tuple[object, ...]]:
    """Return the problems of a page: identifier, rule, severity, message, help, line, column, place."""
    found = []
    for chunk, block in zip(held(text)["d"], held(text)["p"], strict=True):
        for at, row in enumerate(block["row"]):
            texts = [block["s"][block[name][at]] for name in ("rule", "message", "help", "pointer")]
            found.append((chunk["s"][chunk["record"][row]], *texts, block["level"][at], block["line"][at]))
    return found


def as_told(one: Problem) -> tuple[object, ...]:
    texts = (one.record, one.rule, one.message, one.help, pointer_text(one.pointer))
    return (*map(safe, texts), int(one.severity), one.line)


def as_row(one: Audited) -> tuple[str, ...]:
    return (*map(safe, (one.path, one.record, one.title, one.agency)), *map(str, (one.line, *one[5:8])))


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_the_data_are_exactly_what_was_given(lang: str) -> None:
    made = result(*catalogue(), [method()])
    text = page(made, lang)
    assert rows(text) == [as_row(one) for one in made.datasets()]
    assert told(text) == [as_told(one) for one in made.problems()]
    (head,) = held(text)["head"]
    assert head["held"] == [30, 30, 70, 70]
    assert [one[:6] for one in head["agencies"]] == [list(one[:6]) for one in made.summary.agencies]
    assert [one[:6] for one in head["rules"]] == [[*one[:1], int(one[1]), *one[2:]] for one in made.summary.rules]
    assert head["rules"][1][6:] == ["名稱夠長", "太短找不到", ["資料集詮釋資料標準規範"]]
    assert head["methods"] == [
        ["資料品質 v2023-01", [["名稱足以辨識", 30, head["methods"][0][1][0][2]], *head["methods"][0][1][1:]]]
    ]
    assert sum(head["rows"]) == len(rows(text))


def test_values_proposals_and_scores_are_there() -> None:
    one = dataset(1, views=1234, downloads=None)
    some = [problem(one), problem(one, fix=None, excerpt=None, rule="keyword/missing", suggested=("職安", "勞安"))]
    ((chunk,), (block,)) = (held(page(result([one], some, [method()])))[name] for name in ("d", "p"))
    assert [block["s"][at] for at in block["now"]] == ['"職安"', ""]
    assert [block["s"][at] for at in block["fix"]] == ["臺南市職業安全衛生教育訓練場次", ""]
    assert block["look"] == [1, 0]
    assert block["s"][block["more"][1]] == "suggested: 職安, 勞安"
    assert (chunk["views"], chunk["downloads"], chunk["standings"]) == ([1234], [None], [[[70, 100, 0]]])


def test_a_page_is_the_same_each_time() -> None:
    made = result(*catalogue(), [method()])
    assert page(made) == page(made)
    later = made._replace(summary=made.summary._replace(seconds=99.9))
    assert page(made) == page(later)


def test_chunks_hold_all_of_a_large_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    from metalint.output import audit_pack

    monkeypatch.setattr(audit_pack, "CHUNK", 7)
    made = result(*catalogue(50))
    text = page(made)
    assert len(held(text)["d"]) == 8
    assert held(text)["head"][0]["rows"] == [7] * 7 + [1]
    assert rows(text) == [as_row(one) for one in made.datasets()]
    assert told(text) == [as_told(one) for one in made.problems()]
    monkeypatch.setattr(audit_pack, "_FULL", 5)
    assert told(page(made)) == told(text)


def test_what_is_left_out_is_said_and_shared_fairly() -> None:
    datasets, problems = catalogue(60)
    made = result(datasets, problems)
    text = page(made, most=Most(1_000, 50))
    found = told(text)
    assert len(found) <= 50
    by = Counter((next(one.agency for one in datasets if one.record == each[0]), each[1]) for each in found)
    assert {rule for _, rule in by} == {RULE, "text/full-width", "date/impossible"}
    assert set(by.values()) == {10}, "each agency gives as many problems of a rule as any other"
    (head,) = held(text)["head"]
    assert head["held"] == [60, 60, len(found), len(problems)]
    counts = [sum(rules[1::2]) for chunk in held(text)["d"] for rules in chunk["rules"]]
    assert sum(counts) == len(problems), "how many there are is told of each dataset all the same"


def test_datasets_that_are_left_out_are_those_without_problems() -> None:
    datasets, problems = catalogue(60)
    made = result(datasets, problems)
    kept = rows(page(made, most=Most(54, 1_000)))
    assert Counter(row[3] for row in kept) == {"環境部": 40, "勞動部": 10, "農業部": 4}
    fewer = rows(page(made, most=Most(20, 1_000)))
    assert Counter(row[3] for row in fewer) == {"環境部": 10, "勞動部": 10}
    assert held(page(made, most=Most(20, 1_000)))["head"][0]["held"][:2] == [20, 60]


def test_what_belongs_to_no_dataset_is_there_too() -> None:
    one = dataset(1)
    of_file = problem(one, line=1, record="", title="", message="缺少欄位")
    alias = problem(one, line=2, record="99", title="別處")
    made = result([one], [of_file, problem(one), alias])
    assert [(item.dataset and item.dataset.record, len(item.problems)) for item in joined(made)] == [
        (None, 1),
        (None, 1),
        ("1", 1),
    ]
    text = page(made)
    assert [row[:3] for row in rows(text)] == [("labour.csv", "", ""), ("labour.csv", "99", "別處"), as_row(one)[:3]]
    assert len(told(text)) == 3
    assert held(text)["head"][0]["held"][0] == 1


def test_records_on_one_line_keep_their_problems_apart() -> None:
    datasets = [dataset(number)._replace(line=1) for number in range(1, 6)]
    problems = [problem(datasets[at], column=at * 10) for at in (1, 1, 3)]
    found = [(item.dataset.record, len(item.problems)) for item in joined(result(datasets, problems)) if item.dataset]
    assert found == [("1", 0), ("2", 2), ("3", 0), ("4", 1), ("5", 0)]


def test_records_of_the_same_name_keep_their_problems_apart() -> None:
    one = dataset(7)
    twins = [one, one._replace(line=one.line + 1), one._replace(path="other.csv")]
    problems = [problem(twins[1]), problem(twins[1]), problem(twins[2])]
    assert [len(item.problems) for item in joined(result(twins, problems))] == [0, 2, 1]


def test_who_wins_most_is_counted_from_all_datasets() -> None:
    text = page(two_methods(), "zh-TW")
    first, second = re.findall(r'<table id="gap-table-\d" class="">.*?</table>', text, re.DOTALL)
    assert "環境部（60 分）、勞動部（30 分）" in first
    assert first.count("（") == 2
    assert re.findall("環境部（([0-9,]+) 分）、勞動部（([0-9,]+) 分）", second) == [
        ("14,000", "7,000"),
        ("6,000", "3,000"),
    ]
    (head,) = held(text)["head"]
    assert next((one[0], one[10]) for one in head["agencies"]) == (
        "環境部",
        [[0, 0, 2, 60], [1, 1, 2, 14_000], [1, 0, 2, 6_000]],
    )


def test_problems_that_no_agency_has_are_told_apart() -> None:
    one = dataset(1)
    of_file = problem(one, line=1, record="", title="")
    made = result([one], [of_file, problem(one)])
    known = dict.fromkeys(("errors", "warnings", "infos"), 0)
    alone = made._replace(
        summary=made.summary._replace(agencies=(made.summary.agencies[0]._replace(**{**known, "warnings": 1}),))
    )
    told = "另有 1 個問題是檔案本身的"
    assert told in page(alone, "zh-TW")
    assert told not in page(result([one], [problem(one)]), "zh-TW")


def test_known_problems_do_not_count() -> None:
    one = dataset(1)
    assert [item.problems for item in joined(result([one], [problem(one, known=True)]))] == [[]]


@pytest.mark.parametrize(
    ("counts", "most", "each"),
    [([], 5, 0), ([3], 5, 3), ([1, 9, 9], 11, 5), ([4, 4], 8, 4), ([5, 5], 3, 1), ([9], 0, 0), ([2, 2, 100], 50, 46)],
)
def test_a_quota(counts: list[int], most: int, each: int) -> None:
    assert quota(counts, most) == each
    assert sum(min(count, each) for count in counts) <= most


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_a_page_without_anything(lang: str) -> None:
    text = page(result([], []), lang)
    assert held(text)["d"] == []
    assert held(text)["head"][0]["held"] == [0, 0, 0, 0]
    assert '<section id="glance">' in text
    assert not re.search(r"nan|None", text.partition("<script")[0])
    for name in ("gaps", "agencies", "rules", "worst", "used", "themes", "unread"):
        assert f'<section id="{name}">' not in text
        assert f'href="#{name}"' not in text


def test_a_page_without_scores_themes_and_use() -> None:
    text = page(result(*catalogue()))
    sections = re.findall(r'<section id="(\w+)">', text)
    assert sections == ["glance", "agencies", "rules", "worst", "about"]
    assert [name for name in re.findall(r'href="#(\w+)"', text) if name not in ("overview", "look")] == sections
    whole = page(nasty("空氣", "evidence"))
    assert re.findall(r'<section id="(\w+)">', whole) == [
        *("glance", "gaps", "agencies", "rules", "worst", "used", "themes", "unread", "about")
    ]


def test_only_its_own_script_may_run() -> None:
    text = page(result(*catalogue(), [method()]))
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert len(scripts) == len(styles) == 1
    hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in (*scripts, *styles)]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; base-uri 'none'; "
        "form-action 'none'"
    )
    names = {name for _, names in Elements(text).found for name in names}
    assert not {name for name in names if name.startswith("on")} | {"src", "style"} & names
    assert {value[:1] for _, name, value in Elements(text).values if name == "href"} == {"#"}


def test_the_script_sets_texts_as_texts() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted(HOME.glob("*.js")))
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(", source
    )
    used = set(re.findall(r"\bwords\.(\w+)", source)) | {"errors", "warnings", "infos", "datasets", "clean_share"}
    used |= {f"order_{name}" for name in ("worst", "place", "used")}
    assert used - {"file"} <= set(WORDS["en"])


def test_both_languages_have_the_same_words_and_places() -> None:
    assert set(WORDS["zh-TW"]) == set(WORDS["en"])
    for name, text in WORDS["zh-TW"].items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", WORDS["en"][name])), name
        assert not re.search("[<>&]", text + WORDS["en"][name]), name


def test_every_word_is_used() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted(HOME.glob("*.js")))
    source += "".join(
        path.read_text("utf-8") for path in sorted(HOME.parent.glob("audit_html*.py")) if "words" not in path.name
    )
    dynamic = {"order_worst", "order_place", "order_used"}
    unused = {name for name in WORDS["en"] if not re.search(rf"[\"'.]{name}\b", source)} - dynamic
    assert unused == set()


@pytest.mark.parametrize("field", FIELDS)
def test_strangers_texts_are_texts(field: str) -> None:
    said = settings("en", "公園", field)
    plain = Elements(page(nasty("公園", field), said=said)).found
    for text in NASTY.values():
        out = page(nasty(text, field), said=settings("en", text, field))
        out.encode()
        seen = Elements(out)
        assert seen.found == plain, (field, text)
        assert not NEVER.search(out.replace("\n", "")), (field, text)
        data = held(out)
        strings = [one for chunk in (*data["d"], *data["p"]) for one in chunk["s"]]
        assert not any(NEVER.search(one) or "\n" in one for one in strings), (field, text)


def test_a_long_text_is_cut() -> None:
    for field in ("message", "title", "excerpt", "fix"):
        assert len(page(nasty("公" * 200_000, field))) < 1_500_000


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_real_catalogues_come_whole(corpus: Path, lang: str) -> None:
    files = [str(corpus / name) for name in ("taipei-2016-06.csv", "us-datajson-2025-02/fcc.json")]
    made = build(files, lang)
    text = page(made, lang)
    assert [row for row in rows(text) if row[1]] == [as_row(one) for one in made.datasets()]
    assert sorted(map(str, told(text))) == sorted(str(as_told(one)) for one in made.problems())
