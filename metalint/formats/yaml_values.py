"""A tree of YAML to plain data: text stays text unless it is what JSON calls true, false, null or a number."""

from __future__ import annotations

import re
from typing import NamedTuple

from metalint.formats.disguise import control
from metalint.formats.yaml_nodes import DEPTH, FOREIGN, Node
from metalint.formats.yaml_places import span
from metalint.model import UNREAD, Fault, Json, Parsed, Slice

ALIASED = 100_000  # values and keys that aliases and merges may add to a record
NUMBER = 400  # characters of a number
_SHOWN = 40  # characters of a value in a fault
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NO_NUMBER = re.compile(r"([-+]?\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)")
_RESOLVED = frozenset(("", "int", "float", "bool", "null"))


class Entry(NamedTuple):
    """A key of a map with its value; a merged one stands in another map."""

    key: str
    node: Node
    value: Node
    merged: bool = False


class _Unreadable(Exception):
    """A record cannot be read; its fault is noted."""


def plain(piece: Slice, root: Node) -> Parsed:
    """Return a record's plain data and its faults."""
    reading = _Reading(piece)
    try:
        value = reading.value(root, 1)
    except _Unreadable:
        return Parsed(UNREAD, tuple(reading.faults[-1:]))
    return Parsed(value, tuple(reading.faults))


def entries(node: Node) -> list[Entry]:
    """Return a map's own entries, then those that `<<` merges into it; of equal keys, the last own one counts.

    There are none if the merges make too much.
    """
    try:
        return _Reading(Slice(0, "")).entries(node, 1)
    except _Unreadable:
        return []


