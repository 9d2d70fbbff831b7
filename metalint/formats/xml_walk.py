"""An XML file cut into its records as it is read: memory does not grow with the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from metalint.formats.disguise import disguise, reveal
from metalint.formats.xml_doctype import doctype_refused
from metalint.formats.xml_shape import Shape
from metalint.formats.xml_tags import element_end, syntax
from metalint.model import Fault, Slice, Span

RECORD = 32 << 20  # bytes of one record, or of anything else that has to be read as a whole

_SHOWN = 400  # bytes from an error on of which it is told what was found


class _Begun(NamedTuple):
    """Where the record at hand begins: its byte in the file, its line and column."""

    at: int
    line: int
    column: int


class Walk:
    """One pass over a file; bytes are kept from the beginning of the record at hand on."""

    def __init__(self, chunks: Iterator[str], where: Shape) -> None:
        from xml.parsers import expat

        self._chunks = chunks
        self._path, self._names = list(where.path), where.names
        self._depth = len(where.path) + 1
        self._open: list[str] = []
        self._begun: _Begun | None = None
        self._kept, self._base = bytearray(), 0
        self._number, self._too_large = 0, False
        self._done: list[Slice | Fault] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.StartDoctypeDeclHandler = doctype_refused(self._parser)

    def pieces(self) -> Iterator[Slice | Fault]:
        """Yield the records, and a fault where the file breaks off."""
        from xml.parsers import expat

        fault: Fault | None = None
        try:
            for chunk in self._chunks:
                data = disguise(chunk).encode()
                self._kept += data
                self._parser.Parse(data, False)
                yield from self._done
                self._done.clear()
                self._let_go()
                if len(self._kept) > RECORD and self._begun is None:
                    yield _too_large(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
                    return
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            fault = self._broken(error.code)
        yield from self._done
        if fault is not None:
            yield fault

    def _start(self, name: str, _attributes: list[str]) -> None:
        stack = self._open
        stack.append(name)
        if len(stack) == self._depth and name in self._names and stack[:-1] == self._path:
            parser = self._parser
            self._begun = _Begun(parser.CurrentByteIndex, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def _end(self, _name: str) -> None:
        begun = self._begun
        if begun is not None and len(self._open) == self._depth:
            self._number += 1
            self._begun = None
            if self._too_large:
                self._too_large = False
                self._done.append(_too_large(begun.line, begun.column))
            else:
                start = begun.at - self._base
                end = element_end(self._kept, start, self._parser.CurrentByteIndex - self._base)
                text = reveal(bytes(self._kept[start:end]).decode())
                home = tuple(self._path[1:])
                self._done.append(Slice(self._number, text, begun.line, begun.column, home))
        self._open.pop()

    def _let_go(self) -> None:
        """Forget what stands before the record at hand, or all of it if that is too large."""
        seen = self._parser.CurrentByteIndex
        if self._begun is not None and not self._too_large:
            self._too_large = seen - self._begun.at > RECORD
        keep = self._begun.at if self._begun is not None and not self._too_large else seen
        if keep > self._base:
            del self._kept[: keep - self._base]
            self._base = keep

    def _broken(self, code: int) -> Fault:
        parser = self._parser
        at = max(parser.ErrorByteIndex - self._base, 0)
        while len(self._kept) < at + _SHOWN and (chunk := next(self._chunks, "")):
            self._kept += disguise(chunk).encode()
        rest = bytes(self._kept[at : at + _SHOWN]).decode(errors="ignore")
        line, column = parser.ErrorLineNumber, parser.ErrorColumnNumber + 1
        detail = syntax(code, reveal(rest), self._open[-1] if self._open else "", begun=self._number > 0)
        return Fault("unreadable", detail, Span(0, 0, line, column, line, column + bool(rest)))


def _too_large(line: int, column: int) -> Fault:
    detail = {"reason": "too-large", "expected": f"{RECORD >> 20} MiB"}
    return Fault("unreadable", detail, Span(0, 0, line, column, line, column))
