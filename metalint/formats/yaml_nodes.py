"""The events of YAML put together to a tree that knows where everything stands; nothing is constructed from tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from metalint.formats.disguise import reveal

DEPTH = 100
_STANDARD = "tag:yaml.org,2002:"
_HARMLESS = frozenset(("str", "int", "float", "bool", "null", "map", "seq"))
# Values that JSON does not have; what is written is kept as it is.
FOREIGN = {"binary": "binary", "set": "set", "timestamp": "timestamp-tag", "omap": "omap", "pairs": "pairs"}


@dataclass(slots=True)
class Node:
    """A value; `start` and `end` are offsets in the record's text.

    `items` of a map are key, value, key, value, as they are written.
    `tag` is the standard tag without its prefix, or "". `wrong` is why the record cannot be read, with `text` in point.
    """

    kind: Literal["scalar", "list", "map", "alias"]
    start: int
    end: int
    text: str = ""
    style: str = ""  # of a scalar: '"' and "'" quoted, "|" and ">" block, "" plain
    tag: str = ""
    decked: bool = False  # an anchor or a tag stands before it
    items: list[Node] = field(default_factory=list)
    target: Node | None = None
    wrong: str = ""
    open: bool = False


@dataclass(slots=True)
class Composer:
    """Puts events together. `shift` is how far an offset of an event lies behind the same in the record's text."""

    next: Callable[[], Any]
    shift: int = 0
    hidden: bool = False
    anchors: dict[str, Node] = field(default_factory=dict)
    unknown: bool = False  # an alias had no anchor
    end: int = 0  # behind the last event that is written somewhere

    def compose(self, event: Any, depth: int = 1) -> Node:
        """Return the value that begins with an event. Raises YAMLError."""
        start, end = event.start_mark.index - self.shift, event.end_mark.index - self.shift
        self.end = max(self.end, end)
        name = type(event).__name__
        if name == "AliasEvent":
            return self._alias(event.anchor, start, end)
        node = Node("scalar", start, end)
        node.decked = event.anchor is not None or event.tag is not None
        node.tag = self._tag(node, event.tag)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        if name == "ScalarEvent":
            node.text = node.text or (reveal(event.value) if self.hidden else event.value)
            node.style = event.style or ""
            return node
        node.kind = "list" if name == "SequenceStartEvent" else "map"
        if depth > DEPTH:
            node.wrong = "too-deep"
            self._skip()
        else:
            self._inside(node, depth)
        node.end = self.end
        return node

    def _inside(self, node: Node, depth: int) -> None:
        closing = "SequenceEndEvent" if node.kind == "list" else "MappingEndEvent"
        node.open = True
        while type(event := self.next()).__name__ != closing:
            node.items.append(self.compose(event, depth + 1))
        self._close(event)
        node.open = False

    def _skip(self) -> None:
        """Pass over the rest of a list or map, however deep."""
        depth = 1
        while depth:
            event = self.next()
            name = type(event).__name__
            depth += (name in ("SequenceStartEvent", "MappingStartEvent")) - name.endswith("EndEvent")
            self._close(event)

    def _close(self, event: Any) -> None:
        """Note where an event ends; the end of a block is not written, its event stands before what follows."""
        if event.end_mark.index > event.start_mark.index:
            self.end = max(self.end, event.end_mark.index - self.shift)

    def _alias(self, name: str, start: int, end: int) -> Node:
        node = Node("alias", start, end, name, target=self.anchors.get(name))
        if node.target is None:
            self.unknown = True
            node.wrong = "syntax"
        elif node.target.open:
            node.wrong, node.target = "recursive-alias", None
        return node

    def _tag(self, node: Node, tag: str | None) -> str:
        if tag is None or tag == "!":
            return "str" if tag else ""
        short = tag.removeprefix(_STANDARD)
        if short == tag or (short not in _HARMLESS and short not in FOREIGN):
            node.wrong = "unknown-tag"
            node.text = tag if short == tag else f"!!{short}"
            return ""
        return short
