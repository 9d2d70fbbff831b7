"""The program as a library, its fourth part: baselines made and kept. Never prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from metalint import api, baseline, writing
from metalint.baseline import Baseline, Entry, Known
from metalint.model import Extras, Texts
from metalint.report import Report
from metalint.run import CannotRun, Options, Progress
from metalint.writing import CannotReplace


class Kept(NamedTuple):
    """What became of a baseline: how many problems are in it, how many came and how many went."""

    path: str
    known: int
    come: int
    gone: int
    report: Report


def create(path: str, paths: Sequence[str], options: Options, progress: Progress | None = None) -> Kept:
    """Make a baseline of all problems that there are. Raises CannotRun where there is one already."""
    if Path(path).exists():
        zh = f"已有基準檔 {path}；用 metalint baseline update 更新，或先刪除"
        raise CannotRun(Texts(zh, f"{path} is there already: metalint baseline update renews it, or delete it first"))
    report, found = _checked(path, paths, options, progress, Known(Baseline({}, path)))
    _write(path, found)
    return Kept(path, len(found), len(found), 0, report)


def update(path: str, paths: Sequence[str], options: Options, progress: Progress | None = None) -> Kept:
    """Take new problems of the files into a baseline, and what is gone out of it. Raises CannotRun."""
    before = api.load_baseline(path)
    known = Known(before)
    report, found = _checked(path, paths, options, progress, known)
    gone = {one.id for one in (*report.gone, *known.vanished())}
    kept = {one.id: one for one in before.entries() if one.id not in gone}
    come = {one.id for one in found} - kept.keys()
    kept.update((one.id, one) for one in found)  # its file may have another name now
    _write(path, kept.values())
    return Kept(path, len(kept), len(come), len(gone), report)


def prune(path: str, paths: Sequence[str], options: Options, progress: Progress | None = None) -> Kept:
    """Take out of a baseline what is gone: problems that are mended, and files that are not there. Raises CannotRun."""
    before = api.load_baseline(path)
    known = Known(before)
    report, _ = _checked(path, paths, options, progress, known)
    gone = {one.id for one in (*report.gone, *known.vanished())}
    if gone:
        _write(path, (one for one in before.entries() if one.id not in gone))
    return Kept(path, len(before) - len(gone), 0, len(gone), report)


def _checked(
    path: str, paths: Sequence[str], options: Options, progress: Progress | None, known: Known
) -> tuple[Report, list[Entry]]:
    """Return what a check finds, and all of it as entries. Raises CannotRun if not everything was checked."""
    extras = Extras(excerpts=False, digests=True)
    report = api.check(paths, options._replace(extras=extras, shows_known=True), progress, known=known)
    if report.interrupted or report.unreadable:
        zh, en = "沒有全部讀到，基準檔不動", "not everything was read: the baseline is left alone"
        first = "".join(f"{name}：{why.zh}；" for name, why in report.unreadable[:1])
        first_en = "".join(f"{name}: {why.en}; " for name, why in report.unreadable[:1])
        raise CannotRun(Texts(first + zh, first_en + en))
    folder = str(Path(path).parent)
    found = (baseline.entry(problem, folder) for problem in report.problems())
    return report, [one for one in found if one is not None]


def _write(path: str, entries: Iterable[Entry]) -> None:
    try:
        writing.replace_file(path, baseline.written(entries))
    except CannotReplace as error:
        raise CannotRun(Texts(f"{path}：{error.texts.zh}", f"{path}: {error.texts.en}")) from error
