"""`metalint compare` as it is called: its reports, its exit codes, what it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from metalint.cli.commands import commands
from metalint.run import Options
from metalint.snapshots import comparison

KEPT = {
    "identifier": "A17000000J-000101",
    "title": "職業安全衛生教育訓練單位名冊",
    "description": "全國辦理職業安全衛生教育訓練之單位，供雇主查詢。",
    "publisher": {"name": "勞動部職業安全衛生署"},
    "license": "https://data.gov.tw/license",
    "accessLevel": "public",
    "accrualPeriodicity": "R/P1M",
    "temporal": "2015-01-01/2020-12-31",
    "modified": "2020-01-01",
    "issued": "2015-04-26",
    "distribution": [
        {"format": "CSV", "downloadURL": "https://apiservice.example.gov.tw/units.csv?api_key=abcdef123456"},
        {"format": "PDF", "downloadURL": "https://www.example.gov.tw/units.pdf"},
    ],
}
GONE = {
    **KEPT,
    "identifier": "A17000000J-000102",
    "title": "起重機具定期檢查機構",
    "distribution": [{"format": "CSV", "downloadURL": "https://www.example.gov.tw/cranes.csv"}],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put("old.json", KEPT, GONE)
    put("new.json", KEPT, GONE)
    return tmp_path


def put(name: str, *records: dict[str, Any]) -> None:
    Path(name).write_text(json.dumps({"dataset": list(records)}, ensure_ascii=False), "utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["compare", "old.json", "new.json", *arguments], standalone_mode=False)


def told(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("-f", "json", *arguments).stdout)
    return found


@pytest.mark.usefixtures("folder")
def test_nothing_changed() -> None:
    done = run("--lang", "en")
    assert done.return_value == 0
    assert "unchanged 2" in done.output


@pytest.mark.parametrize(
    ("level", "vanished", "breaking"),
    [pytest.param("vanished", 1, 0), pytest.param("breaking", 1, 1), pytest.param("never", 0, 0)],
)
@pytest.mark.usefixtures("folder")
def test_what_fails(level: str, vanished: int, breaking: int) -> None:
    put("new.json", KEPT)
    assert run("--fail-on", level).return_value == vanished
    put("new.json", {**KEPT, "license": "版權所有"}, GONE)
    assert run("--fail-on", level).return_value == breaking


@pytest.mark.parametrize(
    ("edit", "lost"),
    [
        pytest.param({"license": "all rights reserved"}, "license-narrowed"),
        pytest.param({"accrualPeriodicity": "R/P1Y"}, "frequency-slowed"),
        pytest.param({"temporal": "2017-01-01/2020-12-31"}, "coverage-shortened"),
        pytest.param({"temporal": "2016-01-01/2021-12-31"}, None, id="as long, a year on"),
        pytest.param({"temporal": "2018-01-01/2021-12-31"}, "coverage-shortened", id="a year on, and shorter"),
        pytest.param({"accessLevel": "restricted public"}, "access-narrowed"),
        pytest.param({"distribution": KEPT["distribution"][1:]}, "distribution-removed"),  # type: ignore[index]
        pytest.param({"distribution": [KEPT["distribution"][1]] * 2}, "format-lost"),  # type: ignore[index]
        pytest.param({"temporal": "2015-01-01/2025-12-31"}, None, id="longer"),
        pytest.param({"accrualPeriodicity": "R/P1W"}, None, id="more often"),
        pytest.param({"license": "http://data.gov.tw/license/"}, None, id="the same licence"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_breaking(edit: dict[str, Any], lost: str | None) -> None:
    put("new.json", {**KEPT, **edit}, GONE)
    changed = told()["changed"]
    kinds = [change["breaking"] for one in changed for change in one["changes"] if change["breaking"]]
    assert (lost in kinds) if lost else not kinds


@pytest.mark.usefixtures("folder")
def test_no_secret_is_echoed_and_pointers_lead_to_values() -> None:
    moved = [{"format": "CSV", "downloadURL": "https://new.example.gov.tw/u.csv?api_key=zyxwvu987654"}]
    put("new.json", {**KEPT, "distribution": moved}, GONE)
    found = run("-f", "json").stdout
    assert "abcdef123456" not in found
    assert "zyxwvu987654" not in found
    pointers = {change["pointer"] for change in json.loads(found)["changed"][0]["changes"]}
    assert "/distribution/0/downloadURL" in pointers


@pytest.mark.usefixtures("folder")
def test_a_date_alone_is_no_change() -> None:
    put("new.json", {**KEPT, "modified": "2026-01-01"}, GONE)
    assert told()["changed"] == []
    assert told()["summary"]["touched"] == 1
    assert [one["verdict"] for one in told("--all")["changed"]] == ["touched"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("r.csv", "\ufeffid,reason,date\nA17000000J-000102,業務移交地方,2026-01-05\n", id="CSV"),
        pytest.param("r.csv", "資料集名稱,下架原因\n起重機具定期檢查機構,業務移交地方\n", id="Chinese headings"),
        pytest.param("r.json", '[{"title": "起重機具定期檢查機構", "reason": "業務移交地方"}]', id="JSON"),
        pytest.param("r.yaml", "- {id: A17000000J-000102, reason: 業務移交地方}\n", id="YAML"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_reason_is_taken(name: str, text: str) -> None:
    put("new.json", KEPT)
    Path(name).write_text(text, "utf-8")
    assert run("--reasons", name).return_value == 0
    (gone,) = told("--reasons", name)["gone"]
    assert gone["verdict"] == "announced"
    assert "業務移交地方" in gone["reason"]


@pytest.mark.parametrize("text", ["id,reason\n,\n", "id\nx\n"])
@pytest.mark.usefixtures("folder")
def test_reasons_that_are_none(text: str) -> None:
    Path("r.csv").write_text(text, "utf-8")
    done = CliRunner().invoke(commands, ["compare", "old.json", "new.json", "--reasons", "r.csv", "--lang", "en"])
    assert done.exit_code == 2
    assert "entry 1" in done.output


@pytest.mark.usefixtures("folder")
def test_what_an_old_record_says_of_its_successor() -> None:
    gone = {**GONE, "description": "本資料集已整併至「職業安全衛生教育訓練單位名冊」。"}
    put("old.json", KEPT, gone)
    put("new.json", KEPT)
    (one,) = told()["gone"]
    assert (one["verdict"], one["evidence"]) == ("merged", "named")
    assert one["successor"]["record"] == KEPT["identifier"]


@pytest.mark.usefixtures("folder")
def test_a_new_record_that_says_what_it_replaces() -> None:
    said = {**KEPT, "description": "取代原資料集起重機具定期檢查機構，併同公布教育訓練單位。"}
    put("new.json", said)
    (one,) = told()["gone"]
    assert (one["verdict"], one["successor"]["record"]) == ("superseded", KEPT["identifier"])


@pytest.mark.usefixtures("folder")
def test_one_record_that_cannot_be_read_is_said() -> None:
    Path("new.jsonl").write_text(json.dumps(KEPT, ensure_ascii=False) + '\n{"title": "起重機\n', "utf-8")
    done = CliRunner().invoke(commands, ["compare", "old.json", "new.jsonl", "--lang", "en"], standalone_mode=False)
    assert done.return_value == 2
    assert "new.jsonl:2" in done.stderr
    assert "1 place in the new version could not be read" in done.stdout


@pytest.mark.parametrize("side", ["old.json", "new.json"])
def test_a_side_that_cannot_be_read_is_no_comparison(side: str, folder: Path) -> None:
    (folder / side).unlink()
    done = CliRunner().invoke(commands, ["compare", "old.json", "new.json", "--lang", "en"])
    assert done.exit_code == 2
    assert side in done.output
    assert "gone" not in done.output


@pytest.mark.usefixtures("folder")
def test_an_empty_catalogue_is_not_believed() -> None:
    put("new.json")
    done = CliRunner().invoke(commands, ["compare", "old.json", "new.json", "--lang", "en"])
    assert done.exit_code == 2
    assert "no dataset" in done.output or "no record" in done.output


@pytest.mark.usefixtures("folder")
def test_why_an_empty_file_is_empty() -> None:
    Path("new.csv").write_text("資料集名稱,提供機關\n", "utf-8")
    done = CliRunner().invoke(commands, ["compare", "old.json", "new.csv", "--lang", "en"])
    assert done.exit_code == 2
    assert "no record below" in done.output


@pytest.mark.usefixtures("folder")
def test_a_reason_is_told_whole_or_with_dots() -> None:
    put("old.json", KEPT, {**GONE, "title": "起重機具定期檢查機構(108年起停止更新)"})
    put("new.json", KEPT)
    assert told()["gone"][0]["reason"] == "起重機具定期檢查機構(108年起停止更新)"
    put(
        "old.json",
        KEPT,
        {**GONE, "description": "檢查機構名稱與地址。" * 9 + "本資料集已停止更新。" + "另見公告。" * 9},
    )
    put("new.json", KEPT)
    reason = told()["gone"][0]["reason"]
    assert reason.startswith("…")
    assert reason.endswith("…")
    assert "停止更新" in reason


@pytest.mark.usefixtures("folder")
def test_progress_counts_every_step() -> None:
    steps: list[tuple[int, int]] = []
    comparison.compare("old.json", "new.json", Options(), progress=lambda done, all_: steps.append((done, all_)))
    assert [done for done, _ in steps] == list(range(1, steps[0][1] + 1))


@pytest.mark.parametrize("name", ["full", "json", "jsonl", "csv", "markdown", "html"])
@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.usefixtures("folder")
def test_nothing_a_stranger_wrote_acts(name: str, lang: str) -> None:
    nasty = "=cmd|' /C calc'!A0 <script>alert(1)</script> \x1b[31m[x](http://evil.example)"
    put("old.json", KEPT, {**GONE, "title": nasty})
    put("new.json", {**KEPT, "description": nasty})
    out = run("-f", name, "--lang", lang).stdout
    assert "\x1b[31m" not in out
    if name in ("html", "markdown"):
        assert "<script>alert" not in out
    if name == "csv":
        rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"))))
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


@pytest.mark.parametrize("by", ["agency", "year", "month"])
@pytest.mark.usefixtures("folder")
def test_figures_add_up(by: str) -> None:
    put("new.json", KEPT, {**GONE, "identifier": "A17000000J-000199", "title": "勞動檢查年報", "issued": "2026-02-01"})
    summary = told("--by", by)["summary"]
    for key in ("added", "changed", "gone", "vanished"):
        assert sum(row[key] for row in summary["rows"]) == summary[key], key
    if by == "month":
        assert [row["name"] for row in summary["rows"]] == ["2015-04", "2026-02"]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("-f", "sarif"), id="a format of problems"),
        pytest.param(("--fail-on", "error"), id="a severity"),
        pytest.param(("--select", "title"), id="a rule"),
        pytest.param(("--problems", "--fail-on", "vanished"), id="a verdict for problems"),
        pytest.param(("--problems", "--reasons", "reasons.csv"), id="reasons for problems"),
        pytest.param(("--problems", "--by", "year"), id="problems by year"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_does_not_go_together(arguments: tuple[str, ...]) -> None:
    assert CliRunner().invoke(commands, ["compare", "old.json", "new.json", *arguments]).exit_code == 2


@pytest.mark.usefixtures("folder")
def test_reports_go_to_files() -> None:
    put("new.json", KEPT)
    assert run("-f", "json:a.json", "-f", "html:a.html", "--fail-on", "never").return_value == 0
    assert json.loads(Path("a.json").read_text("utf-8"))["summary"]["vanished"] == 1
    assert "起重機具定期檢查機構" in Path("a.html").read_text("utf-8")


def test_a_platform_that_lacks_a_field_changes_nothing(folder: Path) -> None:
    """A list without licences and columns says nothing of them."""
    heads = "資料集識別碼,資料集名稱,提供機關"
    rows = "".join(f"{one['identifier']},{one['title']},勞動部職業安全衛生署\n" for one in (KEPT, GONE))
    (folder / "list.csv").write_text(f"{heads}\n{rows}", "utf-8")
    done = CliRunner().invoke(commands, ["compare", "old.json", "list.csv", "-f", "json"], standalone_mode=False)
    found = json.loads(done.stdout)
    assert not (*found["added"], *found["changed"], *found["gone"])


def test_columns_that_were_dropped_are_named(folder: Path) -> None:
    heads = "資料集識別碼,資料集名稱,提供機關,主要欄位說明\n"
    for name, columns in (("a.csv", "編號(序號)、名稱、電話"), ("b.csv", "名稱、編號")):
        (folder / name).write_text(f"{heads}23009,勞工教育場次,勞動部,{columns}\n", "utf-8")
    done = CliRunner().invoke(commands, ["compare", "a.csv", "b.csv", "--lang", "zh-TW"], standalone_mode=False)
    assert "【欄位減少】主要欄位說明：少了 電話" in done.output
