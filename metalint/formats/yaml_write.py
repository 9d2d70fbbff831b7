"""A change of a YAML record as a change of its text: style, comments, anchors and indentation stay as they are.

What YAML makes of a text depends on what stands around it: each way to write a value is tried, and read again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from metalint.formats import CannotWrite
from metalint.formats.yaml_nodes import Node
from metalint.formats.yaml_places import place
from metalint.formats.yaml_read import inside, parse, record_of, token, tree_of
from metalint.formats.yaml_values import entries, resolve
from metalint.model import UNREAD, Json, Operation, Pointer, Slice, Splice
from metalint.pointers import value_at

LISTS_OF_ONE = True
_NOT_PLAIN = re.compile(
    r"[-?:,\[\]{}#&*!|>'\"%@`\s~]|.*(?::\s|:$|\s#|\s$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff])|\.\.\.|<<$|=$", re.DOTALL
)
_WORD = re.compile(r"(?i:yes|no|on|off|y|n)")  # text here, but not for every reader
_NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_HEADER = re.compile(r"([|>])([0-9]?)([+-]?)([0-9]?)([^\r\n]*)(\r\n|\r|\n)")
_CONTEXT = 6  # characters on either side by which a stretch of a long text is found again


def splices(piece: Slice, operation: Operation) -> list[Splice]:
    """Return how the text changes. Raises CannotWrite."""
    op, pointer, value = operation
    tree = tree_of(piece.text, piece.column)
    if tree.root is None or not pointer:
        raise CannotWrite
    parent = _node(record_of(piece, tree.root), pointer[:-1])
    if op == "replace":
        found = inside(parent, pointer[-1])
        if found is None:
            raise CannotWrite
        old = value_at(_plain(piece), pointer)
        ways = _ways(piece, found[1], old if isinstance(old, str) else None, value)
    elif op == "remove":
        ways = iter([_removed(piece, parent, pointer[-1])])
    else:
        ways = _added(piece, parent, pointer[-1], value)
    for way in ways:
        text = piece.text[: way.start] + way.text + piece.text[way.end :]
        if op != "replace" or _reads(piece, text, pointer, value):
            return [way]
    raise CannotWrite


def _plain(piece: Slice) -> Json:
    value = parse(piece._replace(parsed=None)).value
    if value is UNREAD:
        raise CannotWrite
    return value  # type: ignore[return-value]  # not UNREAD


def _reads(piece: Slice, text: str, pointer: Pointer, value: Json) -> bool:
    try:
        return value_at(_plain(piece._replace(text=text, parsed=None)), pointer) == value
    except CannotWrite:
        return False


def _node(node: Node, pointer: Pointer) -> Node:
    for step in pointer:
        found = inside(node, step)
        if found is None:
            raise CannotWrite
        node = found[1]
    return node.target if node.target is not None else node


def _ways(piece: Slice, node: Node, old: str | None, value: Json) -> Iterator[Splice]:
    """Yield the ways to write a value in the place of another, the most like it first."""
    span = token(piece, node)
    written = piece.text[span.start : span.end]
    if not isinstance(value, str):
        yield Splice(span.start, span.end, json.dumps(value, ensure_ascii=False))
        return
    if old is not None:
        yield from _in_part(span.start, written, old, value)
    style = node.style
    if style in ("|", ">") and (block := _block(written, value)) is not None:
        yield Splice(span.start, span.end, block)
    for text in _scalars(value, "" if style in ("|", ">") else style, known=style not in ("|", ">")):
        yield Splice(span.start, span.end, text)


def _in_part(start: int, written: str, old: str, new: str) -> Iterator[Splice]:
    """Yield the change of the one stretch in which two texts differ, if it is found in what is written."""
    before = next(
        (at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), min(len(old), len(new))
    )
    room = min(len(old), len(new)) - before
    behind = next((at for at in range(room) if old[-1 - at] != new[-1 - at]), room)
    gone, come = old[before : len(old) - behind], new[before : len(new) - behind]
    for ahead, after in ((_CONTEXT, _CONTEXT), (_CONTEXT, 0), (0, _CONTEXT)):
        left, right = old[max(before - ahead, 0) : before], old[len(old) - behind :][:after]
        sought = left + gone + right
        if len(sought) > len(gone) and written.count(sought) == 1:
            at = start + written.index(sought) + len(left)
            yield Splice(at, at + len(gone), come)


def _scalars(value: str, style: str, *, known: bool = True) -> Iterator[str]:
    """Yield the ways to write a text on one line."""
    never = _NEVER.search(value) is not None or "\n" in value
    plain = not style and known and not _NOT_PLAIN.match(value) and not _WORD.fullmatch(value)
    if plain and value and resolve(value) is value:
        yield value
    if style != '"' and not never:
        yield "'" + value.replace("'", "''") + "'"
    yield re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff]", _escape, json.dumps(value, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def _block(written: str, value: str) -> str | None:
    """Return a text as a block in the style of another; None if it cannot be one."""
    header = _HEADER.match(written)
    body = value.rstrip("\n")
    ends = len(value) - len(body)
    if header is None or not body or body[0] in " \n" or _NEVER.search(body):
        return None
    sign, _, keep, _, comment, newline = header.groups()
    first = re.search(r"^( +)\S", written[header.end() :], re.MULTILINE)
    if first is None or ends > 1 or keep == "+" or (sign == ">" and re.search(r"^[ \t]", body, re.MULTILINE)):
        return None
    lines = (re.sub(r"\n+", lambda match: match.group() + "\n", body) if sign == ">" else body).split("\n")
    indented = [first[1] + line if line else line for line in lines]
    return f"{sign}{'' if ends else '-'}{comment}{newline}" + newline.join(indented)


def _removed(piece: Slice, parent: Node, step: str | int) -> Splice:
    """Return the removal of a list's item: in a block, of its lines."""
    text, items = piece.text, parent.items
    if parent.kind != "list" or not isinstance(step, int) or len(items) < 2:
        raise CannotWrite
    start, end = items[step].start, _end(piece, items[step])
    if text[token(piece, parent).start] == "[":
        if step + 1 < len(items):
            return Splice(start, items[step + 1].start, "")
        return Splice(_end(piece, items[step - 1]), end, "")
    dash = text.rfind("-", 0, start)
    line = _line_start(text, dash)
    if text[line:dash].strip(" ") or text[dash + 1 : start].strip(" ") or (line == 0 and piece.column > 1):
        raise CannotWrite
    stop = _line_end(text, end)
    if text[end:stop].strip() and not text[end:stop].lstrip().startswith("#"):
        raise CannotWrite
    behind = re.compile(r"\r\n|\r|\n").match(text, stop)
    if behind is not None:
        return Splice(line, behind.end(), "")
    return Splice(line - (2 if text[line - 2 : line] == "\r\n" else 1), stop, "")


