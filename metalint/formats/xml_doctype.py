"""Document types of XML are refused: through them entities grow without limit, and files are read from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from metalint.model import Fault, Span

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType


class DoctypeRefused(Exception):
    """A file declares a document type: nothing of it is read, for entities can be made to grow without limit."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.fault = Fault("unreadable", {"reason": "doctype"}, Span(0, 0, line, column, line, column))


def doctype_refused(parser: XMLParserType) -> Callable[..., None]:
    """Return what a parser is to do about a document type."""

    def refuse(*_declared: object) -> None:
        raise DoctypeRefused(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    return refuse
