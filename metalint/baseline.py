"""The problems that are known already: a file of them, and what a run finds beside it.

JSON Lines, sorted: the first line says what the file is, every other is a problem by its identity, with what a person
needs to recognise it. It holds no lines and no counts, so that git can merge it line by line (`merge=union`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from metalint.model import Problem, Texts
from metalint.pointers import pointer_text
from metalint.ruleset import ALWAYS

NAME = ".metalint-baseline.jsonl"
_HEAD = '{"metalint-baseline": 1}'
_START, _SIZE = '{"id": "', 20
_TITLE = 40  # characters of a title: to recognise it by


class BaselineError(Exception):
    """A baseline that cannot be used: the file and line, and why."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts.en)
        self.texts = texts


class Entry(NamedTuple):
    """A problem that is known: its identity, the file it stood in, and what it was."""

    id: str
    path: str
    record: str
    title: str
    pointer: str
    rule: str


class Baseline:
    """Known problems by identity. A line is taken apart only when somebody asks for it: most are never asked for."""

    def __init__(self, lines: Mapping[str, str], path: str) -> None:
        """`lines` are those of the file, by identity; paths in it are relative to the folder of `path`."""
        self._lines, self.path = lines, path

    def __contains__(self, key: str) -> bool:
        return key in self._lines

    def __len__(self) -> int:
        return len(self._lines)

    def entries(self, keys: Iterable[str] | None = None) -> Iterator[Entry]:
        """Yield some entries, or all, sorted by what they are. Raises BaselineError."""
        for key in self._lines if keys is None else keys:
            yield _entry(self._lines[key], self.path)

    def missing(self, seen: set[str], read: Callable[[str], bool]) -> list[Entry]:
        """Return the entries that were not found though their file was read: what is mended, or gone."""
        return [one for one in self.entries(key for key in self._lines if key not in seen) if read(one.path)]


class Known:
    """What a run finds beside a baseline: which problems were known, and what of the known ones is gone."""

    def __init__(self, baseline: Baseline) -> None:
        self._baseline = baseline
        self._folder = str(Path(baseline.path).parent)
        self._seen: set[str] = set()
        self._read: set[str] = set()

    def told(self, path: str, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the problems of a file, those that are known marked."""
        self._read.add(relative(path, self._folder))
        for problem in problems:
            key = key_of(problem, self._folder)
            if key is not None and key in self._baseline:
                self._seen.add(key)
                yield problem._replace(known=True)
            else:
                yield problem

    def gone(self) -> list[Entry]:
        """Return the known problems of the files that were read that are not there any more. Raises BaselineError."""
        return self._baseline.missing(self._seen, self._read.__contains__)

    def vanished(self) -> list[Entry]:
        """Return those besides whose files are not there any more, and that nothing else has. Raises BaselineError."""
        return self._baseline.missing(self._seen, lambda path: not (Path(self._folder) / path).exists())


def key_of(problem: Problem, folder: str) -> str | None:
    """Return what a problem is known by: its identity, of one with no record with its file; `None` for what never is.

    What could not be read was not checked: that is no problem that anybody may get used to.
    """
    if problem.rule == ALWAYS:
        return None
    if problem.record:
        return problem.digest
    from hashlib import blake2b

    text = f"{relative(problem.path, folder)}\0{problem.digest}"
    return blake2b(text.encode(errors="replace"), digest_size=_SIZE // 2).hexdigest()


def relative(path: str, folder: str) -> str:
    """Return a path as a baseline in a folder names it: with slashes, whatever the system."""
    try:
        return os.path.relpath(path, folder or os.curdir).replace(os.sep, "/")
    except ValueError:  # another drive
        return path


def entry(problem: Problem, folder: str) -> Entry | None:
    """Return a problem as an entry; `None` for what is never known."""
    key = key_of(problem, folder)
    if key is None:
        return None
    path, pointer = relative(problem.path, folder), pointer_text(problem.pointer)
    title = problem.title if len(problem.title) <= _TITLE else problem.title[: _TITLE - 1] + "…"
    return Entry(key, path, problem.record, title, pointer, problem.rule)


def find(folder: str) -> str | None:
    """Return the baseline of a folder: its own, or that of the nearest folder above it in the same repository."""
    start = Path(folder).resolve()
    for here in (start, *start.parents):
        if (here / NAME).is_file():
            return os.path.relpath(here / NAME)
        if (here / ".git").exists():
            return None
    return None


def load(path: str) -> Baseline:
    """Return the baseline in a file. Raises BaselineError, and OSError if there is none."""
    with Path(path).open(encoding="utf-8", errors="surrogateescape") as file:
        lines: dict[str, str] = {}
        for number, line in enumerate(file, 1):
            if line.startswith(_START) and line[len(_START) + _SIZE : len(_START) + _SIZE + 2] == '",':
                lines[line[len(_START) : len(_START) + _SIZE]] = line
            elif number == 1 or line.strip():
                _prove_head(path, number, line)
    return Baseline(lines, path)


def written(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield the file that holds some entries: the same bytes for the same entries, in whatever order they come."""
    yield _HEAD.encode() + b"\n"
    for one in sorted(set(entries), key=lambda one: (one.path, one.record, one.rule, one.pointer, one.id)):
        yield line(one).encode("utf-8", "backslashreplace")


def line(one: Entry) -> str:
    """Return an entry as its line."""
    return json.dumps(one._asdict(), ensure_ascii=False) + "\n"


def _prove_head(path: str, number: int, line: str) -> None:
    """Raise BaselineError for a line that is no entry and not the head. A merge may have brought that twice."""
    shown = line.strip()[:60]
    if line.strip() == _HEAD:
        return
    if number == 1 and line.startswith('{"metalint-baseline"'):
        zh = f"是較新版本寫的（{shown}），請更新 metalint"
        en = f"was written by a newer metalint ({shown}): update this one"
    elif line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        zh = "留有合併衝突的記號；刪掉這種記號，兩邊的行都留下"
        en = "has marks of a merge conflict; delete the marks and keep the lines of both sides"
    else:
        zh = f"不是基準檔的內容（{shown}）；用 metalint baseline create 重新建立"
        en = f"is no line of a baseline ({shown}); make it anew with metalint baseline create"
    raise BaselineError(Texts(f"{path} 第 {number} 行{zh}", f"{path}:{number}: {en}"))


def _entry(line: str, path: str) -> Entry:
    try:
        made = json.loads(line)
    except ValueError:
        made = None
    if isinstance(made, dict) and set(made) == set(Entry._fields) and _all_texts(made):
        return Entry(**made)
    shown = line.strip()[:60]
    zh = f"{path}：這一行無法讀取（{shown}）；用 metalint baseline create 重新建立"
    en = f"{path}: this line cannot be read ({shown}); make it anew with metalint baseline create"
    raise BaselineError(Texts(zh, en))


def _all_texts(made: Mapping[str, object]) -> bool:
    return all(isinstance(one, str) for one in made.values())
