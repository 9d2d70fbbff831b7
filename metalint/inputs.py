"""Paths as they are named to files that can be opened: folders, patterns, standard input."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from metalint.config.find import NAMES
from metalint.formats import SUFFIXES
from metalint.model import Texts
from metalint.outcome import of_outcome

STDIN = "-"
BASELINE = ".metalint-baseline.jsonl"
_PASSED_OVER = {"venv", "node_modules", "__pycache__"}  # and every folder whose name begins with a dot


class Inputs(NamedTuple):
    """The files to check, each once, sorted; and the paths that name none, with the reason."""

    files: tuple[str, ...]
    missing: tuple[tuple[str, Texts], ...]


def expand(paths: Iterable[str], exclude: Sequence[str] = (), more: Sequence[str] = ()) -> Inputs:
    """Return the files that the paths name: themselves, those in a folder that have a known suffix, or by pattern.

    `more` are suffixes that the caller knows beside those of formats.
    """
    suffixes = (*SUFFIXES, *more)
    found: set[str] = set()
    missing: list[tuple[str, Texts]] = []
    for path in paths:
        if path == STDIN or _is_file(path):
            found.add(path)
        elif os.path.isdir(path):  # noqa: PTH112  a path may hold bytes that are no text: os keeps them
            files = _walk(path, suffixes, missing)
            found.update(files)
            if not files:
                kinds = " ".join(suffixes)
                missing.append(
                    (path, Texts(f"資料夾裡沒有可檢查的檔案（{kinds}）", f"holds no file to check ({kinds})"))
                )
        elif files := _matching(path, suffixes, missing):
            found.update(files)
        elif glob.has_magic(path):
            missing.append((path, Texts("沒有符合這個樣式的檔案", "no file matches this pattern")))
        else:
            missing.append((path, Texts("沒有這個檔案或資料夾", "no such file or folder")))
    kept = (name for name in _once(found) if not any(_excluded(name, pattern) for pattern in exclude))
    return Inputs(tuple(sorted(kept)), tuple(missing))


def _once(names: Iterable[str]) -> Iterable[str]:
    """Return of the names of one file (`a.csv`, `./a.csv`) the shortest. A link is another file."""
    shortest: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (len(name), name)):
        shortest.setdefault(os.path.abspath(name) if name != STDIN else name, name)  # noqa: PTH100
    return shortest.values()


def nearest(name: str) -> str | None:
    """Return the file of a name in the folder at hand, or in the nearest one above it in the same repository."""
    here = os.getcwd()  # noqa: PTH109
    while True:
        path = os.path.join(here, name)  # noqa: PTH118
        if os.path.isfile(path):  # noqa: PTH113
            return os.path.relpath(path)
        above = os.path.dirname(here)  # noqa: PTH120
        if above == here or os.path.exists(os.path.join(here, ".git")):  # noqa: PTH110, PTH118
            return None
        here = above


def _is_file(path: str) -> bool:
    return os.path.exists(path) and not os.path.isdir(path)  # noqa: PTH110, PTH112


def _matching(pattern: str, suffixes: Sequence[str], missing: list[tuple[str, Texts]]) -> list[str]:
    names = glob.glob(pattern, recursive=True)  # noqa: PTH207
    return [file for name in names for file in ([name] if _is_file(name) else _walk(name, suffixes, missing))]


def _walk(folder: str, suffixes: Sequence[str], missing: list[tuple[str, Texts]]) -> list[str]:
    def closed(error: OSError) -> None:
        why = error.strerror or str(error)
        missing.append(
            (str(error.filename), Texts(f"無法開啟這個資料夾：{why}", f"this folder cannot be opened: {why}"))
        )

    files = []
    for where, folders, names in os.walk(folder, onerror=closed):
        left, written = of_outcome(where, folders, names)  # by audits: no metadata
        passed_over = _PASSED_OVER | left
        folders[:] = [name for name in folders if name not in passed_over and not name.startswith(".")]
        known = (name for name in names if name not in written and os.path.splitext(name)[1].lower() in suffixes)  # noqa: PTH122
        metadata = (name for name in known if not name.startswith(".") and name not in NAMES)
        files += [os.path.join(where, name) for name in metadata]  # noqa: PTH118
    return files


def _excluded(name: str, pattern: str) -> bool:
    plain = name.removeprefix("./")
    parts = plain.split("/")
    return fnmatch.fnmatch(plain, pattern) or any(fnmatch.fnmatch(part, pattern.rstrip("/")) for part in parts)
