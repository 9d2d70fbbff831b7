"""One record of YAML: its plain data, its faults, and where its values stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from metalint.formats.disguise import disguise
from metalint.formats.yaml_documents import BREAK
from metalint.formats.yaml_errors import explain
from metalint.formats.yaml_nodes import Composer, Node
from metalint.formats.yaml_places import span
from metalint.formats.yaml_values import entries, plain
from metalint.model import UNREAD, Fault, Parsed, Pointer, Slice, Span

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DECKED = re.compile(r"(?:[&!]\S*\s+)+")  # an anchor and a tag before a value
LAST_LINES = re.compile(rf"(?:(?:{BREAK.pattern})[ \t]*)+\Z")


class _Tree(NamedTuple):
    """What a text is: a value, or why it is none, and where."""

    root: Node | None
    detail: dict[str, object]
    at: int = 0


def parse(piece: Slice) -> Parsed:
    """Return a record as plain data: scalars are text but for true, false, null and the numbers of JSON.

    A slice whose `home` ends with a number holds its whole document; the record is what stands there.
    """
    if piece.parsed is not None:
        return piece.parsed
    tree = tree_of(piece.text, piece.column)
    if tree.root is None:
        where = span(piece, tree.at, tree.at + 1)
        return Parsed(UNREAD, (Fault("unreadable", tree.detail, where),))
    return plain(piece, record_of(piece, tree.root))


def locate(piece: Slice, pointer: Pointer, *, key: bool = False) -> Span:
    """Return where a value (or its key) stands, without an anchor or tag before it; an alias is where it is used."""
    tree = tree_of(piece.text, piece.column)
    if tree.root is None:
        return span(piece, 0, len(piece.text))
    node = record_of(piece, tree.root)
    written: Node | None = None
    for step in pointer:
        found = inside(node, step)
        if found is None:
            written = None
            break
        written, node = found
    return token(piece, written if key and written is not None else node)


def record_of(piece: Slice, root: Node) -> Node:
    """Return the record in the tree of its slice."""
    if not piece.home or isinstance(piece.home[-1], str):
        return root
    for step in piece.home:
        found = inside(root, step)
        if found is None:
            return root
        root = found[1]
    return root


def inside(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    """Return the key and the value at one step of a pointer, if there is such a value."""
    node = node.target if node.target is not None else node
    if node.kind == "list":
        fits = isinstance(step, int) and 0 <= step < len(node.items)
        return (None, node.items[int(step)]) if fits else None
    if node.kind != "map":
        return None
    same = [entry for entry in entries(node) if entry.key == str(step)]
    own = [entry for entry in same if not entry.merged] or same
    return (own[-1].node, own[-1].value) if own else None


def token(piece: Slice, node: Node) -> Span:
    """Return where a value stands, without an anchor or a tag before it, and without the line end of a block."""
    start, end = node.start, node.end
    if node.decked and (match := _DECKED.match(piece.text, start, end)):
        start = match.end()
    if node.style in ("|", ">") and (rest := LAST_LINES.search(piece.text, start, end)):
        end = rest.start()
    return span(piece, start, end)


@lru_cache(maxsize=4)  # a record that has problems is asked for many places; slices of one document share its text
def tree_of(text: str, column: int) -> _Tree:
    """Return a text as its nodes; `column` is that of its first character."""
    shift = column - 1
    hidden = disguise(text)
    loader = LOADER(" " * shift + hidden)
    try:
        event = loader.get_event()
        while type(event).__name__ in ("StreamStartEvent", "DocumentStartEvent"):
            event = loader.get_event()
        if event is None or type(event).__name__ == "StreamEndEvent":
            return _Tree(Node("scalar", 0, 0), {})  # nothing is null, as in a list item without a value
        root = Composer(loader.get_event, shift, hidden is not text).compose(event)
        _finish(loader)
    except yaml.YAMLError as error:
        mark, detail = explain(error, lambda start, end: text[max(start - shift, 0) : max(end - shift, 0)])
        return _Tree(None, detail, mark.offset - shift)
    finally:
        loader.dispose()
    return _Tree(root, {})


def _finish(loader: Any) -> None:
    """Read on to the end of the document: what stands behind the value may be no YAML."""
    while type(loader.get_event()).__name__ not in ("DocumentEndEvent", "StreamEndEvent", "NoneType"):
        pass
