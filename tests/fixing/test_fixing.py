"""Files mended: what is made of them, what is left alone and why, and what else may not change."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from fixing.mending import mend, patched, records, spliced

from metalint import fixer, fixing, formats
from metalint.formats.source import Source
from metalint.model import Extras, Problem
from metalint.run import Options

# One dataset in every format, with a fault in most fields; {} is what the format needs around it.
RECORD = {
    "datasetID": "7301",
    "title": "臺北巿路外停車場 ",
    "keyword": ["停車", "車位、即時", "停車"],
    "license": "政府資料開放授權條款第1版",
    "issued": "106/04/26",
    "description": "停車場\u00a0資訊\u200b，每日更新",
}


def xml() -> str:
    lines = [
        f"    <{key}>{value}</{key}>\n"
        for key, held in RECORD.items()
        for value in (held if isinstance(held, list) else [held])
    ]
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n<list>\n  <!-- 名單 -->\n  <dataset>\n"
        + "".join(lines)
        + "  </dataset>\n  <dataset><title>x</title><datasetID>2</datasetID></dataset>\n</list>\n"
    )


FILES = {
    "a.json": json.dumps([RECORD, {"datasetID": "2"}], ensure_ascii=False, indent=1),
    "escaped.json": json.dumps([RECORD]),
    "a.jsonl": json.dumps(RECORD, ensure_ascii=False) + "\n\n" + json.dumps({"datasetID": "2", "n": 1.10}) + "\n",
    "a.yaml": "# 名單\n- datasetID: '7301'  # 代碼\n  title: '臺北巿路外停車場 '\n  keyword: [停車, 車位、即時, 停車]\n  license: 政府資料開放授權條款第1版\n  issued: 106/04/26\n  description: |\n    停車場\u00a0資訊\u200b，每日更新\n    第二行\n- datasetID: 2\n",
    "a.xml": xml(),
    "a.csv": '編號,資料名稱,標籤/關鍵字,授權方式,建立日期,資料集描述\r\n7301,臺北巿路外停車場 ,"停車,車位,停車",政府資料開放授權條款第1版,106/04/26,"停車場\u00a0資訊\u200b，每日更新"\r\n',
}  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", sorted(FILES))
def test_every_format_and_encoding(name: str, encoding: str, newline: str, tmp_path: Path) -> None:
    path = tmp_path / name
    text = FILES[name].replace("\r\n", "\n").replace("\n", newline).replace("encoding='utf-8'", "")
    path.write_bytes(text.encode(encoding))
    made = mend(path)
    assert made.fixed.rules, "there is something to mend"
    assert spliced(path.read_bytes(), made.fixed.changes) == made.data
    decoded = made.data.decode(encoding)
    assert (
        "臺北市路外停車場" in json.dumps(json.loads(decoded), ensure_ascii=False)
        if name == "escaped.json"
        else "臺北市路外停車場" in decoded
    )
    assert "2017-04-26" in decoded
    assert "106/04/26" not in decoded
    assert decoded.count(newline) == text.count(newline) + decoded.count("<keyword>") - text.count("<keyword>")
    format_name = formats.detect(name, "")
    before = list(records(path, format_name))
    if encoding != "utf-16":  # git takes a text with zeros in it for none
        subprocess.run(
            ["git", "apply", "-"],
            input=made.diff.replace(str(path).encode(), b"/" + name.encode()),
            cwd=tmp_path,
            check=True,
        )
        assert path.read_bytes() == made.data
    path.write_bytes(made.data)
    assert patched(before, made.patches) == [value for _, value in records(path, format_name)]
    assert mend(path).fixed.rules == {}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp950"])
@pytest.mark.parametrize("name", ["a.json", "a.yaml", "a.xml", "a.csv"])
def test_wherever_a_file_is_cut_as_it_is_read(
    name: str, encoding: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    text = FILES[name].replace("\u00a0", "").replace("\u200b", "").replace("巿", "市").replace("encoding='utf-8'", "")
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    whole = mend(path)
    monkeypatch.setattr(Source.aligned, "__defaults__", (size,))
    assert mend(path).data == whole.data
    assert whole.fixed.rules


def test_cp950_keeps_bytes_that_python_would_write_in_another_way(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rare = b"\xa2\xcc\xf9\xf9"  # two signs that CP950 has twice
    text = "編號,資料名稱,資料集描述,授權方式\r\n1,公園綠地清冊與設施,{}公園綠地 ,政府資料開放授權條款第1版\r\n"
    before, _, behind = text.partition("{}")
    path.write_bytes(before.encode("cp950") + rare + behind.encode("cp950"))
    made = mend(path)
    assert made.fixed.rules
    assert rare in made.data
    assert spliced(path.read_bytes(), made.fixed.changes) == made.data


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        pytest.param("a.json", '[{"title": "公園\\ud83d\\ude00 "}]', '[{"title": "公園\\ud83d\\ude00"}]', id="JSON"),
        pytest.param("a.yaml", 'title: "公園\\U0001F600 "\n', 'title: "公園\\U0001f600"\n', id="YAML"),
        pytest.param(
            "a.xml",
            "<l><d><title>公園&#128512; </title></d></l>",
            "<l><d><title>公園&#128512;</title></d></l>",
            id="XML",
        ),
    ],
)
def test_what_an_encoding_does_not_have_is_spelt(name: str, text: str, wanted: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode("cp950"))
    assert mend(path, encoding="cp950").data.decode("cp950") == wanted


def test_what_csv_has_no_way_to_spell_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("編號,資料名稱,資料集描述\r\n1,Caf&#233; list,公園 \r\n".encode("cp950"))
    made = mend(path, encoding="cp950")
    assert made.data.decode("cp950").endswith("Caf&#233; list,公園\r\n")
    assert [problem.rule for problem in made.fixed.left] == ["text/html-entity"]


def test_only_safe_fixes_unless_all_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"title": "臺北巿公園 ", "keyword": ["a"]}', encoding="utf-8")
    made = mend(path, unsafe=False)
    assert json.loads(made.data)["title"] == "臺北巿公園"
    assert made.fixed.unsafe == 1
    assert json.loads(mend(path).data)["title"] == "臺北市公園"


def test_rules_are_chosen(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"title": "臺北巿公園 "}', encoding="utf-8")
    assert json.loads(mend(path, select=("text/confusable",)).data)["title"] == "臺北市公園 "


def test_a_record_that_does_not_settle_leaves_the_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"title": "a  b"}', encoding="utf-8")
    real = fixer.Fixer._asked

    def restless(self: Any, turn: Any, states: Any, unsafe: Any) -> Any:
        asked = real(self, turn, states, unsafe)
        for at, piece in turn.items():
            problem = Problem("", 1, 1, "text/x", 1, 1, 1, "", "", "1", "", ("title",))  # type: ignore[arg-type]
            value = json.loads(piece.text)["title"] + "!"
            asked[at] = [problem._replace(fix=fixer.Fix(("title",), (value,), safe=True))]
        return asked

    monkeypatch.setattr(fixer.Fixer, "_asked", restless)
    (fixed,) = fixing.fix([str(path)], Options(), fixing.How(write=True))
    assert fixed.why is not None
    assert "ten rounds" in fixed.why.en
    assert path.read_text(encoding="utf-8") == '{"title": "a  b"}'


def test_yaml_records_that_share_an_anchor(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    text = "- datasetID: 1\n  license: &l 政府資料開放授權條款第1版\n  title: '公園 '\n- datasetID: 2\n  license: *l\n  title: '綠地 '\n"
    path.write_text(text, encoding="utf-8")
    made = mend(path)
    assert made.data.decode().count("&l") == 1
    assert "'公園'" in made.data.decode()
    assert "'綠地'" in made.data.decode()


def test_a_tag_that_becomes_several_leaves_its_identifier(tmp_path: Path) -> None:
    """CKAN renames the tag of an identifier everywhere: a new name must not come with the old one's."""
    path = tmp_path / "a.json"
    tags = [{"id": "1", "name": "公園、綠地", "display_name": "公園、綠地"}, {"id": "2", "name": "公園"}]
    record = {"name": "park-list", "title": "公園清冊列表", "notes": "本市公園清冊", "tags": tags, "resources": []}
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    assert json.loads(mend(path).data)["tags"] == [{"name": "公園"}, {"name": "綠地"}]


