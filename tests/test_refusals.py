"""A rule or a platform of one's own that cannot work is refused by its file's name, whatever is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from linting import lexicon

from metalint import platforms, proof
from metalint.cli.commands import commands
from metalint.shipped import shipped

SAMPLE = Path(__file__).parent / "sample"
RULE = {
    "summary": "{zh-TW: 甲, en: a}",
    "severity": "info",
    "given": "[title]",
    "check": "pattern",
    "params": "{refuse: 公園}",
    "message": "{zh-TW: 甲, en: a}",
    "help": "{zh-TW: 甲, en: a}",
}


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(commands, ["check", str(SAMPLE), *arguments])
    assert done.exit_code == 2, done.output
    assert "bug" not in done.output
    return done.output


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("message", f"{{zh-TW: 甲, en: 'a {odd}'}}") for odd in ("{", "}", "{}", "{0}", "{value.foo}", "{value[x]}", "{value:d}", "{value!z}")),
        ("help", "{zh-TW: [甲, 乙], en: [a]}"),
        ("help", "[a, b]"),
        ("params", "{refuse: 公園, replace: '\\9'}"),
        ("params", "{refuse: 公園, replace: '\\g<x>'}"),
        ("params", "{refuse: '('}"),
        ("params", "{refuse: 公園, trigger: ''}"),
        ("params", "{refuse: 公園, trigger: '公-'}"),
        ("params", "{refuse: 公園, trigger: '^公'}"),
        ("params", "{refuse: 公園, max: many}"),
        ("params", "{}"),
        ("severity", "grave"),
        ("severity", "2020-13-45"),
        ("severity", "!!int foo"),
        ("given", "[]"),
        ("given", "[titel]"),
        ("fix", "maybe"),
        ("default", "maybe"),
        ("platforms", "[nope]"),
        ("1", "x"),
        ("null", "x"),
        ("summary", "{zh-TW: &a 甲, en: *a}"),
    ],
)  # fmt: skip
def test_a_bad_rule_is_refused(key: str, value: str, tmp_path: Path) -> None:
    path = tmp_path / "house" / "mine.yaml"
    path.parent.mkdir()
    path.write_text("".join(f"{name}: {said}\n" for name, said in {**RULE, key: value}.items()), "utf-8")
    assert "house/mine" in refused("--rules", str(tmp_path))


@pytest.mark.parametrize(
    ("check", "given", "params"),
    [
        ("member", "[title]", "{vocabulary: /etc/x, report: unknown}"),
        ("member", "[title]", "{vocabulary: licenses, report: nope}"),
        ("date", "[issued]", "{report: [nope]}"),
        ("alike", "[title, description]", "{how: nope}"),
        ("series", "[title]", "{}"),
        ("script", "[language]", "{}"),
    ],
)
def test_a_check_that_cannot_be_made_is_refused(check: str, given: str, params: str, tmp_path: Path) -> None:
    path = tmp_path / "house" / "mine.yaml"
    path.parent.mkdir()
    rule = {**RULE, "check": check, "given": given, "params": params}
    path.write_text("".join(f"{name}: {said}\n" for name, said in rule.items()), "utf-8")
    assert "house/mine" in refused("--rules", str(tmp_path))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("fields", f"{{title: {odd}}}") for odd in ("title", "''", "5", "null", "{at: 5}", "{split: list}")),
        *(("name", odd) for odd in ("5", "true", "2020-01-01", "[a]")),
        ("fields", "5"),
        ("summary", "x"),
        ("recognise", "5"),
    ],
)
def test_a_bad_platform_is_refused(key: str, value: str, tmp_path: Path) -> None:
    platform = {
        "name": "mine",
        "summary": "{zh-TW: 甲, en: a}",
        "source": "[x]",
        "fields": "{title: /title}",
        key: value,
    }
    path = tmp_path / "platform.yaml"
    path.write_text("".join(f"{name}: {said}\n" for name, said in platform.items()), "utf-8")
    assert "platform.yaml" in refused("--platform-dir", str(tmp_path))


@pytest.mark.parametrize(
    "schema",
    [
        b"{", b"", b"\xff", b"[" * 3000, b"[]", b"5", b"null", b'{"type": "foo"}', b'{"pattern": "("}',
        b'{"$ref": "https://a.example.tw/x"}', b'{"$ref": "#/$defs/none"}',
    ],
)  # fmt: skip
def test_a_bad_schema_is_refused(schema: bytes, tmp_path: Path) -> None:
    text = "name: mine\nsummary: {zh-TW: 甲, en: a}\nsource: [x]\nfields: {title: /title}\n"
    (tmp_path / "platform.yaml").write_text(text, "utf-8")
    (tmp_path / "schema.json").write_bytes(schema)
    assert "schema.json" in refused("--platform-dir", str(tmp_path))


def test_what_is_shipped_would_be_taken_from_anybody() -> None:
    proof.prove([shipped("rules")], lexicon())
    platforms.prove(platforms.load([shipped("rules") / "platforms"]), "python")
