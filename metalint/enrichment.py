"""One file: its records as what is known of datasets, and the keywords that each of them lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from metalint import fields as places
from metalint import opened as opening
from metalint.keywords.example import Subject
from metalint.lexicon import Lexicon
from metalint.model import Enriched, Json, Slice, Suggestion, Unreadable
from metalint.opened import Opened

if TYPE_CHECKING:
    from metalint.checks.kinds import Fields

TEXTS = ("title", "description", "columns")
NAMES = ("publisher", "organization", "category", "theme")  # what a record says of itself elsewhere is no keyword
_FACET = re.compile(r"\s*\([0-9]+\)$")  # how many datasets a category has, which some portals write into it
_REMEMBERED = 50_000  # texts: the same ones are candidates for many records
_CODE = re.compile(r"[A-Za-z]?[0-9]+")
_REFUSING = ("formats", "placeholders", "encodings", "licenses", "frequencies", "places")


class Record(NamedTuple):
    """A record of a file: its name and title, what is known of it, all of it, and the key of its keywords."""

    path: str
    name: str
    title: str
    subject: Subject
    raw: Mapping[str, Json]
    key: str | None


def reader(opened: Opened) -> Callable[[Slice, dict[str, Json]], Record]:
    """Return a function from a record, and what it says, to what is known of it."""
    path, fields = opened.source.path, opened.choice.platform.fields
    read = places.reader(fields)
    keyword_keys = [str(place.pattern[0]) for place in fields.get("keyword", ())]

    def record(piece: Slice, value: dict[str, Json]) -> Record:
        known = read(value)
        key = next((key for key in keyword_keys if key in value), None)
        return Record(path, *places.names_of(piece, known), _subject(known), value, key)

    return record


def records(opened: Opened, lexicon: Lexicon) -> Iterator[Record | Unreadable]:
    """Yield each record of a file, in order; for one that cannot be read why not."""
    return opening.records(opened, lexicon, reader(opened))


def enriched(record: Record, keywords: Sequence[Suggestion]) -> Enriched:
    """Return a record with the keywords that it lacks."""
    subject = record.subject
    return Enriched(
        record.path, record.name, record.title, subject.present, tuple(keywords), subject.texts, record.raw, record.key
    )


def refuser(lexicon: Lexicon) -> Callable[[str], bool]:
    """Return what tells that a text is no keyword: a code, a format, a place, a placeholder."""
    vocabularies = [lexicon.vocabulary(name) for name in _REFUSING]

    @lru_cache(_REMEMBERED)
    def refused(text: str) -> bool:
        return is_code(text) or any(vocabulary.find(text) is not None for vocabulary in vocabularies)

    return refused


def is_code(text: str) -> bool:
    """Tell whether a text is a number or a code, such as an item of Wikidata (Q29019698): nobody searches for it."""
    return _CODE.fullmatch(text) is not None


def _subject(known: Fields) -> Subject:
    texts = {name: "\n".join(str(at.value) for at in known[name]) for name in TEXTS if name in known}
    present = tuple(
        dict.fromkeys(str(at.value).strip() for at in known.get("keyword", ()) if isinstance(at.value, str))
    )
    agency = next((str(known[name][0].value) for name in ("publisher", "organization") if name in known), "")
    categories = [_FACET.sub("", str(at.value)) for name in ("category", "theme") for at in known.get(name, ())]
    names = [*categories, *(str(at.value) for name in NAMES for at in known.get(name, ()))]
    return Subject(texts, present, tuple(dict.fromkeys(names)), agency, tuple(dict.fromkeys(categories)))
