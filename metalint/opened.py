"""A file with its format and its platform told, both from its first records."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from metalint import formats, undecodable
from metalint.formats.source import Source
from metalint.lexicon import Lexicon
from metalint.messages import Sayings
from metalint.model import Fault, Json, Pointer, Slice, Texts, Unreadable
from metalint.platforms import Platform
from metalint.recognising import Choice, choose

T = TypeVar("T")
SEEN_FIRST = 20  # records whose keys tell the platform


class Opened(NamedTuple):
    """A file whose platform is chosen; `pieces` begins with its first record; `keyed`: one of the first has keys."""

    source: Source
    format: str
    choice: Choice
    header: tuple[str, ...] | None
    keyed: bool
    pieces: Iterator[Slice | Fault]


def opened(
    source: Source, known: Sequence[Platform], platform: str | None = None, format_name: str | None = None
) -> Opened:
    """Return a file's format and platform, as named or as its name and first records tell, and its pieces."""
    name = format_name or formats.detect(source.path, next(source.text(), "")[:4096])
    format_ = formats.named(name)
    pieces = format_.split(source, homes(known))
    first: list[Slice | Fault] = []
    keys: list[Sequence[str]] = []
    for piece in pieces:
        first.append(piece)
        if isinstance(piece, Slice):
            value = format_.parse(piece).value
            keys.append(piece.header or (list(value) if isinstance(value, dict) else []))
        if len(keys) >= SEEN_FIRST:
            break
    choice = _choice(source, known, platform, name, keys)
    header = next((piece.header for piece in first if isinstance(piece, Slice)), None)
    if header is None and choice.platform.table and keys:
        # A list that is exported as JSON or XML has the same columns in every record.
        header = tuple(dict.fromkeys(key for group in keys for key in group))
    return Opened(source, name, choice, header, any(keys), itertools.chain(first, pieces))


def records(opened: Opened, lexicon: Lexicon, made: Callable[[Slice, dict[str, Json]], T]) -> Iterator[T | Unreadable]:
    """Yield what a function makes of each record of a file, in order; for a record that cannot be read why not."""
    format_, path = formats.named(opened.format), opened.source.path
    parse = undecodable.parser(format_) if opened.source.undecodable else format_.parse
    zh, en = Sayings("zh-TW", lexicon), Sayings("en", lexicon)
    for piece in opened.pieces:
        faults: Sequence[Fault] = (piece,) if isinstance(piece, Fault) else ()
        if isinstance(piece, Slice):
            parsed = parse(piece)
            if isinstance(parsed.value, dict):
                yield made(piece, parsed.value)
                continue
            nothing = Fault("unreadable", {"reason": "not-an-object"}, format_.locate(piece, ()))
            faults = parsed.faults or (nothing,)
        for fault in faults:
            if fault.kind == "unreadable":
                why = Texts(zh.unreadable(fault.detail), en.unreadable(fault.detail))
                yield Unreadable(path, fault.span.line, fault.span.column, why)


def homes(known: Sequence[Platform]) -> tuple[Pointer, ...]:
    """Return the places where platforms keep their records."""
    return tuple(sorted({home for platform in known for home in platform.records}))


def _choice(
    source: Source, known: Sequence[Platform], platform: str | None, name: str, keys: Sequence[Sequence[str]]
) -> Choice:
    if platform is not None:
        chosen = next(one for one in known if one.name == platform)
        return Choice(chosen, Texts("由 --platform 指定", "named by --platform"))
    outer: Sequence[str] = ()
    if name == "json":
        from metalint.formats import json_

        outer = list(json_.envelope(source))
    return choose(known, keys, outer)