def resolve(text: str) -> Json:
    """Return what a plain scalar means; a number whose spelling would be lost (`1.10`) is text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-0123456789" and len(text) <= NUMBER and (match := _NUMBER.fullmatch(text)):
        number = float(text) if match.group(1) or match.group(2) else int(text)
        return number if str(number) == text else text
    return text


class _Reading:
    """One record being read: where it is (`path`), under which alias, and how much aliases may still add."""

    def __init__(self, piece: Slice) -> None:
        self.faults: list[Fault] = []
        self._piece = piece
        self._path: list[str | int] = []
        self._alias: Node | None = None
        self._left = ALIASED
        self._merged: dict[int, list[Entry]] = {}

    def value(self, node: Node, depth: int) -> Json:
        if self._alias is not None:
            self._spend(1, node)
        if node.wrong:
            raise self._wrong(node)
        if depth > DEPTH + 1:
            raise self._unreadable(node, "too-deep", expected=str(DEPTH))
        if node.kind == "scalar":
            return self._scalar(node)
        if node.kind == "alias":
            assert node.target is not None
            above, self._alias = self._alias, self._alias or node
            value = self.value(node.target, depth)
            self._alias = above
            return value
        if node.tag in FOREIGN:
            self._fault("not-json-value", node, {"reason": FOREIGN[node.tag], "value": f"!!{node.tag}"})
        return self._list(node, depth) if node.kind == "list" else self._map(node, depth)

    def entries(self, node: Node, depth: int) -> list[Entry]:
        """Return a map's entries. Each merge is worked out once a record, and counts as what it adds."""
        known = self._merged.get(id(node))
        if known is not None:
            return known
        if depth > DEPTH + 1:
            raise self._unreadable(node, "too-deep", expected=str(DEPTH))
        own, sources = [], []
        for key, value in zip(node.items[::2], node.items[1::2], strict=True):
            merged = _sources(value) if key.text == "<<" and key.kind == "scalar" and not key.style else []
            sources += merged
            if not merged:
                own.append(Entry(self._key(key), key, value))
        taken = {entry.key for entry in own}
        for source in sources:
            for entry in self.entries(source, depth + 1):
                self._spend(1, node)
                if entry.key not in taken:
                    taken.add(entry.key)
                    own.append(entry._replace(merged=True))
        if sources:
            self._merged[id(node)] = own
        return own

    def _list(self, node: Node, depth: int) -> Json:
        made: list[Json] = []
        for number, item in enumerate(node.items):
            self._path.append(number)
            made.append(self.value(item, depth + 1))
            self._path.pop()
        return made

    def _map(self, node: Node, depth: int) -> Json:
        made: dict[str, Json] = {}
        first: dict[str, Node] = {}
        for key, written, held, merged in self.entries(node, depth):
            self._path.append(key)
            if not merged:
                self._check_key(written, key, first)
            above = self._alias
            self._alias = above or (node if merged else None)
            made[key] = self.value(held, depth + 1)
            self._alias = above
            self._path.pop()
        return made

    def _check_key(self, written: Node, key: str, first: dict[str, Node]) -> None:
        if written.wrong:
            raise self._wrong(written)
        if _scalar_of(written) is None:
            self._fault("not-json-value", written, {"reason": "non-text-key", "value": key})
        if key in first:
            line = span(self._piece, first[key].start, first[key].end).line
            self._fault("duplicate-key", written, {"key": key, "first_line": line})
        first.setdefault(key, written)

    def _scalar(self, node: Node) -> Json:
        text = node.text
        if code := control(text):
            self._fault("control-character", node, {"code": code})
        if node.tag in FOREIGN:
            self._fault("not-json-value", node, {"reason": FOREIGN[node.tag], "value": text[:_SHOWN]})
            return text
        if node.tag not in _RESOLVED or (node.style and not node.tag):
            return text
        value = resolve(text)
        if value is text:
            self._check_text(node, text)
        return value

    def _check_text(self, node: Node, text: str) -> None:
        match = _NO_NUMBER.fullmatch(text) if text.lstrip("+-")[:1] == "." else None
        if match is not None:
            reason = "infinity" if match.group(1) else "nan"
            self._fault("not-json-value", node, {"reason": reason, "value": text})
        elif len(text) > NUMBER and _NUMBER.fullmatch(text):
            self._fault("not-json-value", node, {"reason": "number-too-long", "value": text[:_SHOWN]})

    def _key(self, node: Node) -> str:
        scalar = _scalar_of(node)
        return scalar.text if scalar is not None else self._piece.text[node.start : node.end][:_SHOWN]

    def _spend(self, count: int, node: Node) -> None:
        self._left -= count
        if self._left < 0:
            raise self._unreadable(node, "too-many-aliases", expected=str(ALIASED))

    def _wrong(self, node: Node) -> _Unreadable:
        if node.wrong == "too-deep":
            return self._unreadable(node, "too-deep", expected=str(DEPTH))
        return self._unreadable(node, node.wrong, found=f"*{node.text}" if node.kind == "alias" else node.text)

    def _unreadable(self, node: Node, reason: str, **words: str) -> _Unreadable:
        at = self._alias or node
        detail = {"reason": reason, **{key: word[:_SHOWN] for key, word in words.items() if word}}
        where = span(self._piece, at.start, at.end)
        self.faults.append(Fault("unreadable", detail, where, tuple(self._path)))
        return _Unreadable()

    def _fault(self, kind: str, node: Node, detail: dict[str, object]) -> None:
        if self._alias is None:  # what an anchor names is said where it stands
            self.faults.append(Fault(kind, detail, span(self._piece, node.start, node.end), tuple(self._path)))


def _scalar_of(node: Node) -> Node | None:
    node = node.target if node.target is not None else node
    return node if node.kind == "scalar" else None


def _sources(value: Node) -> list[Node]:
    """Return the maps that a merge names: one, or a list of them; none if it is anything else."""
    value = value.target if value.target is not None else value
    named = value.items if value.kind == "list" else [value]
    sources = [one.target if one.target is not None else one for one in named]
    return sources if all(source.kind == "map" for source in sources) else []
