"""Comments of YAML that begin with `metalint:`, each with what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from metalint.formats import spans
from metalint.formats.disguise import disguise
from metalint.formats.source import Source
from metalint.formats.yaml_documents import TooLarge, documents
from metalint.formats.yaml_nodes import Composer, Node
from metalint.formats.yaml_read import LOADER
from metalint.suppression.comments import Comment
from metalint.suppression.held import Reach

_COMMENT = re.compile(r"(?:(?<=[ \t\r\n])|\A)#[ \t]*metalint:([^\r\n]*)")
_END = 1 << 30  # a column behind every line


class _Entry(NamedTuple):
    """A key with its value, or an item: offsets in the document. `value` is where a key's value begins."""

    start: int
    end: int
    value: int = -1


def comments(source: Source) -> Iterator[Comment]:
    """Yield the comments, in order; of a document that cannot be read, none."""
    try:
        for document in documents(source.text()):
            line, text = document.line, document.whole()
            if "metalint:" in text:
                yield from _of_document(text, line)
    except TooLarge:
        return


def _of_document(text: str, first: int) -> Iterator[Comment]:
    entries: list[_Entry] = []
    scalars: list[tuple[int, int]] = []
    root = _composed(text)
    if root is None:
        return
    _walk(root, entries, scalars, text)
    entries.sort(key=lambda entry: (entry.start, -entry.end))
    for match in _COMMENT.finditer(text):
        at = match.start()
        if any(start <= at < end for start, end in scalars):
            continue
        start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
        whole = text[start : match.end()]
        line, column = spans.place(text, at, first, 1)
        alone = not text[start:at].strip()
        reach = _next(text, entries, match.end(), first) if alone else _beside(text, entries, start, at, line, first)
        yield Comment(match[1], line, column, len(match.group()), whole, at - start, reach)


def _composed(text: str) -> Node | None:
    loader: Any = LOADER(disguise(text))
    try:
        event = loader.get_event()
        while type(event).__name__ in ("StreamStartEvent", "DocumentStartEvent"):
            event = loader.get_event()
        if event is None or type(event).__name__ == "StreamEndEvent":
            return None
        return Composer(loader.get_event).compose(event)
    except yaml.YAMLError:
        return None
    finally:
        loader.dispose()


def _walk(node: Node, entries: list[_Entry], scalars: list[tuple[int, int]], text: str) -> None:
    if node.kind == "scalar":
        start = node.start
        if node.style in ("|", ">"):  # behind its sign a comment may stand
            start = text.find("\n", node.start) + 1 or node.end
        scalars.append((start, node.end))
    elif node.kind == "list":
        entries += [_Entry(item.start, item.end) for item in node.items]
    elif node.kind == "map":
        for key, value in zip(node.items[::2], node.items[1::2], strict=True):
            entries.append(_Entry(key.start, max(key.end, value.end), value.start))
    for item in node.items:
        _walk(item, entries, scalars, text)


def _next(text: str, entries: list[_Entry], at: int, first: int) -> Reach | None:
    """Return the reach of the next key or item, with everything in it."""
    entry = next((entry for entry in entries if entry.start >= at), None)
    if entry is None:
        return None
    # A block of text ends behind its last line break, where the next key begins.
    end = entry.start + len(text[entry.start : entry.end].rstrip())
    line, _ = spans.place(text, entry.start, first, 1)
    last, _ = spans.place(text, end, first, 1)
    return Reach((line, 1), (last, _END))


def _beside(text: str, entries: list[_Entry], start: int, at: int, line: int, first: int) -> Reach:
    """Return the reach of a line, and of the values whose keys stand on it."""
    values = [entry.value for entry in entries if start <= entry.start < at and entry.value > at]
    return Reach((line, 1), (line, _END), frozenset(spans.place(text, value, first, 1) for value in values))
