"""The program as a library, its reading: paths in, what each record says of its dataset out. No rule is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from metalint import fields as places
from metalint import formats, inputs, undecodable
from metalint import opened as opening
from metalint.lexicon import Lexicon
from metalint.messages import Sayings
from metalint.model import At, Fault, Json, Slice, Texts, Unreadable
from metalint.opened import Opened
from metalint.platforms import Platform
from metalint.report import Report
from metalint.run import Options, all_platforms, open_path, prove_platform
from metalint.settling import settler
from metalint.shipped import shipped


class Dataset(NamedTuple):
    """A record: its file, the line it begins on, its number there from 1, and its identifier (else that number).

    `fields` are its values under metalint's names, `raw` is all of it as its platform has it; `header` names the
    columns of a table, `None` where the file is none.
    """

    path: str
    line: int
    number: int
    record: str
    title: str
    agency: str
    fields: Mapping[str, tuple[At, ...]]
    raw: Mapping[str, Json]
    platform: Platform
    header: tuple[str, ...] | None = None


def read(paths: Sequence[str], options: Options) -> Iterator[Dataset | Unreadable]:
    """Yield the datasets of files in the order of their paths; between them what cannot be read. Raises CannotRun."""
    known = all_platforms(options)
    prove_platform(known, options)
    lexicon = Lexicon((shipped("vocab"),))
    report = Report()
    named = inputs.expand(paths, options.exclude)
    settled = settler(paths, options)
    held = ((path, own) for path in named.files if (own := settled(path)) is not None)
    sources = [(source, own) for path, own in held if (source := open_path(path, own, report)) is not None]
    yield from (Unreadable(path, 0, 0, why) for path, why in (*named.missing, *report.unreadable))
    for source, own in sorted(sources, key=lambda one: one[0].path):
        try:
            if source.binary is not None:
                what = source.binary
                yield Unreadable(source.path, 0, 0, Texts(f"不是文字檔（{what}）", f"no text ({what})"))
                continue
            yield from of_file(opening.opened(source, known, own.platform, own.format), lexicon)
        except OSError as error:
            why = error.strerror or str(error)
            yield Unreadable(source.path, 0, 0, Texts(f"無法讀取：{why}", f"cannot be read: {why}"))
        finally:
            source.close()


def of_file(opened: Opened, lexicon: Lexicon) -> Iterator[Dataset | Unreadable]:
    """Yield the datasets of one file, in order; for a record that cannot be read why not."""
    format_, path, platform = formats.named(opened.format), opened.source.path, opened.choice.platform
    parse = undecodable.parser(format_) if opened.source.undecodable else format_.parse
    fields_of = places.reader(platform.fields)
    zh, en = Sayings("zh-TW", lexicon), Sayings("en", lexicon)
    for piece in opened.pieces:
        faults: Sequence[Fault] = (piece,) if isinstance(piece, Fault) else ()
        if isinstance(piece, Slice):
            parsed = parse(piece)
            if isinstance(parsed.value, dict):
                fields = fields_of(parsed.value)
                name, title = places.names_of(piece, fields)
                agency = agency_of(fields)
                place, header = (path, piece.line, piece.number), opened.header
                yield Dataset(*place, name, title, agency, fields, parsed.value, platform, header)
                continue
            nothing = Fault("unreadable", {"reason": "not-an-object"}, format_.locate(piece, ()))
            faults = parsed.faults or (nothing,)
        for fault in faults:
            if fault.kind == "unreadable":
                why = Texts(zh.unreadable(fault.detail), en.unreadable(fault.detail))
                yield Unreadable(path, fault.span.line, fault.span.column, why)


def agency_of(fields: Mapping[str, tuple[At, ...]]) -> str:
    """Return the name of the agency that provides a dataset, else of the one above it; empty where none is named."""
    for name in ("publisher", "organization"):
        for at in fields.get(name, ()):
            if isinstance(at.value, str):
                return " ".join(at.value.split())
    return ""
