"""What a searcher gains: counted as portals search."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from metalint.cli.commands import commands

TITLES = ("職業安全衛生訓練", "職業安全衛生檢查", "職業安全衛生（職安）宣導", "公園綠地")


def found(tmp_path: Path, *options: str) -> Result:
    path = tmp_path / "records.jsonl"
    rows = [{"identifier": str(at), "title": title, "keyword": []} for at, title in enumerate(TITLES)]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    command = ["findability", str(path), "--platform", "tw-standard", "-f", "jsonl", *options]
    return CliRunner().invoke(commands, command, standalone_mode=False)


def test_what_the_public_finds_before_and_after(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in found(tmp_path).output.splitlines()]
    assert rows[0] == {"query": "職安", "thing": "職業安全衛生", "about": 3, "before": 1, "after": 3, "gained": 2}


def test_queries_of_ones_own(tmp_path: Path) -> None:
    queries = tmp_path / "queries.csv"
    queries.write_text("\ufeff職安,職業安全衛生\n青草,綠地\n無,沒有\n", "utf-8")
    rows = [json.loads(line) for line in found(tmp_path, "--queries", str(queries)).output.splitlines()]
    assert [(row["query"], row["about"], row["before"], row["after"]) for row in rows] == [
        ("職安", 3, 1, 3),
        ("青草", 1, 0, 0),
    ]


@pytest.mark.parametrize(
    ("text", "reason"), [("職安\n", "queries.csv:1"), ("職安,,\n", "queries.csv:1"), (None, "queries.csv")]
)
def test_queries_that_are_none_are_refused(tmp_path: Path, text: str | None, reason: str) -> None:
    queries = tmp_path / "queries.csv"
    if text is not None:
        queries.write_text(text, "utf-8")
    done = found(tmp_path, "--queries", str(queries))
    assert reason in str(done.exception)


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize("form", ["full", "json", "csv"])
def test_each_form_names_the_query(tmp_path: Path, lang: str, form: str) -> None:
    done = found(tmp_path, "-f", form, "--lang", lang)
    assert done.return_value == 0
    assert "職安" in done.output


def test_most_records_are_found_by_the_everyday_word(corpus: Path, tmp_path: Path) -> None:
    rows = (corpus / "data-gov-tw-2026-03.csv").read_text("utf-8-sig").splitlines(keepends=True)
    path = tmp_path / "some.csv"
    path.write_text("".join([rows[0], *rows[1::20]]), "utf-8")
    done = CliRunner().invoke(commands, ["findability", str(path), "-f", "json"], standalone_mode=False)
    totals = json.loads(done.output)["totals"]
    assert totals["share"] < 0.5
    assert totals["then"] >= 0.95
