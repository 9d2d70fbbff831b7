"""What a check is: three kinds, by what they see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeAlias

from metalint.model import At, Finding, Json
from metalint.vocabulary import Vocabulary

Fields: TypeAlias = Mapping[str, tuple[At, ...]]
Params: TypeAlias = Mapping[str, Json]


class Words(Protocol):
    """Where a check gets its words from."""

    def vocabulary(self, name: str) -> Vocabulary:
        """Return the vocabulary of `vocab/<name>.yaml`."""

    def words(self, name: str) -> frozenset[str]:
        """Return the lines of `vocab/words/<name>.txt`."""


class OfValue(NamedTuple):
    """Judges one text by itself: the same text always gets the same findings.

    `trigger` is a set of characters, as inside the brackets of a regular expression, of which one must be in the text
    for anything to be found: the engine looks for all rules' characters in one pass. `innocent` is a pattern of texts
    in which nothing is found: what most values look like, asked once for all rules that share it.
    """

    judge: Callable[[str], Iterable[Finding]]
    trigger: str | None = None
    innocent: str | None = None


class OfRecord(NamedTuple):
    """Judges the fields of one record together, on a given day.

    It is asked only where one of the fields that it `needs` is there; or, if it looks for the `absence` of fields,
    where none of them is.
    """

    judge: Callable[[Fields, date], Iterable[Finding]]
    needs: tuple[str, ...] = ()
    absence: tuple[str, ...] = ()


class OfFile(NamedTuple):
    """Groups the records of a file by a key: a group of `least` or more is found.

    `every`: each record after the first of its group is a problem; else the first one, once for the group.
    """

    key: Callable[[Fields], tuple[str, At] | None]
    least: int
    every: bool


class Check(Protocol):
    """What a module of `metalint.checks` offers."""

    PARAMS: Params  # a JSON Schema of the params, tested when a rule is loaded

    def prepare(self, params: Params, given: Sequence[str], words: Words) -> OfValue | OfRecord | OfFile:
        """Return the judge of a rule: what costs time is done here, once."""
