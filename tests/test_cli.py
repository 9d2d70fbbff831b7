"""The command line as its users meet it: exit codes, standard input, languages, formats, the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from metalint import filecheck, pool
from metalint.cli import outputs
from metalint.cli.commands import commands
from metalint.cli.vocab import vocab
from metalint.formats.source import Source
from metalint.output import FORMATS

SAMPLE = Path(__file__).parent / "sample"
CLEAN = {"title": "花蓮縣公有停車場位置", "description": "花蓮縣公有路外停車場之名稱、地址與格位數，每月更新。"}
NOTHING = ["--select", "title/missing"]


def run(*arguments: str, **extra: object) -> Result:
    return CliRunner().invoke(commands, list(arguments), standalone_mode=False, **extra)  # type: ignore[arg-type]


def program(*arguments: str, **extra: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **extra.pop("env", {})}  # type: ignore[dict-item]
    command = [sys.executable, "-m", "metalint", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=environment, **extra)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def clean(tmp_path: Path) -> str:
    path = tmp_path / "clean.json"
    path.write_text(json.dumps(CLEAN, ensure_ascii=False), "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(["check", str(SAMPLE)], 1, id="errors"),
        pytest.param(["check", str(SAMPLE), "--fail-on", "never"], 0, id="never"),
        pytest.param([str(SAMPLE / "labour.json")], 1, id="a path is checked"),
        pytest.param(["check", str(SAMPLE / "none.json")], 2, id="no such path"),
        pytest.param([str(SAMPLE / "none.json")], 2, id="no such path, and no command"),
        pytest.param(["check", str(SAMPLE), "--rules", str(SAMPLE)], 2, id="a folder without rules"),
        pytest.param(["check", str(SAMPLE), "--select", "titel"], 2, id="no such rule"),
        pytest.param(["check", str(SAMPLE), "--platform", "kcan"], 2, id="no such platform"),
        pytest.param(["check", str(SAMPLE), "--encoding", "utf-9"], 2, id="no such encoding"),
        pytest.param(["check", str(SAMPLE), "--rules", "nowhere"], 2, id="no such folder of rules"),
        pytest.param(["check", "--no-such-option"], 2, id="no such option"),
        pytest.param(["explain", "title/missng"], 2, id="nothing to explain"),
        pytest.param(["explain", "title"], 0, id="a family"),
        pytest.param(["rules"], 0, id="rules"),
        pytest.param(["platforms", "ckan"], 0, id="platforms"),
        pytest.param(["--help"], 0, id="help"),
        pytest.param(["--version"], 0, id="version"),
    ],
)
def test_the_exit_code_says_what_came_of_it(arguments: list[str], status: int) -> None:
    done = program(*arguments)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    assert status != 2 or done.stderr.strip()


def test_a_path_that_is_not_there_is_said_and_nothing_else() -> None:
    done = program("none.json", "--lang", "en")
    assert done.stdout == ""
    assert "none.json: no such file" in done.stderr


def test_what_was_found_before_an_interruption_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"title": " 公園 "}\n' * 3000, "utf-8")

    def interrupted(*given: object) -> Iterator[object]:
        yield next(iter(original(*given)))  # type: ignore[arg-type]
        raise KeyboardInterrupt

    original = pool.lint
    monkeypatch.setattr(pool, "lint", interrupted)
    done = run("check", str(path), "--platform", "ckan", "-f", "concise", "--lang", "en")
    assert done.return_value == 130
    assert "many.jsonl:1:11: warning text/edge-space" in done.output
    assert "Interrupted" in done.output
    assert "no problems" not in done.output


def test_a_comparison_that_was_broken_off_calls_nothing_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("old.jsonl", "new.jsonl"):
        (tmp_path / name).write_text('{"title": " 公園 "}\n' * 3, "utf-8")

    def interrupted(plan: object, setting: Any, *given: object) -> Iterator[object]:
        if setting.path.endswith(stops):
            raise KeyboardInterrupt
        yield from original(plan, setting, *given)  # type: ignore[arg-type]

    original = pool.lint
    monkeypatch.setattr(pool, "lint", interrupted)
    arguments = (
        "compare",
        "--problems",
        str(tmp_path / "old.jsonl"),
        str(tmp_path / "new.jsonl"),
        "-p",
        "ckan",
        "-f",
        "concise",
    )
    stops = "old.jsonl"
    with pytest.raises(click.Abort):  # which `main` makes 130
        CliRunner().invoke(commands, arguments, standalone_mode=False, catch_exceptions=False)
    stops = "new.jsonl"
    done = run(*arguments, "--lang", "en")
    assert done.return_value == 130
    assert "Interrupted" in done.output


def test_a_report_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(CLEAN), "utf-8")
    place = str(tmp_path / "none" / "a.sarif")
    for arguments in (("check", str(path)), ("compare", "--problems", str(path), str(path))):
        done = program(*arguments, "-f", f"sarif:{place}", "--lang", "en")
        assert done.returncode == 2
        assert f"{place}: cannot be written: No such file or directory" in done.stderr


def test_the_formats_of_the_option_are_those_there_are() -> None:
    assert sorted(outputs._NAMES) == sorted(FORMATS)


@pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on_is_a_threshold(tmp_path: Path, level: str, status: int) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({**CLEAN, "title": " " + CLEAN["title"]}, ensure_ascii=False), "utf-8")
    done = run("check", str(path), "--select", "text/edge-space", "--fail-on", level)
    assert done.return_value == status, done.output


def test_a_misspelt_rule_gets_the_nearest() -> None:
    done = program("check", str(SAMPLE), "--select", "license/unknwon")
    assert "license/unknown" in done.stderr


def test_a_file_of_several_names_is_checked_once(clean: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(clean).parent)
    arguments = ("check", "-f", "concise", "--fail-on", "never")
    once = run(*arguments, "clean.json")
    assert run(*arguments, ".", "./clean.json", "clean.json", clean).output == once.output


def test_a_missing_path_stops_no_other() -> None:
    done = program("check", str(SAMPLE / "labour.json"), "none.json", "-f", "json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["summary"]["records"] == 2
    assert "none.json" in done.stderr


def test_standard_input_is_named(clean: str) -> None:
    text = Path(clean).read_text("utf-8")
    done = program("check", "-", "--stdin-filename", "upload.json", "-f", "json", input=text)
    assert json.loads(done.stdout)["files"][0]["path"] == "upload.json"


def test_json_is_as_promised() -> None:
    done = program("check", str(SAMPLE), "-f", "json", "--lang", "zh-TW")
    report = json.loads(done.stdout)
    assert list(report) == ["version", "files", "problems", "summary"]
    assert [set(entry) for entry in report["files"]] == [{"path", "platform", "encoding", "records"}] * 3
    keys = ["rule", "severity", "message", "path", "record", "title", "pointer", "line", "column", "end_line", "end_column", "fix"]  # fmt: skip
    assert all(list(problem) == keys for problem in report["problems"])
    order = [(p["path"], p["line"], p["column"], p["rule"]) for p in report["problems"]]
    assert order == sorted(order)
    assert {p["severity"] for p in report["problems"]} == {"error", "warning", "info"}
    assert {entry["platform"] for entry in report["files"]} == {"tw-standard", "tw-municipal", "data-gov-tw"}
    lines = program("check", str(SAMPLE), "-f", "jsonl", "--lang", "zh-TW").stdout.splitlines()
    assert [json.loads(line) for line in lines] == report["problems"]


def test_the_sample_shows_what_the_program_is_for() -> None:
    report = json.loads(program("check", str(SAMPLE), "-f", "json", "--today", "2026-11-24").stdout)
    found = {problem["rule"] for problem in report["problems"]}
    assert {"description/repeats-title", "license/unknown", "frequency/overdue", "date/roc-calendar"} <= found


def test_the_same_input_gives_the_same_bytes() -> None:
    seen = set()
    paths = [str(SAMPLE / name) for name in ("park.yaml", "city.csv", "labour.json")]
    for seed, locale, zone, jobs in (
        ("0", "C.UTF-8", "UTC", "1"),
        ("7", "C", "Asia/Taipei", "2"),
        ("99", "zh_TW.UTF-8", "America/New_York", "1"),
    ):
        env = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONUTF8": "1"}
        done = program("check", *paths, "-f", "json", "--lang", "en", "-j", jobs, "--today", "2026-11-24", env=env)
        seen.add(done.stdout)
        paths.reverse()
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("locale", "lang"), [("zh_TW.UTF-8", "檢查了"), ("en_US.UTF-8", "Checked"), ("C.UTF-8", "Checked")]
)
def test_the_locale_chooses_the_language(clean: str, locale: str, lang: str) -> None:
    assert lang in program("check", clean, *NOTHING, env={"LC_ALL": locale}).stdout


def test_colours_are_for_terminals_only() -> None:
    assert "\x1b" not in program("check", str(SAMPLE)).stdout
    assert "\x1b" in program("check", str(SAMPLE), "--color", "always").stdout
    assert "\x1b" in program("check", str(SAMPLE), env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b" not in program("check", str(SAMPLE), env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp950"])
def test_a_terminal_that_lacks_a_sign_gets_its_number(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"title": " 😀公園 ", "license": "x"}', "utf-8")
    command = [sys.executable, "-m", "metalint", "check", str(path), "--lang", "zh-TW"]
    done = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    )
    assert b"Traceback" not in done.stderr
    assert b"\\U0001f600" in done.stdout


def test_what_strangers_wrote_moves_no_terminal(tmp_path: Path) -> None:
    path = tmp_path / "\x1b]0;owned\x07.json"
    path.write_text(json.dumps([{"title": " \x1b[31m紅\x9b\u202e\r::error ::x"}, {"title": " \ud800"}]), "utf-8")
    for form in ("full", "concise", "json", "jsonl"):
        done = program("check", str(path), "-f", form, "--lang", "zh-TW")
        assert done.stdout
        assert not any(sign in done.stdout for sign in "\x1b\x07\x9b\u202e\r"), form


def test_a_reader_that_goes_away_is_no_trouble() -> None:
    command = (
        f"{sys.executable} -m metalint check {SAMPLE} -f concise --fail-on never | head -n 1; exit ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def test_select_and_ignore_the_longer_wins() -> None:
    done = program("check", str(SAMPLE), "--select", "keyword", "--ignore", "keyword/duplicate", "-f", "json")
    found = {problem["rule"] for problem in json.loads(done.stdout)["problems"]}
    assert found
    assert all(rule.startswith("keyword/") for rule in found)
    assert "keyword/duplicate" not in found
    done = program("check", str(SAMPLE), "--ignore", "keyword", "--select", "keyword/duplicate", "-f", "json")
    assert {problem["rule"] for problem in json.loads(done.stdout)["problems"]} == {"keyword/duplicate"}


def test_rules_and_platforms_of_ones_own(tmp_path: Path) -> None:
    rule = tmp_path / "rules" / "house" / "no-park.yaml"
    rule.parent.mkdir(parents=True)
    rule.write_text(
        "summary: {zh-TW: 名稱不寫公園。, en: No title says park.}\nseverity: error\ngiven: [title]\ncheck: pattern\n"
        "params: {refuse: 公園}\nmessage: {zh-TW: 有公園, en: says park}\nhelp: {zh-TW: 改, en: change it}\n",
        "utf-8",
    )
    done = program("check", str(SAMPLE), "--rules", str(tmp_path / "rules"), "--select", "house", "-f", "json")
    assert [problem["title"] for problem in json.loads(done.stdout)["problems"]] == ["公園綠地清冊"]
    rule.write_text("summary: {zh-TW: 名稱不寫公園。, en: No title says park.}\nseverity: terrible\n", "utf-8")
    done = program("check", str(SAMPLE), "--rules", str(tmp_path / "rules"))
    assert done.returncode == 2
    assert "no-park.yaml" in done.stderr
    assert "TERRIBLE" in done.stderr


@pytest.mark.parametrize(
    ("check", "said"),
    [
        pytest.param("pattern\nparams: {refuse: '('}", "no pattern", id="no pattern"),
        pytest.param("pattern\nparams: {refuse: 公園, trigger: z-a}", "no pattern", id="no characters"),
        pytest.param("pattern\nparams: {fold: true}", "refuse is missing", id="a parameter misses"),
        pytest.param("length\nparams: {max: many}", "many", id="no number"),
        pytest.param("member\nparams: {vocabulary: fruit, report: unknown}", "fruit", id="no such vocabulary"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_by_its_file(tmp_path: Path, check: str, said: str) -> None:
    path = tmp_path / "house" / "no-park.yaml"
    path.parent.mkdir()
    texts = "summary: {zh-TW: 甲, en: a}\nmessage: {zh-TW: 甲, en: a}\nseverity: error\ngiven: [title]\n"
    path.write_text(f"{texts}check: {check}\n", "utf-8")
    done = program("check", str(SAMPLE), "--rules", str(tmp_path))
    assert done.returncode == 2
    assert "no-park.yaml" in done.stderr
    assert said in done.stderr


@pytest.mark.parametrize(
    "pattern", ["(?x) 公 園 # the flag", "(?im)^公園綠地", "(公)園|\\1", "(?P<found>公園)(?P=found)?"]
)
def test_a_pattern_may_have_flags_and_groups_of_its_own(tmp_path: Path, pattern: str) -> None:
    path = tmp_path / "house" / "no-park.yaml"
    path.parent.mkdir()
    texts = (
        "summary: {zh-TW: 甲, en: a}\nmessage: {zh-TW: 甲, en: a}\nseverity: error\ngiven: [title]\ncheck: pattern\n"
    )
    path.write_text(f"{texts}params: {{refuse: '{pattern}'}}\n", "utf-8")
    done = program("check", str(SAMPLE), "--rules", str(tmp_path), "--select", "house", "-f", "json")
    assert [problem["title"] for problem in json.loads(done.stdout)["problems"]] == ["公園綠地清冊"]


def test_a_platform_that_cannot_be_read_is_refused_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "platform.yaml").write_text(
        "name: mine\nsummary: {zh-TW: 甲, en: a}\nsource: [x]\nfields: {title: {at: /t, split: comma}}\n", "utf-8"
    )
    done = program("check", str(SAMPLE), "--platform-dir", str(tmp_path))
    assert done.returncode == 2
    assert "platform.yaml" in done.stderr
    assert "comma" in done.stderr


def test_max_problems_says_what_it_hides() -> None:
    done = program("check", str(SAMPLE), "-f", "concise", "--max-problems", "2", "--lang", "en")
    assert "more problems are not shown" in done.stdout
    assert len([line for line in done.stdout.splitlines() if line.startswith(str(SAMPLE))]) == 2


def test_every_command_and_option_has_help() -> None:
    groups = {"": commands, "vocab ": vocab}
    listed = {prefix + name: command for prefix, group in groups.items() for name, command in group.commands.items()}
    for name, command in listed.items():
        assert command.help, name
        for option in command.params:
            assert getattr(option, "help", None) or option.param_type_name == "argument", (name, option.name)


def test_a_machine_reads_the_same_bytes_whatever_the_locale(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"title": "😀é公園 "}', "utf-8")
    outputs = []
    for environment in ({"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "big5"}, {"LC_ALL": "C.UTF-8"}):
        command = [sys.executable, "-m", "metalint", "check", str(path), "-f", "json", "--lang", "zh-TW"]
        done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})
        outputs.append(done.stdout)
    assert len(set(outputs)) == 1
    assert "😀é公園 " in {problem["title"] for problem in json.loads(outputs[0])["problems"]}


def test_standard_input_without_a_name_is_told_by_what_it_holds() -> None:
    done = program("check", "-", "-f", "json", input=(SAMPLE / "park.yaml").read_text("utf-8"))
    assert json.loads(done.stdout)["files"][0]["platform"] == "data-gov-tw"


def test_a_file_that_goes_away_during_the_run_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.json", "b.json", "c.json"):
        (tmp_path / name).write_text('{"title": " 公園 "}', "utf-8")

    def check(source: Source, *given: object) -> None:
        if source.path.endswith("b.json"):
            raise FileNotFoundError(2, "No such file or directory")
        original(source, *given)  # type: ignore[arg-type]

    original = filecheck.check
    monkeypatch.setattr(filecheck, "check", check)
    done = run("check", str(tmp_path), "-f", "concise", "--select", "text/edge-space")
    assert done.return_value == 2
    assert "a.json:1:11" in done.output
    assert "c.json:1:11" in done.output
    assert "b.json: " in done.output


def test_a_folder_that_cannot_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").write_text(json.dumps(CLEAN, ensure_ascii=False), "utf-8")

    def walk(folder: str, onerror: Callable[[OSError], None]) -> Iterator[tuple[str, list[str], list[str]]]:
        onerror(PermissionError(13, "Permission denied", folder + "/closed"))
        yield folder, [], ["a.json"]

    monkeypatch.setattr("os.walk", walk)
    done = run("check", str(tmp_path), "--lang", "en", *NOTHING)
    assert done.return_value == 2
    assert "closed: this folder cannot be opened: Permission denied" in done.output


def test_the_last_day_of_the_calendar_is_a_day(clean: str) -> None:
    assert run("check", clean, "--today", "9999-12-31", "--fail-on", "never").return_value == 0