def _added(piece: Slice, parent: Node, step: str | int, value: Json) -> Iterator[Splice]:
    """Yield the ways to add an item to a list, or a key with its value to a map."""
    if parent.kind == "list" and isinstance(step, int) and parent.items:
        yield from _item_added(piece, parent, step, value)
    elif parent.kind == "list" and not parent.items and isinstance(value, str):
        at = token(piece, parent).start + 1
        yield from (Splice(at, at, text) for text in _scalars(value, "'"))
    elif parent.kind == "map" and isinstance(step, str) and parent.items:
        yield _key_added(piece, parent, step, value)
    else:
        raise CannotWrite


def _item_added(piece: Slice, parent: Node, step: int, value: Json) -> Iterator[Splice]:
    text, items = piece.text, parent.items
    last = items[min(step, len(items)) - 1] if step else items[0]
    style = last.style if last.kind == "scalar" and last.style in ("'", '"') else ""
    flow = text[token(piece, parent).start] == "["
    known = not flow or (isinstance(value, str) and not re.search(r"[,\[\]{}]", value))
    written = (
        list(_scalars(value, style, known=known)) if isinstance(value, str) else [json.dumps(value, ensure_ascii=False)]
    )
    if flow:
        end = _end(piece, last)
        lead = text[end : items[1].start] if len(items) > 1 and last is items[0] else ", "
        lead = lead if re.fullmatch(r"\s*,\s*", lead) else ", "
        yield from (
            Splice(end, end, lead + one) if step else Splice(last.start, last.start, f"{one}, ") for one in written
        )
        return
    dash = text.rfind("-", 0, last.start)
    line = _line_start(text, dash)
    if not step or text[line:dash].strip(" ") or text[dash + 1 : last.start].strip(" "):
        raise CannotWrite
    first = line == 0 and piece.column > 1
    indent = " " * (piece.column - 1 if first else 0) + text[line : last.start]
    stop = _line_end(text, _end(piece, last))
    yield from (Splice(stop, stop, f"{_newline(text)}{indent}{one}") for one in written)


def _key_added(piece: Slice, parent: Node, step: str, value: Json) -> Splice:
    text = piece.text
    if any(entry.key == step for entry in entries(parent)):
        raise CannotWrite
    key = next(_scalars(step, ""))
    last = parent.items[-1]
    end = _end(piece, last)
    if text[token(piece, parent).start] == "{":
        return Splice(end, end, f", {key}: {json.dumps(value, ensure_ascii=False)}")
    indent = " " * (place(text, parent.items[0].start, piece.line, piece.column)[1] - 1)
    newline = _newline(text)
    stop = _line_end(text, end)
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        lines = [f"{newline}{indent}  - {next(_scalars(str(one), ''))}" for one in value]
        return Splice(stop, stop, f"{newline}{indent}{key}:" + "".join(lines))
    written = next(_scalars(value, "")) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Splice(stop, stop, f"{newline}{indent}{key}: {written}")


def _end(piece: Slice, node: Node) -> int:
    """Return where a value ends, without the line end of a block that it ends with."""
    span = token(piece, node)
    return span.start + len(piece.text[span.start : span.end].rstrip())


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    match = re.compile(r"[\r\n]").search(text, at)
    return match.start() if match else len(text)


def _newline(text: str) -> str:
    match = re.search(r"\r\n|\r|\n", text)
    return match.group() if match else "\n"
