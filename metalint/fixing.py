"""The program as a library, its third part: files in, mended files, differences and patches out. Never prints."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, NamedTuple, Protocol

from metalint import filecheck, formats, inputs, rebuilding, writing
from metalint import opened as opening
from metalint.fixer import Fixer, Mended, Unstable
from metalint.formats.source import CHUNK, Source
from metalint.formats.spliced import Misplaced, Placed
from metalint.jobs import Jobs
from metalint.messages import no_text
from metalint.model import Extras, Problem, Rule, Slice, Texts
from metalint.opened import Opened
from metalint.platforms import Platform
from metalint.rebuilding import Replaced
from metalint.report import Report
from metalint.ruleset import ALWAYS
from metalint.run import Options, Progress, open_path
from metalint.writing import CannotReplace

OnRecord = Callable[[str, Mended], None]


class How(NamedTuple):
    """What is to be done: `unsafe` fixes too; `write` the files, or copies into the folder `output`."""

    unsafe: bool = False
    write: bool = False
    output: str | None = None


class Fixed(NamedTuple):
    """What came of one file.

    `data` are its new bytes, `None` where nothing changes, to be read before the next file is asked for. `rules` are
    how many fixes were made, by rule, in how many `records`; `unsafe` how many more need a look; `unread` records
    could not be read; `left` what could not be written; `why` a file was left alone, `failed` if that is an error;
    `written` is where it stands now.
    """

    path: str
    source: Source | None = None
    data: IO[bytes] | None = None
    changes: Sequence[Replaced] = ()
    rules: Mapping[str, int] = {}
    records: int = 0
    unsafe: int = 0
    unread: int = 0
    left: Sequence[Problem] = ()
    why: Texts | None = None
    failed: bool = False
    written: str = ""


class Mender(Protocol):
    """What mends the records of a file.

    `unsafe` is how many fixes it has left for somebody to look at, `unread` how many records it could not read.
    """

    unsafe: int
    unread: int

    def mended(self, pieces: Iterator[Slice]) -> Iterator[Mended]:
        """Yield the records that it mends, in order. Raises Unstable."""


def fix(
    paths: Sequence[str],
    options: Options,
    how: How,
    on_record: OnRecord | None = None,
    progress: Progress | None = None,
) -> Iterator[Fixed]:
    """Yield what comes of each file, in order; `on_record` is told of each record that is mended.

    `failed` is a file that could not be read or written; it is what it was. Raises CannotRun.
    """
    jobs = Jobs(options, paths)

    def fixer(opened: Opened) -> Fixer:
        source = opened.source
        job = jobs.of(source.path) or jobs.plain
        job = job._replace(rules=_mending(job.rules), extras=Extras(excerpts=False))
        held = filecheck.suppressions(source, opened.format, job)
        setting = filecheck.setting_of(opened, job)
        spared = held.covers if held is not None else None
        return Fixer(setting, formats.named(opened.format), source.encoding, unsafe=how.unsafe, spared=spared)

    yield from each(paths, options, how, jobs.platforms, jobs.settled, fixer, on_record, progress)


def each(
    paths: Sequence[str],
    options: Options,
    how: How,
    known: Sequence[Platform],
    settled: Callable[[str], Options | None],
    mender: Callable[[Opened], Mender],
    on_record: OnRecord | None = None,
    progress: Progress | None = None,
) -> Iterator[Fixed]:
    """Yield what a mender makes of each file, in order. Raises CannotRun.

    `settled` tells how a file is to be read, `None` that it is left out; it is asked of all before one is written.
    """
    report = Report()
    named = inputs.expand(paths, options.exclude)
    owns = [(path, own) for path in named.files if (own := settled(path)) is not None]
    yield from (Fixed(path, why=why, failed=True) for path, why in named.missing)
    done, total = 0, sum(_size(path) for path, _ in owns)

    def advance(size: int) -> None:
        if progress is not None:
            progress(min(done + size, total), total)

    for path, own in owns:
        try:
            read = writing.stamp(path) if path != inputs.STDIN else None
        except OSError:
            read = None
        source = open_path(path, own, report)
        if source is None:
            yield Fixed(path, why=report.unreadable.pop()[1], failed=True)
            continue
        fixed = Fixed(path)
        try:
            fixed = _mended(source, own, known, mender, on_record, advance)
            yield _written(fixed, path, how, read)
        except OSError as error:
            yield Fixed(source.path, why=_because(error), failed=True)
        finally:
            done += source.size
            source.close()
            if fixed.data is not None:
                fixed.data.close()


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size if path != inputs.STDIN else 0  # noqa: PTH116  a path may be no text
    except OSError:
        return 0


def _mending(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the rules that mend something, those that they yield to, and what could not be read."""
    mending = [rule for rule in rules if rule.fix in ("safe", "unsafe")]
    better = {name for rule in mending for name in rule.yields}
    wanted = {*(rule.id for rule in mending), *better, ALWAYS}
    return tuple(rule for rule in rules if rule.id in wanted)


