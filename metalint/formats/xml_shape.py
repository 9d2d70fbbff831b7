"""Which elements of an XML file are its records: told from the kinds of elements, their number and what they hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from metalint.formats.disguise import disguise
from metalint.formats.source import Source
from metalint.formats.xml_doctype import doctype_refused
from metalint.model import Pointer

KINDS = 10_000  # kinds of elements, by their paths, that are told apart
WRAPPERS = 8  # elements, the root among them, that may merely wrap the records


class Shape(NamedTuple):
    """Records are the elements with one of these names right inside the element at `path` (names from the root)."""

    path: tuple[str, ...]
    names: frozenset[str]


@dataclass(slots=True)
class _Kind:
    """All elements at one path: how many there are, and how many of them hold other elements."""

    count: int = 0
    branches: int = 0
    inner: dict[str, _Kind] = field(default_factory=dict)


def shape(source: Source, homes: Collection[Pointer]) -> Shape:
    """Return where the records of a file stand; of a file that breaks off, as far as it goes.

    Raises DoctypeRefused.
    """
    top = _kinds(source)
    if not top.inner:
        return Shape((), frozenset())
    root, kind = next(iter(top.inner.items()))
    path: tuple[str, ...] = (root,)
    if not any(inner.branches for inner in kind.inner.values()):
        return Shape((), frozenset(path))
    while len(path) < WRAPPERS and (wrapper := _wrapper(kind, path[1:], homes)) is not None:
        path, kind = (*path, wrapper), kind.inner[wrapper]
    names = {name for name, inner in kind.inner.items() if inner.branches}
    known = {name for name in names if (*path[1:], name) in homes}
    return Shape(path, frozenset(known or names))


def _wrapper(kind: _Kind, path: Pointer, homes: Collection[Pointer]) -> str | None:
    """Return the name of the one element that wraps the records, if there is one between them and this kind."""
    branches = [name for name, inner in kind.inner.items() if inner.branches]
    if len(branches) != 1 or kind.inner[branches[0]].count != 1:
        return None
    name = branches[0]
    inside = kind.inner[name].inner
    only_wraps = len(inside) == 1 and all(inner.branches for inner in inside.values())
    here = (*path, name)
    leads_home = any((*here, step) in homes for step, inner in inside.items() if inner.branches)
    if leads_home or (only_wraps and (len(kind.inner) == 1 or here in homes)):
        return name
    return None


def _kinds(source: Source) -> _Kind:
    from xml.parsers import expat

    parser = expat.ParserCreate("utf-8")
    top = _Kind()
    stack = [top]
    held = [False]
    known = 0

    def start(name: str, _attributes: list[str]) -> None:
        nonlocal known
        above = stack[-1]
        if not held[-1]:
            held[-1] = True
            above.branches += 1
        kind = above.inner.get(name)
        if kind is None:
            kind = _Kind()
            if known < KINDS:
                above.inner[name] = kind
                known += 1
        kind.count += 1
        stack.append(kind)
        held.append(False)

    def end(_name: str) -> None:
        stack.pop()
        held.pop()

    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = doctype_refused(parser)
    try:
        for chunk in source.text():
            parser.Parse(disguise(chunk).encode(), False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        pass  # the second pass says it, with its place
    return top
