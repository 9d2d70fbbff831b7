"""A file that is being replaced holds its old bytes or its new ones, whatever fails or is killed, and wherever."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from metalint import fixing, writing
from metalint.run import Options
from metalint.writing import CannotReplace, replace_file, stamp

OLD = b'{"title": "a  b", "keyword": ["x"]}'
NEW = b'{"title": "a b", "keyword": ["x"]}'
CALLS = ("open", "write", "fchmod", "fsync", "replace", "close")


class Faulty:
    """The module `os`, of which one call fails; `done` tells which were made."""

    def __init__(self, at: int, error: int | None = None, *, kill: bool = False) -> None:
        self._at, self._error, self._kill = at, error, kill
        self.done: list[str] = []

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in CALLS:
            return real

        def call(*args: Any, **options: Any) -> Any:
            self.done.append(name)
            if len(self.done) == self._at:
                if self._kill:
                    if name == "write":
                        real(args[0], args[1][: len(args[1]) // 2])
                    os.kill(os.getpid(), signal.SIGKILL)
                if name == "close":
                    real(*args)
                raise OSError(self._error, os.strerror(self._error or 0))
            return real(*args, **options)

        return call


def fix(path: Path) -> fixing.Fixed:
    (fixed,) = fixing.fix([str(path)], Options(), fixing.How(write=True))
    return fixed


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_whatever_call_fails(error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    seen: list[str] = []
    for at in range(1, 100):
        path.write_bytes(OLD)
        faulty = Faulty(at, error)
        with monkeypatch.context() as patch:
            patch.setattr(writing, "os", faulty)
            fixed = fix(path)
        if len(faulty.done) < at:
            assert path.read_bytes() == NEW
            break
        seen.append(faulty.done[at - 1])
        assert fixed.failed, f"{faulty.done[at - 1]} failed and nobody said so"
        replaced = "replace" in faulty.done[: at - 1]
        assert path.read_bytes() == (NEW if replaced else OLD), faulty.done
        assert [one.name for one in tmp_path.iterdir()] == ["a.json"], "nothing is left behind"
    assert {"open", "write", "fsync", "replace", "close"} <= set(seen)


def test_wherever_it_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    script = (
        "import sys; sys.path.insert(0, sys.argv[3])\n"
        "from fixing.test_interrupted import Faulty, fix\n"
        "from metalint import writing\n"
        "from pathlib import Path\n"
        "writing.os = Faulty(int(sys.argv[1]), kill=True)\n"
        "fix(Path(sys.argv[2]))\n"
    )
    killed = 0
    for at in range(1, 100):
        path.write_bytes(OLD)
        command = [sys.executable, "-c", script, str(at), str(path), str(Path(__file__).parent.parent)]
        done = subprocess.run(command, check=False)
        if done.returncode == 0:
            break
        killed += 1
        assert done.returncode == -signal.SIGKILL
        assert path.read_bytes() in (OLD, NEW)
    assert killed >= 5
    assert path.read_bytes() == NEW
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"], "what the killed ones left is gone"


def test_short_writes_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(OLD)
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, data[:3]))
    replace_file(str(path), NEW)
    assert path.read_bytes() == NEW


def test_mode_and_links_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "a.json", tmp_path / "link.json"
    path.write_bytes(OLD)
    path.chmod(0o640)
    link.symlink_to("a.json")
    replace_file(str(link), NEW)
    assert link.is_symlink()
    assert path.read_bytes() == NEW
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_with_two_names_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(OLD)
    os.link(path, tmp_path / "b.json")
    fixed = fix(path)
    assert fixed.failed
    assert path.read_bytes() == OLD
    assert path.stat().st_nlink == 2


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(OLD)
    path.chmod(0o444)
    assert fix(path).failed
    assert path.read_bytes() == OLD


def test_what_another_program_has_changed_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(OLD)
    read = stamp(str(path))
    path.write_bytes(OLD + b"\n")
    with pytest.raises(CannotReplace, match="changed by another program"):
        replace_file(str(path), NEW, read)
    assert path.read_bytes() == OLD + b"\n"


def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    replace_file(str(tmp_path / "new"), b"x")
    (tmp_path / "other").write_bytes(b"x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_file_that_another_run_mends_while_it_is_read(tmp_path: Path) -> None:
    """What does not fit any more is another program's doing, not a fault of what would be written."""
    path = tmp_path / "a.json"
    path.write_bytes(OLD)
    told = fixing.fix([str(path)], Options(lang="en"), fixing.How(write=True), lambda *_: replace_file(str(path), NEW))
    (fixed,) = told
    assert fixed.failed
    assert fixed.why is not None
    assert "changed by another program" in fixed.why.en
    assert path.read_bytes() == NEW


def test_two_runs_at_once(tmp_path: Path) -> None:
    """Both mend the same files: each file is mended once, and a run that comes too late says so or finds nothing to do."""
    paths = [tmp_path / f"{number}.json" for number in range(20)]
    for path in paths:
        path.write_bytes(OLD)
    command = [sys.executable, "-m", "metalint", "fix", "--lang", "en", str(tmp_path)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    for run in runs:
        _, said = run.communicate()
        assert run.returncode in (0, 2)
        assert run.returncode == 0 or b"changed by another program" in said
    assert [path.read_bytes() for path in paths] == [NEW] * len(paths)
    assert len(list(tmp_path.iterdir())) == len(paths)
