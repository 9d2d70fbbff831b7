"""Which configuration holds for a file, and what comes of it: a repository with one in each of the four ways."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from tree import ROOT, lines, refused, run, write

from metalint import api
from metalint.config.schema import schema
from metalint.schemas import compile_schema


@pytest.mark.usefixtures("city")
def test_the_nearest_configuration_holds_with_its_severities_options_and_overrides() -> None:
    assert lines("metadata") == [
        "metadata/legacy/labour.json:5:18: info description/repeats-title description only repeats the title [LAB-7]",
        "metadata/park.json:5:18: info description/repeats-title description only repeats the title [PARK-1]",
        "metadata/park.json:9:12: warning text/edge-space title has white space at its ends (space) [TREE-1]",
        "exit 1",
    ]


@pytest.mark.usefixtures("city")
def test_what_is_suppressed_is_shown_with_its_reason_and_place() -> None:
    shown = lines("metadata", "--show-suppressed")
    assert [line for line in shown if "suppressed by" in line] == [
        (
            "metadata/legacy/labour.json:4:12: warning text/edge-space title has white space at its ends (space) "
            "(suppressed by metadata/legacy/.metalint-ignore.yaml:3: 勞工局 2026-01-12 函復維持) [LAB-7]"
        ),
        (
            "metadata/legacy/labour.json:4:12: info title/too-long title has 22 characters "
            "(suppressed by metalint.toml:16: imported before 2015, the agency is no more) [LAB-7]"
        ),
        (
            "metadata/park.json:4:12: warning text/edge-space title has white space at its ends (space) "
            "(suppressed by metalint.toml:22: as the park office writes it) [PARK-1]"
        ),
    ]
    report = json.loads(run("check", "metadata", "-f", "json", "--show-suppressed", "--today", "2026-01-01").output)
    held = [problem["suppressed"] for problem in report["problems"] if "suppressed" in problem]
    place = {"path": "metalint.toml", "line": 22}
    assert {"reason": "as the park office writes it", **place} in held
    assert report["summary"]["suppressed"] == 3
    assert report["summary"]["problems"] == 3, "what is suppressed does not count"


@pytest.mark.usefixtures("city")
def test_an_override_past_its_day_holds_no_more_and_is_said() -> None:
    assert "suppression/expired" not in str(lines("metadata", today="2026-06-30"))
    after = lines("metadata", today="2026-07-01")
    assert any(line.startswith("metadata/park.json:4:12: warning text/edge-space") for line in after)
    assert "metalint.toml:24:11: warning suppression/expired this held until 2026-06-30 and holds no more" in after


@pytest.mark.usefixtures("city")
def test_extends_builds_on_another_file_and_wins_over_it() -> None:
    assert lines("water") == [
        "water/river.yaml:2:10: warning house/river 河川名稱不完整 [R-1]",
        "water/river.yaml:2:10: error text/edge-space 資料集名稱的前後有空白（space） [R-1]",
        "water/well.yaml:2:10: error text/edge-space 資料集名稱的前後有空白（space） [W-1]",
        "exit 1",
    ]


@pytest.mark.usefixtures("city")
def test_pyproject_and_yaml_are_read_and_exclude_leaves_out() -> None:
    assert lines("air", "noise") == [
        "air/station.json:3:11: warning text/edge-space title has white space at its ends (space) [A-1]",
        "noise/night.json:3:11: info text/edge-space title has white space at its ends (space) [N-1]",
        "exit 0",
    ]
    assert lines("air/draft-1.json") == ["exit 0"], "named or not"


@pytest.mark.usefixtures("city")
def test_one_run_has_many_configurations() -> None:
    """What the whole run needs is said by the configuration of the first path: here `fail-on` of the root's."""
    found = lines(".")
    paths = {line.split(":")[0] for line in found[:-1]}
    assert paths == {
        f"./{name}"
        for name in (
            *("air/station.json", "metadata/legacy/labour.json", "metadata/park.json", "noise/night.json"),
            *("water/river.yaml", "water/well.yaml"),
        )
    }, "and neither metalint.yaml nor rules are taken for metadata"
    assert found[-1] == "exit 1"
    assert lines("air", "metadata")[-1] == "exit 0"


@pytest.mark.usefixtures("city")
def test_the_command_line_wins() -> None:
    assert lines("metadata/park.json", "--select", "title/too-short", "--lang", "zh-TW")[-1] == "exit 0"
    ignored = lines("metadata", "--ignore", "text")
    assert not any("text/edge-space" in line for line in ignored)
    assert not any("suppression/unused" in line for line in ignored), "nothing is said of what was left out by hand"
    assert lines("metadata", "--fail-on", "never")[-1] == "exit 0"
    isolated = lines("metadata/park.json", "--isolated", "-p", "dcat-us", "-s", "text")
    assert len(isolated) == 3
    assert isolated[-1] == "exit 0"
    assert len(lines("metadata/park.json", "--config", "air/pyproject.toml")) == 3


