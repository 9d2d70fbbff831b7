"""SARIF as code scanning takes it: every rule, with its help; several outputs at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from test_rules import RULES, explained, problems

from metalint.output import Settings, render
from metalint.report import Report


@pytest.fixture(scope="session")
def validator() -> Any:
    corpus = Path(os.environ.get("METALINT_CORPUS", Path(__file__).parent.parent.parent / "shared" / "data"))
    path = corpus.parent / "standards" / "sarif-schema-2.1.0.json"
    if not path.is_file():
        pytest.skip(f"no schema of SARIF in {path.parent}")
    schema = json.loads(path.read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_every_rule_is_valid_sarif(lang: str, validator: Any, tmp_path: Path) -> None:
    report = Report()
    reasons = {name: explained(name) for name in RULES}
    for name, rule in RULES.items():
        for example in reasons[name].bad:
            report.add(problems(example, rule, tmp_path))
    log = json.loads("".join(render("sarif", report, Settings(lang, version="1", explained=reasons))))
    assert not list(validator.iter_errors(log))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == set(RULES)
    assert {rules[result["ruleIndex"]]["id"] for result in run["results"]} == set(RULES)
    for rule in rules:
        for text in (rule["help"]["text"], rule["help"]["markdown"]):
            assert reasons[rule["id"]].why.zh.strip() in text
            assert reasons[rule["id"]].why.en.strip() in text
        first, second = reasons[rule["id"]].why.zh.strip(), reasons[rule["id"]].why.en.strip()
        assert (rule["help"]["text"].index(first) < rule["help"]["text"].index(second)) == (lang == "zh-TW")


def test_several_outputs_at_once(validator: Any, tmp_path: Path) -> None:
    folder = tmp_path / "詮釋 資料"
    folder.mkdir()
    text = '[{"title": "臺北巿公園 ",\n  "keyword": ["公園", "公園"]}]\n'
    (folder / "a b.json").write_text(text, encoding="utf-8")
    formats = [
        "-f",
        "concise",
        "-f",
        "sarif:out.sarif",
        "-f",
        "markdown:out.md",
        "-f",
        "html:out.html",
        "-f",
        "junit:out.xml",
    ]
    command = [sys.executable, "-m", "metalint", "check", "--lang", "en", *formats, "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.stdout.decode().count("text/edge-space") == 1
    log = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    assert not list(validator.iter_errors(log))
    results = {result["ruleId"]: result for result in log["runs"][0]["results"]}
    where = results["text/edge-space"]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where == {"uri": "%E8%A9%AE%E9%87%8B%20%E8%B3%87%E6%96%99/a%20b.json", "uriBaseId": "SRCROOT"}
    for rule, after in (("text/edge-space", '"臺北巿公園"'), ("keyword/duplicate", '["公園"]')):
        (change,) = results[rule]["fixes"][0]["artifactChanges"]
        (edit,) = change["replacements"]
        region, lines = edit["deletedRegion"], text.splitlines()
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        made = line[: region["startColumn"] - 1] + edit["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
        assert after in made
    for name in ("out.md", "out.html", "out.xml"):
        assert "edge-space" in (tmp_path / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "formats", [["-f", "full", "-f", "json"], ["-f", "sarf"], ["-f", "sarif:"], ["-f", "sarif:none/x"]]
)
def test_outputs_that_cannot_be(formats: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"title": "x"}', encoding="utf-8")
    command = [sys.executable, "-m", "metalint", "check", *formats, "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
