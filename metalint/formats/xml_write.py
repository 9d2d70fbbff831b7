"""A change of an XML record as a change of its text: texts, attributes, and elements that stand in a list."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from metalint.formats import CannotWrite
from metalint.formats.differing import differing
from metalint.formats.disguise import control
from metalint.formats.xml_read import TEXT, Broken, Element, looked_into
from metalint.formats.xml_tags import attribute, element_end, tag_end
from metalint.model import Json, Operation, Pointer, Slice, Splice

LISTS_OF_ONE = False
_UNIT = re.compile(r"&[^;]*;|.", re.DOTALL)
_CDATA = re.compile(r"\s*<!\[CDATA\[(?:(?!\]\]>).)*\]\]>\s*", re.DOTALL)


def splices(piece: Slice, operation: Operation) -> list[Splice]:
    """Return how the text changes. Raises CannotWrite.

    In XML a list of one is that one: what makes of several elements one, or of one several, is a replacement of all.
    """
    op, pointer, value = operation
    try:
        data, root = looked_into(piece.text)
    except Broken as broken:
        raise CannotWrite from broken
    record = _Record(piece.text, data)
    if op == "add":
        return [record.added(_found(root, pointer[:-1])[0], pointer[-1], value)]
    elements, part = _found(root, pointer), str(pointer[-1]) if str(pointer[-1])[:1] in "@#" else ""
    if op == "remove":
        return [record.removed(one) for one in elements] if not part else [record.attribute_removed(elements[0], part)]
    if isinstance(value, list) or len(elements) > 1:
        return record.listed(elements, value if isinstance(value, list) else [value])
    return [record.replaced(elements[0], part, value)]


def _found(root: Element, pointer: Pointer) -> list[Element]:
    """Return the elements at a pointer, an attribute's or a text's own."""
    found = [root]
    for step in pointer:
        if isinstance(step, int):
            found = found[step : step + 1]
        elif step[:1] not in "@#":
            found = [child for child in found[0].children if child.name == step] if len(found) == 1 else []
        if not found:
            raise CannotWrite
    return found


class _Record:
    """A record's text, and its bytes, in which its elements stand."""

    def __init__(self, text: str, data: bytes) -> None:
        self._text, self._data = text, data

    def replaced(self, element: Element, part: str, value: Json) -> Splice:
        """Return the change of a text or an attribute."""
        if not isinstance(value, str) or control(value):
            raise CannotWrite
        opened = tag_end(self._data, element.start)
        if part.startswith("@"):
            start, end = self._attribute(element, part, 2)
            quote = self._text[start]
            entity = "&quot;" if quote == '"' else "&apos;"
            held = _escaped(value).replace(quote, entity).replace("\n", "&#10;").replace("\t", "&#9;")
            return Splice(start, end, f"{quote}{held}{quote}")
        if element.children or (element.attributes and part != TEXT):
            raise CannotWrite
        if element.close <= opened:
            start, end = self._at(element.start), self._at(opened)
            if not self._text[start:end].endswith("/>"):
                return Splice(end, end, _escaped(value))
            return Splice(end - 2, end, f">{_escaped(value)}</{element.name}>")
        start, end = self._at(opened), self._at(element.close)
        inner = self._text[start:end]
        if _CDATA.fullmatch(inner) and "]]>" not in value:
            return Splice(start, end, f"<![CDATA[{value}]]>")
        if "<" in inner:  # a comment, or CDATA beside other text
            raise CannotWrite
        if inner.count("\r") or "\r" in value:  # a line end is read as another one
            return Splice(start, end, _escaped(value))
        first, last, middle = differing(inner, _UNIT, html.unescape, value)
        return Splice(start + first, start + last, _escaped(middle))

    def listed(self, elements: Sequence[Element], values: Sequence[Json]) -> list[Splice]:
        """Return the changes that make some elements of one name hold the values; what is the same stays."""
        if not values:
            return [self.removed(one) for one in elements]
        held = ["".join(one.text) if not one.children and not one.attributes else None for one in elements]
        before = 0
        while before < min(len(held), len(values)) and held[before] == values[before]:
            before += 1
        behind = 0
        while behind < min(len(held), len(values)) - before and held[-1 - behind] == values[-1 - behind]:
            behind += 1
        middle, wanted = elements[before : len(elements) - behind], values[before : len(values) - behind]
        made = [self.replaced(one, "", value) for one, value in zip(middle, wanted, strict=False)]
        made += [self.removed(one) for one in middle[len(wanted) :]]
        if more := wanted[len(middle) :]:
            last = middle[-1] if middle else elements[before - 1] if before else None
            if last is None:
                raise CannotWrite
            end = self._end(last)
            lead = self._lead(last)
            made.append(Splice(end, end, "".join(f"{lead}{_element(last.name, value)}" for value in more)))
        return made

    def removed(self, element: Element) -> Splice:
        """Return the removal of an element with the white space before it."""
        start = self._at(element.start)
        return Splice(start - len(self._lead(element)), self._end(element), "")

    def attribute_removed(self, element: Element, part: str) -> Splice:
        """Return the removal of an attribute with the white space before it."""
        (start, _), (_, end) = self._attribute(element, part, 1), self._attribute(element, part, 2)
        return Splice(start - len(_space_before(self._text, start)), end, "")

    def added(self, parent: Element, step: str | int, value: Json) -> Splice:
        """Return the addition of an element of a new name behind the last one, spaced like that."""
        named = isinstance(step, str) and step[:1] not in "@#"
        if not named or not parent.children or any(child.name == step for child in parent.children):
            raise CannotWrite
        last = parent.children[-1]
        lead, end = self._lead(last), self._end(last)
        values = value if isinstance(value, list) else [value]
        return Splice(end, end, "".join(f"{lead}{_element(str(step), one)}" for one in values))

    def _attribute(self, element: Element, part: str, group: int) -> tuple[int, int]:
        tag = self._data[element.start : tag_end(self._data, element.start)].decode()
        match = attribute(tag, part[1:])
        if match is None:
            raise CannotWrite
        start, (first, last) = self._at(element.start), match.span(group)
        return start + first, start + last

    def _at(self, offset: int) -> int:
        return len(self._data[:offset].decode())

    def _end(self, element: Element) -> int:
        return self._at(element_end(self._data, element.start, element.close))

    def _lead(self, element: Element) -> str:
        return _space_before(self._text, self._at(element.start))


def _space_before(text: str, offset: int) -> str:
    before = text[:offset]
    return before[len(before.rstrip()) :]


def _element(name: str, value: Json) -> str:
    if not isinstance(value, str) or control(value):
        raise CannotWrite
    return f"<{name}>{_escaped(value)}</{name}>"


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;").replace("\r", "&#13;")
