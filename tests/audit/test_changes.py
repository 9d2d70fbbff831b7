"""What changes between two audits, or in the midst of one; and what a cluster's worker would take for what holds now."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from metalint import api
from metalint.audit import finish as finishing
from metalint.audit import look as looking
from metalint.audit import parts as cutting
from metalint.audit import run
from metalint.audit.asked import Ask, Part
from metalint.audit.result import Result
from metalint.entries import dump, entry
from metalint.run import Options

ACROSS = ("dataset/near-duplicate", "dataset/series-by-place", "relation/dangling")
OPTIONS = Options(lang="en", today=date(2026, 11, 25), ignore=ACROSS)
HEAD = "資料集識別碼,資料集名稱,提供機關\n"
ROWS = [f"{number},{number + 100}年工廠名冊,勞動部\n" for number in range(12)]
OWN = """\
summary: {zh-TW: 名稱不重複, en: No title twice}
severity: warning
given: [title]
check: unique
message: {zh-TW: 重複, en: twice}
"""


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "RECORDS", 3)
    monkeypatch.setattr(cutting, "SMALL", 100)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + "".join(ROWS), "utf-8")
    return path


def audited(out: Path, *paths: Path, options: Options = OPTIONS, **more: object) -> Result:
    result = run.audit(Ask(options, tuple(map(str, paths)), str(out), **more))  # type: ignore[arg-type]
    assert isinstance(result, Result)
    return result


def checked(*paths: Path, options: Options = OPTIONS) -> str:
    return "".join(dump(entry(one)) + "\n" for one in api.check([*map(str, paths)], options).problems())


def told(out: Path) -> str:
    return (out / "problems.jsonl").read_text("utf-8")


@pytest.mark.parametrize("how", ["longer", "shorter", "gone", "other"])
@pytest.mark.parametrize("module", [looking, finishing])
def test_a_file_that_changes_meanwhile(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, module: object
) -> None:
    """What was read of it is neither its old state nor its new one: it is named, and the next audit is right."""
    name = f"_{module.__name__.rpartition('.')[2]}"  # type: ignore[attr-defined]
    real, left = getattr(module, name), iter([1])

    def changing(ask: Ask, part: Part, *given: object) -> None:
        if next(left, None):
            texts = {"longer": HEAD + "x,a\n" + "".join(ROWS), "shorter": HEAD, "other": path.read_text("utf-8")[::-1]}
            path.unlink()
            if how in texts:
                path.write_text(texts[how], "utf-8")
        real(ask, part, *given)

    monkeypatch.setattr(module, name, changing)
    summary = audited(tmp_path / "out", path).summary
    assert {named for named, _ in summary.unreadable} == {str(path)}
    assert "it changed or went away while it was audited" in summary.unreadable[0][1].en
    monkeypatch.undo()
    path.write_text(HEAD + "".join(ROWS), "utf-8")
    assert not audited(tmp_path / "out", path).summary.unreadable
    assert told(tmp_path / "out") == checked(path)


def test_a_worker_that_outlives_an_audit(path: Path, tmp_path: Path) -> None:
    """As a cluster's do: another configuration is heard, and a header of the same length is read again."""
    path.write_text(HEAD + "1, 最低工資,勞動部\n", "utf-8")
    for text in ("", 'ignore = ["text/edge-space"]\n'):
        (tmp_path / "metalint.toml").write_text(text, "utf-8")
        audited(tmp_path / "out", path)
        assert told(tmp_path / "out") == checked(path)
    assert "text/edge-space" not in told(tmp_path / "out")
    path.write_text(HEAD.replace("資料集名稱", "資料集稱名") + "1, 最低工資,勞動部\n", "utf-8")
    audited(tmp_path / "out", path)
    assert told(tmp_path / "out") == checked(path)


