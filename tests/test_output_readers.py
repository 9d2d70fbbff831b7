"""GitLab's and reviewdog's reports as these read them: their fields, unique fingerprints, columns in bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
from test_output_safety import FIELDS, NASTY, said

from metalint import api
from metalint.model import Extras
from metalint.output import Settings, render
from metalint.run import Options

LINE = {"type": "integer", "minimum": 1}
# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, what is required and what is allowed
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^(?:\./|\\)"}},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": LINE, "end": LINE}},
                },
            },
        },
        "additionalProperties": False,
    },
}
PLACE = {
    "type": "object",
    "required": ["line"],
    "properties": {"line": LINE, "column": LINE},
    "additionalProperties": False,
}
RANGE = {
    "type": "object",
    "required": ["start"],
    "properties": {"start": PLACE, "end": PLACE},
    "additionalProperties": False,
}
# reviewdog: proto/rdf/jsonschema/Diagnostic.json
REVIEWDOG = {
    "type": "object",
    "required": ["message", "location"],
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "location": {
            "type": "object",
            "required": ["path"],
            "properties": {"path": {"type": "string"}, "range": RANGE},
            "additionalProperties": False,
        },
        "severity": {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
        "source": {"type": "object", "required": ["name"]},
        "code": {"type": "object", "required": ["value"]},
        "suggestions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["range", "text"],
                "properties": {"range": RANGE, "text": {"type": "string"}},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
TEXT = (
    '[{\n"title": "😀臺北巿公園 ", "keyword": ["公園", "公園"]}, {\n  "title": "臺北巿公園 ", "issued": "106/04/26"}]\n'
)


def test_every_nasty_text_is_a_report() -> None:
    for field in FIELDS:
        for text in NASTY.values():
            jsonschema.validate(json.loads(said("gitlab", text, field)), GITLAB)
            for line in said("rdjsonl", text, field).splitlines():
                jsonschema.validate(json.loads(line), REVIEWDOG)


def reported(name: str, path: Path) -> str:
    report = api.check([str(path)], Options(extras=Extras(edits=True, digests=True)))
    return "".join(render(name, report, Settings("en")))


def test_fingerprints_of_gitlab_are_unique_and_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(TEXT, encoding="utf-8")
    made = json.loads(reported("gitlab", path))
    jsonschema.validate(made, GITLAB)
    prints = [one["fingerprint"] for one in made]
    assert len(set(prints)) == len(prints)
    path.write_text("\n\n" + TEXT, encoding="utf-8")
    assert {one["fingerprint"] for one in json.loads(reported("gitlab", path))} == set(prints)


def test_suggestions_of_reviewdog_are_what_a_fix_does(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(TEXT, encoding="utf-8")
    lines = path.read_bytes().splitlines()
    mended: dict[str, list[str]] = {}
    for line in reported("rdjsonl", path).splitlines():
        one: dict[str, Any] = json.loads(line)
        jsonschema.validate(one, REVIEWDOG)
        for suggestion in one.get("suggestions", []):
            start, end = suggestion["range"]["start"], suggestion["range"]["end"]
            assert start["line"] == end["line"]
            data = lines[start["line"] - 1]
            made = data[: start["column"] - 1] + suggestion["text"].encode() + data[end["column"] - 1 :]
            mended.setdefault(one["code"]["value"], []).append(made.decode())
    assert '"title": "😀臺北巿公園", "keyword": ["公園", "公園"]}, {' in mended["text/edge-space"]
    assert '"title": "😀臺北巿公園 ", "keyword": ["公園"]}, {' in mended["keyword/duplicate"]
    assert '  "title": "臺北巿公園 ", "issued": "2017-04-26"}]' in mended["date/roc-calendar"]
    assert '"title": "😀臺北市公園 ", "keyword": ["公園", "公園"]}, {' in mended["text/confusable"]


def test_where_bytes_are_not_known_there_is_no_column(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"title": "😀臺北巿公園 "}, {"title": "臺北巿公園 "}]\n', encoding="utf-8")
    for line in reported("rdjsonl", path).splitlines():
        one: dict[str, Any] = json.loads(line)
        jsonschema.validate(one, REVIEWDOG)
        assert "column" not in one["location"]["range"]["start"]
        assert "suggestions" not in one
