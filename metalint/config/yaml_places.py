"""Where the keys and values of a YAML text stand, all at once: a file of suppressions may have thousands."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.config.places import Place, Stretch
from metalint.formats.yaml_nodes import Node
from metalint.formats.yaml_read import tree_of
from metalint.formats.yaml_values import entries
from metalint.model import Pointer


def places(text: str) -> dict[Pointer, Place]:
    """Return the place of every key and value."""
    root = tree_of(text, 1).root
    return dict(_of(root, (), None, text)) if root is not None else {}


def _of(node: Node, pointer: Pointer, key: Stretch | None, text: str) -> Iterator[tuple[Pointer, Place]]:
    # A block ends where the next thing begins.
    end = node.start + len(text[node.start : node.end].rstrip())
    yield pointer, Place(key, Stretch(node.start, end))
    node = node.target if node.target is not None else node
    if node.kind == "list":
        for number, item in enumerate(node.items):
            yield from _of(item, (*pointer, number), None, text)
    elif node.kind == "map":
        for entry in entries(node):
            at = Stretch(entry.node.start, entry.node.end)
            yield from _of(entry.value, (*pointer, entry.key), at, text)