@pytest.mark.usefixtures("path")
def test_workers_in_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths mean what they mean where the audit was asked for."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "metalint.toml").write_text('[severity]\n"dataset/series" = "error"\n', "utf-8")
    (tmp_path / "elsewhere").mkdir()
    here = [Path("list.csv")]
    wanted = checked(*here)
    real = looking.look

    def elsewhere(ask: Ask, part: Part) -> int:
        with monkeypatch.context() as patched:
            patched.chdir(tmp_path / "elsewhere")
            return real(ask, part)

    monkeypatch.setattr(run, "look", elsewhere)
    assert not audited(Path("out"), *here).summary.unreadable
    assert told(tmp_path / "out") == wanted
    assert '"severity": "error"' in wanted
    assert not list((tmp_path / "elsewhere").iterdir())


def test_an_outcome_that_never_comes_is_said(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with workers that see another disk under the same name."""
    monkeypatch.setattr(run, "look", lambda *_: 1)
    summary = audited(tmp_path / "out", path).summary
    assert [(named, "did not come into this folder" in why.en) for named, why in summary.unreadable] == [
        (str(path), True)
    ]


def test_a_platform_that_changes(tmp_path: Path) -> None:
    folder = tmp_path / "mine/shop"
    folder.mkdir(parents=True)
    text = (
        "name: shop\nsummary: {zh-TW: 店, en: A shop}\nsource: [me]\nrecognise: {keys: [nr, name]}\n"
        "fields: {title: /name}\n"
    )
    (folder / "platform.yaml").write_text(text, "utf-8")
    (folder / "schema.json").write_text("{}", "utf-8")
    path = tmp_path / "list.json"
    path.write_text('[{"nr": 1, "name": " a"}]', "utf-8")
    options = OPTIONS._replace(platform_dirs=(str(tmp_path / "mine"),), platform="shop")
    for schema in ("{}", '{"required": ["price"]}'):
        (folder / "schema.json").write_text(schema, "utf-8")
        audited(tmp_path / "out", path, options=options)
        assert told(tmp_path / "out") == checked(path, options=options)
    assert "schema/required" in told(tmp_path / "out")


@pytest.mark.parametrize(
    ("config", "rule", "count"),
    [
        pytest.param('[options."dataset/series"]\nleast = 2\n', "dataset/series", 1, id="params"),
        pytest.param('rules = ["rules"]\n', "own/title", 2, id="rules of one's own"),
    ],
)
def test_the_configuration_holds_across_records_too(tmp_path: Path, config: str, rule: str, count: int) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + "".join(ROWS[:2] + ROWS[:2]), "utf-8")
    (tmp_path / "metalint.toml").write_text(config, "utf-8")
    (tmp_path / "rules/own").mkdir(parents=True)
    (tmp_path / "rules/own/title.yaml").write_text(OWN, "utf-8")
    audited(tmp_path / "out", path)
    assert told(tmp_path / "out") == checked(path)
    assert told(tmp_path / "out").count(f'"{rule}"') == count


def test_a_rule_over_the_catalogue_that_one_configuration_has(tmp_path: Path) -> None:
    """The others have no facts for it."""
    head = HEAD.replace("\n", ",資料集描述\n")
    same = "提供本府各單位依規定定期公布之統計資料，供民眾查詢及加值應用，每年更新一次，歡迎各界多加利用"
    kinds = ("工廠名冊", "公園位置", "職業災害", "醫療機構", "公車路線", "圖書館藏", "空氣品質")
    rows = [f"{number},{kind},勞動部,{same}。{kind}\n" for number, kind in enumerate(kinds)]
    for folder, config in (("a", 'select = ["description"]\n'), ("b", "")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "metalint.toml").write_text(config, "utf-8")
        (tmp_path / folder / "list.csv").write_text(head + "".join(rows), "utf-8")
    result = audited(tmp_path / "out", tmp_path / "a", tmp_path / "b")
    found = [one.path for one in result.problems() if one.rule == "description/template"]
    assert found == [str(tmp_path / "a/list.csv")]


def names(path: Path) -> Iterator[Path]:
    yield path
    for make, name in ((os.symlink, "latest.csv"), (os.link, "again.csv")):
        make(path, path.with_name(name))
        yield path.with_name(name)


def test_a_file_with_several_names_is_audited_once(path: Path, tmp_path: Path) -> None:
    """Else each of its datasets would be a duplicate of itself."""
    audited(tmp_path / "out", *names(path))
    assert "identifier/duplicate" not in told(tmp_path / "out")
    audited(tmp_path / "two", path, tmp_path / "out" / ".." / "list.csv")
    assert "identifier/duplicate" not in told(tmp_path / "two")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(json.dumps([{"a": n} for n in range(9)], indent=1)[:-40], id="broken where a part begins"),
        pytest.param("[" + ",".join(['{"a": 1}'] * 3) + "]" + "]" * 200, id="something after the end"),
        pytest.param("[]" + " " * 200, id="no records"),
    ],
)
def test_what_is_said_of_a_file_is_said_once(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(text, "utf-16")
    audited(tmp_path / "out", path)
    assert told(tmp_path / "out") == checked(path)
    assert told(tmp_path / "out").count("record/legacy-encoding") == 1


def test_what_is_said_of_a_file_is_said_of_its_sample(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + "".join(ROWS), "utf-16")
    for seed in range(4):
        audited(tmp_path / str(seed), path, sample=2, seed=seed)
        assert told(tmp_path / str(seed)).count("legacy-encoding") == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["list.json", "list.csv"])
def test_no_run_holds_a_whole_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, encoding: str
) -> None:
    """Records that are handed over as they are, are kept in the folder and not with the list of parts."""
    path, seen = tmp_path / name, []
    rows = [dict(zip(HEAD.strip().split(","), row.strip().split(","), strict=True)) for row in ROWS + ROWS[:4]]
    texts = {"list.json": json.dumps(rows, ensure_ascii=False), "list.csv": HEAD + "".join(ROWS + ROWS[:4])}
    path.write_text(texts[name], encoding)
    real = run.together
    monkeypatch.setattr(run, "together", lambda ask, parts: (seen.extend(parts), real(ask, parts))[1])
    audited(tmp_path / "out", path)
    assert told(tmp_path / "out") == checked(path)
    assert "identifier/duplicate" in told(tmp_path / "out")
    assert len(seen) > 5
    assert not any(getattr(source, "pieces", ()) for part in seen for source in part.sources)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(' }"identifier": "g-1",\n', id="a record that ends at once, and a text where one should begin"),
        pytest.param(' "identifier": "g-1",\n', id="a text beside a record"),
        pytest.param("1, 2, 3, 4, 5, 6, 7, 8, 9, 10,", id="much that is no record"),
    ],
)
@pytest.mark.parametrize("at", range(1, 7))
def test_broken_wherever_a_part_begins(tmp_path: Path, broken: str, at: int) -> None:
    """What is wrong at one place stands in one order, as in a check."""
    path = tmp_path / "list.json"
    records = [f'{{"identifier": "g-{n % 5}", "title": " {n}"}}' for n in range(9)]
    records[at] = "{\n" + broken + f'"title": " {at}"}}'
    path.write_text("[\n" + ",\n".join(records) + "\n]", "utf-8")
    audited(tmp_path / "out", path)
    assert told(tmp_path / "out") == checked(path)


def test_no_record_is_a_duplicate_of_itself_behind_a_stray_comma(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('[\n ,{"identifier": "g-0", "title": "a"},\n {"identifier": "g-0", "title": "b"}]', "utf-8")
    audited(tmp_path / "out", path)
    assert told(tmp_path / "out") == checked(path)
    assert told(tmp_path / "out").count("identifier/duplicate") == told(tmp_path / "out").count("is also that of") == 1
