"""What matching has found out so far: pairs of datasets, and the titles and agencies as they are looked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from metalint.snapshots import agencies as kinds
from metalint.snapshots.agencies import Agencies
from metalint.snapshots.sides import Entry
from metalint.snapshots.titles import Hinges, Title, ending, taken_apart
from metalint.snapshots.weights import Weights, likeness
from metalint.snapshots.words import Words


class Pair(NamedTuple):
    """An old and a new dataset (numbers from 0) that are held to be the same: how it was found, how alike (0 to 1)."""

    old: int
    new: int
    how: str  # identifier, address, title, moved, form, similar, number, order
    similarity: float = 1.0


class Matched(NamedTuple):
    """All that matching found out: pairs by old number, and what later steps need of its work."""

    pairs: dict[int, Pair]
    taken: dict[int, int]  # new → old
    agencies: Agencies
    identifiers: bool  # whether an identifier tells a dataset in both versions
    olds: Look
    news: Look
    weights: Weights


class Look(NamedTuple):
    """One version's datasets as they are looked up: folded titles and agencies, titles taken apart when asked."""

    entries: Sequence[Entry]
    titles: Sequence[str]
    agencies: Sequence[str]
    sites: Sequence[str]  # the county by a dataset's addresses, where its agency does not say it
    words: Words
    parts: dict[int, Title]
    hinges: dict[Hinges, Hinges]  # those seen: nearly all titles have the same
    ends: dict[int, str]
    stems: bool  # whether what stands before the last part of a title is asked for: of what may be gone

    def part(self, number: int) -> Title:
        """Return a title taken apart."""
        found = self.parts.get(number)
        if found is None:
            agency = kinds.today(self.agencies[number], self.words)
            found = taken_apart(self.entries[number].title, agency, self.words, self.sites[number], stem=self.stems)
            self.parts[number] = found = found._replace(hinges=self.hinges.setdefault(found.hinges, found.hinges))
        return found

    def ending(self, number: int) -> str:
        """Return how a title ends, as `titles.ending` tells it."""
        found = self.ends.get(number)
        if found is None:
            self.ends[number] = found = ending(self.titles[number], self.words)
        return found


def keep(done: Matched, pair: Pair) -> bool:
    """Note a pair, unless one of the two is taken."""
    if pair.old in done.pairs or pair.new in done.taken:
        return False
    done.pairs[pair.old] = pair
    done.taken[pair.new] = pair.old
    return True


def titles_alike(done: Matched, old: int, new: int) -> float:
    """Return how alike the titles of an old and a new dataset are, from 0 to 1."""
    return likeness(done.olds.titles[old], done.news.titles[new])


def may_move(done: Matched, old: int, new: int) -> bool:
    """Tell whether an old title tells enough to be the same dataset under a new agency that is not known as kin."""
    before, after = done.olds.part(old), done.news.part(new)
    here, there = before.home or before.site, after.home or after.site
    agencies = done.olds.agencies[old], done.news.agencies[new]
    return kinds.may_move(done.olds.titles[old], *agencies, here, there, done.olds.words)


def near(done: Matched, old: int, new: int) -> int:
    """Return how near the agencies of two datasets are.

    One that does not say its county is where its addresses stand, or its title says: a ministry listed counties'
    datasets that the counties list now, or the other way round.
    """
    found = done.agencies.near(done.olds.agencies[old], done.news.agencies[new])
    if found and not (done.olds.sites[old] or done.news.sites[new]):
        return found
    before, after = done.olds.part(old), done.news.part(new)
    here, there = before.home or before.site, after.home or after.site
    if here and there and (before.site or after.site):
        return (found or kinds.LEARNED) if here == there else kinds.STRANGERS
    if found:
        return found
    if before.home and after.home:
        return kinds.STRANGERS
    told, home = (after.places, before.home) if before.home else (before.places, after.home)
    return kinds.LEARNED if home and told == {home} else kinds.STRANGERS
