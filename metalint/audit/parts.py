"""The files of an audit cut into parts: stretches of large files, and small files some at a time."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from metalint import formats, inputs
from metalint.audit import parquet_read
from metalint.audit.asked import Ask, Part, jobs_of, ready
from metalint.audit.states import CHANGED, State, identity_of, state_of
from metalint.config.governing import absolute
from metalint.formats import stretch
from metalint.formats.source import Source
from metalint.formats.stretch import Held, Stretch
from metalint.model import Fault, Slice, Texts
from metalint.outcome import DONE, FILES, LOOKED, STATE, WORK
from metalint.report import Report
from metalint.run import CannotRun, open_path

T = TypeVar("T")
RECORDS = 4_096  # of a part: some 7 MB, and a fifth of a second; of a large file's up to four times as many
LARGE = 448 << 20  # bytes of a file that is some 64 such parts
SMALL = 2 << 20  # bytes of a file that is not worth a cut
TOGETHER = 64  # small files of a part
Unreadable = list[tuple[str, Texts]]  # files, and why they cannot be read


def sources(ask: Ask, unreadable: Unreadable) -> list[Source]:
    """Return the files of an audit in the order of their paths, each once; of those that cannot be opened why not.

    What the audit itself writes is none of them, however it is named.
    """
    if inputs.STDIN in ask.paths:
        raise CannotRun(Texts("audit 讀檔案，不讀標準輸入", "an audit reads files, not standard input"))
    named = inputs.expand(ask.paths, ask.options.exclude, (parquet_read.SUFFIX,))
    unreadable.extend(named.missing)
    report, found = Report(), []
    for path in named.files:
        job = jobs_of(ask).of(path) if not _is_outcome(ask, path) else None
        if job is not None:
            source = open_path(path, ask.options._replace(encoding=job.encoding), report)
            if source is not None:
                source = replace(source, file=os.path.abspath(path))  # noqa: PTH100  a worker may be in another folder
                found.append(parquet_read.as_text(source) if parquet_read.is_parquet(source) else source)
    unreadable.extend(report.unreadable)
    return sorted(_each_once(found), key=lambda source: source.path)


def _is_outcome(ask: Ask, path: str) -> bool:
    name = os.path.relpath(os.path.realpath(path), os.path.realpath(ask.folder))
    steps = Path(name).parts
    return name in FILES or (steps[0] == WORK and steps[1:2] in ((LOOKED,), (DONE,), (STATE,)))


def _each_once(found: Sequence[Source]) -> list[Source]:
    """Return each file under one name, no link's if it has another: a dataset is no duplicate of itself."""
    named: dict[object, Source] = {}
    for source in sorted(found, key=lambda source: (os.path.islink(source.path), source.path)):  # noqa: PTH114
        named.setdefault(identity_of(source), source)
    return list(named.values())


def parts(ask: Ask, found: Sequence[Source], asked: str, unreadable: Unreadable) -> Iterator[Part]:
    """Yield the parts of the files, in order; of files that cannot be read to their end why not.

    `asked` stands for all that the outcome depends on beside the files.
    """
    states = {source.file: state_of(source) for source in found}

    def part(*some: Source) -> Part:
        return _part(ask, some, asked, [states[source.file] for source in some])

    if ask.sample:
        yield from map(part, _sampled(ask, found, states, unreadable))
        return
    small: list[Source] = []
    for source in found:
        if parquet_read.is_parquet(source):
            cut = stretch.cut(source, "", parquet_read.rows(source), _records(source))
            yield from map(part, _reading(source, cut, states, unreadable))
            continue
        if source.size <= SMALL or source.binary is not None or source.undecodable:
            small.append(source)
            if len(small) == TOGETHER or sum(one.size for one in small) > SMALL:
                yield part(*small)
                small = []
            continue
        if small:
            yield part(*small)
            small = []
        yield from map(part, _reading(source, _cut(ask, source), states, unreadable))
    if small:
        yield part(*small)


