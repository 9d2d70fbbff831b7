"""The folder of an audit: what it may write over, what it takes for its own, and what is damaged there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from metalint import api, inputs
from metalint.audit import look as looking
from metalint.audit import run, store
from metalint.audit.asked import Ask
from metalint.audit.result import Result
from metalint.outcome import FILES
from metalint.run import CannotRun, Options

OPTIONS = Options(lang="en", today=date(2026, 11, 25))
LIST = "資料集識別碼,資料集名稱,提供機關\n1,職業災害統計,勞動部\n2, 最低工資,勞動部\n3,職業災害統計,勞動部\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    return tmp_path


def audited(out: Path, *paths: Path, options: Options = OPTIONS) -> str:
    result = run.audit(Ask(options, tuple(map(str, paths)), str(out)))
    assert isinstance(result, Result)
    assert not result.summary.unreadable
    return (out / "problems.jsonl").read_text("utf-8")


def whole(out: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in out.iterdir() if one.is_file()}


@pytest.mark.parametrize("where", ["out", "."])
def test_it_is_no_source_of_its_own(place: Path, where: str) -> None:
    """Nor of another audit or a check of the same folder."""
    out = place / where
    first = audited(out, place)
    assert "dataset/duplicate" in first
    before = whole(out)
    assert audited(out, place) == first
    assert audited(out, *sorted(place.rglob("*.json*")), place) == first  # named one by one, as a shell does
    assert whole(out) == before
    assert audited(place / "other", place) == first
    assert inputs.expand([str(place)]).files == (str(place / "list.csv"),)
    assert [seen.path for seen in api.check([str(place)], OPTIONS).files] == [str(place / "list.csv")]


def test_a_folder_of_work_is_read_where_no_audit_wrote_it(place: Path) -> None:
    (place / "work/looked").mkdir(parents=True)
    (place / "work/state.json").write_text('{"title": "x"}', "utf-8")
    (place / "summary.json").write_text('{"title": "x"}', "utf-8")
    names = [Path(path).name for path in inputs.expand([str(place)]).files]
    assert names == ["list.csv", "summary.json", "state.json"]


@pytest.mark.parametrize("name", sorted(FILES))
def test_it_writes_over_nothing_of_others(place: Path, name: str) -> None:
    """A catalogue may be called datasets.jsonl."""
    (place / name).write_text('{"identifier": "1"}', "utf-8")
    with pytest.raises(CannotRun, match=f"holds {name}, which no audit wrote"):
        audited(place, place / name)
    assert (place / name).read_text("utf-8") == '{"identifier": "1"}'


def test_it_removes_nothing_of_others(place: Path) -> None:
    mine = place / "work/done/report of May"
    mine.mkdir(parents=True)
    (mine / "text").write_text("mine")
    audited(place, place / "list.csv")
    assert (mine / "text").read_text() == "mine"


def test_an_empty_name_is_no_folder(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a variable that is not set gives it: the folder at hand is not meant."""
    monkeypatch.chdir(place)
    with pytest.raises(CannotRun, match="names no folder"):
        run.audit(Ask(OPTIONS, ("list.csv",), ""))
    assert [one.name for one in place.iterdir()] == ["list.csv"]


def test_two_audits_at_once(place: Path) -> None:
    """The second is refused: it would sweep away what the first has just made."""
    pytest.importorskip("fcntl")
    code = "import sys; sys.exit(__import__('metalint.cli').cli.main())"
    command = [sys.executable, "-c", code, "audit", str(place / "list.csv"), "-o", str(place / "out"), "--lang", "en"]
    with store.alone(place / "out"):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "another audit is at work in this folder" in done.stderr
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("how", ["empty", "cut", "other", "gone"])
def test_damaged_work_is_done_again(place: Path, how: str) -> None:
    out = place / "out"
    audited(out, place / "list.csv")
    wanted = whole(out)
    for file in sorted((out / "work").rglob("*")):
        if file.is_file():
            text = file.read_bytes()
            if how == "gone":
                file.unlink()
            else:
                file.write_bytes({"empty": b"", "cut": text[: len(text) // 2], "other": text[::-1]}[how])
            audited(out, place / "list.csv")
            assert whole(out) == wanted, file


def test_the_day_of_another_command_is_not_taken_over(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(looking, "_look", stop)
        assert run.audit(Ask(OPTIONS, (str(place),), str(place / "out"))) == run.Broken(0)
    audited(place / "out", place / "list.csv", options=OPTIONS._replace(today=None))
    made = json.loads((place / "out/summary.json").read_text("utf-8"))["made"]
    assert made == str(date.today())  # noqa: DTZ011


def test_what_is_refused_begins_nothing(place: Path) -> None:
    audited(place / "out", place / "list.csv")
    state = (place / "out/work/state.json").read_text()
    with pytest.raises(CannotRun, match="no rule is named"):
        audited(place / "out", place / "list.csv", options=OPTIONS._replace(select=("titel",)))
    assert (place / "out/work/state.json").read_text() == state


@pytest.mark.parametrize("closed", ["2>&-", ">&-", ">&- 2>&-"])
def test_nobody_listens(place: Path, closed: str) -> None:
    if not Path("/bin/sh").exists():
        pytest.skip("needs a shell")
    line = f"exec {sys.executable} -m metalint audit {place / 'list.csv'} -o {place / 'out'} {closed}"
    assert subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False).returncode == 0
    assert (place / "out/summary.json").exists()


@pytest.mark.parametrize("lang", ["zh_TW.UTF-8", "en_US.UTF-8"])
def test_the_help_says_what_holds(lang: str) -> None:
    environment = {**os.environ, "LC_ALL": lang, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "metalint", "audit", "--help"]
    text = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, encoding="utf-8").stdout
    assert "[never]" in text
    assert "[error]" not in text
    assert "--stdin-filename" not in text  # an audit reads no standard input


def test_a_path_that_is_no_text(place: Path) -> None:
    """The reports of it are written like any other."""
    pytest.importorskip("pyarrow")
    pytest.importorskip("xlsxwriter")
    try:
        os.rename(place / "list.csv", os.fsencode(place) + b"/a\xff.csv")  # noqa: PTH104
    except OSError:
        pytest.skip("the system wants paths that are text")
    command = [sys.executable, "-m", "metalint", "audit", str(place), "-o", str(place / "out"), "--lang", "en"]
    forms = ("--parquet", "--xlsx", "--html", "--markdown")
    done = subprocess.run([*command, *forms], capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert FILES == {one.name for one in (place / "out").iterdir() if one.is_file()}
