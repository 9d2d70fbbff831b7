"""An audit from beginning to end: the parts looked at, what shows in all together, each part finished, the outcome."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from metalint import __version__
from metalint.audit import figures, pieces, store
from metalint.audit.asked import Ask, Part, jobs_of
from metalint.audit.command import name_of, of_its_day, remember
from metalint.audit.complaining import complaints
from metalint.audit.finish import DATASETS, FIGURES, FOUND, PROBLEMS, finish, key_of
from metalint.audit.look import HEAD, look
from metalint.audit.parts import parts, sources
from metalint.audit.result import Audited, Result
from metalint.audit.spread import Lost, Spread, results, spread
from metalint.audit.together import together
from metalint.entries import safe
from metalint.formats.source import Source
from metalint.model import Problem, Texts
from metalint.outcome import DONE, LOOKED, SUMMARY
from metalint.report import FileSeen, revive
from metalint.run import CannotRun, Progress
from metalint.writing import CannotReplace, replace_file

_BLOCK = 1 << 16
_LOOKED, _JOINED = 0.85, 0.95  # how much of an audit is done, of its time, when all parts are looked at, and joined


class Broken(NamedTuple):
    """An audit that was broken off: how many parts are done; what is done stays."""

    done: int


def audit(ask: Ask, jobs: int = 1, scheduler: str | None = None, progress: Progress | None = None) -> Result | Broken:
    """Audit files and keep the outcome in a folder; what is there of an earlier run with the same files is not redone.

    Raises CannotRun: what cannot be done as asked, or a folder that cannot be written (what is done stays).
    """
    began = time.perf_counter()
    folder, done = Path(ask.folder), [0]
    if not ask.folder:
        raise CannotRun(Texts("-o 沒有寫資料夾", "-o names no folder"))
    try:
        with store.alone(folder):
            return _audit(of_its_day(ask), jobs, scheduler, progress, done, began)
    except KeyboardInterrupt:
        return Broken(done[0])
    except CannotReplace as error:
        raise CannotRun(Texts(f"{folder}：{error.texts.zh}", f"{folder}: {error.texts.en}")) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotRun(Texts(f"{folder}：無法寫入：{why}", f"{folder}: cannot be written: {why}")) from error


def _audit(
    ask: Ask, jobs: int, scheduler: str | None, progress: Progress | None, done: list[int], began: float
) -> Result:
    """Audit files. `done` is kept at the number of parts that are done."""
    folder = Path(ask.folder)
    unreadable: list[tuple[str, Texts]] = []
    found = sources(ask, unreadable)
    size = sum(source.size for source in found)

    def tell(share: float) -> None:
        if progress is not None:
            progress(int(share * size), size)

    name = name_of(ask)
    remember(ask)
    listed: list[Part] = []
    with spread(jobs, scheduler) as where:
        for done[0], bytes_ in _looks(ask, where, found, name, listed, unreadable):
            tell(_LOOKED * min(bytes_ / size, 1) if size else 0)
        looked = _there(folder, LOOKED, listed, [part.key for part in listed], unreadable)
        listed = list(itertools.compress(listed, looked))
        wanted = list(together(ask, listed))
        ends = results(where, finish, ((ask, part, w) for part, w in zip(listed, wanted, strict=True)))
        for number, one in enumerate(ends):
            unreadable += _lost(one) if isinstance(one, Lost) else ()
            tell(_JOINED + (1 - _JOINED) * number / len(listed))
    keys = [key_of(part, w) for part, w in zip(listed, wanted, strict=True)]
    ended = _there(folder, DONE, listed, keys, unreadable)
    keys = list(itertools.compress(keys, ended))
    keys += complaints(ask, list(itertools.compress(listed, ended)), keys)
    unread = sorted(set(unreadable), key=lambda one: (one[0], one[1].en, one[1].zh))  # whatever ended first
    result = _outcome(ask, listed, keys, unread, began)
    store.sweep(folder, LOOKED, [part.key for part in listed])
    store.sweep(folder, DONE, keys)
    remember(ask, ended=True)
    return result


def _there(
    folder: Path, kind: str, parts: Sequence[Part], keys: Sequence[str], unreadable: list[tuple[str, Texts]]
) -> list[bool]:
    """Tell of which parts the pieces of work are there; of the others it is said that they are not."""
    there = [store.place(folder, kind, key).is_dir() for key in keys]
    said = {path for path, _ in unreadable}
    for part, is_there in zip(parts, there, strict=True):
        if not is_there:
            zh, en = "結果沒有寫進這個資料夾", "the outcome did not come into this folder"
            texts = Texts(f"{zh}：{folder}", f"{en}: {folder}")
            unreadable += [(source.path, texts) for source in part.sources if source.path not in said]
    return there


def files(folder: str, *, parquet: bool) -> list[str]:
    """Return the paths of what an audit leaves in its folder."""
    from metalint.audit.parquet import FILE

    return [str(Path(folder, name)) for name in (PROBLEMS, *([FILE] if parquet else []), DATASETS, SUMMARY)]


def keep(folder: str, write: Callable[[Path], None]) -> None:
    """Let a function write something more beside the problems of an audit. Raises CannotRun."""
    try:
        write(Path(folder) / PROBLEMS)
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotRun(Texts(f"{folder}：無法寫入：{why}", f"{folder}: cannot be written: {why}")) from error


def _looks(
    ask: Ask,
    where: Spread,
    found: Sequence[Source],
    name: str,
    listed: list[Part],
    unreadable: list[tuple[str, Texts]],
) -> Iterator[tuple[int, int]]:
    """Look at all parts and list them; yield how many are looked at, and how many bytes."""
    size = 0

    def tasks() -> Iterator[tuple[Ask, Part]]:
        for part in parts(ask, found, name, unreadable):
            listed.append(pieces.bare(part))
            yield ask, part

    for done, one in enumerate(results(where, look, tasks()), 1):
        if isinstance(one, Lost):
            unreadable.extend(_lost(one))
        else:
            size += one
        yield done, size


def _lost(one: Lost) -> Iterator[tuple[str, Texts]]:
    """Yield the files of which a part could not be done, and why."""
    part: Part = one.task[1]
    for source in part.sources:
        line = getattr(source, "line", 1)
        zh = f"從第 {line} 行起的一段無法檢查：{one.zh}"
        yield source.path, Texts(zh, f"a stretch from line {line} on could not be checked: {one.why}")


def _outcome(
    ask: Ask, listed: Sequence[Part], keys: Sequence[str], unreadable: list[tuple[str, Texts]], began: float
) -> Result:
    folder = Path(ask.folder)
    _joined(folder, keys, PROBLEMS)
    _joined(folder, keys, DATASETS)
    heads = (store.read_json(store.place(folder, LOOKED, part.key) / HEAD) for part in listed)
    files = figures.Files(_seen(heads), tuple(unreadable))
    told = (store.read_json(store.place(folder, DONE, key) / FIGURES) for key in keys)
    sample = f"{ask.sample:,} (seed {ask.seed})" if ask.sample else ""
    summary = figures.added(told, files, __version__, str(jobs_of(ask).plain.today), sample)
    told_summary = safe(json.dumps(_plain(summary), ensure_ascii=False, indent=1))
    replace_file(str(folder / SUMMARY), (told_summary + "\n").encode())
    return Result(
        summary._replace(seconds=time.perf_counter() - began),
        lambda: _datasets(folder / DATASETS),
        lambda: _problems(folder, keys),
    )


def _joined(folder: Path, keys: Sequence[str], name: str) -> None:
    def blocks() -> Iterator[bytes]:
        for key in keys:
            with (store.place(folder, DONE, key) / name).open("rb") as file:
                while block := file.read(_BLOCK):
                    yield block

    replace_file(str(folder / name), blocks())


def _seen(heads: Iterator[Any]) -> tuple[FileSeen, ...]:
    found: dict[str, FileSeen] = {}
    for head in heads:
        for one in head["files"]:
            if one is not None:
                path, form, platform, why, encoding, bom, records, _ = one
                before = found[path].records if path in found else 0
                found[path] = FileSeen(path, form, platform, Texts(*why), encoding, bom, before + records)
    return tuple(found.values())


def _datasets(path: Path) -> Iterator[Audited]:
    with path.open(encoding="utf-8") as file:
        yield from map(figures.revived, file)


def _problems(folder: Path, keys: Sequence[str]) -> Iterator[Problem]:
    for key in keys:
        with (store.place(folder, DONE, key) / FOUND).open(encoding="utf-8") as file:
            yield from map(revive, file)


def _plain(value: Any) -> Any:
    """Return the summary as plain data: objects with the names of its fields."""
    if isinstance(value, Texts):
        return {"zh-TW": value.zh, "en": value.en}
    if hasattr(value, "_asdict"):
        return {name: _plain(one) for name, one in value._asdict().items() if name != "seconds"}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value.name.lower() if hasattr(value, "name") else value
