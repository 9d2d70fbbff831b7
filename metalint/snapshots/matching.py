"""Which dataset is which in two versions: by identifier, address, title and agency, then by likeness."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from metalint.snapshots import agencies as kinds
from metalint.snapshots import leftover, similar
from metalint.snapshots.pairing import Look, Matched, Pair, keep, may_move, near
from metalint.snapshots.sides import Entry, Side, addresses
from metalint.snapshots.weights import likeness, weights
from metalint.snapshots.words import Words

K = TypeVar("K", bound=Hashable)
_LONG, _SERIAL, _NEVER = 9, 5, 1 << 30  # signs of an identifier that is no running number
_CROWD = 10_000  # pairs of datasets of one identifier or title: it tells nothing
_AGREE = 0.5  # of the shared identifiers, whose datasets must agree, or they are running numbers
_STABLE, _MANY = 0.9, 10  # from here on an identifier that stands under the same agency counts against its title
_ALIKE = 0.5  # likeness of titles that is enough beside another sign


def match(old: Side, new: Side, words: Words, step: Callable[[], None] = lambda: None) -> Matched:
    """Return which datasets of two versions are the same; each stage takes what those before it left.

    `step` is called STEPS times.
    """
    olds, news = look(old, words, stems=True), look(new, words)
    related = kinds.known(olds.agencies, news.agencies, words)
    weigh = weights([news.part(at).core for at in range(len(news.entries))])
    done = Matched({}, {}, related, False, olds, news, weigh)
    step()
    trusted = _by_identifier(done, same=_same_platform(old, new))
    _by_address(done)
    _keep(done, _by_key(done, lambda at, side: (side.titles[at], side.agencies[at]), "title"))
    votes = kinds.counted(_told(done))
    done = done._replace(agencies=kinds.learn(related, votes, olds.agencies, words), identifiers=trusted)
    _keep(done, _by_title(done, kin=True))
    _keep(done, _by_title(done, kin=False))
    step()
    for stage in _STAGES:
        stage(done)
        step()
    return done


_STAGES = (
    similar.by_form,
    similar.by_likeness,
    leftover.by_remark,
    leftover.by_tail,
    leftover.by_office,
    similar.among_strangers,
    similar.by_number,
)
STEPS = 2 + len(_STAGES)


def look(side: Side, words: Words, *, stems: bool = False) -> Look:
    """Return a version's datasets as they are looked up."""
    folded: dict[str, str] = {}
    placed: dict[str, str] = {}
    for entry in side.entries:
        if entry.agency not in folded:
            folded[entry.agency] = words.folded(entry.agency)
            placed[entry.agency] = kinds.place_of(kinds.today(folded[entry.agency], words), words)
    sites = ["" if placed[entry.agency] else entry.site for entry in side.entries]
    titles = [words.folded(entry.title) for entry in side.entries]
    return Look(side.entries, titles, [folded[entry.agency] for entry in side.entries], sites, words, {}, {}, {}, stems)


def _keep(done: Matched, pairs: Iterable[Pair]) -> None:
    for pair in pairs:
        keep(done, pair)


def _same_platform(old: Side, new: Side) -> bool:
    return bool(set(old.platforms.values()) & set(new.platforms.values()))


def _identifier(entry: Entry) -> str:
    return unicodedata.normalize("NFKC", entry.identifier).casefold().strip()


def _by_identifier(done: Matched, *, same: bool) -> bool:
    """Match by identifier where the datasets agree else, and tell whether identifiers tell datasets at all."""
    if not same:
        return False
    there = _grouped(range(len(done.news.entries)), lambda at: _identifier(done.news.entries[at]))
    here = _grouped(range(len(done.olds.entries)), lambda at: _identifier(done.olds.entries[at]))
    shared = [(name, ours, there[name]) for name, ours in here.items() if name and name in there]
    if not shared:
        return all(len(name) >= _LONG for name in (*here, *there) if name) and bool(here.keys() - {""})
    alike = {name: _titles_alike(done, ours[0], theirs[0]) for name, ours, theirs in shared}
    agree = sum(share >= _ALIKE for share in alike.values()) / len(shared)
    stable = agree >= _STABLE and len(shared) >= _MANY
    for name, ours, theirs in shared:
        # In a small catalogue a number of five digits is the platform's own; in a long list it may be a row's.
        long_ = len(name) >= (_SERIAL if len(shared) < _MANY else _LONG if not name.isdecimal() else _NEVER)
        if (agree < _AGREE and not long_) or len(ours) * len(theirs) > _CROWD:
            continue
        for old, new in _best_first(done, ours, theirs):
            share = _titles_alike(done, old, new)
            akin = done.agencies.near(done.olds.agencies[old], done.news.agencies[new])
            if share >= _ALIKE or (akin and (long_ or stable)) or (long_ and share >= _ALIKE / 2):
                keep(done, Pair(old, new, "identifier", share))
    return agree >= _AGREE


