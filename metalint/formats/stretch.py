"""A stretch of a file that is read by itself: its records are the very ones that the whole file would give there.

A file is cut where a line begins, and only between records as its format has them (`cut`); a table's stretches are read
as what stands below its header. Where a format's records begin on no line of their own they are handed over as they are
(`Held`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from metalint.formats import Format
from metalint.formats.source import CHUNK, ESCAPING, SMALL, Source
from metalint.model import Fault, Pointer, Slice

BY_LINES = ("jsonl", "csv")  # formats whose records begin on a line of their own
# Encodings in which a byte that looks like a line end is one, whatever stands before it.
_PLAIN = ("utf-8", "ascii", "cp950", "big5", "big5hkscs", "gbk", "gb2312", "gb18030", "cp1252", "iso8859-1")
_MOST = 4  # times as many pieces as a part should have, where there is nothing but faults
_BREAK_BYTES = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True)
class Stretch(Source):
    """Bytes of a file, half open, that begin with a `line` of it (from 1) and its record `number` (from 1).

    `header` and `home` are those of a table's records; `ahead` is what is wrong with the table's header.
    """

    start: int = 0
    end: int = 0
    line: int = 1
    number: int = 1
    header: tuple[str, ...] | None = None
    home: Pointer = ()
    ahead: tuple[Fault, ...] = ()

    def text(self, size: int = CHUNK) -> Iterator[str]:
        """Yield the stretch's text, as `Source.text` does the file's."""
        assert self.file is not None
        decoder = codecs.getincrementaldecoder(self.encoding)(ESCAPING)
        with open(self.file, "rb") as stream:  # noqa: PTH123  a path may hold bytes that are no text
            stream.seek(self.start)
            left = self.end - self.start
            while left > 0 and (chunk := stream.read(min(size, left))):
                left -= len(chunk)
                if text := decoder.decode(chunk):
                    yield text
        if rest := decoder.decode(b"", final=True):
            yield rest


@dataclass(frozen=True)
class Held(Source):
    """Some records of a file, as its format has cut them; with `begins` nothing of the file stands before them."""

    pieces: tuple[Slice | Fault, ...] = ()
    begins: bool = True


def whole(source: Source) -> Source:
    """Return the file that a stretch is part of."""
    return Source(**{field.name: getattr(source, field.name) for field in fields(Source)})


def pieces(source: Source, format_: Format, homes: Collection[Pointer]) -> Iterator[Slice | Fault]:
    """Yield the records of a file or a stretch of it, with their numbers and lines in the file."""
    if isinstance(source, Held):
        yield from source.pieces
    elif isinstance(source, Stretch):
        yield from _shifted(source, format_, homes)
    else:
        yield from format_.split(source, homes)


def _shifted(source: Stretch, format_: Format, homes: Collection[Pointer]) -> Iterator[Slice | Fault]:
    yield from source.ahead
    lines, number = source.line - 1, source.number - 1
    found = format_.split(source, homes)
    if source.header is not None:
        from metalint.formats import csv_

        found = csv_.below(source, source.header, source.home)
    for piece in found:
        if isinstance(piece, Slice):
            yield piece._replace(number=piece.number + number, line=piece.line + lines)
        else:
            span = piece.span
            yield piece._replace(span=span._replace(line=span.line + lines, end_line=span.end_line + lines))


def cut(source: Source, format_name: str, found: Iterable[Slice | Fault], size: int) -> Iterator[Source]:
    """Yield stretches of `size` records or so, one after the other; together they are the file.

    `found` are the records of the file, all of them. A file that is not cut is yielded as it is.
    """
    if format_name in BY_LINES and source.file is not None and source.encoding in _PLAIN:
        yield from _by_lines(source, found, size)
        return
    held: list[Slice | Fault] = []
    begins = True
    for piece in found:
        if len(held) >= size and _parted(held[-1], piece, len(held) >= _MOST * size):
            yield Held(**vars(source), pieces=tuple(held), begins=begins)
            held, begins = [], False
        held.append(piece if isinstance(piece, Fault) or piece.parsed is None else piece._replace(parsed=None))
    if held or begins:
        yield Held(**vars(source), pieces=tuple(held), begins=begins)


def _parted(last: Slice | Fault, piece: Slice | Fault, many: bool) -> bool:
    """Tell whether a piece may begin another part: what is wrong at one place is told together, in one order."""
    return _begin_of(last) != _begin_of(piece) and (many or isinstance(piece, Slice))


def _begin_of(piece: Slice | Fault) -> tuple[int, int]:
    return (piece.line, piece.column) if isinstance(piece, Slice) else (piece.span.line, piece.span.column)


def _by_lines(source: Source, found: Iterable[Slice | Fault], size: int) -> Iterator[Source]:
    lines = _Lines(source)
    ahead: list[Fault] = []
    begun: Slice | None = None  # the first record of a stretch
    start = len(source.mark)
    for piece in found:
        if isinstance(piece, Fault):
            ahead += [piece] if begun is None else []
        elif begun is None:
            begun, start = piece, lines.start_of(piece.line)
        elif piece.number - begun.number >= size:
            end = lines.start_of(piece.line)
            yield _stretch(source, begun, start, end, ahead)
            begun, start = piece, end
    cut_up = begun is not None and begun.number > 1
    yield _stretch(source, begun, start, source.size, ahead) if begun is not None and cut_up else source


def _stretch(source: Source, first: Slice, start: int, end: int, ahead: Sequence[Fault]) -> Stretch:
    of_first = tuple(ahead) if first.number == 1 else ()
    return Stretch(
        **vars(source),
        start=start,
        end=end,
        line=first.line,
        number=first.number,
        header=first.header,
        home=first.home,
        ahead=of_first,
    )


class _Lines:
    """Where the lines of a file begin, asked for from its beginning to its end."""

    def __init__(self, source: Source) -> None:
        self._chunks = self._read(source)
        self._line, self._start = 1, len(source.mark)
        self._next: Iterator[int] = iter(())  # where the lines after that begin, in what was read last

    def start_of(self, line: int) -> int:
        """Return the offset of a line's first byte. Raises OSError where the file has become shorter."""
        while self._line < line:
            start = next(self._next, None)
            if start is not None:
                self._line, self._start = self._line + 1, start
            else:
                self._pass_over(line)
        return self._start

    def _pass_over(self, line: int) -> None:
        """Read on up to what holds the beginning of a line; lines before that are only counted."""
        for at, chunk in self._chunks:
            breaks = chunk.count(b"\n")
            if b"\r" in chunk:
                breaks += chunk.count(b"\r") - chunk.count(b"\r\n")
            if self._line + breaks >= line:
                self._next = (at + match.end() for match in _BREAK_BYTES.finditer(chunk))
                return
            self._line += breaks
        raise OSError(0, f"no line {line} any more")

    @staticmethod
    def _read(source: Source) -> Iterator[tuple[int, bytes]]:
        """Yield where each chunk of a file begins, and it; no line end is parted."""
        assert source.file is not None
        with open(source.file, "rb") as stream:  # noqa: PTH123  a path may hold bytes that are no text
            at = stream.seek(len(source.mark))
            while chunk := stream.read(SMALL):
                if chunk[-1:] == b"\r":
                    chunk += stream.read(1)
                yield at, chunk
                at += len(chunk)
