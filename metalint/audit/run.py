"""An audit from beginning to end: the parts looked at, what shows in all together, each part finished, the outcome."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from metalint import __version__
from metalint.audit import figures, store
from metalint.audit.asked import Ask, Part, jobs_of
from metalint.audit.finish import DATASETS, DONE, FIGURES, FOUND, PROBLEMS, finish, key_of
from metalint.audit.look import HEAD, LOOKED, look
from metalint.audit.parts import parts, sources
from metalint.audit.result import Audited, Result
from metalint.audit.spread import Lost, Spread, results, spread
from metalint.audit.together import together
from metalint.entries import safe
from metalint.formats.source import Source
from metalint.model import Problem, Texts
from metalint.report import FileSeen, revive
from metalint.run import CannotRun, Progress
from metalint.shipped import shipped
from metalint.writing import CannotReplace, replace_file

SUMMARY = "summary.json"
_STATE = "state.json"  # of the folder: the day of an audit that has not ended
_BLOCK = 1 << 20


class Broken(NamedTuple):
    """An audit that was broken off: how many parts are done; what is done stays."""

    done: int


def audit(ask: Ask, jobs: int = 1, scheduler: str | None = None, progress: Progress | None = None) -> Result | Broken:
    """Audit files and keep the outcome in a folder; what is there of an earlier run with the same files is not redone.

    Raises CannotRun: what cannot be done as asked, or a folder that cannot be written (what is done stays).
    """
    began = time.perf_counter()
    folder = Path(ask.folder)
    unreadable: list[tuple[str, Texts]] = []
    done = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ask = _of_its_day(ask)
        found = sources(ask, unreadable)
        asked = _asked(ask)
        listed: list[Part] = []
        with spread(jobs, scheduler) as where:
            for done in _looks(ask, where, found, asked, listed, unreadable, progress):  # noqa: B007  told if it ends
                pass
            listed = [part for part in listed if store.place(folder, LOOKED, part.key).is_dir()]
            wanted = list(together(ask, listed))
            ends = results(where, finish, ((ask, part, w) for part, w in zip(listed, wanted, strict=True)))
            unreadable += [_lost(one) for one in ends if isinstance(one, Lost)]
        keys = [key_of(part, w) for part, w in zip(listed, wanted, strict=True)]
        keys = [key for key in keys if store.place(folder, DONE, key).is_dir()]
        result = _outcome(ask, listed, keys, unreadable, began)
        store.sweep(folder, LOOKED, [part.key for part in listed])
        store.sweep(folder, DONE, keys)
        store.write_json(folder / store.WORK / _STATE, {"ended": True})
    except KeyboardInterrupt:
        return Broken(done)
    except CannotReplace as error:
        raise CannotRun(Texts(f"{folder}：{error.texts.zh}", f"{folder}: {error.texts.en}")) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotRun(Texts(f"{folder}：無法寫入：{why}", f"{folder}: cannot be written: {why}")) from error
    return result


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


def _of_its_day(ask: Ask) -> Ask:
    """Return what is asked with the day filled in: an audit that was broken off goes on as of the day it began."""
    state = Path(ask.folder) / store.WORK / _STATE
    said = None
    if ask.options.today is None and state.is_file():
        with suppress(ValueError, AttributeError):
            said = date.fromisoformat(store.read_json(state).get("day", ""))
    day = ask.options.today or said or date.today()  # noqa: DTZ011  the day where the user is
    state.parent.mkdir(exist_ok=True)
    store.write_json(state, {"day": str(day)})
    return ask._replace(options=ask.options._replace(today=day))


def _looks(
    ask: Ask,
    where: Spread,
    found: Sequence[Source],
    asked: str,
    listed: list[Part],
    unreadable: list[tuple[str, Texts]],
    progress: Progress | None,
) -> Iterator[int]:
    """Look at all parts and list them; yield how many are looked at."""
    total, size = sum(source.size for source in found), 0

    def tasks() -> Iterator[tuple[Ask, Part]]:
        for part in parts(ask, found, asked):
            listed.append(part)
            yield ask, part

    for done, one in enumerate(results(where, look, tasks()), 1):
        if isinstance(one, Lost):
            unreadable.append(_lost(one))
        else:
            size += one
            if progress is not None:
                progress(min(size, total), total)
        yield done


def _lost(one: Lost) -> tuple[str, Texts]:
    part: Part = one.task[1]
    path = part.sources[0].path
    line = getattr(part.sources[0], "line", 1)
    zh = f"從第 {line} 行起的一段無法檢查：{one.why}"
    return path, Texts(zh, f"a stretch from line {line} on could not be checked: {one.why}")


def _asked(ask: Ask) -> str:
    """Return what stands for all that an outcome depends on beside the files and their configuration."""
    options = ask.options
    job = jobs_of(ask).plain
    words = [repr(rule) for rule in job.rules]
    data = [(str(path), path.stat().st_mtime_ns) for path in _data()]
    told = (options._replace(jobs=1), ask[3:], ask.paths, str(job.today), words, data, __version__, store.LAYOUT)
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _data() -> list[Path]:
    return sorted([*shipped("vocab").rglob("*.yaml"), *(shipped("rules") / "scores").glob("*.yaml")])


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