def _best_first(done: Matched, ours: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs of two groups, those that agree best first."""
    pairs = [(old, new) for old in ours for new in theirs]
    if len(pairs) == 1:
        return pairs

    def agreement(pair: tuple[int, int]) -> tuple[float, int, int, int]:
        old, new = pair
        akin = done.agencies.near(done.olds.agencies[old], done.news.agencies[new])
        return -_titles_alike(done, old, new), -akin, old, new

    return sorted(pairs, key=agreement)


def _titles_alike(done: Matched, old: int, new: int) -> float:
    one, other = done.olds.titles[old], done.news.titles[new]
    return 1.0 if one == other else likeness(one, other)


def _by_address(done: Matched) -> None:
    """Match what alone has the same addresses on both sides, of agencies that may be one."""

    def key(at: int, side: Look) -> Hashable:
        found = addresses(side.entries[at])
        return tuple(sorted(one.strip().partition("://")[2] or one.strip() for one in found))

    for pair in _by_key(done, key, "address", alone=True):
        akin = done.agencies.near(done.olds.agencies[pair.old], done.news.agencies[pair.new])
        share = _titles_alike(done, pair.old, pair.new)
        if akin or share >= _ALIKE:
            keep(done, pair._replace(similarity=share))


def _by_key(done: Matched, key: Callable[[int, Look], Hashable], how: str, *, alone: bool = False) -> Iterator[Pair]:
    """Yield the pairs of free datasets with the same key, in their order; with `alone` only where there is one each."""
    there = _grouped(_free(done.news, done.taken), lambda at: key(at, done.news))
    here = _grouped(_free(done.olds, done.pairs), lambda at: key(at, done.olds))
    for name, ours in here.items():
        theirs = there.get(name, ())
        if not name or name == ("", "") or (alone and not len(ours) == len(theirs) == 1):
            continue
        yield from (Pair(old, new, how) for old, new in zip(ours, theirs, strict=False))


def _free(side: Look, taken: dict[int, Pair] | dict[int, int]) -> list[int]:
    return [at for at in range(len(side.entries)) if at not in taken]


def _grouped(numbers: Iterable[int], key: Callable[[int], K]) -> dict[K, list[int]]:
    found: defaultdict[K, list[int]] = defaultdict(list)
    for number in numbers:
        found[key(number)].append(number)
    return found


def _told(done: Matched) -> Iterator[tuple[str, str]]:
    """Yield the agencies of datasets that are surely the same though their agencies are not: what is learned from."""
    for pair in done.pairs.values():
        if pair.how in ("identifier", "address"):
            yield done.olds.agencies[pair.old], done.news.agencies[pair.new]
    here = _grouped(_free(done.olds, done.pairs), lambda at: done.olds.titles[at])
    there = _grouped(_free(done.news, done.taken), lambda at: done.news.titles[at])
    for title, ours in here.items():
        theirs = there.get(title, ())
        if len(ours) == len(theirs) == 1 and len(title) >= kinds.GENERIC:
            yield done.olds.agencies[ours[0]], done.news.agencies[theirs[0]]


def _by_title(done: Matched, *, kin: bool) -> Iterator[Pair]:
    """Yield what has the same title: of related agencies, nearest first; else what alone has it on both sides."""
    here = _grouped(_free(done.olds, done.pairs), lambda at: done.olds.titles[at])
    there = _grouped(_free(done.news, done.taken), lambda at: done.news.titles[at])
    every_old, every_new = Counter(done.olds.titles), Counter(done.news.titles)
    for title, ours in here.items():
        theirs = there.get(title, ())
        if not title or len(ours) * len(theirs) > _CROWD:
            continue
        if kin:
            kins = sorted((-near(done, old, new), old, new) for old in ours for new in theirs)
            yield from (Pair(old, new, "moved") for distance, old, new in kins if distance)
        elif theirs and every_old[title] == every_new[title] == 1 and may_move(done, ours[0], theirs[0]):
            yield Pair(ours[0], theirs[0], "moved")