def test_the_search_ends_at_git_and_at_root(city: Path) -> None:
    (city / "metadata" / ".git").mkdir()
    assert "suppressed" not in run("check", "metadata/park.json", "-p", "dcat-us").output
    write(
        city / "metadata/legacy/deep/metalint.toml", 'root = true\nselect = ["text/edge-space"]\nplatform = "dcat-us"\n'
    )
    text = (city / "metadata/legacy/labour.json").read_text("utf-8")
    write(city / "metadata/legacy/deep/labour.json", text)
    assert any("text/edge-space" in line for line in lines("metadata/legacy/deep"))
    write(city / "metadata/legacy/deep/metalint.toml", 'select = ["text/edge-space"]\nplatform = "dcat-us"\n')
    assert lines("metadata/legacy/deep") == ["exit 0"], "without it the file of suppressions above holds"


def test_standard_input_has_the_configuration_of_its_name(city: Path) -> None:
    from click.testing import CliRunner

    from metalint.cli.commands import commands

    text = (city / "noise/night.json").read_bytes()
    arguments = ["check", "-", "--stdin-filename", "noise/night.json", "-f", "concise", "--lang", "en"]
    done = CliRunner().invoke(commands, arguments, input=text)
    assert "noise/night.json:3:11: info text/edge-space" in done.output


@pytest.mark.usefixtures("city")
def test_the_library_takes_the_configuration_too() -> None:
    assert api.check(["metadata"], api.Options(today=date(2026, 1, 1))).suppressed == 3
    assert api.check(["metadata"], api.Options(isolated=True)).suppressed == 0
    messages = {problem.message for problem in api.check(["water/well.yaml"], api.Options()).problems()}
    assert messages == {"資料集名稱的前後有空白（space）"}, "in the language that the configuration says"
    assert api.whole_run(["water"], api.Options()) == api.WholeRun("zh-TW", None)


@pytest.mark.usefixtures("city")
def test_show_says_which_file_won_and_where_each_value_is_said() -> None:
    assert (
        run("config", "show", "water/river.yaml", "--lang", "en", "-s", "title").output
        == """\
water/river.yaml
  configuration: water/.metalint.toml
  extends: shared/base.toml

  root = false             default
  lang = "en"              --lang
  encoding = –             default
  exclude = []             default
  select = ["title"]       --select
  ignore = []              default
  fail-on = "error"        default
  platform = "dcat-us"     shared/base.toml:2
  rules = ["rules"]        shared/base.toml:4
  severity.text = "error"  shared/base.toml:7

  overrides  shared/base.toml:9
    files = ["river.yaml"]
    select = ["house/river"]
    reason = "rivers are named in full"
"""
    )
    shown = run("config", "show", "air/draft-1.json", "metadata/legacy", "--lang", "zh-TW").output
    assert "這個檔案略過不檢查（exclude）" in shown
    assert "例外: metadata/legacy/.metalint-ignore.yaml" in shown
    assert 'options."title/too-long".max = 20  ' in shown
    data = json.loads(run("config", "show", "air", "-f", "json").output)
    assert data[0]["files"] == ["air/pyproject.toml"]
    assert {"key": "select", "value": ["text/edge-space"], "path": "air/pyproject.toml", "line": 5} in data[0]["values"]


def test_init_writes_a_configuration_that_says_nothing_yet_and_never_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("config", "init", "--lang", "en").output == "metalint.toml is written\n"
    text = (tmp_path / "metalint.toml").read_text("utf-8")
    assert tomllib.loads(text) == {}
    bare = "\n".join(line.removeprefix("# ") for line in text.splitlines() if " = " in line or line.startswith("# ["))
    for key in schema("en")["properties"]:  # type: ignore[union-attr]
        assert key == "$schema" or f"{key} = " in bare or f"[{key}" in bare, key
    assert compile_schema(schema("en"))(tomllib.loads(bare)) == [], "every example may be used as it is"
    assert "there is metalint.toml already; nothing was written" in refused("config", "init", "--lang", "en")
    assert (tmp_path / "metalint.toml").read_text("utf-8") == text


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_the_schema_is_what_is_proven_against(lang: str) -> None:
    printed = json.loads(run("config", "schema", "--lang", lang).output)
    assert compile_schema(printed)(tomllib.loads(ROOT.replace("2026-06-30", '"2026-06-30"'))) == []
    assert [error.pointer for error in compile_schema(printed)({"slect": []})] == [("slect",)]


def test_every_key_is_told_in_the_manual() -> None:
    text = (Path(__file__).parents[2] / "docs/configuration.md").read_text("utf-8")
    for key in schema("en")["properties"]:  # type: ignore[union-attr]
        assert f"`{key}`" in text or f"[{key}" in text, key


def test_keywords_are_suggested_as_the_configuration_says(tmp_path: Path) -> None:
    (tmp_path / "metalint.toml").write_text('exclude = ["drafts/**"]\nplatform = "tw-standard"\n', encoding="utf-8")
    (tmp_path / "drafts").mkdir()
    text = '{"title": "職業安全衛生罰鍰"}'
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    (tmp_path / "drafts" / "b.json").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "metalint", "enrich", "--no-model", "-f", "jsonl", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    (line,) = done.stdout.decode().splitlines()
    assert json.loads(line)["path"].endswith("a.json")
    done = subprocess.run([*command[:4], "--no-model", "--write", "."], cwd=tmp_path, capture_output=True, check=True)
    assert '"keyword": ["職安"' in (tmp_path / "a.json").read_text(encoding="utf-8")
    assert (tmp_path / "drafts" / "b.json").read_text(encoding="utf-8") == text
    (tmp_path / "metalint.toml").write_text("exlude = []\n", encoding="utf-8")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"exclude" in done.stderr
