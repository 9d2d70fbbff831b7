"""The program as a library: what a change brings. Two versions of files in, the problems of the new one out."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from metalint import api, baseline, inputs
from metalint.baseline import Baseline, Known
from metalint.formats.source import open_source
from metalint.model import Extras, Problem, Texts
from metalint.report import Report
from metalint.run import CannotRun, Options, Progress

_GIT = "git:"


class Changed(NamedTuple):
    """A file that a change touches: where it is now, and where it was, `None` if it is new; paths from the root."""

    now: str
    before: str | None


def against(reference: str, paths: Sequence[str], options: Options, progress: Progress | None = None) -> Report:
    """Return the problems that files have and had not at `git:REF`. Only files that were changed since are read.

    Raises CannotRun.
    """
    if not reference.startswith(_GIT) or len(reference) == len(_GIT):
        zh = f"--against {reference}：要寫成 git:分支或版本，例如 git:main"
        raise CannotRun(Texts(zh, f"--against {reference}: git:REF is wanted, such as git:main"))
    ref = reference.removeprefix(_GIT)
    out = _git(["rev-parse", "--show-toplevel"], Texts("這裡不是 git 的版本庫", "this is no git repository"))
    root = os.path.realpath(out.decode(errors="surrogateescape").rstrip("\n"))
    nothing = Texts(f"git 裡沒有 {ref} 這個分支或版本", f"git knows no branch or commit {ref}")
    commit = _git(["rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}"], nothing).decode().strip()
    named = inputs.expand(paths, options.exclude)
    wanted = {os.path.relpath(os.path.realpath(path), root): path for path in named.files if path != inputs.STDIN}
    touched = [one for one in _changed(commit) if one.now in wanted]
    sources = []
    for one in touched:
        if one.before is not None:
            data = _git(["cat-file", "blob", f"{commit}:{one.before}"])
            path = wanted[one.now]
            sources.append(open_source(path, shown=path, encoding=options.encoding, stdin=io.BytesIO(data)))
    known = _known(api.check_sources(sources, _old(options)), os.curdir)
    now = [wanted[one.now] for one in touched]
    report = api.check(now, options._replace(baseline=None), progress, known=known) if now else Report()
    report.unreadable[:0] = named.missing
    report.known, report.compared = report.known or 0, True
    return report


def compare(old: str, new: str, options: Options, progress: Progress | None = None) -> Report:
    """Return the problems that a file or folder has and its older version has not. Raises CannotRun."""
    before = api.check([old], _old(options))
    if before.unreadable:
        path, why = before.unreadable[0]
        raise CannotRun(Texts(f"{path}：{why.zh}", f"{path}: {why.en}"))
    # Problems of whole files go by their path: there it is the one within the folder.
    folder = old if Path(old).is_dir() else ""
    known = _known(before, new, lambda path: str(Path(new) / os.path.relpath(path, folder)) if folder else new)
    report = api.check([new], options._replace(baseline=None), progress, known=known)
    report.compared = True
    return report


def _old(options: Options) -> Options:
    return options._replace(baseline=None, extras=Extras(excerpts=False, digests=True))


def _known(report: Report, path: str, renamed: Callable[[str], str] = str) -> Known:
    """Return the problems of a report as known ones."""
    if report.interrupted:  # what was not reached would look as if it were new
        report.close()
        raise KeyboardInterrupt
    folder = str(Path(path).parent) if path != os.curdir else ""
    problems: Iterable[Problem] = (one._replace(path=renamed(one.path)) for one in report.problems())
    found = (baseline.entry(one, folder) for one in problems)
    lines = {one.id: baseline.line(one) for one in found if one is not None}
    report.close()
    return Known(Baseline(lines, str(Path(folder) / inputs.BASELINE)))


def _changed(commit: str) -> Iterator[Changed]:
    """Yield the files that are not as they were at a commit, with those that git does not know."""
    out = _git(["diff", "--name-status", "-z", "-M", commit, "--"]).decode(errors="surrogateescape").split("\0")
    words = iter(out[:-1])
    for status in words:
        first = next(words)
        if status[0] in "RC":
            yield Changed(next(words), first)
        elif status[0] == "A":
            yield Changed(first, None)
        elif status[0] != "D":
            yield Changed(first, first)
    others = _git(["ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/"])
    yield from (Changed(name, None) for name in others.decode(errors="surrogateescape").split("\0") if name)


def _git(arguments: Sequence[str], otherwise: Texts | None = None) -> bytes:
    """Return what git says. Raises CannotRun with what git complains of, or what is to be said instead."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)  # noqa: S603, S607  no shell
    except OSError as error:
        raise CannotRun(Texts("找不到 git，--against 需要它", "git was not found: --against needs it")) from error
    if done.returncode and otherwise is not None:
        raise CannotRun(otherwise)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        why = said[-1] if said else f"git {arguments[0]}: {done.returncode}"
        raise CannotRun(Texts(f"git：{why}", f"git: {why}"))
    return done.stdout
