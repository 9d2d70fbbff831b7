"""The engine: which rules speak, when they are silent, and what shows only in a whole file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from linting import all_rules, lint_file, lint_record

from metalint.model import Json, Problem, Severity

GOOD: dict[str, Json] = {"title": "花蓮縣公有停車場位置", "license": "CC-BY-4.0", "publisher": "花蓮縣政府建設處"}


def ids(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


def table(folder: Path, rows: list[dict[str, str]], name: str = "list.csv") -> Path:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_text(out.getvalue(), "utf-8", newline="")
    return path


def test_a_column_that_a_table_lacks_is_no_missing_value(tmp_path: Path) -> None:
    path = table(tmp_path, [{"資料集識別碼": "7", "資料集名稱": "花蓮縣公有停車場位置", "提供機關": "花蓮縣政府"}])
    found = ids(list(lint_file(path).problems()))
    assert not [rule for rule in found if rule.endswith("/missing") or rule == "schema/required"]
    assert found.count("record/column-missing") == 1


def test_the_national_list_is_never_asked_for_keywords(tmp_path: Path) -> None:
    row = {
        "資料集識別碼": "7",
        "資料集名稱": "花蓮縣公有停車場位置",
        "提供機關": "花蓮縣政府",
        "授權方式": "政府資料開放授權條款-第1版",
    }
    path = tmp_path / "list.json"
    path.write_text(json.dumps([row], ensure_ascii=False), "utf-8")
    report = lint_file(path)
    assert report.files[0].platform == "data-gov-tw-list"
    assert not [p for p in report.problems() if p.rule.startswith("keyword/")]


def test_where_the_schema_has_spoken_rules_are_silent(tmp_path: Path) -> None:
    record: Json = {
        "categoryCode": "I00",
        "identifier": "A17000000J-000042",
        "title": "花蓮縣公有停車場位置",
        "publisher": "花蓮縣政府",
    }
    found = lint_record(record, tmp_path, platform="tw-standard")
    at_license = [problem.rule for problem in found if problem.pointer == ("license",)]
    assert at_license == ["schema/required"]


def test_a_missing_key_stands_at_its_parent(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[\n  {"title": "花蓮縣公有停車場位置"}\n]', "utf-8")
    found = [p for p in lint_file(path, platform="ckan").problems() if p.pointer == ("license_id",)]
    assert found
    assert {(p.line, p.column) for p in found} == {(2, 3)}


def test_equal_titles_of_one_publisher_are_found_and_of_two_are_not(tmp_path: Path) -> None:
    same = lint_record([GOOD, {**GOOD, "title": "花蓮縣公有 停車場位置"}], tmp_path)
    other = lint_record([GOOD, {**GOOD, "publisher": "花蓮縣政府觀光處"}], tmp_path)
    assert ids(same).count("dataset/duplicate") == 1
    assert ids(other).count("dataset/duplicate") == 0


def test_a_series_is_one_problem(tmp_path: Path) -> None:
    records: list[Json] = [
        {**GOOD, "title": f"花蓮縣{year}年{month}月交通事故資料"} for year in range(103, 114) for month in range(1, 13)
    ]
    found = lint_record(records, tmp_path)
    series = [problem for problem in found if problem.rule == "dataset/series"]
    assert len(series) == 1
    assert "132" in series[0].message
    assert "dataset/duplicate" not in ids(found)


def test_problems_are_sorted_by_place_then_rule(tmp_path: Path) -> None:
    found = lint_record(
        [{**GOOD, "title": " 停車 "}, {"title": "人數統計"}, {**GOOD, "license": "CC-BY-4"}] * 3, tmp_path
    )
    places = [(problem.line, problem.column, problem.rule) for problem in found]
    assert places == sorted(places)
    assert len(set(places)) > 5


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_report_is_the_same_for_any_number_of_jobs(tmp_path: Path, jobs: int) -> None:
    path = tmp_path / "many.jsonl"
    records = [
        {**GOOD, "identifier": str(n % 2990), "title": f"第{n}號公園綠地 " if n % 7 else "人數統計"}
        for n in range(3000)
    ]
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    one, many = lint_file(path), lint_file(path, jobs=jobs)
    assert list(one.problems()) == list(many.problems())
    assert one.files == many.files


def test_a_report_on_disk_reads_back_what_was_put_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text(
        "".join(json.dumps({**GOOD, "title": f" 公園{n}"}, ensure_ascii=False) + "\n" for n in range(50)), "utf-8"
    )
    kept = list(lint_file(path).problems())
    monkeypatch.setattr("metalint.report.IN_MEMORY", 7)
    spooled = lint_file(path)
    assert list(spooled.problems()) == kept
    assert list(spooled.problems()) == kept, "it may be read again"
    assert all(isinstance(problem.severity, Severity) for problem in spooled.problems())
    spooled.close()


@pytest.mark.parametrize("canary", ["CWB-1234ABCD-SECRET", "0s1s2s3s4s", "sesame"])
def test_a_secret_is_never_shown(canary: str, tmp_path: Path) -> None:
    url = f"https://opendata.example.tw/api/v1?Authorization={canary}&format=JSON"
    record: Json = {**GOOD, "landingPage": " " + url + " x", "distribution": [{"format": "JSON", "downloadURL": url}]}
    found = lint_record(record, tmp_path, lang="zh-TW")
    assert "url/secret-in-query" in ids(found)
    assert canary not in repr(found)


def test_every_rule_fires_on_the_portal_that_it_names() -> None:
    """A rule that names a platform which lacks all its fields could never speak."""
    from linting import all_platforms

    by_name = {platform.name: platform for platform in all_platforms()}
    for rule in all_rules():
        for name in rule.platforms:
            assert not rule.given or any(field in by_name[name].fields for field in rule.given), (rule.id, name)


def test_a_file_of_no_platform_gets_a_message_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"title": " 公園", "maintainer": "x"}', "utf-8")
    found = list(lint_file(path).problems())
    unknown = next(problem for problem in found if problem.rule == "record/unknown-platform")
    assert "ckan" in unknown.message
    assert "text/edge-space" in ids(found), "rules still run on the fields that are known"


def test_the_found_value_stands_where_the_problem_says(corpus: Path) -> None:
    """On real catalogues: the excerpt's marked part is the value or key at the pointer, or the record that lacks it."""
    for name in ("taipei-2016-06.csv", "us-datajson-2025-02/fcc.json", "us-datajson-2025-02/opm.json"):
        path = corpus / name
        text = path.read_bytes().decode("cp950" if name.startswith("taipei") else "utf-8")
        lines = text.splitlines()
        for problem in lint_file(path).problems():
            if problem.excerpt is None or problem.excerpt.cut_left:
                continue
            marked = problem.excerpt.text[problem.excerpt.start : problem.excerpt.end]
            if "*" not in marked:
                assert lines[problem.line - 1][problem.column - 1 :].startswith(marked), problem


def test_the_only_distribution_may_be_written_without_its_list(tmp_path: Path) -> None:
    anywhere = tuple(rule._replace(platforms=()) for rule in all_rules())
    found = lint_record({**GOOD, "distribution": {"title": "停車場位置"}}, tmp_path, rules=anywhere)
    assert [problem.pointer for problem in found if problem.rule == "distribution/no-url"] == [("distribution",)]
