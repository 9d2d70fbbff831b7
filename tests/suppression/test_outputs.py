"""What is suppressed, in every format: those for programs that cannot tell it from other problems leave it out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from metalint.cli.commands import commands
from metalint.cli.outputs import _NAMES

TEXT = """\
# metalint: ignore[text/edge-space] as the office writes it
title: ' 花蓮港市公園 '
description: ' 公園之位置。'
"""
SHOWS = {"full", "concise", "grouped", "json", "jsonl", "sarif", "html"}


def said(folder: Path, name: str, *more: str) -> str:
    (folder / "a.yaml").write_text(TEXT, "utf-8")
    arguments = ["check", str(folder / "a.yaml"), "-p", "dcat-us", "-s", "text/edge-space", "-f", name, "--lang", "en"]
    return CliRunner().invoke(commands, [*arguments, *more], standalone_mode=False, catch_exceptions=False).output


@pytest.mark.parametrize("name", _NAMES)
def test_what_is_suppressed_is_shown_as_such_or_not_at_all(name: str, tmp_path: Path) -> None:
    without, shown = said(tmp_path, name), said(tmp_path, name, "--show-suppressed")
    assert without.count("edge-space") > 0
    assert "as the office writes it" not in without.replace("# metalint", "")
    if name in SHOWS:
        marks = ("(suppressed)", "suppressed by", '"suppressed": {', '"suppressions"')
        assert any(mark in shown and mark not in without for mark in marks)
        assert shown.count("edge-space") > without.count("edge-space")
    else:
        assert shown == without


def test_sarif_says_why(tmp_path: Path) -> None:
    results = json.loads(said(tmp_path, "sarif", "--show-suppressed"))["runs"][0]["results"]
    assert [result.get("suppressions") for result in results] == [
        [{"kind": "inSource", "justification": "as the office writes it"}],
        None,
    ]
