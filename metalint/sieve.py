"""Many records at a time: which of them are surely clean, and of the others which rules must be asked.

Records of one shape are looked at column by column, in a few calls for all of them together. The sieve may doubt a
record that is clean; it never lets one go that is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from metalint.asked import Asked, Say
from metalint.checks.kinds import Fields, OfFile, OfRecord
from metalint.fields import Place
from metalint.model import Json, Rule, Unread
from metalint.shapes import Form, Peers, Shapes

REMEMBERED = 20_000  # combinations of values
SHAPES = 2_000
Keys = list[list[str | None]]


class Doubt(NamedTuple):
    """What must be looked at of a record: the values of the fields `named`, and rules of records, by their numbers.

    `fields` are these fields, those that the rules are about, and the names of the record.
    """

    fields: Fields
    named: Collection[str]
    rules: Collection[int]


class Sifted(NamedTuple):
    """What the sieve tells of some records, by their numbers from 0; a record without a doubt is clean.

    `keys`: of each rule over the whole file, each record's key. `unsifted`: records it can say nothing about.
    """

    doubts: dict[int, Doubt]
    keys: Keys
    unsifted: Collection[int]


class _Shaped(NamedTuple):
    """The record rules for one shape: those that speak by the shape alone, quick doubts, judges with what is known."""

    found: tuple[int, ...]
    doubts: tuple[int, ...]
    judged: tuple[tuple[int, tuple[str, ...], set[tuple[Json, ...]]], ...]


class Sieve:
    """The sieve for one platform and one set of rules."""

    def __init__(
        self,
        places_of: Mapping[str, tuple[Place, ...]],
        known: Collection[str],
        inner: Mapping[str, frozenset[str]],
        values: Mapping[str, Asked],
        records: Sequence[tuple[Rule, OfRecord]],
        whole: Sequence[tuple[Rule, OfFile]],
        today: date,
        say: Say,
    ) -> None:
        """Raise ValueError for a platform that it cannot sift. `known`: a record with another key is in doubt.

        So is one with another key than `inner` in an item of a list.
        """
        self._known, self._inner = frozenset(known), inner
        self._shapes = Shapes(places_of)
        self._about = [{*rule.given, *prepared.needs} for rule, prepared in records]
        self._records, self._whole, self._today, self._say = records, whole, today, say
        self._joined = {name for name, places in places_of.items() if any(place.split for place in places)}
        if any(name in self._joined for rule, _ in whole for name in rule.given):
            raise ValueError("a rule over the whole file looks at a joined cell")
        met = {name for rule, _ in (*records, *whole) for name in rule.given}
        self._asked = {name: values.get(name) or Asked(name) for name in places_of if name in values or name in met}
        self._shaped: dict[Form, _Shaped] = {}
        self._rows = 0

    def sift(self, records: Sequence[Json | Unread]) -> Sifted:
        """Sift some records."""
        unsifted = set(range(len(records)))
        doubts: dict[int, Doubt] = {}
        keys: Keys = [[None] * len(records) for _ in self._whole]
        for peers in self._shapes.groups(records):
            try:
                found, blank = self._doubts(peers)
                made = list(self._keys(peers))
            except TypeError:  # a list or an object stands where a text is wanted
                continue
            for column, own in zip(keys, made, strict=True):
                for number, key in zip(peers.numbers, own, strict=True):
                    column[number] = key
            doubts.update((peers.numbers[at], doubt) for at, doubt in found.items())
            unsifted.difference_update(peers.numbers)
            unsifted.update(peers.numbers[at] for at in blank)
        return Sifted(doubts, keys, unsifted)

    def _doubts(self, peers: Peers) -> tuple[dict[int, Doubt], set[int]]:
        """Return the doubts about some records of a shape, and those that have another shape than it seems."""
        blank: set[int] = set()
        named: dict[int, set[str]] = {}
        rules: dict[int, set[int]] = {}
        for at, name, is_blank in self._values_in_doubt(peers):
            named.setdefault(at, set()).add(name)
            if is_blank:
                blank.add(at)
        for at, rule in self._rules_in_doubt(peers):
            rules.setdefault(at, set()).add(rule)
        found: dict[int, Doubt] = {}
        strange = self._known and (
            not self._known.issuperset(peers.form[0])
            or any(not known.issuperset(keys) for name, known in self._inner.items() for keys in peers.keys_in(name))
        )
        for at in range(len(peers.numbers)) if strange else sorted(named.keys() | rules.keys()):
            own, asking = sorted(named.get(at, ())), sorted(rules.get(at, ()))
            wanted = {"identifier", "title", *own}.union(*[self._about[rule] for rule in asking])
            found[at] = Doubt(peers.fields(at, wanted), own, asking)
        return found, blank

    def _values_in_doubt(self, peers: Peers) -> Iterator[tuple[int, str, bool]]:
        """Yield a record, a field whose value is in doubt, and whether that is because it is blank."""
        for name, stands in peers.shape.items():
            asked = self._asked.get(name)
            if asked is None:
                continue
            for stand in stands:
                if stand.split:
                    cells = peers.cells(stand)
                    bad = asked.bad([piece.value for cell in cells for piece in cell], self._say)
                    yield from (
                        (at, name, not cell)
                        for at, cell in enumerate(cells)
                        if not cell or (bad and any(piece.value in bad for piece in cell))
                    )
                    continue
                column = peers.column(stand.way)
                if isinstance(column[0], dict) and len(stand.way) == 2:  # an item whose own values are asked
                    continue
                bad = asked.bad(column, self._say)
                if bad:
                    yield from ((at, name, str(value).isspace()) for at, value in enumerate(column) if value in bad)

    def _rules_in_doubt(self, peers: Peers) -> Iterator[tuple[int, int]]:
        shaped = self._shaped.get(peers.form)
        if shaped is None:
            shaped = self._shaped[peers.form] = self._for_shape(peers)
        for rule in shaped.found:
            yield from ((at, rule) for at in range(len(peers.numbers)))
        for rule in shaped.doubts:
            doubt = self._records[rule][1].doubt
            assert doubt is not None
            yield from ((at, rule) for at in doubt(peers))
        for rule, looks, known in shaped.judged:
            rows = list(zip(*[column for name in looks for column in peers.values(name)], strict=True))
            if known.issuperset(rows):
                continue
            for at, row in enumerate(rows):
                if row not in known:
                    if self._finds(rule, peers, at):
                        yield at, rule
                    elif {*map(type, row)} == {str}:  # of numbers, 1 and true are the same to a set
                        known.add(row)
                        self._rows += 1
        if self._rows > REMEMBERED or len(self._shaped) > SHAPES:
            self._shaped.clear()
            self._rows = 0

    def _for_shape(self, peers: Peers) -> _Shaped:
        shape = peers.shape
        found, doubts = [], []
        judged: list[tuple[int, tuple[str, ...], set[tuple[Json, ...]]]] = []
        for number, (rule, prepared) in enumerate(self._records):
            if (prepared.absence and not shape.keys().isdisjoint(prepared.absence)) or (
                prepared.needs and shape.keys().isdisjoint(prepared.needs)
            ):
                continue
            joined = [name for name in rule.given if name in self._joined and name in shape]
            looks = tuple(name for name in dict.fromkeys((*prepared.looks, *joined)) if name in shape)
            if not looks:
                if self._finds(number, peers, 0):
                    found.append(number)
            elif prepared.doubt is not None and not joined:
                doubts.append(number)
            else:
                judged.append((number, looks, set()))
        return _Shaped(tuple(found), tuple(doubts), tuple(judged))

    def _finds(self, number: int, peers: Peers, at: int) -> bool:
        prepared = self._records[number][1]
        fields = peers.fields(at, self._about[number])
        return any(True for _ in prepared.judge(fields, self._today))

    def _keys(self, peers: Peers) -> Iterator[Sequence[str | None]]:
        nothing = [None] * len(peers.numbers)
        for rule, whole in self._whole:
            columns = [peers.values(name)[0] if name in peers.shape else nothing for name in rule.given]
            yield whole.keys(*columns)
