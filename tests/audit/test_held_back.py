"""What holds problems back holds them back in an audit as in a check; and what is wrong with it is told once, at the end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from metalint import api
from metalint.audit import parts as cutting
from metalint.audit import run
from metalint.audit.asked import Ask
from metalint.audit.result import Result
from metalint.entries import dump, entry
from metalint.run import Options

ACROSS = ("dataset/near-duplicate", "dataset/series-by-place", "relation/dangling")
OPTIONS = Options(lang="en", today=date(2026, 11, 25), ignore=ACROSS)
TITLES = ("職業災害統計", " 最低工資", "職業災害統計", "勞工保險人數", " 外勞人數", "醫療機構")
LIST = "資料集識別碼,資料集名稱,提供機關\n" + "".join(f"{n},{title},勞動部\n" for n, title in enumerate(TITLES))
YAML = """\
# metalint: ignore
- identifier: x
  title: ' 職安 ' # metalint: ignore[text/edge-space] as printed
- identifier: y
  title: 職安統計 # metalint: ignore[text/edge-space, text/nosuch] as printed
"""
SIDE = "'{}':\n  '*':\n    rules: [{}]\n    reason: as printed\n"
OVERRIDE = '[[overrides]]\nfiles = ["*.csv"]\nignore = ["{}"]\nreason = "as printed"\n'


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("files", "rules"),
    [
        pytest.param({"a.yaml": YAML}, ("malformed", "unknown-rule", "unused"), id="comments"),
        pytest.param(
            {".metalint-ignore.yaml": SIDE.format(1, "text/edge-space") + SIDE.format(3, "text/edge-space")},
            ("unused",),
            id="side file",
        ),
        pytest.param({".metalint-ignore.yaml": SIDE.format(2, "dataset/duplicate")}, (), id="across records"),
        pytest.param({".metalint-ignore.yaml": SIDE.format(9, "text/nosuch")}, ("unknown-rule",), id="no rule"),
        pytest.param({"metalint.toml": OVERRIDE.format("text")}, (), id="override"),
        pytest.param({"metalint.toml": OVERRIDE.format("license")}, ("unused",), id="override of no use"),
        pytest.param({"metalint.toml": OVERRIDE.format("text") + "expires = 2020-01-01\n"}, ("expired",), id="expired"),
    ],
)
def test_as_in_a_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: Mapping[str, str], rules: tuple[str, ...], jobs: int
) -> None:
    monkeypatch.setattr(cutting, "RECORDS", 2)
    monkeypatch.setattr(cutting, "SMALL", 100)
    for name, text in {"list.csv": LIST, **files}.items():
        (tmp_path / name).write_text(text, "utf-8")
    out = tmp_path / "out"
    report = api.check([str(tmp_path)], OPTIONS)
    wanted = "".join(dump(entry(one)) + "\n" for one in report.problems())
    for _ in range(2):  # the second time from what is kept
        result = run.audit(Ask(OPTIONS, (str(tmp_path),), str(out)), jobs)
        assert isinstance(result, Result)
        told = (out / "problems.jsonl").read_text("utf-8")
        assert told == wanted
        assert {row.rule.removeprefix("suppression/") for row in result.summary.rules if "suppr" in row.rule} >= {
            *rules
        }
        assert result.summary.suppressed == report.suppressed
        assert sum(row.problems for row in result.summary.rules) == len(list(result.problems())) == told.count("\n")
        assert json.loads((out / "summary.json").read_text("utf-8"))["suppressed"] == report.suppressed
