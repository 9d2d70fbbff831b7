"""What one thing is called: the concepts of `vocab/synonyms/`, and where a text names one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from metalint import datafiles
from metalint.datafiles import DataError
from metalint.hanzi import has_hanzi
from metalint.model import Json

KEYS = ("everyday", "official", "en", "dated", "not")
_SHORT = 2  # Hanzi of a form that counts only where words begin and end: 國保 is not in 全國保育
_LEVEL: dict[int, int | str] = {**{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}, ord("台"): "臺", 0x3000: " "}


class ConceptError(Exception):
    """A file of concepts that cannot be used: its name, the place and the reason."""


class Concept(NamedTuple):
    """One thing and its names: preferred, those of the public (the commonest first), long official ones, English.

    `dated` names are understood, but no agency would use them today; `but` are words that hold one of the names without
    meaning the thing.
    """

    preferred: str
    everyday: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    file: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return all names by which a text may name it; English ones are for show."""
        return (self.preferred, *self.official, *self.everyday, *self.dated)


class Named(NamedTuple):
    """A place in a text that names a concept: by which of its names, as it is written there, and from which offset.

    `inside`: the place is part of a longer name of another thing, as 自行車 in 公共自行車.
    """

    concept: Concept
    name: str
    written: str
    start: int
    inside: bool = False

    @property
    def end(self) -> int:
        """Return the offset behind it."""
        return self.start + len(self.written)


class Concepts:
    """Finds concepts in texts. Case, width and 台/臺 do not count."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.all = tuple(concepts)
        self._names: dict[str, list[tuple[str, str, Concept]]] = {}
        for concept in self.all:
            for name in dict.fromkeys(concept.names):
                flat = level(name)
                self._names.setdefault(flat[0], []).append((flat, name, concept))

    def named(self, text: str, bounds: Collection[int] | None = None) -> list[Named]:
        """Return where a text names a concept, from its beginning. `bounds` are the offsets between its words.

        Without them short names count anywhere.
        """
        found = [*self._found(text, bounds)]
        return [one._replace(inside=any(_holds(other, one) for other in found)) for one in found]

    def _found(self, text: str, bounds: Collection[int] | None) -> Iterator[Named]:
        flat = level(text)
        for at, sign in enumerate(flat):
            for form, name, concept in self._names.get(sign, ()):
                if flat.startswith(form, at) and self._stands(flat, form, at, concept, bounds):
                    yield Named(concept, name, text[at : at + len(form)], at)

    def _stands(self, flat: str, form: str, at: int, concept: Concept, bounds: Collection[int] | None) -> bool:
        end = at + len(form)
        if _latin(form[0]) and at and _latin(flat[at - 1]):
            return False
        if _latin(form[-1]) and _latin(flat[end : end + 1]):
            return False
        if bounds is not None and len(form) <= _SHORT and has_hanzi(form) and not {at, end} <= {*bounds}:
            return False
        return not any(_covers(flat, level(other), at, end) for other in concept.but)


def read(folders: Sequence[Path]) -> Concepts:
    """Return the concepts of the folders' `synonyms/*.yaml`; a later one replaces one that is preferred the same.

    Raises ConceptError.
    """
    found: dict[str, Concept] = {}
    for folder in folders:
        try:
            files = datafiles.read(folder, "synonyms/*.yaml")
        except DataError as error:
            raise ConceptError(str(error)) from error
        for file, data in files.items():
            listed = data.get("concepts") if isinstance(data, dict) else None
            if not isinstance(listed, list):
                raise ConceptError(f"{folder / file}: a mapping with a list `concepts` is wanted")
            for number, entry in enumerate(listed):
                try:
                    concept = _concept(entry, Path(file).stem)
                except ValueError as error:
                    raise ConceptError(f"{folder / file}: /concepts/{number}: {error}") from error
                found[concept.preferred] = concept
    return Concepts([*found.values()])


def leads(name: str, concept: Concept) -> bool:
    """Tell whether a name leads to the preferred one.

    From a word of the public only one that is short for it does, or that has no Hanzi: 性平, AED. A 市場 need not be a
    傳統市場.
    """
    if name not in concept.everyday or not has_hanzi(name):
        return True
    return any(name not in long and is_among(name, long) for long in (concept.preferred, *concept.official))


def searched_by(concept: Concept) -> str:
    """Return the public's first word for a thing; nothing where a search for it finds the proper term anyway."""
    word = concept.everyday[0] if concept.everyday else ""
    # A word that is part of the long one is found by it: there is nothing to gain.
    return "" if level(word) in level(concept.preferred) else word


def is_among(short: str, long: str) -> bool:
    """Tell whether all signs of a word stand in a longer one, in this order."""
    signs = iter(long)
    return all(sign in signs for sign in short)


def level(text: str) -> str:
    """Return a text of the same length in which case, width and 台/臺 are no difference."""
    flat = text.translate(_LEVEL)
    small = flat.lower()
    return small if len(small) == len(text) else flat


def _concept(entry: Json, file: str) -> Concept:
    if not isinstance(entry, dict) or not isinstance(entry.get("preferred"), str) or not entry["preferred"]:
        raise ValueError("a mapping with a text `preferred` is wanted")
    if strange := entry.keys() - {"preferred", *KEYS}:
        raise ValueError(f"unknown key {', '.join(sorted(map(str, strange)))}; there is: preferred, {', '.join(KEYS)}")
    everyday, official, en, dated, but = (_texts(entry, key) for key in KEYS)
    return Concept(str(entry["preferred"]), everyday, official, en, dated, but, file)


def _texts(entry: Mapping[str, Json], key: str) -> tuple[str, ...]:
    listed = entry.get(key, [])
    if not isinstance(listed, list) or not all(isinstance(item, str) and item for item in listed):
        raise ValueError(f"{key}: a list of texts is wanted (put numbers, yes and no in quotes)")
    return tuple(map(str, listed))


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _holds(other: Named, one: Named) -> bool:
    """Tell whether a place is part of a longer one that names another thing; 職業安全衛生 names it in any place."""
    longer = other.start <= one.start and one.end <= other.end and len(other.written) > len(one.written)
    return longer and other.concept is not one.concept


def _covers(flat: str, other: str, at: int, end: int) -> bool:
    """Tell whether a word stands over a place."""
    start = flat.find(other, max(0, end - len(other)), at + len(other))
    return start >= 0
