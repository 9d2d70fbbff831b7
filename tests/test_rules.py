"""Every rule keeps the promises of its own file: its examples are its tests."""

from __future__ import annotations

import dataclasses
import json
import string
from datetime import date
from pathlib import Path

import pytest
from cataloguing import across
from linting import OWN, TODAY, all_platforms, all_rules, lint_file

from metalint import api
from metalint.checks import CHECKS
from metalint.model import Json, Problem, Rule, Texts
from metalint.operations import applied, of_fixes
from metalint.reasons import Example, Explanation, explain
from metalint.shipped import shipped

RULES = {rule.id: rule for rule in all_rules()}


def explained(name: str) -> Explanation:
    return explain([shipped("rules")], name)


def problems(example: Example, rule: Rule, folder: Path) -> list[Problem]:
    path = folder / f"example.{example.format}"
    for name, text in example.beside.items():
        (folder / name).write_text(text, "utf-8")
    if example.text is not None:
        path.write_bytes(
            example.text.encode(example.encoding, "surrogatepass" if example.encoding == "utf-8" else "strict")
        )
    else:
        path.write_bytes(json.dumps(example.record, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    if rule.check == "suppression":
        return _suppressing(example, rule, path)
    if rule.check == "catalogue":
        return across(path, rule)
    platform = example.platform or (OWN.name if example.text is None else None)
    today = date.fromisoformat(example.today) if example.today else TODAY
    platforms = all_platforms()
    if example.schema is not None:
        (folder / "schema.json").write_text(json.dumps(example.schema), "utf-8")
        platforms = (dataclasses.replace(OWN, schema_path=folder / "schema.json"),)
    report = lint_file(path, platform=platform, today=today, rules=_with(rule), platforms=platforms)
    return [problem for problem in report.problems() if problem.rule == rule.id]


def _suppressing(example: Example, rule: Rule, path: Path) -> list[Problem]:
    """Return what comes of an example with all other rules on, as its folder is checked: suppressions are about those."""
    today = date.fromisoformat(example.today) if example.today else TODAY
    report = api.check([str(path)], api.Options(platform="dcat-us", lang="en", today=today))
    for name in example.beside:
        (path.parent / name).unlink()
    path.unlink()
    return [problem for problem in report.problems() if problem.rule == rule.id]


def _with(rule: Rule) -> tuple[Rule, ...]:
    """Return the rule alone, free of its platforms: its examples stand under metalint's own names."""
    return (rule._replace(platforms=()),)


def mended(record: Json, found: list[Problem]) -> Json:
    """Return the record (or the list of records) with all fixes made."""
    fixes = [problem.fix for problem in found if problem.fix is not None]
    assert len(fixes) == len(found)
    return applied(record, of_fixes(fixes, record))


@pytest.mark.parametrize("name", sorted(RULES))
def test_good_examples_pass_and_bad_ones_are_found(name: str, tmp_path: Path) -> None:
    rule, reasons = RULES[name], explained(name)
    for example in reasons.good:
        assert problems(example, rule, tmp_path) == [], f"good: {example}"
    for example in reasons.bad:
        assert problems(example, rule, tmp_path) != [], f"bad: {example}"


@pytest.mark.parametrize("name", sorted(name for name, rule in RULES.items() if rule.check in CHECKS))
def test_a_fix_gives_what_the_example_says_and_cures(name: str, tmp_path: Path) -> None:
    rule, reasons = RULES[name], explained(name)
    fixed = [example for example in reasons.bad if example.fixed is not None]
    assert bool(fixed) == (rule.fix != "none"), "fix: safe or unsafe stands if and only if an example shows it"
    for example in fixed:
        assert mended(example.record, problems(example, rule, tmp_path)) == example.fixed
        assert problems(example._replace(record=example.fixed), rule, tmp_path) == []


def test_many_rules_mend_what_they_find() -> None:
    mending = [name for name, rule in RULES.items() if rule.fix != "none"]
    assert len(mending) >= 25


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_explains_itself_in_both_languages(name: str) -> None:
    rule, reasons = RULES[name], explained(name)
    assert reasons.source
    assert all(isinstance(text, str) and text.strip() for text in reasons.source)
    assert reasons.bad, "an example that the rule finds"
    assert reasons.good, "an example that passes"
    texts: list[Texts] = [rule.summary, rule.message, reasons.why, *rule.help]
    assert rule.help, "what would be right"
    for text in texts:
        assert text.zh.strip()
        assert text.en.strip()
        assert _words(text.zh) == _words(text.en), "both languages say the same words"
        assert any("一" <= sign <= "鿿" for sign in text.zh)
        hanzi = sum("一" <= sign <= "鿿" for sign in text.en)
        assert hanzi <= len(text.en) / 3, "English, with at most a few words quoted"
    assert rule.summary.zh.endswith("。")
    assert rule.summary.en.endswith(".")
    assert not rule.message.en.rstrip().endswith(".")


@pytest.mark.parametrize("name", sorted(RULES))
def test_messages_lack_no_word(name: str, tmp_path: Path) -> None:
    rule = RULES[name]
    for example in explained(name).bad:
        for problem in problems(example, rule, tmp_path):
            plain = (problem.message + problem.help).replace(rule.message.en.replace("…", ""), "")
            assert "{" not in plain or "{" in str(example), problem
            missing = _words(rule.message.en) and "… " in problem.message and "…" not in rule.message.en
            assert not missing or len(str(example.record)) > 60, problem


def test_a_rule_speaks_only_of_platforms_that_exist() -> None:
    known = {platform.name for platform in all_platforms()}
    for rule in RULES.values():
        assert set(rule.platforms) <= known, rule.id


def test_there_are_at_least_fifty_rules() -> None:
    assert len(RULES) >= 50


def test_params_keep_the_schema_of_their_check() -> None:
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    for rule in RULES.values():
        if rule.check in CHECKS:
            errors = list(jsonschema_rs.validator_for(CHECKS[rule.check].PARAMS).iter_errors(dict(rule.params)))
            assert not errors, (rule.id, errors)


def _words(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