def _mended(
    source: Source,
    options: Options,
    known: Sequence[Platform],
    mender: Callable[[Opened], Mender],
    on_record: OnRecord | None,
    advance: Callable[[int], None],
) -> Fixed:
    if source.binary is not None:
        return Fixed(source.path, source, why=no_text(source.binary), failed=True)
    opened = opening.opened(source, known, options.platform, options.format)
    mends = mender(opened)
    rules: Counter[str] = Counter()
    placed: list[Placed] = []
    meant: dict[int, str] = {}
    left: list[Problem] = []
    faults = read = 0
    share = source.bytes_per_character

    def records() -> Iterator[Slice]:
        nonlocal faults, read
        for piece in opened.pieces:
            if isinstance(piece, Slice):
                yield piece
                read += len(piece.text)
                advance(int(read * share))
            else:
                faults += piece.kind == "unreadable"

    try:
        for one in mends.mended(records()):
            left += one.left.values()
            if not one.splices:
                continue
            rules += one.rules
            placed.append(one.placed)
            meant[one.piece.number] = rebuilding.meant(one.piece, one.now, opened.format)
            if on_record is not None:
                on_record(source.path, one)
        fixed = Fixed(source.path, source, None, (), rules, len(meant), mends.unsafe, mends.unread + faults, left)
        if not placed:
            return fixed
        made = rebuilding.rebuilt(source, opened.format, placed, meant, opening.homes(known))
        return fixed._replace(data=made.data, changes=made.changes)
    except Unstable as error:
        names = "、".join(error.rules)
        zh = f"第 {error.record} 筆的修正十回合後仍未穩定（{names}），整個檔案不動"
        en = f"record {error.record} still changes after ten rounds ({', '.join(error.rules)}): the file is left alone"
        return Fixed(source.path, source, why=Texts(zh, en))
    except Misplaced:
        en = "what would be written is not what was meant: the file is left alone"
        return Fixed(source.path, source, why=Texts("修正後的內容與預期不符，整個檔案不動", en))


def _written(fixed: Fixed, path: str, how: How, read: writing.Stamp | None) -> Fixed:
    """Write a file or its copy, if wanted; one that is left alone may be so because it changed. Raises OSError."""
    if path == inputs.STDIN:
        return fixed
    try:
        if fixed.why is not None:
            writing.prove_unchanged(path, read)
        elif how.output is not None:
            target = _copy_of(path, how.output)
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120  a path may be no text
            if fixed.data is not None:
                writing.replace_file(target, _chunks(fixed.data))
            else:
                with open(path, "rb") as same:  # noqa: PTH123
                    writing.replace_file(target, _chunks(same))
            return fixed._replace(written=target)
        elif how.write and fixed.data is not None:
            writing.replace_file(path, _chunks(fixed.data), read)
            return fixed._replace(written=path)
    except CannotReplace as error:
        return fixed._replace(why=error.texts, failed=True)
    return fixed


def _copy_of(path: str, folder: str) -> str:
    """Return where a file's copy stands: in the folder as it stands here; of one that stands elsewhere, its name."""
    relative = os.path.relpath(path)
    if relative.startswith(os.pardir) or os.path.isabs(relative):  # noqa: PTH117
        relative = os.path.basename(path)  # noqa: PTH119
    return os.path.join(folder, relative)  # noqa: PTH118


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def _because(error: OSError) -> Texts:
    why = error.strerror or str(error)
    return Texts(f"無法讀取或寫入：{why}", f"cannot be read or written: {why}")
