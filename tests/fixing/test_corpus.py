"""Every real catalogue mended: nothing else changes, nothing is left, and patches and differences say the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from fixing.mending import mend, patched, records, spliced

from metalint import formats

CATALOGUES = (
    "data-gov-tw-2026-03.csv",
    "data-gov-tw-usage-2018-07.csv",
    "depositar-2023-08.jsonl",
    "taipei-2016-06.csv",
    "taipei-2018-07.csv",
    "taoyuan-2018-07.csv",
)


def paths(corpus: Path) -> list[Path]:
    return [*(corpus / name for name in CATALOGUES), *sorted((corpus / "us-datajson-2025-02").glob("*.json"))]


@pytest.mark.parametrize("name", [*CATALOGUES, "us-datajson-2025-02"])
def test_a_real_catalogue(name: str, corpus: Path, tmp_path: Path) -> None:
    folder = corpus / name
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else [folder]:
        check(path, tmp_path)


def check(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    shutil.copyfile(path, copy)
    old = copy.read_bytes()
    made = mend(copy)
    assert copy.read_bytes() == old, "nothing is written unless it is asked"

    assert spliced(old, made.fixed.changes) == made.data, "elsewhere every byte is what it was"

    format_name = formats.detect(path.name, "")
    before = list(records(copy, format_name))
    if made.diff:
        subprocess.run(["git", "apply", "-"], input=renamed(made.diff, copy), cwd=tmp_path, check=True)
        assert copy.read_bytes() == made.data, "git makes the same of the differences"
    after = [value for _, value in records(copy, format_name)]
    assert patched(before, made.patches) == after, "a library makes the same of the patches"

    again = mend(copy)
    assert not again.fixed.rules, "nothing is left to mend"
    assert again.data == made.data


def renamed(diff: bytes, path: Path) -> bytes:
    """Return differences with the file's name alone: they were made from another folder."""
    first, _, rest = diff.split(b"\n", 2)
    assert path.name.encode() in first
    return b"--- a/%s\n+++ b/%s\n" % (path.name.encode(), path.name.encode()) + rest
