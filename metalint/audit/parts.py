"""The files of an audit cut into parts: stretches of large files, and small files some at a time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from metalint import formats, inputs
from metalint.audit import parquet_read
from metalint.audit.asked import Ask, Part, jobs_of, ready
from metalint.config.governing import absolute
from metalint.formats import stretch
from metalint.formats.source import Source
from metalint.formats.stretch import Held, Stretch
from metalint.model import Fault, Slice, Texts
from metalint.report import Report
from metalint.run import CannotRun, open_path

RECORDS = 4_096  # of a part: some 7 MB, and a fifth of a second; of a large file's up to four times as many
LARGE = 448 << 20  # bytes of a file that is some 64 such parts
SMALL = 2 << 20  # bytes of a file that is not worth a cut
TOGETHER = 64  # small files of a part


def sources(ask: Ask, unreadable: list[tuple[str, Texts]]) -> list[Source]:
    """Return the files of an audit in the order of their paths; of those that cannot be opened why not."""
    if inputs.STDIN in ask.paths:
        raise CannotRun(Texts("audit 讀檔案，不讀標準輸入", "an audit reads files, not standard input"))
    named = inputs.expand(ask.paths, ask.options.exclude, (parquet_read.SUFFIX,))
    unreadable.extend(named.missing)
    report, found = Report(), []
    for path in named.files:
        job = jobs_of(ask).of(path)
        if job is not None:
            source = open_path(path, ask.options._replace(encoding=job.encoding), report)
            if source is not None:
                found.append(parquet_read.as_text(source) if parquet_read.is_parquet(source) else source)
    unreadable.extend(report.unreadable)
    return sorted(found, key=lambda source: source.path)


def parts(ask: Ask, found: Sequence[Source], asked: str) -> Iterator[Part]:
    """Yield the parts of the files, in order. `asked` stands for all that the outcome depends on beside the files."""
    if ask.sample:
        yield from (_part(ask, [held], asked) for held in _sampled(ask, found))
        return
    small: list[Source] = []
    for source in found:
        if parquet_read.is_parquet(source):
            yield from (
                _part(ask, [one], asked) for one in stretch.cut(source, "", parquet_read.rows(source), _records(source))
            )
            continue
        if source.size <= SMALL or source.binary is not None or source.undecodable:
            small.append(source)
            if len(small) == TOGETHER or sum(one.size for one in small) > SMALL:
                yield _part(ask, small, asked)
                small = []
            continue
        if small:
            yield _part(ask, small, asked)
            small = []
        yield from (_part(ask, [one], asked) for one in _cut(ask, source))
    if small:
        yield _part(ask, small, asked)


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


def _sampled(ask: Ask, found: Sequence[Source]) -> Iterator[Held]:
    """Yield the records of a sample: each is as likely as any other, and the same for the same seed."""
    counts = [sum(isinstance(piece, Slice) for piece in _pieces(ask, source)) for source in found]
    total = sum(counts)
    chosen = set(random.Random(ask.seed).sample(range(total), min(ask.sample, total)))  # noqa: S311  no secret
    before = 0
    for source, count in zip(found, counts, strict=True):
        records = (piece for piece in _pieces(ask, source) if isinstance(piece, Slice))
        kept = [piece._replace(parsed=None) for at, piece in enumerate(records, before) if at in chosen]
        before += count
        for batch in (kept[at : at + RECORDS] for at in range(0, len(kept), RECORDS)):
            yield Held(**vars(source), pieces=tuple(batch))


def _pieces(ask: Ask, source: Source) -> Iterator[Slice | Fault]:
    if parquet_read.is_parquet(source):
        return parquet_read.rows(source)
    one = ready(ask, source) if source.binary is None else None
    return one.format.split(source, one.homes) if one is not None else iter(())


def _part(ask: Ask, some: Sequence[Source], asked: str) -> Part:
    """Return a part under the name of what it is made from."""
    said = [asked]
    for source in some:
        state = _state(source)
        at: Sequence[int] = ()
        if isinstance(source, Stretch):
            at = (source.start, source.end, source.line, source.number)
        elif isinstance(source, Held):
            first = source.pieces[0]
            at = (len(source.pieces), *((first.number,) if isinstance(first, Slice) else first.span))
        said.append(json.dumps([source.path, source.encoding, state, at, _governed(ask, source.path)]))
    return Part(blake2b("\n".join(said).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest(), tuple(some))


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


def _state(source: Source) -> tuple[int, ...]:
    """Return what tells a file's content from what it was before."""
    import os

    assert source.file is not None
    seen = os.stat(source.file)  # noqa: PTH116  a path may hold bytes that are no text
    return seen.st_size, seen.st_mtime_ns, seen.st_ino
