"""A rule or a platform of one's own that cannot work is refused by its file's name, whatever is wrong with it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from linting import lexicon

from metalint import platforms, proof
from metalint.checks import CHECKS
from metalint.checks.kinds import OfValue
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
REASONS = {"why": "{zh-TW: 甲, en: a}", "source": "[x]"}
PLATFORM = {"name": "mine", "summary": "{zh-TW: 甲, en: a}", "source": "[x]", "fields": "{title: /title}"}


def refused(*arguments: str, command: tuple[str, ...] = ("check", str(SAMPLE))) -> str:
    """Return the line that refuses, whatever else is well: it is the last one."""
    done = CliRunner().invoke(commands, [*command, *arguments, "--lang", "en"])
    assert done.exit_code == 2, done.output
    assert "bug" not in done.output
    return done.output.splitlines()[-1]


def lines(said: dict[str, str]) -> str:
    return "".join(f"{key}: {value}\n" for key, value in said.items())


def write_rule(folder: Path, rule: dict[str, str], reasons: dict[str, str], name: str = "house/mine.yaml") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{lines(rule)}---\n{lines(reasons)}", "utf-8")


def test_a_good_rule_is_taken_and_finds(tmp_path: Path) -> None:
    """What the tests below spoil is whole: each is refused for what it spoils, and for nothing else."""
    write_rule(tmp_path, RULE, REASONS)
    done = CliRunner().invoke(commands, ["check", str(SAMPLE), "--rules", str(tmp_path), "--select", "house"])
    assert done.exit_code == 0, done.output
    assert "house/mine" in done.output


def test_a_good_platform_is_taken(tmp_path: Path) -> None:
    (tmp_path / "platform.yaml").write_text(lines(PLATFORM), "utf-8")
    (tmp_path / "schema.json").write_bytes(b'\xef\xbb\xbf{"type": "object"}')
    done = CliRunner().invoke(commands, ["check", str(SAMPLE), "--platform-dir", str(tmp_path)])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("message", f"{{zh-TW: 甲, en: 'a {odd}'}}") for odd in ("{", "}", "{}", "{0}", "{value.foo}", "{value[x]}", "{value:d}", "{value!z}", "a}", "{{value}}")),
        ("summary", "{zh-TW: 甲, en: 'a {}'}"),
        ("help", "{zh-TW: 甲, en: 'a {'}"),
        ("help", "{zh-TW: 甲}"),
        ("message", "{zh-TW: 5, en: a}"),
        ("help", "{zh-TW: [甲, 乙], en: [a]}"),
        ("help", "[a, b]"),
        ("params", "{refuse: 公園, replace: '\\9'}"),
        ("params", "{refuse: 公園, replace: '\\g<x>'}"),
        ("params", "{refuse: '('}"),
        ("params", "{refuse: 公園, trigger: ''}"),
        ("params", "{refuse: 公園, trigger: '公-'}"),
        *(("params", f"{{refuse: 公園, trigger: '{odd}'}}") for odd in ("^公", "-公", "公]園", "]公", "公[:園", "公\\", "公&&園")),
        ("params", "{refuse: 公園, replace: '\\q'}"),
        ("params", "[a]"),
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
    write_rule(tmp_path, {**RULE, key: value}, REASONS)
    assert "house/mine.yaml" in refused("--rules", str(tmp_path))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("why", "x"),
        ("source", "[]"),
        *(("bad", f"[{{{odd}}}]") for odd in ("text: 5", "text: 2020-01-01", "record: {a: 2020-01-01}", "record: {2020-01-01: a}", "record: !!set {a}", "record: a, platform: 5")),
    ],
)  # fmt: skip
def test_bad_reasons_are_refused_before_the_rule_finds(key: str, value: str, tmp_path: Path) -> None:
    write_rule(tmp_path, RULE, {**REASONS, key: value})
    for command in (("check", str(SAMPLE)), ("explain", "house/mine", "-f", "json"), ("explain", "house/mine")):
        said = refused("--rules", str(tmp_path), command=command)
        assert "house/mine.yaml" in said
        assert f"{key}: " in said


def test_a_rule_may_go_without_reasons_but_is_not_explained(tmp_path: Path) -> None:
    write_rule(tmp_path, RULE, {})
    for form in ("full", "json"):
        arguments = ["check", str(SAMPLE), "--rules", str(tmp_path), "--select", "house", "-f", form]
        done = CliRunner().invoke(commands, arguments)
        assert done.exit_code == 0, done.output
        assert "house/mine" in done.output
    assert "house/mine.yaml" in refused("--rules", str(tmp_path), command=("explain", "house/mine"))


@pytest.mark.parametrize("name", ["house/other.yml", "house/deep/other.yaml", "other.yaml", "house/deep/other.yml"])
def test_a_rule_that_would_be_overlooked_is_refused(name: str, tmp_path: Path) -> None:
    write_rule(tmp_path, RULE, REASONS)
    write_rule(tmp_path, RULE, REASONS, name)
    assert name in refused("--rules", str(tmp_path))


def test_content_that_multiplies_itself_is_refused(tmp_path: Path) -> None:
    names = "abcdefghij"
    bomb = {
        "a": "&a [x]",
        **{one: f"&{one} [{', '.join([f'*{before}'] * 9)}]" for before, one in pairwise(names)},
    }
    write_rule(tmp_path, {**RULE, **bomb}, REASONS)
    assert "house/mine.yaml" in refused("--rules", str(tmp_path))


@pytest.mark.parametrize("refuse", ["[(?P<x>]", "[]x(?P<y>]", "[\\](?P<x>]", "[^]x(?P<y>]"])
def test_what_looks_like_a_name_in_a_class_is_left_alone(refuse: str) -> None:
    prepared = CHECKS["pattern"].prepare({"refuse": refuse}, ("title",), lexicon())
    assert isinstance(prepared, OfValue)
    assert prepared.innocent is None


@pytest.mark.parametrize(
    ("check", "given", "params"),
    [
        ("member", "[title]", "{vocabulary: /etc/x, report: unknown}"),
        ("member", "[title]", "{vocabulary: licenses, report: nope}"),
        ("date", "[issued]", "{report: [nope]}"),
        ("member", "[title]", "{vocabulary: licenses, report: fact}"),
        ("alike", "[title, description]", "{how: nope}"),
        ("alike", "[title]", "{how: same}"),
        ("series", "[title]", "{least: 3}"),
        ("series", "[title, publisher, issued]", "{least: 3}"),
        ("script", "[language]", "{}"),
    ],
)
def test_a_check_that_cannot_be_made_is_refused(check: str, given: str, params: str, tmp_path: Path) -> None:
    write_rule(tmp_path, {**RULE, "check": check, "given": given, "params": params}, REASONS)
    assert "house/mine.yaml" in refused("--rules", str(tmp_path))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(
            ("fields", f"{{title: {odd}}}")
            for odd in ("title", "''", "5", "null", "{at: 5}", "{split: list}", "[]", "{at: []}")
        ),
        *(("name", odd) for odd in ("5", "true", "2020-01-01", "[a]")),
        ("fields", "5"),
        ("fields", "{}"),
        ("summary", "x"),
        ("source", "x"),
        ("source", "[2020-01-01]"),
        ("table", "maybe"),
        ("unknown-keys", "maybe"),
        ("feilds", "x"),
        *(("recognise", odd) for odd in ("5", "{keys: title}", "{must: [title]}", "{must: 5}", "{envelope: [[a]]}")),
        ("records", "[5]"),
        ("severity", "5"),
    ],
)
def test_a_bad_platform_is_refused(key: str, value: str, tmp_path: Path) -> None:
    (tmp_path / "platform.yaml").write_text(lines({**PLATFORM, key: value}), "utf-8")
    assert "platform.yaml" in refused("--platform-dir", str(tmp_path))
    assert "platform.yaml" in refused("--platform-dir", str(tmp_path), command=("platforms", "-f", "json"))


@pytest.mark.parametrize("engine", ["rs", "python"])
@pytest.mark.parametrize(
    "schema",
    [
        b"{", b"", b"\xff", b"[" * 3000, b"[]", b"5", b"null", b'{"type": "foo"}', b'{"pattern": "("}',
        b'{"$ref": "https://a.example.tw/x"}', b'{"$ref": "#/$defs/none"}',
        b'{"$ref": "#"}', b'{"properties": {"x": {"allOf": [{"$ref": "#/properties/x"}]}}}',
        b'{"properties": {"x": {"$dynamicRef": "#none"}}}', b'{"properties": {"x": {"pattern": "("}}}',
    ],
)  # fmt: skip
def test_a_bad_schema_is_refused(schema: bytes, engine: str, tmp_path: Path) -> None:
    (tmp_path / "platform.yaml").write_text(lines(PLATFORM), "utf-8")
    (tmp_path / "schema.json").write_bytes(schema)
    assert "schema.json" in refused("--platform-dir", str(tmp_path), "--schema-engine", engine)


def test_what_is_shipped_would_be_taken_from_anybody() -> None:
    known = platforms.load([shipped("rules") / "platforms"])
    proof.prove([shipped("rules")], lexicon(), [one.name for one in known])
    platforms.prove(known, "python")
