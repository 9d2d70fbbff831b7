"""A YAML file cut into its records as it is read: memory does not grow with the file."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Generator, Iterator
from typing import Any

import yaml

from metalint.formats.source import Source
from metalint.formats.yaml_documents import RECORD, Document, TooLarge, documents
from metalint.formats.yaml_errors import explain
from metalint.formats.yaml_nodes import Composer
from metalint.formats.yaml_read import LOADER
from metalint.formats.yaml_values import plain
from metalint.model import Fault, Pointer, Slice, Span


def split(source: Source, homes: Collection[Pointer]) -> Iterator[Slice | Fault]:
    """Yield the records of all documents: a document, or the items of its list, or of the list at one of `homes`.

    An error costs the rest of its document. A slice is the text of its record, and `home` is the place of its list;
    but of a record that uses an anchor from elsewhere, the text is the whole document, and `home` leads to the record.
    """
    number = 0
    nothing = True
    try:
        for index, document in enumerate(documents(source.text())):
            for piece in _Walk(source, document, index, homes, number).pieces():
                number += isinstance(piece, Slice)
                nothing = False
                yield piece
    except TooLarge:
        yield _too_large(1, 1)
        return
    if nothing:
        yield Fault("unreadable", {"reason": "empty"}, Span(0, 0, 1, 1, 1, 1))


class _Walk:
    """One pass over a document."""

    def __init__(self, source: Source, document: Document, index: int, homes: Collection[Pointer], number: int) -> None:
        self._source, self._document, self._index = source, document, index
        self._homes = frozenset(homes)
        self._above = {home[:size] for home in homes for size in range(1, len(home))}
        self._number = number
        self._loader = LOADER(document)
        self._end = 0  # behind the last event that is written somewhere
        self._start: Any = None  # the mark where what has to be kept begins
        self._whole: str | None = None

    def pieces(self) -> Iterator[Slice | Fault]:
        """Yield the records, and a fault where the document breaks off."""
        try:
            event = self._next()
            while type(event).__name__ in ("StreamStartEvent", "DocumentStartEvent"):
                event = self._next()
            if type(event).__name__ != "StreamEndEvent":
                one = yield from self._root(event)
                while type(self._next()).__name__ != "StreamEndEvent":
                    pass
                if one is not None:
                    yield one
        except yaml.YAMLError as error:
            mark, detail = explain(error, self._document.text)
            line = self._document.line + mark.line
            wide = 1 if detail.get("found") else 0
            yield Fault("unreadable", detail, Span(0, 0, line, mark.column + 1, line, mark.column + 1 + wide))
        except TooLarge:
            line, column = (self._start.line, self._start.column) if self._start is not None else (0, 0)
            yield _too_large(self._document.line + line, column + 1)
        finally:
            self._loader.dispose()

    def _root(self, event: Any) -> Generator[Slice | Fault, None, Slice | None]:
        """Yield the records in a document; return the document if it is one itself."""
        name = type(event).__name__
        self._keep(event)
        if name == "SequenceStartEvent":
            yield from self._items(())
            return None
        if name == "MappingStartEvent" and (yield from self._map(())):
            return None
        if name == "ScalarEvent" and not event.value and not event.style:
            return None  # nothing stands between two `---`
        return self._slice(event, ())

    def _items(self, home: Pointer) -> Iterator[Slice | Fault]:
        for index in itertools.count():
            event = self._next()
            if type(event).__name__ == "SequenceEndEvent":
                return
            self._keep(event)
            start = event.start_mark
            composer = Composer(self._loader.get_event, start.index, hidden=True)
            node = composer.compose(event)
            if composer.unknown:
                yield self._in_document((*home, index), start)
                continue
            text = self._document.text(start.index, start.index + composer.end)
            piece = self._numbered(text, start, home)
            yield Slice(piece.number, text, piece.line, piece.column, home, None, plain(piece, node))

    def _map(self, path: Pointer) -> Generator[Slice | Fault, None, bool]:
        """Yield the records at the homes within a map; return whether there were any."""
        found = False
        while type(key := self._next()).__name__ != "MappingEndEvent":
            here = (*path, key.value if type(key).__name__ == "ScalarEvent" else None)
            self._skip(key)
            value = self._next()
            name = type(value).__name__
            inner = type(self._loader.peek_event()).__name__
            if name == "SequenceStartEvent" and here in self._homes and inner.startswith(("Mapping", "SequenceEnd")):
                found = True
                yield from self._items(here)
            elif name == "MappingStartEvent" and (here in self._above or here in self._homes):
                inside = yield from self._map(here)
                if not inside and here in self._homes:
                    inside = True
                    yield self._slice(value, here)
                found = found or inside
            else:
                self._skip(value)
        return found

    def _skip(self, event: Any) -> None:
        """Pass over a value, however deep."""
        depth = 0
        while True:
            name = type(event).__name__
            depth += (name in ("SequenceStartEvent", "MappingStartEvent")) - (
                name in ("SequenceEndEvent", "MappingEndEvent")
            )
            if not depth:
                return
            event = self._next()

    def _slice(self, event: Any, home: Pointer) -> Slice:
        """Return the record that begins with an event and ends with the last."""
        start = event.start_mark
        return self._numbered(self._document.text(start.index, self._end), start, home)

    def _numbered(self, text: str, start: Any, home: Pointer) -> Slice:
        self._number += 1
        return Slice(self._number, text, self._document.line + start.line, start.column + 1, home)

    def _in_document(self, home: Pointer, start: Any) -> Slice | Fault:
        """Return a record with its whole document, which is read once more for that."""
        if self._whole is None:
            whole = next(itertools.islice(documents(self._source.text()), self._index, None))
            try:
                self._whole = whole.whole()
            except TooLarge:
                return _too_large(self._document.line + start.line, start.column + 1)
        self._number += 1
        return Slice(self._number, self._whole, self._document.line, 1, home)

    def _keep(self, event: Any) -> None:
        self._start = event.start_mark
        self._document.keep(event.start_mark.index)

    def _next(self) -> Any:
        event = self._loader.get_event()
        zero = event.end_mark.index == event.start_mark.index
        if not (zero and type(event).__name__.endswith("EndEvent")):
            self._end = max(self._end, event.end_mark.index)
        return event


def _too_large(line: int, column: int) -> Fault:
    detail = {"reason": "too-large", "expected": f"{RECORD >> 20} MiB"}
    return Fault("unreadable", detail, Span(0, 0, line, column, line, column))
