"""Records that are handed over as they are: kept in the folder of their part: no run holds a whole catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from metalint.audit.asked import Part
from metalint.formats.source import Source
from metalint.formats.stretch import Held
from metalint.model import Slice

_FILE = "pieces.jsonl"


def bare(part: Part) -> Part:
    """Return a part without the texts of its records."""
    return part._replace(
        sources=tuple(replace(one, pieces=()) if isinstance(one, Held) else one for one in part.sources)
    )


def write(folder: Path, part: Part) -> None:
    """Write the records that a part holds, if it is one that does. Raises OSError."""
    held = [piece for one in part.sources if isinstance(one, Held) for piece in one.pieces if isinstance(piece, Slice)]
    if held:
        with (folder / _FILE).open("w", encoding="ascii", newline="\n") as file:
            file.writelines(json.dumps(piece._replace(parsed=None)[:6]) + "\n" for piece in held)


def whole(folder: Path, source: Source) -> Source:
    """Return a source with the records that it had when its part was looked at. Raises OSError."""
    if not isinstance(source, Held) or not (folder / _FILE).exists():
        return source
    return replace(source, pieces=tuple(_read(folder)))


def _read(folder: Path) -> Iterator[Slice]:
    with (folder / _FILE).open(encoding="ascii") as file:
        for line in file:
            number, text, at, column, home, header = json.loads(line)
            yield Slice(number, text, at, column, tuple(home), tuple(header) if header is not None else None)
