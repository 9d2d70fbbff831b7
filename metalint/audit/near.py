"""Datasets that are nearly the same, over all partitions of a catalogue: their facts in, groups of records out.

Everything is sorting and comparing neighbours, so that 5,000 records alike cost 5,000 steps and not twelve million.
Neither the order of records nor how they are parted changes what is found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metalint.audit.near_facts import DESCRIBED, Facts, column, nothing, together
from metalint.audit.near_groups import Groups, Rows, places, runs
from metalint.audit.near_signatures import BANDS, agreement
from metalint.audit.near_titles import NAMED, OWN, PLACED

NEAR_DUPLICATE, SERIES, TEMPLATE = "dataset/near-duplicate", "dataset/series-by-place", "description/template"
RULES = frozenset((NEAR_DUPLICATE, SERIES, TEMPLATE))

ALIKE = 0.8  # the least share that two descriptions have in common
LEAST = 5  # datasets that make a series, or descriptions a template
AGENCIES = 3  # where more list a dataset of one name, it is a kind of dataset, not one dataset
WINDOW = 16  # neighbours that a record is compared with


class Group(NamedTuple):
    """Records that a rule finds together: the number of their partition and their row there, from 0, ascending."""

    rule: str
    records: tuple[tuple[int, int], ...]


def reconcile(parts: Sequence[Path | Facts], on: Collection[str] = RULES) -> list[Group]:
    """Return the groups of records of all partitions that some rules find, by rule and first record.

    Raises OSError, and ValueError for a file that holds no facts.
    """
    facts, begins = _together(parts)
    found: tuple[tuple[str, Callable[[Facts], Iterator[Rows]]], ...] = (
        (NEAR_DUPLICATE, _near_duplicates),
        (SERIES, _series),
        (TEMPLATE, _templates),
    )
    return [Group(rule, tuple(places(rows, begins))) for rule, find in found if rule in on for rows in find(facts)]


def _near_duplicates(facts: Facts) -> Iterator[Rows]:
    """Yield records whose titles name one dataset, of one agency or of agencies that have it from each other."""
    order = _order(facts, facts.same, facts.titled, facts.described, facts.links)
    many = _many_agencies(facts, order)
    groups = Groups(len(facts.flags))
    for step in range(1, WINDOW + 1):
        left, right = order[:-step], order[step:]
        met = facts.same[left] == facts.same[right]
        if not met.any():
            break
        left, right = left[met], right[met]
        good = _one_dataset(facts, left, right, many)
        groups.link(left[good], right[good])
    for group in groups:
        known = np.where(facts.agency[group] != 0, facts.titled[group], group)
        if len(np.unique(known)) > 1:  # else rule dataset/duplicate says so
            yield group


def _one_dataset(facts: Facts, left: Rows, right: Rows, many: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which pairs of one name are one dataset."""
    both, either = facts.flags[left] & facts.flags[right], facts.flags[left] | facts.flags[right]
    mine = (facts.agency[left] == facts.agency[right]) & (facts.agency[left] != 0)
    linked = (facts.links[left] == facts.links[right]) & (facts.links[left] != 0)
    told = (both & DESCRIBED) != 0
    alike = told.copy()
    alike[told] = agreement(facts.signature, left[told], right[told]) >= ALIKE
    above = (facts.agency[left] == facts.body[right]) | (facts.body[left] == facts.agency[right])
    named = (both & (PLACED | NAMED)) != 0
    own = (either & OWN) != 0
    known = named | (above & ~own)
    others = ~many[left] & ((alike & (named | ~own)) | (~told & known))
    good: NDArray[np.bool_] = mine | linked | others
    return good


def _many_agencies(facts: Facts, order: Rows) -> NDArray[np.bool_]:
    """Return for each record whether more agencies list a dataset of its name than can mean one."""
    many = np.zeros(len(facts.flags), np.bool_)
    many[order] = _distinct(facts.same[order], facts.agency[order]) > AGENCIES
    return many


def _series(facts: Facts) -> Iterator[Rows]:
    """Yield records of one agency whose titles differ in places: more than rule dataset/series finds by numbers."""
    order = _order(facts, facts.series, facts.numbered)
    enough = _distinct(facts.series[order], facts.numbered[order]) >= LEAST
    kept = order[enough]
    groups = [np.sort(rows) for rows in np.split(kept, runs(facts.series[kept])[1:-1]) if len(rows)]
    yield from sorted(groups, key=lambda rows: int(rows[0]))


def _templates(facts: Facts) -> Iterator[Rows]:
    """Yield records of several series with nearly the same description."""
    rows = np.flatnonzero((facts.flags & DESCRIBED) != 0)
    groups = Groups(len(facts.flags))
    for band in range(BANDS):
        key = np.ascontiguousarray(facts.signature[rows, 4 * band : 4 * band + 4]).view(np.uint64).ravel()
        order = np.lexsort((facts.titled[rows], facts.described[rows], facts.agency[rows], key))
        met = key[order[:-1]] == key[order[1:]]
        left, right = rows[order[:-1][met]], rows[order[1:][met]]
        alike = agreement(facts.signature, left, right) >= ALIKE
        groups.link(left[alike], right[alike])
    for group in groups:
        several = len(np.unique(facts.series[group])) >= LEAST
        # One agency's descriptions that are equal to the letter are rule description/repeated's.
        equal = len(np.unique(facts.described[group])) == 1 and len(np.unique(facts.agency[group])) == 1
        if several and not equal:
            yield group


def _order(facts: Facts, key: NDArray[np.uint64], *then: NDArray[np.uint64]) -> Rows:
    """Return the rows that have a key, by it and by their contents; where they are told apart by nothing, by place."""
    rows = np.flatnonzero(key)
    return rows[np.lexsort((facts.described[rows], *(other[rows] for other in reversed(then)), key[rows]))]


def _distinct(keys: NDArray[np.uint64], values: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return for each of sorted keys how many values come with it."""
    order = np.lexsort((values, keys))
    first = np.ones(len(keys), np.intp)
    first[1:] = (keys[order][1:] != keys[order][:-1]) | (values[order][1:] != values[order][:-1])
    begins = runs(keys)
    counts = np.add.reduceat(first, begins[:-1]) if len(keys) else first
    return np.repeat(counts, np.diff(begins))


def _together(parts: Sequence[Path | Facts]) -> tuple[Facts, NDArray[np.intp]]:
    """Return the facts of all partitions as one, and the row at which each of them begins, and the end."""
    if not parts:
        return nothing(), np.zeros(1, np.intp)
    begins = np.cumsum([0, *(len(column(part, "flags")) for part in parts)])
    return together(parts), begins
