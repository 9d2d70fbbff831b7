"""One record of XML: its plain data, its faults, and where its values stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from metalint.formats import spans
from metalint.formats.disguise import control, disguise, reveal
from metalint.formats.xml_tags import attribute, element_end, syntax, tag_end
from metalint.model import UNREAD, Fault, Json, Parsed, Pointer, Slice, Span

DEPTH = 100
TEXT = "#text"


class Broken(Exception):
    """A text that is no XML, or too deep: at which byte, and the words for it."""

    def __init__(self, at: int, detail: object) -> None:
        super().__init__(detail)
        self.at, self.detail = at, detail


@dataclass(slots=True)
class Element:
    """An element; `start` and `close` are the bytes where its tags begin; of `<so/>`, where the tag begins and ends."""

    name: str
    attributes: list[tuple[str, str]]
    start: int
    close: int = 0
    text: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)


def parse(piece: Slice) -> Parsed:
    """Return an element as name → text or object; equal names make a list, an attribute's key is `@name`.

    An element without attributes and children is its text as written; beside those its text has the key `#text`.
    Declarations of namespaces are no data.
    """
    if piece.parsed is not None:
        return piece.parsed
    hidden = disguise(piece.text)
    try:
        root = _tree(hidden.encode())
    except Broken as broken:
        return Parsed(UNREAD, (_fault(piece, hidden.encode(), broken),))
    faults = tuple(_faults(piece, hidden.encode(), root, ())) if hidden is not piece.text else ()
    return Parsed(_value(root), faults)


@lru_cache(maxsize=1)
def looked_into(text: str) -> tuple[bytes, Element]:
    """Return a record's bytes and its tree: of one record many values are asked. Raises Broken."""
    data = disguise(text).encode()
    return data, _tree(data)


def locate(piece: Slice, pointer: Pointer, *, key: bool = False) -> Span:
    """Return where a text stands, without its tags; an object, with them; of an empty element, its start tag."""
    try:
        data, root = looked_into(piece.text)
        found = [root]
    except Broken:
        return spans.span(piece, 0, len(piece.text))
    part, several = "", False
    for step in pointer:
        if isinstance(step, int):
            if not several or not 0 <= step < len(found):
                break
            found, several = [found[step]], False
        elif several or part:
            break
        elif step[:1] in ("@", "#"):
            part = step
        else:
            inner = [child for child in found[0].children if child.name == step]
            if not inner:
                break
            found, several = inner, len(inner) > 1
    else:
        if key:
            return _key(piece, data, found[0], part)
    if several:
        return _span(piece, data, found[0].start, element_end(data, found[-1].start, found[-1].close))
    return _place(piece, data, found[0], part)


def _tree(data: bytes) -> Element:
    """Return a text as its elements. Raises Broken."""
    from xml.parsers import expat

    parser = expat.ParserCreate("utf-8")
    top = Element("", [], 0)
    stack = [top]

    def start(name: str, attributes: list[str]) -> None:
        if len(stack) > DEPTH:
            raise Broken(parser.CurrentByteIndex, {"reason": "too-deep", "expected": str(DEPTH)})
        pairs = zip(attributes[::2], attributes[1::2], strict=True) if attributes else ()
        kept = [pair for pair in pairs if pair[0] != "xmlns" and not pair[0].startswith("xmlns:")]
        element = Element(name, kept, parser.CurrentByteIndex)
        stack[-1].children.append(element)
        stack.append(element)

    def end(_name: str) -> None:
        stack.pop().close = parser.CurrentByteIndex

    def characters(text: str) -> None:
        stack[-1].text.append(text)

    def refuse(*_declared: object) -> None:
        raise Broken(parser.CurrentByteIndex, {"reason": "doctype"})

    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        at = max(parser.ErrorByteIndex, 0)
        rest = reveal(data[at : at + 400].decode(errors="ignore"))
        raise Broken(at, syntax(error.code, rest, stack[-1].name)) from None
    return top.children[0]


def _value(element: Element) -> Json:
    text = reveal("".join(element.text))
    if not element.children and not element.attributes:
        return text
    value: dict[str, Json] = {f"@{name}": reveal(held) for name, held in element.attributes}
    for name, same in _grouped(element).items():
        value[name] = _value(same[0]) if len(same) == 1 else [_value(child) for child in same]
    if text.strip() or (text and not element.children):
        value[TEXT] = text
    return value


def _grouped(element: Element) -> dict[str, list[Element]]:
    groups: dict[str, list[Element]] = {}
    for child in element.children:
        groups.setdefault(child.name, []).append(child)
    return groups


def _place(piece: Slice, data: bytes, element: Element, part: str) -> Span:
    opened = tag_end(data, element.start)
    if part.startswith("@"):
        match = attribute(data[element.start : opened].decode(), part[1:])
        if match is not None:
            return _within(piece, data, element, match.span(2))
    elif element.close > opened and (part or not (element.children or element.attributes)):
        return _span(piece, data, opened, element.close)
    elif not element.children and not element.attributes:
        return _span(piece, data, element.start, opened)
    return _span(piece, data, element.start, element_end(data, element.start, element.close))


def _key(piece: Slice, data: bytes, element: Element, part: str) -> Span:
    if part.startswith("@"):
        tag = data[element.start : tag_end(data, element.start)].decode()
        match = attribute(tag, part[1:])
        if match is not None:
            return _within(piece, data, element, match.span(1))
    return _within(piece, data, element, (1, 1 + len(element.name)))


def _within(piece: Slice, data: bytes, element: Element, offsets: tuple[int, int]) -> Span:
    start = len(data[: element.start].decode())
    return spans.span(piece, start + offsets[0], start + offsets[1])


def _span(piece: Slice, data: bytes, start: int, end: int) -> Span:
    before = len(data[:start].decode())
    return spans.span(piece, before, before + len(data[start:end].decode()))


def _faults(piece: Slice, data: bytes, element: Element, pointer: Pointer) -> Iterator[Fault]:
    code = control(reveal("".join(element.text)))
    if code:
        yield Fault("control-character", {"code": code}, _place(piece, data, element, TEXT), pointer)
    for name, held in element.attributes:
        code = control(reveal(held))
        if code:
            here = f"@{name}"
            yield Fault("control-character", {"code": code}, _place(piece, data, element, here), (*pointer, here))
    for name, same in _grouped(element).items():
        for number, child in enumerate(same):
            yield from _faults(piece, data, child, (*pointer, name) if len(same) == 1 else (*pointer, name, number))


def _fault(piece: Slice, data: bytes, broken: Broken) -> Fault:
    at = len(data[: broken.at].decode(errors="ignore"))
    detail = broken.detail if isinstance(broken.detail, dict) else {}
    return Fault("unreadable", detail, spans.span(piece, at, min(at + 1, len(piece.text))))
