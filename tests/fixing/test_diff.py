"""Differences as `git apply` takes them: any changes of any bytes."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from metalint.fixing import Fixed
from metalint.formats.source import open_source
from metalint.output import diff
from metalint.rebuilding import Replaced

LINES = [b"a", b"bb", b"", b"x\ty", b" c", b"\\", b"\xff\xfe", b"--- a", b"+q", b"@@ -1 +1 @@", "公園".encode()]
ENDS = [b"\n", b"\n", b"\n", b"\r\n", b"\r", b"\n\n"]
NAMES = ["a.csv", "b c.csv", 'q"x.csv', "中文.csv", "tab\t.csv"]


@pytest.mark.parametrize("seed", range(40))
def test_git_makes_the_same_of_them(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    chance = random.Random(seed)
    old = b"".join(
        chance.choice(LINES) * chance.randint(0, 2) + chance.choice(ENDS) for _ in range(chance.randint(1, 60))
    )
    old = b"x" + (old.rstrip(b"\n") if seed % 3 == 0 else old)
    path = Path(NAMES[seed % len(NAMES)])
    path.write_bytes(old)
    changes: list[Replaced] = []
    at, new = 0, b""
    for _ in range(chance.randint(1, 8)):
        start = chance.randint(at, len(old))
        end = min(len(old), start + chance.choice([0, 0, 1, 3, 20]))
        data = chance.choice([b"Z", b"Z\nY", b"\n", b"W\n"])
        changes.append(Replaced(start, end, data))
        new += old[at:start] + data
        at = end
    new += old[at:]
    said = b"".join(diff.render(Fixed(str(path), open_source(str(path)), changes=changes)))
    subprocess.run(["git", "apply", "-"], input=said, check=True)
    assert path.read_bytes() == new
    assert len([line for line in said.split(b"\n") if line[:2] == b"@@"]) <= len(changes)