def _reading(
    source: Source, pieces: Iterator[T], states: Mapping[str | None, State], unreadable: Unreadable
) -> Iterator[T]:
    """Yield what is read of a file, as far as it can be; then why no further."""
    try:
        yield from pieces
    except parquet_read.Unread as error:
        unreadable.append((source.path, error.texts))
    except OSError as error:
        why = error.strerror or str(error)
        changed = state_of(source) != states[source.file]
        said = CHANGED if changed else Texts(f"無法讀取：{why}", f"cannot be read: {why}")
        unreadable.append((source.path, said))


def _cut(ask: Ask, source: Source) -> Iterator[Source]:
    one = ready(ask, source)
    if one is None:
        return
    if one.opened.format not in (*stretch.BY_LINES, "json"):
        yield source
        return
    format_ = formats.named(one.opened.format)
    yield from stretch.cut(source, one.opened.format, format_.split(source, one.homes), _records(source))


def _records(source: Source) -> int:
    """Return how many records of a file a part has: a cluster spends as much on handing out a small part as a large."""
    return RECORDS * min(1 << (source.size // LARGE).bit_length(), 4)


def _sampled(
    ask: Ask, found: Sequence[Source], states: Mapping[str | None, State], unreadable: Unreadable
) -> Iterator[Held]:
    """Yield the records of a sample: each is as likely as any other, and the same for the same seed."""
    counts = [
        sum(isinstance(piece, Slice) for piece in _reading(source, _pieces(ask, source), states, unreadable))
        for source in found
    ]
    total = sum(counts)
    chosen = set(random.Random(ask.seed).sample(range(total), min(ask.sample, total)))  # noqa: S311  no secret
    before = 0
    for source, count in zip(found, counts, strict=True):
        read = _reading(source, _pieces(ask, source), states, unreadable)
        records = (piece for piece in read if isinstance(piece, Slice))
        kept = [piece._replace(parsed=None) for at, piece in enumerate(records, before) if at in chosen]
        before += count
        for at in range(0, len(kept), RECORDS):
            yield Held(**vars(source), pieces=tuple(kept[at : at + RECORDS]), begins=at == 0)


def _pieces(ask: Ask, source: Source) -> Iterator[Slice | Fault]:
    if parquet_read.is_parquet(source):
        yield from parquet_read.rows(source)
        return
    one = ready(ask, source) if source.binary is None else None
    if one is not None:
        yield from one.format.split(source, one.homes)


def _part(ask: Ask, some: Sequence[Source], asked: str, states: Sequence[State]) -> Part:
    """Return a part under the name of what it is made from."""
    said = [asked]
    for source, state in zip(some, states, strict=True):
        at: Sequence[int] = ()
        if isinstance(source, Stretch):
            at = (source.start, source.end, source.line, source.number)
        elif isinstance(source, Held) and source.pieces:
            first = source.pieces[0]
            at = (len(source.pieces), *((first.number,) if isinstance(first, Slice) else first.span))
        said.append(json.dumps([source.path, source.encoding, state, at, _governed(ask, source.path)]))
    key = blake2b("\n".join(said).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return Part(key, tuple(some), tuple(states))


def _governed(ask: Ask, path: str) -> str:
    """Return what stands for the configuration and the suppressions that hold for a file."""
    jobs = jobs_of(ask)
    job = jobs.of(path)
    return _digest(ask, id(job), path, jobs.of_place(absolute(path))) if job is not None else ""


@lru_cache
def _digest(ask: Ask, job: int, path: str, files: tuple[Path | None, ...]) -> str:  # noqa: ARG001  jobs are kept
    one = jobs_of(ask).of(path)
    assert one is not None
    texts = [file.read_bytes() for file in files if file is not None]
    told = (one.rules, sorted(one.severity.items()), one.platform, one.encoding, texts)
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
