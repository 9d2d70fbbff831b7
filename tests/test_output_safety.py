"""What strangers write into metadata and file names is text in every output: another reader finds it so."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from metalint.model import Edit, Excerpt, Fix, Problem, Severity, Span, Texts
from metalint.output import FORMATS, Settings, render
from metalint.report import FileSeen, Report

NASTY = {
    "colour": "\x1b[31mred\x1b[0m",
    "window title": "\x1b]0;owned\x07",
    "C1": "\x9b31m",
    "backwards": "a\u202egnp.exe",
    "overwrite": "good\rbad",
    "command": "x\n::error file=y::owned",
    "encoded command": "x%0A::stop-commands::z",
    "CDATA": "]]>",
    "script": "</script><script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "style": "</style><b>",
    "entity": "&amp;&lt;",
    "formula": '=HYPERLINK("http://x","y")',
    "plus": "+1+1",
    "minus": "-2",
    "at": "@SUM(A1)",
    "tab": "\t=1",
    "full width": "＝1",
    "pipe": "a|b `c` **d** [e](http://f) <g>",
    "mention": "@octocat #1 GH-2 https://x.tw www.x.tw",
    "half": "\ud83d",
    "nothing": "\x00",
    "not XML": "\ufffe\uffff\x0b",
    "separators": "a\u2028b\x85c",
    "quotes": "'\"\\",
    "colon": "a:b,c=d",
}
FIELDS = ("path", "message", "help", "record", "title", "pointer", "fix", "excerpt", "digest", "suggested")
NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")


def report(text: str, field: str) -> Report:
    values: dict[str, Any] = {
        "path": "a.json", "message": "too short", "help": "say more", "record": "7", "title": "公園", "pointer": ("title",),
        "fix": Fix(("title",), ("公園綠地",), safe=True), "excerpt": Excerpt(2, '"公園"', 1, 3, False, False), "digest": "ab",
        "suggested": ("綠地",),
    }  # fmt: skip
    values[field] = {
        "pointer": (text,),
        "fix": Fix(("title",), (text,), safe=False),
        "excerpt": Excerpt(2, text, 0, len(text), False, False),
        "suggested": (text,),
    }.get(field, text)
    edits = (Edit(Span(1, 3, 2, 6, 2, 8), text if field == "fix" else "公園綠地"),)
    made = Report()
    known = {
        key: value
        for key, value in values.items()
        if key not in ("path", "message", "help", "record", "title", "pointer")
    }
    one = Problem(
        values["path"], 2, 5, "title/too-short", 2, 9, Severity.WARNING, values["message"], values["help"], values["record"],
        values["title"], values["pointer"], edits=edits, **known,
    )  # fmt: skip
    made.add([one])
    why = Texts("有 title", "has title")
    made.files.append(FileSeen(values["path"], "json", "ckan", why, "utf-8", False, 1))
    if field in ("path", "message"):
        made.unreadable.append((values["path"], Texts(text, text)))
    return made


def said(name: str, text: str, field: str) -> str:
    out = "".join(render(name, report(text, field), Settings("en", version="0.1")))
    out.encode()
    return out


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_nothing_acts_on_a_terminal(name: str, field: str) -> None:
    for text in NASTY.values():
        out = said(name, text, field)
        out = out.replace("\r\n", "\n") if name == "csv" else out
        out = out.removeprefix("\ufeff")
        assert not NEVER.search(out), (name, field, text)


@pytest.mark.parametrize("field", FIELDS)
def test_github_commands_are_one_line_each(field: str) -> None:
    for text in NASTY.values():
        lines = said("github", text, field).splitlines()
        assert len(lines) == (2 if field in ("path", "message") else 1)
        for line in lines:
            match = re.fullmatch(r"::(warning|error) ([^:]*)::(.*)", line)
            assert match is not None
            properties = dict(one.split("=", 1) for one in match[2].split(","))
            assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
            assert not re.search(r"%(?!25|0D|0A|3A|2C)", line)


@pytest.mark.parametrize("field", FIELDS)
def test_spreadsheets_find_no_formula(field: str) -> None:
    for text in NASTY.values():
        rows = list(csv.reader(io.StringIO(said("csv", text, field).removeprefix("\ufeff"), newline="")))
        assert len(rows) == 2
        assert len({len(row) for row in rows}) == 1
        for cell in rows[1]:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")), text


@pytest.mark.parametrize("field", FIELDS)
def test_xml_is_read_by_others(field: str) -> None:
    for text in NASTY.values():
        suites = JUnitXml.fromstring(said("junit", text, field).encode())
        cases = [case for suite in suites for case in suite]
        assert sum(bool(case.result) for case in cases) == (2 if field in ("path", "message") else 1)
        root = ET.fromstring(said("checkstyle", text, field).encode())
        assert {one.tag for one in root.iter()} == {"checkstyle", "file", "error"}


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "gitlab", "rdjsonl"])
@pytest.mark.parametrize("field", FIELDS)
def test_json_is_json(name: str, field: str) -> None:
    for text in NASTY.values():
        out = said(name, text, field)
        for line in out.splitlines() if name in ("jsonl", "rdjsonl") else [out]:
            json.loads(line)


@pytest.mark.parametrize("field", FIELDS)
def test_sarif_is_valid(field: str) -> None:
    import jsonschema

    corpus = Path(os.environ.get("METALINT_CORPUS", Path(__file__).parent.parent.parent / "shared" / "data"))
    path = corpus.parent / "standards" / "sarif-schema-2.1.0.json"
    if not path.is_file():
        pytest.skip(f"no schema of SARIF in {path.parent}")
    schema = json.loads(path.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    for text in NASTY.values():
        log = json.loads(said("sarif", text, field))
        assert not list(validator.iter_errors(log)), text
        (result,) = log["runs"][0]["results"]
        where = result["locations"][0]
        uri = where["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:file:///)?[A-Za-z0-9._~/%-]+", uri), uri
        assert result["partialFingerprints"]["metalint/v1"]
        assert result["fixes"][0]["artifactChanges"][0]["replacements"]


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


def elements(page: str) -> list[tuple[str, tuple[str, ...]]]:
    reader = Elements()
    reader.feed(page)
    return reader.found


@pytest.mark.parametrize("field", FIELDS)
def test_a_page_has_no_more_elements(field: str) -> None:
    plain = elements(said("html", "公園", field))
    for text in NASTY.values():
        page = said("html", text, field)
        assert elements(page) == plain, text
        assert "<script" not in page
        assert not {"href", "src", "style"} & {name for _, names in elements(page) for name in names}


@pytest.mark.parametrize(
    "field", [field for field in FIELDS if field not in ("digest", "help", "excerpt", "suggested")]
)
def test_markdown_is_inert(field: str) -> None:
    reader = MarkdownIt("commonmark").enable("table")
    plain = [token.type for token in reader.parse(said("markdown", "公園", field))]
    for text in NASTY.values():
        out = said("markdown", text, field)
        tokens = reader.parse(out)
        assert [token.type for token in tokens] == plain, text
        inside = [child for token in tokens for child in token.children or []]
        assert {child.type for child in inside} <= {"text", "html_inline", "text_special", "entity"}, text
        assert all(child.content == "<!-- -->" for child in inside if child.type == "html_inline")
        assert not re.search(r"@[A-Za-z]|#[0-9]|https?://|www\.|GH-[0-9]", html.unescape(out))


def test_a_long_text_is_cut_where_people_read(tmp_path: Path) -> None:  # noqa: ARG001
    long = "公" * 100_000
    for name in ("grouped", "markdown", "html"):
        assert len(said(name, long, "title")) < 700_000
    rows = list(csv.reader(io.StringIO(said("csv", long, "message"), newline="")))
    assert max(map(len, rows[1])) <= 32_767


def test_only_the_gravest_are_in_a_log_that_is_cut() -> None:
    made = Report()
    one = next(iter(report("x", "title").problems()))
    made.add(
        one._replace(line=number, severity=Severity.ERROR if number % 10 == 0 else Severity.INFO)
        for number in range(6_000)
    )
    log = json.loads("".join(render("sarif", made, Settings("en", version="1"))))
    run = log["runs"][0]
    assert len(run["results"]) == 5_000
    assert [result["level"] for result in run["results"][:600]] == ["error"] * 600
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "1,000 more" in note["message"]["text"]
    fingerprints = [result["partialFingerprints"]["metalint/v1"] for result in run["results"]]
    assert len(set(fingerprints)) == len(fingerprints)
