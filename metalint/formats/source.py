"""A file as text: which encoding it is in, and its characters in pieces, so that no file has to fit into memory."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 20  # bytes
SMALL = 1 << 15  # bytes: their text stays in the processor's cache, and malloc does not give its room back each time
ESCAPING = "metalint-escape"
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
    (b"GIF8", "GIF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"SQLite format 3\x00", "SQLITE"),
    (b"PAR1", "PARQUET"),
)
_ZIPPED = (("xl/workbook.xml", "XLSX"), ("word/document.xml", "DOCX"), ("content.xml", "ODS"))
_BAD = re.compile("[\udc80-\udcff]")
_PAIR = re.compile(rb"([\x81-\xfe])([\x40-\x7e\xa1-\xfe])")
# What tells Big5 from other double bytes. Frequent Hanzi and punctuation have lead bytes A1 to C6: 0.9 to 1.0 of the
# characters of real catalogues. Trail bytes are high in 0.53 to 0.59 of them; always so in EUC, hardly ever in Latin-1.
_FREQUENT = 0.85
_HIGH = (0.25, 0.9)
_MANY = 20  # double bytes of which some low trail byte must be expected


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

    def text(self, size: int = CHUNK) -> Iterator[str]:
        """Yield the file's text, `size` bytes at a time; bytes that are no text are lone surrogates."""
        decoder = codecs.getincrementaldecoder(self.encoding)(ESCAPING)
        with _bytes(self.file, self.spool) as stream:
            stream.seek(len(self.mark))
            while chunk := stream.read(size):
                text = decoder.decode(chunk)
                if text:
                    yield text
        rest = decoder.decode(b"", final=True)
        if rest:
            yield rest

    def aligned(self, size: int = CHUNK) -> Iterator[tuple[bytes, str]]:
        """Yield the file's bytes behind its mark, each stretch with the text that it is, as `text` gives it."""
        decoder = codecs.getincrementaldecoder(self.encoding)(ESCAPING)
        with _bytes(self.file, self.spool) as stream:
            stream.seek(len(self.mark))
            pending = b""
            while chunk := stream.read(size):
                raw, text = pending + chunk, decoder.decode(chunk)
                pending = decoder.getstate()[0]
                yield raw[: len(raw) - len(pending)], text
        yield pending, decoder.decode(b"", final=True)

    def bytes_of(self, text: str) -> int:
        """Return how many bytes a stretch of the file's text takes there."""
        return len(text.encode(self.encoding, ESCAPING))

    @property
    def bytes_per_character(self) -> float:
        """How many bytes a character takes in this file, as its beginning goes."""
        head = next(self.text(), "")[:4096]
        return self.bytes_of(head) / len(head) if head else 1.0

    @property
    def mark(self) -> bytes:
        """The mark at the file's beginning that tells its encoding; empty if it has none."""
        return next((mark for mark, name in _MARKS if self.bom and name == self.encoding), b"")

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
    named = _known(encoding) if encoding is not None else None
    spool = _spooled(stdin) if stdin is not None else None
    file = None if spool is not None else path
    if file is not None and not stat.S_ISREG(os.stat(file).st_mode):  # noqa: PTH116  a path may be no text
        raise OSError(0, "not a regular file")
    with _bytes(file, spool) as stream:
        head = stream.read(16)
        binary = next(
            (_zipped(stream) if name == "ZIP" else name for magic, name in _MAGIC if head.startswith(magic)), None
        )
        size = stream.seek(0, os.SEEK_END)
    mark = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    bom = mark is not None and named in (None, mark, "utf-8")
    chosen = mark if bom else named
    if chosen in ("utf-16", "utf-32"):  # without a mark; the zeros of ASCII signs tell the order of the bytes
        chosen += "-be" if head[:1] == b"\0" else "-le"
    bad = _undecodable(file, spool, chosen or "utf-8")
    if chosen is None:
        chosen = "cp950" if bad and _is_cp950(file, spool) else "utf-8"
        bad = 0 if chosen == "cp950" else bad
    return Source(shown or path, size, chosen, bom, bad, binary, file, spool)


def _known(encoding: str) -> str:
    """Return the usual name of an encoding. Raises LookupError for what is none, or none of text."""
    try:
        b"a\x80a".decode(encoding, ESCAPING)
    except UnicodeError as error:
        raise LookupError(f"not an encoding of files: {encoding}") from error
    name = codecs.lookup(encoding).name
    return "utf-8" if name == "utf-8-sig" else name


def _escape(error: UnicodeError) -> tuple[str | bytes, int]:
    """Return lone surrogates for bytes that are no text: as `surrogateescape`, but for low bytes (of UTF-16) too.

    And back, where it is only asked how many bytes they were.
    """
    if isinstance(error, UnicodeEncodeError):
        return b"\x80" * (error.end - error.start), error.end
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC80 | byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(ESCAPING, _escape)


def _zipped(stream: BinaryIO) -> str:
    """Return what a ZIP archive holds, for most are spreadsheets."""
    import zipfile

    try:
        names = set(zipfile.ZipFile(stream).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "ZIP"
    return next((name for part, name in _ZIPPED if part in names), "ZIP")


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
    import tempfile

    spool = tempfile.SpooledTemporaryFile(SPOOLED)  # noqa: SIM115  it lives as long as its source
    while chunk := stdin.read(CHUNK):
        spool.write(chunk)
    return spool  # type: ignore[return-value]  # typeshed: no BinaryIO, though it does all of it


def _is_cp950(file: str | None, spool: BinaryIO | None) -> bool:
    """Tell whether all of a file decodes as CP950 and looks like Chinese in it."""
    decoder = codecs.getincrementaldecoder("cp950")("strict")
    pairs = frequent = high = 0
    with _bytes(file, spool) as stream:
        try:
            while chunk := stream.read(CHUNK):
                # A chunk may begin inside a character: what is counted are the bytes of whole ones.
                found = _PAIR.findall(decoder.decode(chunk).encode("cp950"))
                pairs += len(found)
                frequent += sum(b"\xa1" <= lead <= b"\xc6" for lead, _ in found)
                high += sum(trail >= b"\xa1" for _, trail in found)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    most = _HIGH[1] if pairs >= _MANY else 1
    return pairs > 0 and frequent >= _FREQUENT * pairs and _HIGH[0] * pairs <= high <= most * pairs


def _undecodable(file: str | None, spool: BinaryIO | None, encoding: str) -> int:
    """Return how many bytes are no text."""
    decoder = codecs.getincrementaldecoder(encoding)
    with _bytes(file, spool) as stream:
        strict = decoder("strict")
        try:
            while chunk := stream.read(SMALL):
                strict.decode(chunk)
            strict.decode(b"", final=True)
        except UnicodeError:
            pass
        else:
            return 0
        stream.seek(0)
        escaping, bad = decoder(ESCAPING), 0
        while chunk := stream.read(CHUNK):
            bad += len(_BAD.findall(escaping.decode(chunk)))
    return bad + len(_BAD.findall(escaping.decode(b"", final=True)))
