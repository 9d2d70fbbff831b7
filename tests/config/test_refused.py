"""A configuration that cannot be used is refused with its place, its line, and what is near to it: nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tree import build, refused, write

TOML = [
    ('slect = ["title"]', "1:1: slect is no key here; did you mean select?", "slect"),
    ("colour = true", ("1:1: colour is no key here; there is: extends, root, lang, platform, encoding, exclude, rules, "
     "select, ignore, fail-on, severity, options, overrides, baseline, fix"), "colour"),
    ('select = "title"', "1:10: select: a list is wanted, this is text", '"title"'),
    ("root = 1", "1:8: root: true or false is wanted, this is a whole number", "1"),
    ('lang = "fr"', "1:8: lang: there is no fr (there is: zh-TW, en)", '"fr"'),
    ('fail-on = "warn"', "1:11: fail-on: there is no warn; did you mean warning? (there is: error, warning, info, never)", '"warn"'),
    ('select = [""]', "1:11: select: at least this many characters: 1", '""'),
    ('platform = "kcan"', "1:12: no platform is named kcan; there is: ckan", '"kcan"'),
    ('encoding = "utf-9"', "1:12: no such encoding: utf-9", '"utf-9"'),
    ('ignore = [\n  "title",\n  "license/unknwon", # misspelt\n]', "3:3: no rule is named license/unknwon; the nearest: license/unknown, license/not-open, cost/unknown, type/unknown", '"license/unknwon"'),
    ('ignore = ["record/unreadable"]', "1:11: what could not be read (record/unreadable) was not checked: it can neither be held back nor made to weigh less", '"record/unreadable"'),
    ('[severity]\n"record/unreadable" = "info"', "2:1: what could not be read (record/unreadable) was not checked: it can neither be held back nor made to weigh less", '"record/unreadable"'),
    ('[severity]\n"title/long" = "info"', "2:1: no rule is named title/long; the nearest: title/too-long, title/code, title/missing", '"title/long"'),
    ('[severity]\ntitle = "eror"', "2:9: title: there is no eror; did you mean error? (there is: error, warning, info)", '"eror"'),
    ('[options."title/too-long"]\nmx = 80', "2:1: mx is no key here; did you mean max?", "mx"),
    ('[options."title/too-long"]\nmax = "80"', "2:7: max: a whole number is wanted, this is text", '"80"'),
    ('[options."title/too-long"]\nmax = 0', "2:7: max: at least 1", "0"),
    ('[options."title/to-long"]\nmax = 80', "1:10: no rule is named title/to-long; the nearest: title/too-long, title/too-short, keyword/too-long", '"title/to-long"'),
    ('[options."record/unreadable"]\nmax = 80', "1:10: the rule record/unreadable takes no params", '"record/unreadable"'),
    ('[[overrides]]\nignore = ["title"]\nreason = "x"', "1:3: one of files, records, pointers is needed", "overrides"),
    ('[[overrides]]\nfiles = ["a"]\nignore = ["title"]', "1:3: reason is missing", "overrides"),
    ('[[overrides]]\nfiles = ["a"]\n\n[[overrides]]\nfile = ["b"]', "5:1: file is no key here; did you mean files?", "file"),
    ('[[overrides]]\nrecords = ["a"]\nselect = ["title"]', "3:1: select can differ by file only; by records and pointers, ignore and severity can", "select"),
    ('[[overrides]]\npointers = ["title"]\nignore = ["title"]\nreason = "x"', "2:13: title is no JSON Pointer, such as /title", '"title"'),
    ('[[overrides]]\nfiles = ["a"]\nexpires = "soon"', "3:11: expires: soon is not written like 2027-06-30", '"soon"'),
    ('[[overrides]]\nfiles = ["a"]\nexpires = "2026-02-30"', "3:11: no calendar has the day 2026-02-30", '"2026-02-30"'),
    ('[[overrides]]\nfiles = ["a"]\noptions."title/too-long".max = []', "3:32: max: a whole number is wanted, this is a list", "[]"),
    ('[fix]\nsafe = ["title/missng"]', "2:9: no rule is named title/missng; the nearest: title/missing, spatial/missing, license/missing", '"title/missng"'),
    ('[baseline]\nfiel = "x"', "2:1: fiel is no key here; did you mean file?", "fiel"),
    ('extends = "none.toml"', "1:11: no such file: none.toml", '"none.toml"'),
    ('extends = ["shared/base.toml", "metalint.toml"]', "1:32: goes round in a circle: metalint.toml → metalint.toml", '"metalint.toml"'),
    ('rules = ["shared"]', "shared: no rule file; they lie in <family>/<name>.yaml, such as title/house.yaml", None),
    ("select = ", "1:10: no TOML: invalid value", ""),
    ('select = ["title"\nignore = []', "2:1: no TOML: unclosed array", "i"),
    ('lang = "en"\nlang = "en"', "2:12: no TOML: cannot overwrite a value", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "marked"), TOML, ids=[said for _, said, _ in TOML])
def test_a_mistake_is_named_with_its_place(city: Path, text: str, said: str, marked: str | None) -> None:
    write(city / "metalint.toml", text)
    output = refused("check", "metadata/park.json", "--lang", "en")
    if marked is None:
        assert said in output
        return
    line = int(said.partition(":")[0])
    first, frame, carets = output.splitlines()
    assert first == f"Error: metalint.toml:{said}"
    assert frame == f"{line} | {text.splitlines()[line - 1]}"
    column = carets.index("^") - len(f"{line} | ")
    assert frame[len(f"{line} | ") :][column : column + carets.count("^")].startswith(marked)
    assert refused("config", "show", "metadata/park.json", "--lang", "en").splitlines()[0] == first, "show refuses too"
    zh = refused("check", "metadata/park.json", "--lang", "zh-TW").splitlines()[0]
    assert any("一" <= sign <= "鿿" for sign in zh)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select: [title\nignore: []\n", "2:7: no YAML: syntax error at “: []”"),
        ("select: [title]\nselect: [text]\n", "2:1: the key select stands on line 1 already"),
        ("- title\n", "1:1: keys with values are wanted here"),
        ("lang: en\n---\nlang: en\n", "2:1: a second document begins here; one is read: take the line --- out"),
        ("severity:\n  title: [error]\n", "2:10: title: text is wanted, this is a list"),
        ("overrides:\n- files: [a]\n  ignore: [titel]\n  reason: x\n", "3:12: no rule is named titel; the nearest: title, title/code, spatial"),
    ],
)  # fmt: skip
def test_a_mistake_in_yaml_is_named_too(city: Path, text: str, said: str) -> None:
    write(city / "noise/metalint.yaml", text)
    assert refused("check", "noise", "--lang", "en").splitlines()[0] == f"Error: noise/metalint.yaml:{said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("P-1:\n  title:\n    rules: text\n    reason: x\n", "2:3: title is no JSON Pointer, such as /title; of a whole record, write '*'"),
        ("P-1:\n  /title:\n    rules: text\n", "2:3: reason is missing"),
        ("P-1:\n  /title:\n    rules: text\n    reason: ''\n", "4:13: reason: at least this many characters: 1"),
        ("P-1:\n  /title:\n  - rule: text\n    reason: x\n", "3:5: rule is no key here; did you mean rules?"),
        ("P-1: text\n", "1:6: P-1: a table of keys and values is wanted, this is text"),
        ("P-1:\n  /title:\n    rules: text\n    reason: x\n    expires: 2026-02-30\n", "5:14: no calendar has the day 2026-02-30"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_of_suppressions_is_named_too(city: Path, text: str, said: str) -> None:
    write(city / ".metalint-ignore.yaml", text)
    output = refused("check", "metadata/park.json", "--lang", "en")
    assert output.splitlines()[0] == f"Error: .metalint-ignore.yaml:{said}"


def test_a_mistake_in_what_is_built_on_is_named_there(city: Path) -> None:
    write(city / "shared/base.toml", "lang = 'fr'\n")
    assert "Error: shared/base.toml:1:8: lang: there is no fr" in refused("check", "water", "--lang", "en")
    write(city / "shared/base.toml", "extends = '../water/.metalint.toml'\n")
    circle = "water/.metalint.toml → shared/base.toml → water/.metalint.toml"
    assert f"goes round in a circle: {circle}" in refused("check", "water", "--lang", "en")


def test_two_configurations_in_one_folder_are_refused(city: Path) -> None:
    write(city / "air/metalint.toml", "")
    said = "2 configuration files in one folder: air/metalint.toml, air/pyproject.toml; keep one of them"
    assert said in refused("check", "air", "--lang", "en")


def test_a_file_that_cannot_be_read_is_refused(city: Path) -> None:
    (city / "metalint.toml").write_bytes("lang = 'en' # 中文".encode("cp950"))
    assert "metalint.toml:1:1: this is no UTF-8 text" in refused("check", "metadata", "--lang", "en")
    assert "none.toml: cannot be opened: No such file" in refused("check", "--config", "none.toml", "--lang", "en")


def test_a_param_that_a_rule_cannot_work_with_is_refused(city: Path) -> None:
    write(city / "metalint.toml", '[options."title/placeholder"]\nrefuse = "["\n')
    rules = city / "rules/house/mine.yaml"
    source = (city / "shared/rules/house/river.yaml").read_text("utf-8")
    write(rules, source)
    write(city / "metalint.toml", 'rules = ["rules"]\n[options."house/mine"]\nrefuse = "["\n')
    output = refused("check", "metadata", "--lang", "en")
    assert output.splitlines()[0].startswith("Error: metalint.toml:2:10: the rule cannot work with these params: ")


def test_the_tree_of_the_tests_is_whole(tmp_path: Path) -> None:
    """What is refused above is refused for what is spoilt."""
    folder = build(tmp_path / "city")
    assert (folder / "metalint.toml").is_file()
