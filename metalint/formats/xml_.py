"""XML: the elements that repeat are the records; what merely wraps them is passed through."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from metalint.formats.source import Source
from metalint.formats.xml_doctype import DoctypeRefused
from metalint.formats.xml_read import locate, parse
from metalint.formats.xml_shape import shape
from metalint.formats.xml_walk import Walk
from metalint.model import Fault, Pointer, Slice

__all__ = ["locate", "parse", "split"]


def split(source: Source, homes: Collection[Pointer]) -> Iterator[Slice | Fault]:
    """Yield the records as they are read; what comes before an error stands. The file is read twice.

    The first pass tells on which level the records stand, for that shows only when all of them are known.
    """
    try:
        where = shape(source, homes)
        yield from Walk(source.text(), where).pieces()
    except DoctypeRefused as refused:
        yield refused.fault
