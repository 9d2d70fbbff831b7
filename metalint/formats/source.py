"""A file as text: which encoding it is in, and its characters in pieces, so that no file has to fit into memory."""

from __future__ import annotations

import codecs
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 20  # bytes
SPOOLED = 8 << 20  # bytes of standard input kept in memory, beyond which they go to disk
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"PK\x03\x04", "ZIP"),
    (b"%PDF-", "PDF"),
    (b"\xd0\xcf\x11\xe0", "XLS/DOC"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "GZIP"),
)
# Frequent Hanzi and punctuation of CP950 (lead bytes A1 to C6), rarer Hanzi, and letters below.
_COMMON = re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]")
_PLAUSIBLE = 0.7  # share of the common ones among all double bytes; real catalogues have over 0.9


@dataclass(frozen=True)
class Source:
    """A file that can be opened; `undecodable` counts the bytes that are no text, `binary` names what it looks like."""

    path: str
    size: int
    encoding: str
    bom: bool
    undecodable: int = 0
    binary: str | None = None
    file: str | None = None
    spool: BinaryIO | None = None

    def text(self) -> Iterator[str]:
        """Yield the file's text in pieces, from its beginning; bytes that are no text are lone surrogates."""
        decoder = codecs.getincrementaldecoder(self.encoding)("surrogateescape")
        skip = next((len(mark) for mark, name in _MARKS if self.bom and name == self.encoding), 0)
        with _bytes(self.file, self.spool) as stream:
            stream.seek(skip)
            while chunk := stream.read(CHUNK):
                text = decoder.decode(chunk)
                if text:
                    yield text
        rest = decoder.decode(b"", final=True)
        if rest:
            yield rest

    def close(self) -> None:
        """Let go of what was kept of standard input."""
        if self.spool is not None:
            self.spool.close()


def open_source(
    path: str, *, shown: str | None = None, encoding: str | None = None, stdin: BinaryIO | None = None
) -> Source:
    """Return a file with its encoding told: a mark first, then UTF-8, then CP950 if all of it decodes and is plausible.

    Raises OSError if the file cannot be read, LookupError for an encoding that does not exist.
    """
    if encoding is not None:
        encoding = codecs.lookup(encoding).name
    spool = _spooled(stdin) if stdin is not None else None
    file = None if spool is not None else path
    if file is not None and not stat.S_ISREG(os.stat(file).st_mode):  # noqa: PTH116  a path may be no text
        raise OSError(0, "not a regular file")
    with _bytes(file, spool) as stream:
        head = stream.read(8)
        size = stream.seek(0, os.SEEK_END)
    mark = next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), None)
    binary = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    if mark is not None and encoding in (None, mark[1], "utf-8"):
        chosen, bom = mark[1], True
    else:
        chosen, bom = encoding or _told(file, spool), False
    bad = _undecodable(file, spool, chosen)
    return Source(shown or path, size, chosen, bom, bad, binary, file, spool)


@contextmanager
def _bytes(file: str | None, spool: BinaryIO | None) -> Iterator[BinaryIO]:
    if spool is not None:
        spool.seek(0)
        yield spool
        return
    assert file is not None
    with open(file, "rb") as stream:  # noqa: PTH123  a path may hold bytes that are no text
        yield stream


def _spooled(stdin: BinaryIO) -> BinaryIO:
    """Return standard input as a file that can be read twice."""
    spool = tempfile.SpooledTemporaryFile(SPOOLED)  # noqa: SIM115  it lives as long as its source
    while chunk := stdin.read(CHUNK):
        spool.write(chunk)
    return spool  # type: ignore[return-value]  # typeshed: no BinaryIO, though it does all of it


def _told(file: str | None, spool: BinaryIO | None) -> str:
    """Return the encoding of a file without a mark."""
    if not _undecodable(file, spool, "utf-8"):
        return "utf-8"
    decoder = codecs.getincrementaldecoder("cp950")("strict")
    common = double = 0
    with _bytes(file, spool) as stream:
        try:
            while chunk := stream.read(CHUNK):
                text = decoder.decode(chunk)
                # What decodes is measured on its own bytes again: a chunk may begin inside a character.
                high = sum(1 for sign in text if sign > "\x7f")
                double += high
                common += min(high, len(_COMMON.findall(text.encode("cp950"))))
            decoder.decode(b"", final=True)
        except UnicodeError:
            return "utf-8"
    return "cp950" if double and common >= _PLAUSIBLE * double else "utf-8"


def _undecodable(file: str | None, spool: BinaryIO | None, encoding: str) -> int:
    """Return how many bytes are no text."""
    strict = codecs.getincrementaldecoder(encoding)("strict")
    with _bytes(file, spool) as stream:
        try:
            while chunk := stream.read(CHUNK):
                strict.decode(chunk)
            strict.decode(b"", final=True)
        except UnicodeError:
            pass
        else:
            return 0
        stream.seek(0)
        escaping = codecs.getincrementaldecoder(encoding)("surrogateescape")
        bad = 0
        try:
            while chunk := stream.read(CHUNK):
                bad += len(re.findall("[\udc80-\udcff]", escaping.decode(chunk)))
        except UnicodeError:
            bad += 1
    return max(bad, 1)
