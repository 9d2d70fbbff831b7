"""A model is terms and numbers: the same data give the same bytes, and what was changed is refused."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from metalint import api, enriching
from metalint.cli.commands import commands
from metalint.keywords import model_file
from metalint.keywords.model_file import ModelError
from metalint.keywords.rankers import best_prefix
from metalint.shipped import shipped

WORDS = shipped("vocab") / "words" / "segments.txt"
SHIPPED = shipped("vocab") / "model" / "keywords.npz"
SUBJECTS = ("空氣品質", "停車場", "公共自行車", "登革熱", "長期照顧", "地價", "古蹟", "路燈", "垃圾清運", "圖書館")
KINDS = ("稽查結果", "機構名冊", "監測值", "設施位置", "預算", "訓練場次", "案件統計", "補助件數")
OFFICES = ("環境保護局", "交通局", "衛生局", "文化局", "工務局")


def catalogue(folder: Path, name: str, count: int, seed: int) -> Path:
    chance, lines = random.Random(seed), []
    for number in range(count):
        subject, kind, office = chance.choice(SUBJECTS), chance.choice(KINDS), chance.choice(OFFICES)
        keywords = [subject, chance.choice([kind, office])]
        record = {
            "identifier": f"{name}-{number}",
            "title": f"臺北市{subject}{kind}{chance.randrange(100)}",
            "description": f"{office}辦理{subject}之{kind}。",
            "publisher": office,
            "keyword": keywords,
        }
        lines.append(json.dumps(record, ensure_ascii=False))
    path = folder / f"{name}-2020.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("model")
    paths = [str(catalogue(folder, "one", 160, 1)), str(catalogue(folder, "two", 120, 2))]
    enriching.train(paths, api.Options(platform="tw-standard"), str(folder / "model.npz"))
    return folder / "model.npz", paths


def test_the_same_data_give_the_same_bytes(trained: tuple[Path, list[str]], tmp_path: Path) -> None:
    model, paths = trained
    enriching.train(paths, api.Options(platform="tw-standard"), str(tmp_path / "again.npz"))
    assert (tmp_path / "again.npz").read_bytes() == model.read_bytes()


def test_a_model_suggests_what_its_people_chose(trained: tuple[Path, list[str]], tmp_path: Path) -> None:
    record = {
        "identifier": "1",
        "title": "臺北市路燈設施位置",
        "publisher": "工務局",
        "description": "工務局辦理路燈。",
    }
    path = tmp_path / "new.json"
    path.write_text(json.dumps(record), "utf-8")
    (one,) = enriching.enrich([str(path)], api.Options(platform="tw-standard"), 5, None, str(trained[0]))
    assert isinstance(one, enriching.Enriched)
    assert one.keywords[0].term == "路燈"
    assert all(keyword.reasons for keyword in one.keywords)
    assert {reason.kind for reason in one.keywords[0].reasons} >= {"text", "neighbours"}


def test_a_better_model_stays(trained: tuple[Path, list[str]], tmp_path: Path) -> None:
    model, paths = trained
    kept = model_file.load(model, WORDS)
    better = {"zh": {**kept.card["metrics"]["zh"], "f1": 0.99}}
    path = tmp_path / "better.npz"
    model_file.save(kept._replace(card={**kept.card, "metrics": better}), path, WORDS)
    before = path.read_bytes()
    assert enriching.train(paths, api.Options(platform="tw-standard"), str(path)).worse == ("zh",)
    assert path.read_bytes() == before
    assert enriching.train(paths, api.Options(platform="tw-standard"), str(path), force=True).worse == ()
    assert path.read_bytes() != before


def test_too_few_records_teach_nothing(tmp_path: Path) -> None:
    path = catalogue(tmp_path, "few", 20, 3)
    with pytest.raises(api.CannotRun):
        enriching.train([str(path)], api.Options(platform="tw-standard"), str(tmp_path / "model.npz"))
    assert not (tmp_path / "model.npz").exists()


def changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def packed(array: object, *, pickled: bool = False) -> bytes:
    member = io.BytesIO()
    np.lib.format.write_array(member, np.asanyarray(array), allow_pickle=pickled)
    return member.getvalue()


def number(members: dict[str, bytes]) -> None:
    weights = np.lib.format.read_array(io.BytesIO(members["zh.words.weights.npy"]))
    members["zh.words.weights.npy"] = packed(np.append(weights[:-1], weights[-1] + 1).astype(weights.dtype))


def term(members: dict[str, bytes]) -> None:
    terms = np.lib.format.read_array(io.BytesIO(members["zh.terms.npy"])).tobytes()
    members["zh.terms.npy"] = packed(np.frombuffer(terms.replace("路燈".encode(), "路灯".encode()), np.uint8))


def schema(members: dict[str, bytes]) -> None:
    head = np.lib.format.read_array(io.BytesIO(members["head.npy"])).tobytes()
    members["head.npy"] = packed(np.frombuffer(head.replace(b'"schema":5', b'"schema":9'), np.uint8))


def infinite(members: dict[str, bytes]) -> None:
    members["zh.words.weights.npy"] = packed(np.array([np.inf]))


def objects(members: dict[str, bytes]) -> None:
    members["zh.words.weights.npy"] = packed(np.array([{"a": 1}], dtype=object), pickled=True)


def gone(members: dict[str, bytes]) -> None:
    del members["zh.known.starts.npy"]


@pytest.mark.parametrize("change", [number, term, schema, infinite, objects, gone])
def test_a_changed_model_is_refused(
    trained: tuple[Path, list[str]], tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    path = tmp_path / "changed.npz"
    path.write_bytes(trained[0].read_bytes())
    changed(path, change)
    with pytest.raises(ModelError, match=r"changed\.npz"):
        _ = [*model_file.load(path, WORDS).learned.values()]


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04", b"\x80\x04\x95"])
def test_what_is_no_model_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(data)
    with pytest.raises(ModelError):
        model_file.load(path, WORDS)
    done = CliRunner().invoke(commands, ["enrich", "tests/sample", "--model", str(path)], standalone_mode=False)
    assert "model.npz" in str(done.exception)


def test_other_words_are_refused(trained: tuple[Path, list[str]], tmp_path: Path) -> None:
    other = tmp_path / "segments.txt"
    other.write_bytes(WORDS.read_bytes() + "龘龘 1\n".encode())
    with pytest.raises(ModelError, match="dictionary"):
        model_file.load(trained[0], other)


def test_the_shipped_model_is_in_order() -> None:
    assert SHIPPED.stat().st_size < 15 << 20
    model = model_file.load(SHIPPED, WORDS)
    assert set(model.learned) == {"en", "zh"}
    assert set(model.card) == {"data", "records", "titles", "metrics", "versions"}
    with zipfile.ZipFile(SHIPPED) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_that_could_run_is_ever_read() -> None:
    """No file is. `audit/apart.py` hears none but processes that it has begun itself, as `multiprocessing` does."""
    paths = (path for path in Path(api.__file__).parent.rglob("*.py") if path.parts[-2:] != ("audit", "apart.py"))
    text = "\n".join(path.read_text("utf-8") for path in paths)
    for word in ("import pickle", "joblib", "import marshal", "allow_pickle=True"):
        assert word not in text


@pytest.mark.parametrize(
    ("chances", "expected", "wanted"),
    [([], 3.0, 0), ([0.9, 0.8, 0.1], 2.0, 2), ([0.9, 0.1], 1.0, 1), ([0.05], 2.0, 1), ([0.5, 0.5, 0.5], 5.0, 3)],
)
def test_the_prefix_with_the_greatest_expected_f1(chances: list[float], expected: float, wanted: int) -> None:
    assert best_prefix(np.array(chances), expected) == wanted


def test_the_commands_show_a_table(trained: tuple[Path, list[str]], tmp_path: Path) -> None:
    _, paths = trained
    command = ["evaluate", *paths, "--platform", "tw-standard", "--split", "random"]
    done = CliRunner().invoke(commands, command, standalone_mode=False)
    assert done.return_value == 0
    head, row = done.output.splitlines()
    assert head.split()[:3] == ["records", "F1@5", "F1"]
    assert row.split()[0] == "zh"
    new = str(tmp_path / "cli.npz")
    done = CliRunner().invoke(commands, ["train", *paths, "-p", "tw-standard", "-o", new], standalone_mode=False)
    assert (done.return_value, Path(new).read_bytes()) == (0, trained[0].read_bytes())
