"""Which agencies may be meant by which: the same, a part of one, its successor; and what matches teach of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from metalint.later import pattern
from metalint.snapshots.titles import places_in
from metalint.snapshots.words import Words

SAME, WITHIN, SUCCESSOR, LEARNED, STRANGERS = 4, 3, 2, 1, 0
GENERIC = 5  # signs of a title that is too short to tell a dataset by itself
_VOTES = 3  # datasets that must have gone the same way before another is thought to
_SHARE = 0.2  # of an agency's datasets, where it has few
_LOCAL = pattern(r"(?:臺灣|福建)..(地方檢察署|地方法院)")
_BUREAU = pattern(r"([\u4e00-\u9fff]{2}[市縣])(?:政府)?[\u4e00-\u9fff‧]{2,}[局處會所隊院館科股]$")
_HEADS = ("部", "委員會", "院", "署", "局", "總處")
_ABOVE_ALL = "行政院"  # many agencies' names begin with it that are no part of each other
_LEAST = 0.01  # of a large agency's datasets: one in a hundred may be a chance


class Agencies(NamedTuple):
    """The agencies of both sides by their folded names, and which new ones each old one is related to."""

    kin: Mapping[str, Mapping[str, int]]  # old → new → how near, STRANGERS left out
    news: tuple[str, ...]
    heads: frozenset[str]  # those of ministries and the like, which stand above others

    def near(self, old: str, new: str) -> int:
        """Return how near a new agency is to an old one."""
        return self.kin.get(old, {}).get(new, STRANGERS)


def known(olds: Iterable[str], news: Iterable[str], words: Words) -> Agencies:
    """Return what names alone tell: the same, one within the other, and the reorganisations of `vocab/`."""
    later = {new: today(new, words) for new in sorted(set(news))}
    by_name: dict[str, list[str]] = {}
    for new, name in later.items():
        by_name.setdefault(name, []).append(new)
    kin: dict[str, dict[str, int]] = {}
    for old in sorted(set(olds)):
        name = today(old, words)
        found = {new: SUCCESSOR for one in words.successors.get(old, ()) for new in by_name.get(one, ())}
        found |= {new: WITHIN for one in words.absorbed.get(old, ()) for new in by_name.get(one, ())}
        found |= {new: WITHIN for other, list_ in by_name.items() if _within(name, other) for new in list_}
        found |= dict.fromkeys(by_name.get(name, ()), SAME)
        kin[old] = found
    names = {*kin, *later, *later.values()}
    return Agencies(kin, tuple(later), frozenset(name for name in names if name.endswith(_HEADS)))


def learn(agencies: Agencies, votes: Mapping[tuple[str, str], int], olds: Sequence[str], words: Words) -> Agencies:
    """Return the agencies with what matches by title alone have taught: (old, new) → how many datasets went so.

    `olds` are the agencies of the old datasets, one each.
    """
    kin, sizes = {old: dict(found) for old, found in agencies.kin.items()}, Counter(olds)
    families: Counter[tuple[str, str]] = Counter()
    for (old, new), count in sorted(votes.items()):
        families[old, _family(new)] += count
        enough = count >= max(_VOTES, _LEAST * sizes[old]) or (count > 1 and count >= _SHARE * sizes[old])
        if enough and not at_odds(old, new, words):
            kin[old].setdefault(new, LEARNED)
    for (old, family), count in sorted(families.items()):
        for new in agencies.news if family and count >= _VOTES else ():
            if _family(new) == family:
                kin[old].setdefault(new, LEARNED)
    return agencies._replace(kin=kin)


def _family(agency: str) -> str:
    """Return what the local courts or prosecutors of all places are called; empty for another agency."""
    match = _LOCAL.fullmatch(agency)
    return match[1] if match else ""


def counted(pairs: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Return how many datasets went from one agency to another."""
    return Counter((old, new) for old, new in pairs if old != new)


def at_odds(old: str, new: str, words: Words) -> bool:
    """Tell whether two agencies are of different counties."""
    here, there = place_of(old, words), place_of(new, words)
    return bool(here and there) and here != there


def place_of(agency: str, words: Words) -> str:
    """Return the county that an agency's folded name tells of; empty where none."""
    return next(iter(places_in(agency, words)), "")


def today(agency: str, words: Words) -> str:
    """Return the name of today of an agency: a county that became a city, one whose name changed alone."""
    counties, names = words.counties
    name = counties.sub(lambda match: names[match.group()], agency)
    if words.agencies[1].get(name) == name:  # it is there still, whatever of it went elsewhere
        return name
    after = words.successors.get(name, frozenset())
    return next(iter(after)) if len(after) == 1 else name


def above(agency: str, agencies: Agencies) -> str:
    """Return what stands above an agency: the city or county of a bureau, the ministry; empty where none is known."""
    if match := _BUREAU.match(agency):
        return match[1]
    heads = (agency[:end] for end in range(len(agency) - 2, 2, -1))
    return next((head for head in heads if head in agencies.heads and head != _ABOVE_ALL), "")


def _within(one: str, other: str) -> bool:
    """Tell whether one agency is of the other: 臺中市政府社會局 or 臺中市北屯區公所 of 臺中市政府."""
    for above, below in ((one, other), (other, one)):
        if above.endswith(("市政府", "縣政府")) and below != above and below.startswith(above.removesuffix("政府")):
            return True
    return (
        _ABOVE_ALL not in (one, other)
        and min(len(one), len(other)) > 2
        and (one.startswith(other) or other.startswith(one))
    )


def may_move(title: str, before: str, after: str, here: str, there: str, words: Words) -> bool:
    """Tell whether a folded title tells enough to be the same dataset, though the agencies are not known as kin.

    `here` and `there` are the counties that the agencies or their addresses tell of.
    """
    if len(title) < GENERIC:
        return False
    if not before or not after:
        return True
    named = set(places_in(title, words))
    return here == there or there in named or (not there and (not here or here in named))
