"""The ways into a repository: the hooks of pre-commit, and the steps of the GitHub Action, run as shell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from gate.repository import OLD, git, metalint, record, repository, write

ROOT = Path(__file__).parent.parent.parent
NEW = {**OLD, "city/c.jsonl": [record(6, title="勞動檢查統計表  6", cost="貴"), *OLD["city/c.jsonl"][1:]]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "repository"
    made.mkdir()
    repository(made)
    assert metalint(made, "baseline", "create")[0] == 0
    git(made, "add", "-A")
    git(made, "commit", "-q", "-m", "baseline")
    return made


def hooks() -> dict[str, dict[str, Any]]:
    return {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


def run_hook(hook: dict[str, Any], folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run a hook as pre-commit does: its entry, its arguments, and the names of changed files that it wants."""
    changed = subprocess.run(["git", "diff", "--name-only", "HEAD"], cwd=folder, capture_output=True, check=True)
    names = [name for name in changed.stdout.decode().splitlines() if re.search(hook["files"], name)]
    entry = hook["entry"].split()
    assert entry[0] == "metalint"
    command = [sys.executable, "-m", *entry, *arguments, *names]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


def test_the_hook_lets_a_change_pass_or_stops_it(folder: Path) -> None:
    assert run_hook(hooks()["metalint"], folder).returncode == 0
    write(folder, NEW)
    done = run_hook(hooks()["metalint"], folder, "--fail-on", "warning", "-f", "concise")
    assert done.returncode == 1
    problems = [line for line in done.stdout.decode().splitlines() if line.startswith("city/")]
    assert [line.split()[2] for line in problems] == ["text/repeated-space", "schema/enum"]


def test_the_other_hook_mends_first(folder: Path) -> None:
    write(folder, {**OLD, "city/c.jsonl": [record(6, title="勞動檢查統計表  6"), *OLD["city/c.jsonl"][1:]]})
    done = run_hook(hooks()["metalint-fix"], folder, "--fail-on", "warning")
    assert done.returncode == 0
    assert "勞動檢查統計表 6" in (folder / "city" / "c.jsonl").read_text(encoding="utf-8")


def test_the_hook_takes_only_metadata() -> None:
    for hook in hooks().values():
        assert all(
            re.search(hook["files"], name) for name in ("a.json", "x/b.yml", "c.yaml", "d.csv", "e.xml", "f.jsonl")
        )
        assert not any(re.search(hook["files"], name) for name in ("README.md", "a.json.bak", "json"))


def action() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return made


def test_no_input_of_the_action_is_pasted_into_a_script() -> None:
    for step in action()["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def run_action(folder: Path, temporary: Path, **inputs: str) -> tuple[int, str, str]:
    """Run the checking step of the action; return its exit code, its output and the summary."""
    (_, check) = action()["runs"]["steps"]
    bin_ = temporary / "metalint" / "bin"
    bin_.mkdir(parents=True, exist_ok=True)
    (bin_ / "metalint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m metalint "$@"\n', encoding="utf-8")
    (bin_ / "metalint").chmod(0o755)
    values = {name: one["default"] for name, one in action()["inputs"].items()} | inputs
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: values[match[1]], text)
        for name, text in check["env"].items()
    }
    summary = temporary / "summary.md"
    summary.touch()
    environment |= {
        "RUNNER_TEMP": str(temporary),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_OUTPUT": str(temporary / "output"),
    }
    environment |= {"GITHUB_ACTIONS": "true"}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", check["run"]]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), summary.read_text(encoding="utf-8")


def test_the_steps_of_the_action(folder: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temp"
    code, out, summary = run_action(folder, temporary, **{"fail-on": "warning"})
    assert code == 0
    assert "::" not in out
    assert "148 known, 0 new, 0 fixed" in summary
    write(folder, NEW)
    code, out, summary = run_action(folder, temporary, **{"fail-on": "warning"})
    assert code == 1
    assert [line.split()[0] for line in out.splitlines()] == ["::error", "::notice"]
    assert "::error file=city/c.jsonl,line=1," in out
    assert "text/repeated-space" in summary
    assert (temporary / "metalint.sarif").is_file()
    code, out, _ = run_action(folder, temporary, **{"fail-on": "warning", "args": "--against git:HEAD --no-baseline"})
    assert code == 1
    assert "a.json" not in out
    code, out, _ = run_action(folder, temporary, paths="labour\ncity\n", **{"fail-on": "warning"})
    assert code == 1
    assert "::error file=city/c.jsonl,line=1," in out
    code, _, _ = run_action(folder, temporary, paths="; touch owned")
    assert code == 2
    assert not (folder / "owned").exists()


def test_pre_commit_itself(folder: Path, tmp_path: Path) -> None:
    """pre-commit runs the hook at a commit, as a hook of the repository's own: the program is installed already."""
    hook = hooks()["metalint"]
    entry = f"{sys.executable} -m {hook['entry']} --fail-on warning"
    local = {
        "repo": "local",
        "hooks": [{**hook, "entry": entry, "language": "system", "files": r"\.(json|jsonl|yaml)$"}],
    }
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [local]}), encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "hooks")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "pre_commit", "run", "--verbose"]

    def run() -> subprocess.CompletedProcess[bytes]:
        git(folder, "add", "-A")
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)

    write(folder, {"city/d.yaml": [record(9, title="臺北巿停車場"), record(10), record(11)]})
    assert run().returncode == 1, "a new record with faults"
    write(folder)
    assert run().returncode == 0
    write(folder, NEW)
    done = run()
    assert done.returncode == 1
    assert "text/repeated-space" in done.stdout.decode()
