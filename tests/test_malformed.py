"""No input makes a traceback: each malformed file is a problem with a place, or a path that cannot be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from linting import lint_file

from metalint import api
from metalint.formats.source import open_source
from metalint.model import Problem

DEEP = 100_000
GOOD = '{"title": "公園綠地清冊", "description": "本市公園綠地之名稱與位置。"}'
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE = "x0: &x0 {a: 1}\n" + "".join(
    f"x{n}: &x{n}\n  <<: [{','.join([f'*x{n - 1}'] * 9)}]\n  k{n}: 1\n" for n in range(1, 9)
)
LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><r><row><title>&b;</title></row></r>'
XXE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><row><title>&x;</title></row></r>'

CASES = {
    # YAML: reliability plan 2.1
    "alias-bomb.yaml": BOMB,
    "merge-bomb.yaml": MERGE,
    "recursive-alias.yaml": "title: &a [*a]\n",
    "recursive-map.yaml": "&a {title: x, b: *a}\n",
    "deep.yaml": "[" * DEEP,
    "deep-map.yaml": "{a: " * 30_000,
    "python-tag.yaml": "title: !!python/object/apply:os.system ['echo hacked']\n",
    "duplicate.yaml": "title: 甲\ntitle: 乙\n",
    "no-date.yaml": "title: 甲\nissued: 2024-02-30\n",
    "zero-date.yaml": "title: 甲\nissued: 0000-00-00\n",
    "timestamp.yaml": "title: !!timestamp x\n",
    "int.yaml": "title: !!int\n",
    "bool.yaml": "title: !!bool x\n",
    "digits.yaml": "title: 甲\nnumberOfData: " + "9" * 5000 + "\n",
    "nan.yaml": "title: .nan\n",
    "binary.yaml": "title: !!binary aGVsbG8=\n",
    "set.yaml": "!!set {a, b}\n",
    "list-key.yaml": "? [a, b]\n: c\ntitle: x\n",
    "tab.yaml": "title: x\n\tdescription: y\n",
    "unclosed.yaml": 'title: "x\ndescription: y\n',
    "nul.yaml": "title: a\x00b\n",
    "surrogate.yaml": 'title: "\\ud800"\n',
    "nel.yaml": "title: a\x85description: b\u2028c\n",
    "scalar.yaml": "just words\n",
    # JSON: 2.2
    "duplicate.json": '{"title": "甲", "title": "乙"}',
    "nan.json": '{"title": NaN, "x": -Infinity, "y": 1e999}',
    "digits.json": '{"title": ' + "9" * 5000 + "}",
    "deep.json": "[" * DEEP,
    "deep-object.json": '{"a":' * DEEP,
    "surrogate.json": '{"title": "\\ud800x"}',
    "comment.json": '{"title": "x" // why\n}',
    "trailing.json": '{"title": "x",}',
    "quotes.json": "{'title': 'x'}",
    "lines.json": GOOD + "\n" + GOOD + "\n",
    "empty.json": "",
    "scalar.json": "12",
    "string.json": '"x"',
    "list-of-lists.json": "[[1,2],[3]]",
    "unclosed.json": '[{"title": "x"}, {"title": "y',
    "envelope-end.json": f'{{"dataset": [{GOOD}], "x": {{"y": 1',
    "envelope-value.json": f'{{"dataset": [{GOOD}], "x": tru}}',
    "envelope-comma.json": f'{{"dataset": [{GOOD}] "x": 1}}',
    "envelope-trailing.json": f'{{"dataset": [{GOOD}],}}',
    "low-surrogate.json": '{"title": "\\udc80x"}',
    "control.json": '{"title": "a\x01b"}',
    "bad.jsonl": GOOD + '\n{"title": \n' + GOOD + "\n",
    # CSV: 2.3
    "big-cell.csv": '資料集名稱,資料集描述\n甲,"' + "字" * 200_000 + '"\n',
    "unclosed.csv": '資料集名稱,資料集描述\n甲,"乙\n丙,丁\n',
    "after-quote.csv": '資料集名稱,資料集描述\n"甲"x,乙\n',
    "ragged.csv": "資料集名稱,資料集描述\n甲\n乙,丙,丁\n",
    "twice.csv": "資料集名稱,資料集名稱\n甲,乙\n",
    "nul.csv": "資料集名稱,資料集描述\n甲\x00,乙\n",
    "cr.csv": "資料集名稱,資料集描述\r甲,乙\r",
    "header.csv": "資料集名稱,資料集描述\n",
    "empty.csv": "",
    "one-word.csv": "abc",
    # XML
    "laughs.xml": LAUGHS,
    "external.xml": XXE,
    "deep.xml": "<a>" * 50_000,
    "unclosed.xml": "<list><row><title>x</title></row><row>",
    "mismatch.xml": "<list><row><title>x</tile></row></list>",
    "entity.xml": "<list><row><title>&nosuch;</title></row></list>",
    "empty.xml": "",
    "text.xml": "not xml",
}
BYTES = {
    "latin.json": '{"title": "façade"}'.encode("latin-1"),
    "broken.json": b'[{"title": "\xff\xfe"}, {"title": "x"}]',
    "raw-surrogate.json": b'{"title": "\xed\xa0\x80"}',
    "utf16.json": GOOD.encode("utf-16"),
    "excel.csv": b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)) * 8,
    "noise.xml": bytes(range(256)) * 8,
    "noise.yaml": bytes(range(256)) * 8,
    "noise.jsonl": bytes(range(256)) * 8,
    "utf16-no-mark.csv": "資料集名稱,資料集描述\n甲,乙\n".encode("utf-16-le"),
}
FINE = {"bool.yaml", "int.yaml", "merge-bomb.yaml", "lines.json", "header.csv", "cr.csv", "big-cell.csv", "zero-date.yaml", "no-date.yaml", "nel.yaml", "utf16.json", "one-word.csv"}  # fmt: skip


def problems(path: Path) -> list[Problem]:
    return list(api.check([str(path)], api.Options(lang="zh-TW")).problems())


@pytest.mark.parametrize("name", sorted(CASES) + sorted(BYTES))
def test_a_malformed_file_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(BYTES[name] if name in BYTES else CASES[name].encode("utf-8", "surrogatepass"))
    found = [problem for problem in problems(path) if problem.rule.startswith("record/")]
    if name not in FINE:
        told = [
            problem for problem in found if problem.rule not in ("record/unknown-platform", "record/legacy-encoding")
        ]
        assert told, "said as a problem of the record"
    for problem in found:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message.strip()
        assert "{" not in problem.message.replace("'{'", "").replace("「{」", "")
        assert len(problem.message) < 600


def test_one_broken_record_stops_no_other(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('[{"title": "甲", "license": "x"}, {"title": }, {"title": "丙", "license": "x"}]', "utf-8")
    report = api.check([str(path)], api.Options())
    assert report.records == 3


@pytest.mark.parametrize("name", ["envelope-end.json", "envelope-comma.json"])
def test_a_record_of_a_broken_envelope_is_checked(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(CASES[name], "utf-8")
    report = api.check([str(path)], api.Options())
    assert [problem.rule for problem in report.problems() if problem.rule == "record/unreadable"] == [
        "record/unreadable"
    ]
    assert report.records == 1


def test_what_is_found_does_not_depend_on_the_number_of_jobs(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[" + ",".join(['{"a":' + "[" * 200 + "]" * 200 + "}"] * 2100) + "]", "utf-8")
    one, two = (list(api.check([str(path)], api.Options(jobs=jobs)).problems()) for jobs in (1, 2))
    assert one == two
    assert sum(problem.rule == "record/unreadable" for problem in one) == 2100


def test_a_path_that_cannot_be_opened_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = tmp_path / "a.json"
    good.write_text(GOOD, "utf-8")
    fifo = tmp_path / "b.json"
    os.mkfifo(fifo)
    report = api.check([str(good), str(fifo), str(tmp_path / "none.json")], api.Options())
    assert {path for path, _ in report.unreadable} == {str(fifo), str(tmp_path / "none.json")}
    assert report.records == 1


@pytest.mark.parametrize(
    "name",
    ["alias-bomb.yaml", "deep.yaml", "deep.json", "deep-object.json", "laughs.xml", "deep.xml"],
)
def test_a_bomb_ends_the_whole_program_with_a_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(CASES[name], "utf-8")
    command = [sys.executable, "-m", "metalint", "check", "-f", "json", "--lang", "en", str(path)]
    # The limit is not a measurement: without the guards these inputs end after minutes, or never.
    done = subprocess.run(command, capture_output=True, check=False, timeout=60, text=True)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "record/unreadable" in {problem["rule"] for problem in json.loads(done.stdout)["problems"]}


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        pytest.param("a.json", b'{"note":"a\xffb","dataset":[{"title":"x"}]}', (1, 11), id="in a JSON envelope"),
        pytest.param("a.csv", b"title,\xffb\nx,y\n", (1, 7), id="in a CSV header"),
        pytest.param("a.yaml", b"title: x\n# c\xff\n", (2, 4), id="in a YAML comment"),
        pytest.param("a.xml", b"<r><!-- \xff --><a><title>x</title></a></r>", (1, 9), id="in an XML comment"),
        pytest.param("a.json", b'[{"title":"x\xff"},{"title":"y"}]', (1, 13), id="in a record"),
    ],
)
def test_bytes_that_are_no_text_are_said_once_wherever_they_stand(
    name: str, data: bytes, place: tuple[int, int], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    found = [one for one in lint_file(tmp_path / name).problems() if one.rule == "record/unreadable"]
    assert [(one.line, one.column) for one in found] == [place]


def test_a_control_character_in_a_header_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title\x00,b\nx,y\n", "utf-8")
    found = [one for one in lint_file(tmp_path / "a.csv").problems() if one.rule == "record/control-character"]
    assert [(one.line, one.column) for one in found] == [(1, 6)]


def test_problems_of_aliased_values_stand_in_order(tmp_path: Path) -> None:
    text = "- &base\n  title: ' 公園綠地清冊'\n- title: ' 第二份清冊'\n- <<: *base\n  license: x\n"
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    lines = [problem.line for problem in lint_file(tmp_path / "a.yaml", platform="ckan").problems()]
    assert lines == sorted(lines)


def test_utf_16_without_its_mark_is_read_when_named(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for order in ("utf-16-le", "utf-16-be"):
        path.write_bytes('{"title": "公園"}'.encode(order))
        source = open_source(str(path), encoding="utf-16")
        assert "".join(source.text()) == '{"title": "公園"}'
