"""What was read of a folder is kept, and never used once the folder has changed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from metalint import datafiles
from metalint.datafiles import DataError, read
from metalint.model import Json


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with two files, whose data is kept beside it."""
    monkeypatch.setenv("METALINT_CACHE_DIR", str(tmp_path / "kept"))
    made = tmp_path / "data"
    for name, text in (("a/one.yaml", "x: 1\n---\nx: [\n"), ("b/two.yaml", "z: 2\na: [是, null]\n")):
        (made / name).parent.mkdir(parents=True)
        (made / name).write_text(text, "utf-8")
    (made / "c").mkdir()
    return made


def again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[str, Json]], bool]:
    """Return what is read, and whether it came from what was kept."""
    parsed: list[Path] = []

    def watched(path: Path, number: int) -> Json:
        parsed.append(path)
        return original(path, number)

    original = datafiles.parsed
    with monkeypatch.context() as patch:
        patch.setattr(datafiles, "parsed", watched)
        return list(read(folder, "*/*.yaml").items()), not parsed


ALL = [("a/one.yaml", {"x": 1}), ("b/two.yaml", {"z": 2, "a": ["是", None]})]


def test_it_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert again(folder, monkeypatch) == (ALL, False)
    assert again(folder, monkeypatch) == (ALL, True)
    assert [list(tree) for _, tree in again(folder, monkeypatch)[0] if isinstance(tree, dict)] == [["x"], ["z", "a"]]


@pytest.mark.parametrize("change", ["content", "touched", "added", "added to an empty folder", "removed", "renamed"])
def test_a_change_is_seen(folder: Path, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    again(folder, monkeypatch)
    one = folder / "a" / "one.yaml"
    wanted: list[tuple[str, Json]] = list(ALL)
    match change:
        case "content":
            one.write_text("x: 3\n", "utf-8")
            wanted[0] = ("a/one.yaml", {"x": 3})
        case "touched":
            os.utime(one, (1, 1))
        case "added":
            (folder / "a" / "three.yaml").write_text("y: 1", "utf-8")
            wanted.insert(1, ("a/three.yaml", {"y": 1}))
        case "added to an empty folder":
            (folder / "c" / "three.yaml").write_text("y: 1", "utf-8")
            wanted.append(("c/three.yaml", {"y": 1}))
        case "removed":
            one.unlink()
            del wanted[0]
        case "renamed":
            one.rename(folder / "a" / "uno.yaml")
            wanted[0] = ("a/uno.yaml", {"x": 1})
    assert again(folder, monkeypatch) == (wanted, False)
    assert again(folder, monkeypatch) == (wanted, True)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"version": 1}', "[" * 100_000, "\udcff"])
def test_what_is_no_longer_whole_is_not_used(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    again(folder, monkeypatch)
    (kept,) = (folder.parent / "kept").iterdir()
    kept.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert again(folder, monkeypatch) == (ALL, False)
    assert again(folder, monkeypatch) == (ALL, True)


@pytest.mark.parametrize("named", [False, True])
def test_data_whose_files_were_never_looked_at_is_not_used(
    folder: Path, named: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(folder, monkeypatch)
    (kept,) = (folder.parent / "kept").iterdir()
    whole = json.loads(kept.read_bytes())
    states = {str(folder): whole["states"][str(folder)]} if named else {}
    kept.write_text(json.dumps({**whole, "states": states, "data": {"a/x.yaml": 5} if named else {}}), "utf-8")
    assert again(folder, monkeypatch) == (ALL, False)


@pytest.mark.parametrize("odd", ["a folder in its place", "a name that is no UTF-8", "no room"])
def test_what_cannot_be_kept_leaves_nothing_behind(folder: Path, odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = folder.parent / "kept"
    if odd == "a folder in its place":
        again(folder, monkeypatch)
        (place,) = kept.iterdir()
        place.unlink()
        place.mkdir()
    elif odd == "a name that is no UTF-8":
        (folder / "a" / "one.yaml").rename(folder / "a" / os.fsdecode(b"\xff.yaml"))
    else:

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", full)
    before = list(kept.iterdir()) if kept.is_dir() else []
    again(folder, monkeypatch)
    assert (list(kept.iterdir()) if kept.is_dir() else []) == before


def test_another_version_reads_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again(folder, monkeypatch)
    monkeypatch.setattr(datafiles, "__version__", "another")
    assert again(folder, monkeypatch) == (ALL, False)


@pytest.mark.parametrize("text", ["1: x", "x: 2026-01-01"])
def test_what_json_cannot_hold_is_read_every_time(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a" / "one.yaml").write_text(text, "utf-8")
    first, _ = again(folder, monkeypatch)
    assert again(folder, monkeypatch) == (first, False)


@pytest.mark.parametrize("place", ["", "a file"])
def test_where_nothing_can_be_kept_it_goes_without(folder: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if place:
        (folder.parent / "file").write_text("", "utf-8")
        place = str(folder.parent / "file" / "kept")
    monkeypatch.setenv("METALINT_CACHE_DIR", place)
    assert again(folder, monkeypatch) == (ALL, False)
    assert again(folder, monkeypatch) == (ALL, False)


def test_a_bad_file_is_named_and_nothing_kept(folder: Path) -> None:
    (folder / "b" / "two.yaml").write_text("x: [", "utf-8")
    for _ in range(2):
        with pytest.raises(DataError, match=r"two\.yaml.*line"):
            read(folder, "*/*.yaml")
    (folder / "b" / "two.yaml").unlink()
    (folder / "b" / "two.yaml").symlink_to("nowhere")
    with pytest.raises(DataError, match=r"two\.yaml"):
        read(folder, "*/*.yaml")
    assert read(folder / "nowhere", "*.yaml") == {}
