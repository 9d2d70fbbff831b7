"""`metalint fix`, `check --fix` and `enrich --write` as a clerk runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import jsonpatch
import pytest

TEXT = '[{"title": "臺北巿公園 ", "keyword": ["公園"], "issued": "106/04/26"}]\n'


def run(*args: str, cwd: Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "metalint", *args]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.json").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_fix_writes_and_says_what(folder: Path) -> None:
    done = run("fix", "--lang", "en", ".", cwd=folder)
    assert done.returncode == 0
    assert (folder / "a.json").read_text(encoding="utf-8") == TEXT.replace("公園 ", "公園").replace(
        "106/04/26", "2017-04-26"
    )
    said = done.stdout.decode()
    assert "Fixed 2 problems in 1 record of 1 file." in said
    assert "1 more fix needs a look" in said
    again = run("fix", "--lang", "zh-TW", ".", cwd=folder)
    assert "沒有可自動修正的問題" in again.stdout.decode()


def test_diff_writes_nothing_and_git_takes_it(folder: Path) -> None:
    done = run("fix", "--unsafe", "--diff", "a.json", cwd=folder)
    assert done.returncode == 1
    assert (folder / "a.json").read_text(encoding="utf-8") == TEXT
    subprocess.run(["git", "apply"], input=done.stdout, cwd=folder, check=True)
    assert "臺北市公園" in (folder / "a.json").read_text(encoding="utf-8")
    assert run("fix", "--unsafe", "--diff", "a.json", cwd=folder).returncode == 0


def test_patches(folder: Path) -> None:
    (line,) = run("fix", "--patch", ".", cwd=folder).stdout.decode().splitlines()
    document = json.loads(line)
    (before,) = json.loads(TEXT)
    after = jsonpatch.apply_patch(before, document["patch"])
    assert after == {**before, "title": "臺北巿公園", "issued": "2017-04-26"}
    tests = [one for one in document["patch"] if one["op"] == "test"]
    assert [one["path"] for one in tests] == ["/title", "/issued"]
    assert [one["rule"] for one in document["patch"] if one["op"] != "test"] == ["text/edge-space", "date/roc-calendar"]
    (line,) = run("fix", "--patch", "merge", ".", cwd=folder).stdout.decode().splitlines()
    assert json.loads(line)["merge"] == {"title": "臺北巿公園", "issued": "2017-04-26"}
    assert (folder / "a.json").read_text(encoding="utf-8") == TEXT


def test_copies_into_a_folder(folder: Path) -> None:
    (folder / "clean.json").write_text('{"title": "x"}', encoding="utf-8")
    done = run("fix", "--output", "out", "a.json", "clean.json", cwd=folder)
    assert done.returncode == 0
    assert (folder / "a.json").read_text(encoding="utf-8") == TEXT
    assert "2017-04-26" in (folder / "out" / "a.json").read_text(encoding="utf-8")
    assert (folder / "out" / "clean.json").read_text(encoding="utf-8") == '{"title": "x"}'


def test_standard_input_goes_to_standard_output(folder: Path) -> None:
    done = run("fix", "-", cwd=folder, stdin=TEXT.encode("utf-16"))
    assert done.stdout.decode("utf-16") == TEXT.replace("公園 ", "公園").replace("106/04/26", "2017-04-26")
    same = run("fix", "-", cwd=folder, stdin=b'{"title": "x"}')
    assert same.stdout == b'{"title": "x"}'


def test_check_fix_reports_what_is_left(folder: Path) -> None:
    done = run("check", "--fix", "-f", "json", "a.json", cwd=folder)
    rules = {problem["rule"] for problem in json.loads(done.stdout)["problems"]}
    assert "text/confusable" in rules
    assert "text/edge-space" not in rules
    assert b"2 " in done.stderr


def test_a_path_that_is_not_there_is_said_whatever_rules_are_chosen(folder: Path) -> None:
    done = run("fix", "--select", "text/edge-space", "a.json", "none.json", cwd=folder)
    assert done.returncode == 2
    assert b"none.json" in done.stderr
    assert "公園 " not in (folder / "a.json").read_text(encoding="utf-8"), "the rest goes on"


def test_names_of_files_in_differences(folder: Path) -> None:
    name = '公 園"\n.json'
    (folder / name).write_text(TEXT, encoding="utf-8")
    (folder / "a.json").unlink()
    done = run("fix", "--diff", ".", cwd=folder)
    subprocess.run(["git", "apply"], input=done.stdout, cwd=folder, check=True)
    assert "2017-04-26" in (folder / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        pytest.param("a.json", '{"datasetID": "1", "title": "職業安全衛生罰鍰", "license": "x", "keyword": ["勞動"], "accrualPeriodicity": "x"}', '"keyword": ["勞動", ', id="array"),
        pytest.param("b.json", '{"name":"a","title":"職業安全衛生罰鍰","notes":"x","tags":[{"id":"x","name":"勞動"}],"resources":[]}', '{"id":"x","name":"勞動"}, {"name":', id="tags"),
        pytest.param("a.csv", '編號,資料名稱,標籤/關鍵字,資料集描述\n1,職業安全衛生罰鍰,"勞動, 裁罰",公布\n', '"勞動, 裁罰, ', id="joined cell"),
        pytest.param("b.csv", '編號,資料名稱,標籤/關鍵字,資料集描述\n1,職業安全衛生罰鍰,"""勞動;裁罰""",公布\n', '"""勞動;裁罰;', id="quoted cell"),
        pytest.param("c.csv", "編號,資料名稱,標籤/關鍵字,資料集描述\n1,職業安全衛生罰鍰,,公布\n", '罰鍰,"', id="empty cell"),
        pytest.param("a.xml", "<l><d><datasetID>1</datasetID><title>職業安全衛生罰鍰</title><keyword>勞動</keyword><license>x</license></d><d><datasetID>2</datasetID></d></l>", "<keyword>勞動</keyword><keyword>", id="elements"),
    ],
)  # fmt: skip
def test_enrich_keeps_the_shape_of_keywords(name: str, text: str, wanted: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    difference = run("enrich", "--diff", name, cwd=tmp_path)
    assert difference.returncode == 1
    patch = run("enrich", "--patch", name, cwd=tmp_path).stdout.decode()
    assert "職安" in patch
    assert path.read_text(encoding="utf-8") == text
    assert run("enrich", "--write", name, cwd=tmp_path).returncode == 0
    made = path.read_text(encoding="utf-8")
    assert wanted in made
    assert "職安" in made
    path.write_text(text, encoding="utf-8")
    subprocess.run(["git", "apply"], input=difference.stdout, cwd=tmp_path, check=True)
    assert path.read_text(encoding="utf-8") == made


def test_an_interruption_says_what_was_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from metalint import fixing
    from metalint.cli.commands import commands

    (folder / "b.json").write_text(TEXT, encoding="utf-8")
    real = fixing._mended

    def broken_off(source: Any, *others: Any) -> Any:
        if source.path.endswith("b.json"):
            raise KeyboardInterrupt
        return real(source, *others)

    monkeypatch.setattr(fixing, "_mended", broken_off)
    assert commands.main(["fix", "--lang", "en", str(folder)], standalone_mode=False) == 130
    said = capsys.readouterr().out
    assert "Interrupted" in said
    assert "of 1 file" in said
    assert (folder / "b.json").read_text(encoding="utf-8") == TEXT
    with pytest.raises(click.Abort):  # and nothing is checked after it
        commands.main(["check", "--fix", "--lang", "en", str(folder)], standalone_mode=False)
    said, errors = capsys.readouterr()
    assert said == ""
    assert "Interrupted" in errors


def test_the_end_of_a_block_of_yaml_is_no_white_space(tmp_path: Path) -> None:
    text = "title: 公園\ndescription: |\n  第一行\n  第二行\nnotes: >\n  a\n  b\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert run("fix", "--diff", "a.yaml", cwd=tmp_path).stdout == b""
    (tmp_path / "a.yaml").write_text(text.replace("第二行\n", "第二行 \n"), encoding="utf-8")
    assert run("fix", "a.yaml", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == text


def test_what_cannot_be_read_is_said_and_the_rest_is_mended(tmp_path: Path) -> None:
    text = '[{"title": "公園  清冊"},\n {x},\n {"title": "綠地  清冊"}]\n'
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    done = run("fix", "--lang", "en", "a.json", cwd=tmp_path)
    assert done.returncode == 1
    assert "1 record could not be read" in done.stdout.decode()
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == text.replace("  清", " 清")


def test_keywords_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    text = "- identifier: a\n  title: 職業安全衛生罰鍰\n  license: x\n  keyword: &k [勞動]\n  theme: *k\n- identifier: b\n  title: 停車場\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    done = run("enrich", "--write", "--lang", "en", "a.yaml", cwd=tmp_path)
    assert "a.yaml:1:3 a /keyword/1: keyword/missing: cannot be written here" in done.stdout.decode()
    assert "&k [勞動]" in (tmp_path / "a.yaml").read_text(encoding="utf-8")


def test_bytes_that_are_no_text_stay(tmp_path: Path) -> None:
    data = '{"title": "職業安全衛生罰鍰  清冊"}\n{"title": "公'.encode() + b"\xff\xfe" + '園  清冊"}\n'.encode()
    (tmp_path / "a.jsonl").write_bytes(data)
    assert run("fix", "a.jsonl", cwd=tmp_path).returncode == 1
    assert (tmp_path / "a.jsonl").read_bytes() == data.replace("鍰  ".encode(), "鍰 ".encode())
    assert run("enrich", "--write", "--no-model", "a.jsonl", cwd=tmp_path).returncode == 1
    first, second = (tmp_path / "a.jsonl").read_bytes().splitlines()
    assert "職安".encode() in first
    assert second == data.splitlines()[1]


def test_a_workbook_is_refused_in_the_words_of_check(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    done = run("fix", "--lang", "zh-TW", "a.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert "a.xlsx: 看起來是 ZIP 檔，不是文字檔；試算表請另存為 CSV（UTF-8）" in done.stderr.decode()
