"""A mended file's bytes: those of the file, spliced, and then read again, for they must say what was meant."""

from __future__ import annotations

import dataclasses
import itertools
import json
import tempfile
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import IO, NamedTuple

from metalint import formats
from metalint.formats.source import Source
from metalint.formats.spliced import Misplaced, Placed, spliced
from metalint.model import UNREAD, Pointer, Slice

IN_MEMORY = 32 << 20  # bytes of a mended file, beyond which they go to disk


class Replaced(NamedTuple):
    """What stands in the place of a stretch of a file: offsets of bytes."""

    start: int
    end: int
    data: bytes


class Rebuilt(NamedTuple):
    """A file's new bytes, to be closed by whoever gets them, and how they come of the old ones."""

    data: IO[bytes]
    changes: Sequence[Replaced]


def rebuilt(
    source: Source, format_name: str, placed: Sequence[Placed], meant: Mapping[int, str], homes: Sequence[Pointer]
) -> Rebuilt:
    """Return a file with some records mended; `meant` tells of these, by number, what they are to be (see there).

    Raises Misplaced if anything else would come of it.
    """
    data = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  it is handed on
    changes: list[Replaced] = []
    at = 0
    try:
        for raw, instead in spliced(source, format_name, placed):
            data.write(raw if instead is None else instead)
            if instead is not None:
                changes.append(Replaced(at, at + len(raw), instead))
            at += len(raw)
        after = dataclasses.replace(source, spool=data, file=None)  # type: ignore[arg-type]  # typeshed: no BinaryIO
        if not _is_meant(source, after, format_name, meant, homes):
            raise Misplaced  # noqa: TRY301
    except BaseException:
        data.close()
        raise
    return Rebuilt(data, changes)


def meant(before: Slice, now: Slice, format_name: str) -> str:
    """Return what tells a mended record from any other: a hash of its text, or what it says if that is not its own."""
    return _said(now, format_name, alone=not _in_document(before, format_name))


def _is_meant(
    before: Source, after: Source, format_name: str, meant: Mapping[int, str], homes: Sequence[Pointer]
) -> bool:
    """Tell whether a file's records say what they said; of some it is told, by number, what they are to say."""
    format_ = formats.named(format_name)
    pairs = itertools.zip_longest(format_.split(before, homes), format_.split(after, homes))
    for old, new in pairs:
        if not isinstance(old, Slice) or not isinstance(new, Slice):
            if type(old) is not type(new):
                return False
        else:
            alone = not _in_document(old, format_name)
            if _said(new, format_name, alone=alone) != (meant.get(old.number) or _said(old, format_name, alone=alone)):
                return False
    return True


def _in_document(piece: Slice, format_name: str) -> bool:
    """Tell whether a record's text is that of its whole document, as YAML's anchors want it."""
    return format_name == "yaml" and bool(piece.home) and isinstance(piece.home[-1], int)


def _said(piece: Slice, format_name: str, *, alone: bool) -> str:
    if not alone:
        value = formats.named(format_name).parse(piece._replace(parsed=None)).value
        return "" if value is UNREAD else json.dumps(value)
    # A block of YAML ends with its line, any other value before that.
    text = piece.text.rstrip() if format_name == "yaml" else piece.text
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
