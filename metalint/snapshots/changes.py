"""What changed in a dataset, field by field; no change are white space, width, order, counts of facets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from metalint import dates
from metalint.fields import FIELDS
from metalint.lexicon import Lexicon
from metalint.model import At, Json, Pointer
from metalint.snapshots import breaking, links
from metalint.snapshots.sides import SEPARATORS, SILENT, Entry, Side, items
from metalint.vocabulary import Vocabulary, fold

TOUCHED = ("modified", "distribution.modified", "distribution.byteSize", "quality")  # told apart
_OWN_WAY = ("identifier", "distribution.identifier", *links.FIELDS)
_LISTS = (
    *("keyword", "theme", "language", "columns", "landingPage", "relation", "conformsTo"),
    *("distribution.format", "distribution.mediaType", "distribution.encoding", "distribution.title"),
    *("distribution.description", "distribution.columns"),
)
_WORDS = {
    "license": "licenses",
    "cost": "costs",
    "frequency": "frequencies",
    "type": "types",
    "distribution.format": "formats",
    "distribution.encoding": "encodings",
    "language": "languages",
}
_ORDER = {field: at for at, field in enumerate(FIELDS)}
_DATES = ("issued", "temporalFrom", "temporalTo")
_COUNT = re.compile(r"\s*[(（]\s*[0-9,，]+\s*[)）]\s*$")


class Change(NamedTuple):
    """A field that is not what it was: its place, what stood there and stands there now (`None`: nothing).

    `breaking` names what a user loses by it; empty where nothing.
    """

    pointer: Pointer
    field: str
    old: Json
    new: Json
    breaking: str = ""

    @property
    def touched(self) -> bool:
        """Whether only something that changes by itself did: a date of update, a size."""
        return self.field in TOUCHED


def changes(old: Entry, new: Entry, olds: Side, news: Side, lexicon: Lexicon, *, identified: bool) -> list[Change]:
    """Return the changes of a dataset in the fields that both files have, breaking ones first.

    `identified`: an identifier tells a dataset, so another one is a change.
    """
    both = olds.exported[old.path] & news.exported[new.path]
    found: list[Change] = []
    if identified and "identifier" in both and _plain(old.identifier) != _plain(new.identifier):
        found.append(_change("identifier", old, new))
    for field in sorted(both - {*_OWN_WAY, *SILENT}):
        if field in old.fields or field in new.fields:
            found += _of_field(field, old, new, lexicon)
    found += [Change(*one) for one in links.changes(old, new, both)]
    named = [one._replace(breaking=breaking.named(one.field, old, new, one.new, lexicon)) for one in found]
    return sorted(named, key=lambda one: (not one.breaking, one.touched, _ORDER[one.field]))


def _of_field(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> Iterator[Change]:
    here, there = old.fields.get(field, ()), new.fields.get(field, ())
    if here == there:
        return
    vocabulary = lexicon.vocabulary(_WORDS[field]) if field in _WORDS else None
    if _meant(field, here, vocabulary) != _meant(field, there, vocabulary):
        yield _change(field, old, new)


def _change(field: str, old: Entry, new: Entry) -> Change:
    here, there = old.fields.get(field, ()), new.fields.get(field, ())
    pointer = (there or here)[0].pointer
    return Change(pointer, field, _shown(here), _shown(there))


def _shown(ats: Sequence[At]) -> Json:
    """Return what stands in a field: nothing, one value, or several."""
    found = [at.value for at in ats]
    return None if not found else found[0] if len(found) == 1 else found


def _meant(field: str, ats: Sequence[At], vocabulary: Vocabulary | None) -> object:
    """Return what a field says, so that two that say the same are equal."""
    texts = [at.value if isinstance(at.value, str) else str(at.value) for at in ats]
    if field == "category":
        texts = [_COUNT.sub("", text) for text in texts]
    if vocabulary is not None:
        parts = [part for text in texts for part in ([text] if vocabulary.find(text) else SEPARATORS.split(text))]
        return frozenset(term.id if (term := vocabulary.find(part)) else fold(part) for part in parts if part.strip())
    if field in _DATES:
        return tuple(dates.read(text).day or _plain(text) for text in texts)
    if field in _LISTS:
        return items(texts)
    return tuple(map(_plain, texts))


def _plain(text: str) -> str:
    """Return a text without white space and differences of width."""
    return "".join(unicodedata.normalize("NFKC", text).split())
