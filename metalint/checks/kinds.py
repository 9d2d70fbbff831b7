"""What a check is: four kinds, by what they see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

from metalint.model import At, Finding, Json, Pointer
from metalint.vocabulary import Vocabulary

Fields: TypeAlias = Mapping[str, tuple[At, ...]]
Params: TypeAlias = Mapping[str, Json]
T = TypeVar("T")


class Words(Protocol):
    """Where a check gets its words from."""

    def vocabulary(self, name: str) -> Vocabulary:
        """Return the vocabulary of `vocab/<name>.yaml`."""

    def words(self, name: str) -> frozenset[str]:
        """Return the lines of `vocab/words/<name>.txt`."""


class OfValue(NamedTuple):
    """Judges one text by itself: the same text always gets the same findings.

    `trigger` is a set of characters, as inside the brackets of a regular expression, of which one must be in the text
    for anything to be found: the engine looks for all rules' characters in one pass. `innocent` is a pattern: in a text
    whose beginning it matches nothing is found. It is what most values look like; the engine makes one pattern of those
    of all rules, so it has neither groups with names nor flags for the whole.
    """

    judge: Callable[[str], Iterable[Finding]]
    trigger: str | None = None
    innocent: str | None = None


def longer_than(size: int) -> str:
    """Return a pattern of (nearly all) texts of more than `size` characters, from 1 on, spaces at the ends left out."""
    return rf"\S(?s:.{{{size - 1}}})\S"


class Peers(Protocol):
    """Many records whose fields stand at the same places, side by side."""

    def places(self, name: str) -> Sequence[Pointer]:
        """Return where a field stands, in order."""

    def values(self, name: str) -> Sequence[Sequence[Json]]:
        """Return for each place of a field its values, one a record."""

    def each(self, function: Callable[[Sequence[Any]], Sequence[T]], name: str) -> Sequence[Sequence[T]]:
        """Return what a function makes of the values at each place of a field; several rules ask for the same.

        It may raise TypeError for values that are no texts: such records are looked at one by one.
        """


class OfRecord(NamedTuple):
    """Judges the fields of one record together, on a given day.

    It is asked only where one of the fields that it `needs` is there; or, if it looks for the `absence` of fields,
    where none of them is. `looks` are the fields whose values matter, of the others only whether they are there; for
    the same values it finds the same. Where values hardly repeat, `doubt` tells quickly of many records which ones
    (numbers from 0) must be judged: it may name too many, but none too few.
    """

    judge: Callable[[Fields, date], Iterable[Finding]]
    needs: tuple[str, ...] = ()
    absence: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    doubt: Callable[[Peers], Iterable[int]] | None = None


class OfFile(NamedTuple):
    """Groups the records of a file by a key: a group of `least` or more is found.

    `keys` makes of the first values of each given field (columns, `None` where a record has none) a key for each
    record; one without a key is in no group. `every`: each record after the first of its group is a problem; else the
    first one, once for the group.
    """

    keys: Callable[..., Sequence[str | None]]
    least: int
    every: bool


class OfSpelling(NamedTuple):
    """Counts how the values of a field are spelt in the whole file; those that `means` makes the same are one group.

    A spelling is found beside another one that stands `least` times or more, and `times` times as often.
    """

    means: Callable[[str], str]
    times: int
    least: int


class Check(Protocol):
    """What a module of `metalint.checks` offers."""

    PARAMS: Params  # a JSON Schema of the params, tested when a rule is loaded

    def prepare(self, params: Params, given: Sequence[str], words: Words) -> OfValue | OfRecord | OfFile | OfSpelling:
        """Return the judge of a rule: what costs time is done here, once."""