def test_a_block_of_yaml_that_becomes_something_else_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text('- title: 公園清冊\n  description: |-\n    "\u200b"\n- title: 綠地清冊\n', encoding="utf-8")
    made = mend(path)
    assert made.fixed.rules
    assert made.data.decode().endswith("- title: 綠地清冊\n")


def test_the_edits_of_a_problem_are_what_its_fix_does(tmp_path: Path) -> None:
    from metalint import api

    path = tmp_path / "a.json"
    text = '[\n {"title": "公園 ",\n  "keyword": ["a", "b", "a"]}]\n'
    path.write_text(text, encoding="utf-8")
    options = Options(extras=Extras(edits=True), select=("text/edge-space", "keyword/duplicate"))
    found = [problem for problem in api.check([str(path)], options).problems() if problem.fix is not None]
    lines = text.splitlines()
    for problem in found:
        (edit,) = problem.edits
        span = edit.span
        assert span.line == span.end_line
        line = lines[span.line - 1]
        changed = line[: span.column - 1] + edit.text + line[span.end_column - 1 :]
        assert changed in (' {"title": "公園",', '  "keyword": ["a", "b"]}]')
    assert len(found) == 2


def test_nothing_but_files_is_mended(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"title": "a  b"}', encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.json")
    made = list(
        fixing.fix([str(tmp_path / "pipe.json"), str(tmp_path / "none.json")], Options(), fixing.How(write=True))
    )
    assert [one.failed for one in made] == [True, True]


def test_what_is_only_shown_is_never_made(tmp_path: Path) -> None:
    from metalint import api

    path = tmp_path / "a.json"
    path.write_text('{"title": "公園清冊", "landingPage": "http://a.example.tw/"}', encoding="utf-8")
    options = Options(select=("url/insecure",))
    (problem,) = [one for one in api.check([str(path)], options).problems() if one.fix is not None]
    assert problem.fix is not None
    assert problem.fix.shown
    assert problem.fix.values == ("https://a.example.tw/",)
    made = mend(path, select=("url/insecure",))
    assert made.fixed.rules == {}
    assert made.fixed.unsafe == 0
