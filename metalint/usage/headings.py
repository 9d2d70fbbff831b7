"""Which keys of a record hold what of its use: the platform's own names first, then those of `vocab/usage.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from metalint.datasets import Dataset
from metalint.fields import Place, reader
from metalint.model import Json
from metalint.platforms import parse_pointer
from metalint.vocabulary import Vocabulary

# A field of usage statistics, by metalint's name for it where a platform may name it too.
_FIELDS = {"identifier": "identifier", "title": "title", "agency": "publisher", "issued": "issued"}
_COUNTS = ("views", "downloads")
_TERMS = (*_COUNTS, "period", "year", "month", *_FIELDS)


class Cell(NamedTuple):
    """A value that tells of use, and the key that it stands under."""

    key: str
    value: Json


Cells = Mapping[str, tuple[Cell, ...]]


def cells(vocabulary: Vocabulary) -> Callable[[Dataset], Cells]:
    """Return a function from a dataset to its values by term; a term that no key tells of is absent.

    Of several keys the first counts. A value that lies deeper may have several parts, one for each distribution.
    """
    found: dict[tuple[str, ...], Mapping[str, str]] = {}
    places = {term.id: _places(term.facts.get("pointers")) for term in vocabulary.terms if term.facts.get("pointers")}
    deep = reader({f"{name}#{number}": (place,) for name, own in places.items() for number, place in enumerate(own)})

    def read(dataset: Dataset) -> Cells:
        raw = dataset.raw
        keys = tuple(raw)
        named = found.get(keys)
        if named is None:
            named = found[keys] = _named(keys, dataset, vocabulary)
        values: dict[str, tuple[Cell, ...]] = {term: (Cell(key, raw[key]),) for term, key in named.items()}
        nested = deep(dict(raw)) if any(isinstance(value, (dict, list)) for value in raw.values()) else {}
        for name, ats in nested.items():
            values.setdefault(name.partition("#")[0], tuple(Cell(str(at.pointer[-2]), at.value) for at in ats))
        return values

    return read


def spellings(vocabulary: Vocabulary, term: str) -> tuple[str, ...]:
    """Return what a column may be called, the usual name first."""
    found = next(one for one in vocabulary.terms if one.id == term)
    aliases = found.facts.get("aliases")
    return (found.label.zh, *(str(one) for one in (aliases if isinstance(aliases, list) else [])))


def _named(keys: Iterable[str], dataset: Dataset, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the key of each term that a record of these keys tells of."""
    ranks = {name: rank for rank, name in enumerate(_order(vocabulary))}
    own = dataset.platform.fields
    chosen: dict[str, str] = {}
    for term in _TERMS:
        field = term if term in _COUNTS else _FIELDS.get(term, "")
        tops = (str(place.pattern[0]) for place in own.get(field, ()) if len(place.pattern) == 1)
        key = next((top for top in tops if top in dataset.raw), None)
        if key is not None:
            chosen[term] = key
    best = partial(_rank, ranks)
    for key in sorted(keys, key=best):
        found = vocabulary.find(key)
        if found is not None and found.id in _TERMS:
            chosen.setdefault(found.id, key)
    return chosen


def _order(vocabulary: Vocabulary) -> Iterator[str]:
    for term in _TERMS:
        yield from spellings(vocabulary, term)


def _rank(ranks: Mapping[str, int], key: str) -> tuple[int, str]:
    return ranks.get(key, len(ranks)), key


def _places(pointers: Json) -> tuple[Place, ...]:
    return tuple(Place(parse_pointer(str(one))) for one in (pointers if isinstance(pointers, list) else []))
