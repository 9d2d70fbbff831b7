"""The program as a library, its reading: paths in, what each record says of its dataset out. No rule is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from metalint import fields as places
from metalint import inputs
from metalint import opened as opening
from metalint.lexicon import Lexicon
from metalint.messages import no_text
from metalint.model import At, Json, Slice, Texts, Unreadable
from metalint.opened import Opened
from metalint.platforms import Platform
from metalint.report import Report
from metalint.run import Options, all_platforms, open_path, prove_platform
from metalint.settling import settler
from metalint.shipped import shipped

T = TypeVar("T")


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
    lexicon = Lexicon((shipped("vocab"),))
    yield from files(paths, options, lambda opened: of_file(opened, lexicon))


def files(
    paths: Sequence[str], options: Options, of_one: Callable[[Opened], Iterator[T | Unreadable]]
) -> Iterator[T | Unreadable]:
    """Yield what a function makes of each file, in the order of their paths; before and between what cannot be read.

    Raises CannotRun.
    """
    known = all_platforms(options)
    prove_platform(known, options)
    report = Report()
    named = inputs.expand(paths, options.exclude)
    settled = settler(paths, options)
    held = ((path, own) for path in named.files if (own := settled(path)) is not None)
    sources = [(source, own) for path, own in held if (source := open_path(path, own, report)) is not None]
    yield from (Unreadable(path, 0, 0, why) for path, why in (*named.missing, *report.unreadable))
    for source, own in sorted(sources, key=lambda one: one[0].path):
        try:
            if source.binary is not None:
                yield Unreadable(source.path, 0, 0, no_text(source.binary))
                continue
            yield from of_one(opening.opened(source, known, own.platform, own.format))
        except OSError as error:
            why = error.strerror or str(error)
            yield Unreadable(source.path, 0, 0, Texts(f"無法讀取：{why}", f"cannot be read: {why}"))
        finally:
            source.close()


def of_file(opened: Opened, lexicon: Lexicon) -> Iterator[Dataset | Unreadable]:
    """Yield the datasets of one file, in order; for a record that cannot be read why not."""
    path, platform, header = opened.source.path, opened.choice.platform, opened.header
    fields_of = places.reader(platform.fields)

    def dataset(piece: Slice, value: dict[str, Json]) -> Dataset:
        fields = fields_of(value)
        names = (*places.names_of(piece, fields), agency_of(fields))
        return Dataset(path, piece.line, piece.number, *names, fields, value, platform, header)

    return opening.records(opened, lexicon, dataset)


def agency_of(fields: Mapping[str, tuple[At, ...]]) -> str:
    """Return the name of the agency that provides a dataset, else of the one above it; empty where none is named."""
    for name in ("publisher", "organization"):
        for at in fields.get(name, ()):
            if isinstance(at.value, str):
                return " ".join(at.value.split())
    return ""
