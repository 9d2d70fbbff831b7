"""The gate: what is known does not stop a change, what is new does, and nothing new hides behind what is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gate.repository import OLD, found, git, metalint, record, repository, write

ALL = ("--fail-on", "info")
BASELINE = ".metalint-baseline.jsonl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    repository(tmp_path)
    code, out, err = metalint(tmp_path, "baseline", "create", "--lang", "en")
    assert code == 0, err
    assert "known problems" in out
    return tmp_path


def test_exactly_the_new_fault_stops_the_change(folder: Path) -> None:
    assert found(folder, *ALL, ".") == (0, [])
    write(folder, {**OLD, "city/c.jsonl": [record(6, title="勞動檢查統計表  6"), *OLD["city/c.jsonl"][1:]]})
    code, problems = found(folder, *ALL, ".")
    assert code == 1
    assert [(one["record"], one["rule"]) for one in problems] == [("A17000000J-000006", "text/repeated-space")]
    assert metalint(folder, "fix", ".", "--select", "text/repeated-space")[0] == 0
    assert found(folder, *ALL, ".") == (0, [])


def test_order_and_names_of_files_do_not_matter(folder: Path) -> None:
    turned = {
        name: [{**one, "distribution": one["distribution"][::-1]} for one in records[::-1]]
        for name, records in OLD.items()
    }
    turned["labour/renamed.json"] = turned.pop("labour/a.json")
    (folder / "labour" / "a.json").unlink()
    write(folder, turned)
    assert found(folder, *ALL, ".") == (0, [])


def test_one_fault_for_another_is_seen(folder: Path) -> None:
    """As many problems of the same rule in the same file as before, but one of them is another."""
    records = OLD["labour/a.json"]
    write(folder, {"labour/a.json": [record(1), record(2, issued="109/03/01"), record(3, title="勞動檢查表 ")]})
    code, problems = found(folder, *ALL, ".")
    assert code == 1
    assert [(one["record"], one["rule"]) for one in problems] == [("A17000000J-000003", "text/edge-space")]
    write(folder, {"labour/a.json": [record(1, title="勞動檢查表  "), *records[1:]]})
    assert [one["rule"] for one in found(folder, *ALL, ".")[1]] == ["text/edge-space"], "the value is another one"


def test_an_edit_elsewhere_brings_nothing_back(folder: Path) -> None:
    """A resource lacks its URL and a record its contact: neither comes back as something else in them is edited."""
    lacking = record(3)
    del lacking["distribution"][0]["downloadURL"]
    write(folder, {"labour/a.json": [*OLD["labour/a.json"][:2], lacking]})
    assert metalint(folder, "baseline", "update")[0] == 0
    lacking["distribution"][0]["resourceDescription"] = "各年度勞動檢查之場次與缺失-CSV"
    lacking["notes"] = "每年三月更新"
    write(folder, {"labour/a.json": [*OLD["labour/a.json"][:2], lacking]})
    assert found(folder, *ALL, ".") == (0, [])


def test_what_cannot_be_read_is_never_known(folder: Path) -> None:
    (folder / "city" / "c.jsonl").write_text("{broken\n", encoding="utf-8")
    assert metalint(folder, "baseline", "update")[0] == 0
    code, problems = found(folder, ".")
    assert code == 1
    assert [one["rule"] for one in problems] == ["record/unreadable"]


def test_what_is_mended_is_told_and_taken_out(folder: Path) -> None:
    before = (folder / BASELINE).read_text(encoding="utf-8")
    write(folder, {"labour/a.json": [record(1), *OLD["labour/a.json"][1:]]})
    code, out, _ = metalint(folder, "check", "--lang", "zh-TW", "--today", "2026-01-01", ".")
    assert code == 0
    assert "新增 0 個、已修正 1 個" in out
    assert metalint(folder, "check", "--strict-baseline", "--today", "2026-01-01", ".")[0] == 1
    assert metalint(folder, "check", "--strict-baseline", "--today", "2026-01-01", "city")[0] == 0, "it was not read"
    assert metalint(folder, "baseline", "prune")[0] == 0
    after = (folder / BASELINE).read_text(encoding="utf-8")
    assert len(after.splitlines()) == len(before.splitlines()) - 1
    assert metalint(folder, "check", "--strict-baseline", "--today", "2026-01-01", ".")[0] == 0


def test_the_file_is_the_same_for_the_same_problems(folder: Path) -> None:
    before = (folder / BASELINE).read_bytes()
    assert metalint(folder, "baseline", "update")[0] == 0
    assert (folder / BASELINE).read_bytes() == before
    lines = before.decode().splitlines()
    assert lines[0] == '{"metalint-baseline": 1}'
    entry = json.loads(lines[1])
    assert set(entry) == {"id", "path", "record", "title", "pointer", "rule"}
    assert not any(word in before.decode() for word in ('"line"', '"count"', str(folder)))


def test_known_problems_are_listed_where_that_is_asked(folder: Path) -> None:
    code, problems = found(folder, "--show-known", ".")
    assert code == 0
    assert problems
    assert all(one["known"] for one in problems)
    assert found(folder, "--no-baseline", ".")[1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("<<<<<<< HEAD\n", "merge conflict", id="a conflict"),
        pytest.param('{"x": 1}\n', "no line of a baseline", id="something else"),
        pytest.param('{"metalint-baseline": 1}\n', "", id="two heads after a merge"),
    ],
)
def test_a_damaged_file_is_refused(line: str, said: str, folder: Path) -> None:
    with (folder / BASELINE).open("a", encoding="utf-8") as file:
        file.write(line)
    code, _, err = metalint(folder, "check", "--lang", "en", "--today", "2026-01-01", ".")
    assert code == (2 if said else 0)
    assert said in err
    assert BASELINE in err or not said


def test_a_baseline_is_not_overwritten(folder: Path) -> None:
    code, _, err = metalint(folder, "baseline", "create", "--lang", "en")
    assert code == 2
    assert "is there already" in err


def test_records_without_a_name_go_by_their_title(tmp_path: Path) -> None:
    rows = [
        "標籤/關鍵字,資料名稱,資料集描述,授權方式",
        "公園,公園 清冊 ,公園之清冊,政府資料開放授權條款-第1版",
        "綠地,綠地清冊,綠地之清冊,政府資料開放授權條款-第1版",
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert metalint(tmp_path, "baseline", "create")[0] == 0
    path.write_text("\n".join([rows[0], rows[2], rows[1]]) + "\n", encoding="utf-8")
    assert found(tmp_path, *ALL, ".") == (0, [])


def test_against_a_commit(tmp_path: Path) -> None:
    repository(tmp_path)
    assert found(tmp_path, *ALL, "--against", "git:HEAD", ".") == (0, [])
    write(
        tmp_path,
        {"labour/b.json": [record(4, keyword=["勞動檢查、統計"]), record(5, license="政府資料開放授權", title="x  y")]},
    )
    write(tmp_path, {"labour/new.json": [record(11, issued="109/03/01")]})
    git(tmp_path, "mv", "labour/a.json", "labour/moved.json")
    code, problems = found(tmp_path, *ALL, "--against", "git:HEAD", ".")
    assert code == 1
    rules = {(one["record"], one["rule"]) for one in problems}
    assert ("A17000000J-000005", "text/repeated-space") in rules
    assert ("A17000000J-000011", "date/roc-calendar") in rules
    assert {name for name, _ in rules} == {"A17000000J-000005", "A17000000J-000011"}
    code, problems = found(tmp_path / "labour", *ALL, "--against", "git:main", "b.json")
    assert {one["record"] for one in problems} == {"A17000000J-000005"}


@pytest.mark.parametrize("reference", ["main", "git:", "git:none", "git:--upload-pack=x"])
def test_a_commit_that_is_none(reference: str, tmp_path: Path) -> None:
    repository(tmp_path)
    code, _, err = metalint(tmp_path, "check", "--against", reference, ".")
    assert code == 2
    assert "Traceback" not in err


def test_against_without_a_repository(tmp_path: Path) -> None:
    write(tmp_path)
    code, _, err = metalint(tmp_path, "check", "--against", "git:main", ".")
    assert code == 2
    assert "git" in err


def test_two_versions_compared(tmp_path: Path) -> None:
    write(tmp_path / "old")
    write(tmp_path / "new", {**OLD, "city/c.jsonl": [*OLD["city/c.jsonl"], record(12, title="停車場  清冊")]})
    assert metalint(tmp_path, "compare", "--problems", "old", "old")[0] == 0
    code, out, _ = metalint(tmp_path, "compare", "--problems", "old", "new", "-f", "json", "--fail-on", "info")
    assert code == 1
    assert {one["record"] for one in json.loads(out)["problems"]} == {"A17000000J-000012"}
