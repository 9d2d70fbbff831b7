"""Every kind of mistake in the synonym vocabulary is found, on its line, and nothing that is allowed is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from metalint.cli.commands import commands
from metalint.keywords import concepts, vocab_check
from metalint.keywords.concepts import ConceptError


def vocab(folder: Path, *lines: str, name: str = "own") -> Path:
    """Write a file of which the first concept stands on line 2."""
    (folder / "synonyms").mkdir(parents=True, exist_ok=True)
    text = "concepts:\n" + "".join(f"  - {line}\n" for line in lines)
    (folder / "synonyms" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def said(*folders: Path) -> list[tuple[int, str, str]]:
    """Return of each mistake the line, the name and what is wrong."""
    return [(one.line, one.name, one.what.en) for one in vocab_check.check(folders).mistakes]


ALLOWED = {
    "a law with an entry of its own": (
        "{preferred: 氣球管理, everyday: [氣管], official: [氣球管理法]}",
        "{preferred: 氣球管理法, everyday: [氣管法]}",
    ),
    "a vague word of the public": (
        "{preferred: 氣球批發市場, everyday: [球價]}",
        "{preferred: 氣球行情, everyday: [球價]}",
    ),
    "an everyday word that is another thing": (
        "{preferred: 氣球, everyday: [球]}",
        "{preferred: 球, everyday: [圓球]}",
    ),
    "a word that holds a name": ("{preferred: 氣球保險, everyday: [氣保], not: [大氣保溫]}",),
    "a dated name": ("{preferred: 氣球師, everyday: [球師], dated: [氣球匠]}",),
}


@pytest.mark.parametrize("lines", ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert said(vocab(tmp_path, *lines)) == []


def test_an_agency_names_its_task(tmp_path: Path) -> None:
    agency = "{preferred: 某部氣球管理局, everyday: [氣管局], official: [氣球管理局]}"
    vocab(tmp_path, "{preferred: 氣球管理, official: [氣球管理局]}")
    assert len(said(vocab(tmp_path, agency, name="other"))) == 1
    (tmp_path / "synonyms" / "other.yaml").unlink()
    assert said(vocab(tmp_path, agency, name="agencies")) == []


WRONG = {
    "preferred twice": (
        ("{preferred: 台球, everyday: [球]}", "{preferred: 臺球, everyday: [球]}"),
        (3, "臺球", "own.yaml:2"),
    ),
    "a name twice": (
        ("{preferred: 氣球, everyday: [ＡＢ], official: [ab]}",),
        (2, "ＡＢ", "the same name twice (official, everyday)"),
    ),
    "a name twice in a list": (("{preferred: 氣球, everyday: [球, 圓球, 球]}",), (2, "球", "(everyday, everyday)")),
    "preferred as everyday": (("{preferred: 氣球, everyday: [氣球]}",), (2, "氣球", "(preferred, everyday)")),
    "dated and in use": (("{preferred: 氣球, everyday: [球], dated: [球]}",), (2, "球", "both everyday and dated")),
    "a name that is not it": (("{preferred: 氣球, everyday: [球], not: [球]}",), (2, "球", "a name and in `not`")),
    "a word without the names": (
        ("{preferred: 氣球, everyday: [球], not: [風箏]}",),
        (2, "風箏", "holds none of the names"),
    ),
    "a word twice": (("{preferred: 氣球, everyday: [球], not: [大球, 大球]}",), (2, "大球", "`not` twice")),
    "one name": (("{preferred: 氣球, en: [balloon]}",), (2, "氣球", "one name only")),
    "official twice": (
        ("{preferred: 氣球, official: [大氣球]}", "{preferred: 熱球, official: [大氣球]}"),
        (3, "大氣球", "leads to two concepts; the other is “氣球” (own.yaml:2)"),
    ),
    "short for two": (
        ("{preferred: 氣體保險, everyday: [氣保]}", "{preferred: 氣球保險, everyday: [氣保]}"),
        (3, "氣保", "leads to two concepts"),
    ),
    "dated here, preferred there": (
        ("{preferred: 氣球, everyday: [球]}", "{preferred: 熱球, everyday: [熱], dated: [氣球]}"),
        (3, "氣球", "leads to two concepts"),
    ),
    "a circle of two": (
        ("{preferred: 風箏, everyday: [紙鳶]}", "{preferred: 紙鳶, everyday: [風箏]}"),
        (2, "紙鳶", "in a circle: 風箏 → 紙鳶 → 風箏"),
    ),
    "a circle of two, one of them short": (
        ("{preferred: 氣體保險, everyday: [氣保]}", "{preferred: 氣保, everyday: [氣體保險]}"),
        (2, "氣保", "in a circle: 氣體保險 → 氣保 → 氣體保險"),
    ),
    "a circle of three, by an official name": (
        (
            "{preferred: 甲物, everyday: [乙物名]}",
            "{preferred: 乙物, official: [乙物名], everyday: [丙物]}",
            "{preferred: 丙物, everyday: [甲物]}",
            "{preferred: 丁物, everyday: [甲物]}",
        ),
        (2, "乙物名", "in a circle: 甲物 → 乙物 → 丙物 → 甲物"),
    ),
}


@pytest.mark.parametrize(("lines", "wrong"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_found_once_on_its_line(
    tmp_path: Path, lines: tuple[str, ...], wrong: tuple[int, str, str]
) -> None:
    ((line, name, what),) = said(vocab(tmp_path, *lines))
    assert (line, name) == wrong[:2]
    assert wrong[2] in what


BROKEN = {
    "no list": ("concepts: 3\n", 1, "no list `concepts`"),
    "no mapping": ("- 氣球\n", 1, "no list `concepts`"),
    "nothing": ("", 1, "no list `concepts`"),
    "no concept": ("concepts:\n  - 氣球\n", 2, "no concept"),
    "not preferred": ("concepts:\n  - {everyday: [球]}\n", 2, "no preferred name"),
    "a number preferred": ("concepts:\n  - {preferred: 1999, everyday: [球]}\n", 2, "no preferred name"),
    "an unknown key": ("concepts:\n  - {preferred: 氣球, everday: [球], official: [大氣球]}\n", 2, "unknown key"),
    "no list of names": ("concepts:\n  - {preferred: 氣球, everyday: 球, official: [大氣球]}\n", 2, "no list"),
    "a number": ("concepts:\n  - {preferred: 氣球, everyday: [1999, 球]}\n", 2, "“1999” is no text"),
    "a truth": ("concepts:\n  - {preferred: 氣球, everyday: [球, no]}\n", 2, "“no” is no text"),
    "an empty name": ("concepts:\n  - {preferred: 氣球, everyday: [球, '']}\n", 2, "is no text"),
    "a key twice": (
        "concepts:\n  - preferred: 氣球\n    everyday: [球]\n    everyday: [圓球]\n",
        4,
        "the same key twice",
    ),
    "no YAML": ("concepts:\n  - {preferred: [\n", 3, "no YAML"),
    "an alias": ("concepts:\n  - &a {preferred: 氣球, everyday: [球]}\n  - *a\n", 3, "an alias"),
    "a control sign": ("concepts:\n  - {preferred: 氣\x00球}\n", 2, "no YAML"),
    "no UTF-8": (b"concepts:\n  - {preferred: \xa4\xa4}\n", 2, "no UTF-8"),
}


@pytest.mark.parametrize(("text", "line", "what"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_a_mistake_on_its_line(tmp_path: Path, text: str | bytes, line: int, what: str) -> None:
    vocab(tmp_path)
    (tmp_path / "synonyms" / "own.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    ((found, _, said_),) = said(tmp_path)
    assert found == line
    assert what in said_
    if "twice" not in what:  # what cannot be used is refused by those who use it
        with pytest.raises(ConceptError):
            concepts.read([tmp_path])


def test_one_mistake_hides_no_other(tmp_path: Path) -> None:
    vocab(tmp_path, "{preferred: 氣球, everyday: [1999, 球, 球]}", "{preferred: 風箏}")
    assert [(line, name) for line, name, _ in said(tmp_path)] == [(2, "everyday"), (2, "球"), (3, "風箏")]


def test_a_later_folder_replaces(tmp_path: Path) -> None:
    one = vocab(tmp_path / "one", "{preferred: 氣球, everyday: [球]}")
    other = vocab(tmp_path / "other", "{preferred: 氣球, everyday: [圓球]}", "{preferred: 球, everyday: [氣球]}")
    assert said(one, other) == []
    assert vocab_check.check([one, other]).concepts == 2


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["vocab", "check", *arguments], standalone_mode=False)


@pytest.mark.parametrize(
    ("lang", "said_"),
    [
        ("zh-TW", "own.yaml:2: 「氣球」「球」：既是 everyday 又是 dated。應："),
        ("en", "own.yaml:2: “氣球”, “球”: it is both everyday and dated; right: "),
    ],
)
def test_the_command_names_place_concept_name_and_remedy(tmp_path: Path, lang: str, said_: str) -> None:
    vocab(tmp_path, "{preferred: 氣球, everyday: [球], dated: [球]}")
    done = run(str(tmp_path), "--lang", lang)
    assert done.return_value == 1
    assert str(tmp_path) + "/synonyms/" + said_ in done.output
    assert len(done.output.splitlines()) == 2


def test_what_is_shipped_is_clean() -> None:
    done = run("--lang", "en")
    assert done.return_value == 0
    assert done.output.endswith("files, mistakes: 0\n")


def test_a_folder_without_concepts_cannot_be_checked(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        assert str(folder) in str(run(str(folder), "--lang", "en").exception)


def test_what_a_file_says_moves_no_terminal(tmp_path: Path) -> None:
    vocab(tmp_path, '{preferred: "氣\\e[31m球", everyday: [球, 球]}')
    assert "\x1b" not in run(str(tmp_path)).output
