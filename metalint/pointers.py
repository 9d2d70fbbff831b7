"""JSON Pointers (RFC 6901): the value that one leads to, and how it is written."""

from __future__ import annotations

from metalint.model import Json, Pointer


class Absent:
    """The type of `ABSENT`: nothing stands at a pointer."""


ABSENT = Absent()


def value_at(value: Json, pointer: Pointer) -> Json | Absent:
    """Return the value at a pointer within a value, or `ABSENT`."""
    for step in pointer:
        if isinstance(value, dict) and step in value:
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return ABSENT
    return value


def pointer_text(pointer: Pointer) -> str:
    """Return a pointer as RFC 6901 writes it."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)
