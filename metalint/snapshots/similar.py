"""Titles that are not the same but mean the same dataset: found through rare pairs of signs, then looked at closely."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from metalint.later import pattern
from metalint.snapshots import agencies as kinds
from metalint.snapshots.agencies import WITHIN
from metalint.snapshots.pairing import Look, Matched, Pair, keep, may_move, near, titles_alike
from metalint.snapshots.titles import Title, are_apart
from metalint.snapshots.weights import Weights, likeness, pairs_of

LEAST = 0.6  # weighted likeness of two cores that is enough
MARGIN = 0.03  # by which the best must be better than the next, or it is a guess
_STRANGERS, _LONG = 0.85, 7  # likeness, and signs of a core, by which strangers are matched
_SISTERS = 0.65  # likeness by which bureaus of one city or ministry are matched
_SURE = 0.85  # likeness of whole titles that says more than the names in them
SHORT = 2  # signs of a core below which it says nothing
AREA = pattern(r"[\u4e00-\u9fff]{1,4}(?:區|鄉|鎮|市|縣|里)(?:公所)?$")  # a part of a title that is a place
_DIGITS = pattern("(?<![a-z0-9])[0-9]+")  # not those of twd97
_NUMERAL = pattern("[0-9〇零一二三四五六七八九十百]")
_CODE = pattern("[0-9]{2}")
_BUDGET = pattern("預算|決算|會計月報")
_FUND = pattern("[\u4e00-\u9fff]{4,}基金")  # has a name of its own, whoever runs it
CROWD = 200  # titles of one form that are looked at
_COMMON = 2_000  # titles with a pair of signs, from which on it tells nothing
_TRIED = 80  # candidates that are looked at closely, those with most in common first


def compatible(old: Title, new: Title, kin: int) -> bool:
    """Tell whether nothing in two titles says that they are of different datasets, numbers left out.

    `kin` is how near their agencies are: the title that names an agency, or a budget, is not that of a part of it.
    """
    if old.towns and new.towns and not old.towns & new.towns:
        return False
    areas = AREA.fullmatch(old.facet) and AREA.fullmatch(new.facet)
    if (areas and old.facet != new.facet) or not _same_place(old, new) or not _same_letters(old.letters, new.letters):
        return False
    if old.kinds and new.kinds and not old.kinds & new.kinds:
        return False
    if kin != WITHIN or not (old.named or (is_budget(old) and not _same_fund(old.core, new.core))):
        return True
    return likeness(old.said, new.said) >= _SURE or likeness(old.whole, new.whole) >= _SURE


def is_budget(part: Title) -> bool:
    """Tell whether a title is of a budget or an account."""
    return bool(_BUDGET.search(part.core))


def _same_fund(one: str, other: str) -> bool:
    """Tell whether two cores begin with the name of the same fund: whoever runs it, its budgets are its own."""
    here, there = _FUND.match(one), _FUND.match(other)
    return here is not None and there is not None and here.group() == there.group()


def _same_letters(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two titles have the same letters.

    One that says more than a code is the same (TDCS_M03A, M03A); so is a new one that is of several codes (A1及A2).
    """
    coded = (one <= other or one >= other) and any(_CODE.search(word) for word in one & other)
    return one == other or coded or (bool(one) and one < other and all(word[-1].isdecimal() for word in other))


def _same_place(old: Title, new: Title) -> bool:
    """Tell whether two titles may be about one county: some agencies do not say of which they are."""
    here, there = old.where, new.where
    sites = here or {old.site} - {""}, there or {new.site} - {""}
    if all(sites) and not sites[0] & sites[1]:
        return False
    unsaid = (not here and there == {new.home}) or (not there and here == {old.home})
    return here == there or unsaid


def same_hinges(done: Matched, old: Title, new: Title, *, loose: bool = False) -> bool:
    """Tell whether two titles have the same words of each group that turns the meaning.

    With `loose` one side alone may say a word of any group.
    """
    groups = done.olds.words.groups
    return all(
        one == other or ((loose or group.loose) and (set(one) <= set(other) or set(one) >= set(other)))
        for group, one, other in zip(groups, old.hinges, new.hinges, strict=True)
    )


def same_numbers(old: Title, new: Title) -> bool:
    """Tell whether two titles are of the same year, month, number; spans of years may have grown, or be new."""
    apart = any(are_apart(one, other) for one in old.spans for other in new.spans)
    return old.numbers == new.numbers and old.times == new.times and not apart


_FORMS: Sequence[Callable[[Title], tuple[object, ...]]] = (
    lambda part: (part.said,),
    lambda part: (part.core, part.numbers, part.times),
    lambda part: ("".join(sorted(part.core)), part.numbers, part.times),  # 土地公告現值, 公告土地現值
    lambda part: (part.whole, part.numbers, part.times),  # an office's title that named it when it stood under another
)


def by_form(done: Matched) -> None:
    """Match titles that differ in an agency's name alone, then those that differ in words that may be missing too."""
    titles = {done.news.titles[new]: new for new in reversed(range(len(done.news.entries))) if new not in done.taken}
    for old in range(len(done.olds.entries)):
        # A bureau's title that names the ministry whose dataset it was.
        new = titles.get(done.olds.agencies[old] + done.olds.titles[old])
        if new is not None and done.olds.agencies[old]:
            keep(done, Pair(old, new, "form", titles_alike(done, old, new)))
    for key in _FORMS:
        for pair in _of_one_form(done, key):
            keep(done, pair)


def _of_one_form(done: Matched, key: Callable[[Title], tuple[object, ...]]) -> Iterator[Pair]:
    """Yield the pairs of free datasets of related agencies whose titles have the same key, most alike first."""
    there: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for new in range(len(done.news.entries)):
        if new not in done.taken:
            there[key(done.news.part(new))].append(new)
    found = []
    for old in range(len(done.olds.entries)):
        if old in done.pairs or len((part := done.olds.part(old)).core) < SHORT:
            continue
        for new in there.get(key(part), ())[:CROWD]:
            kin = near(done, old, new)
            if kin and compatible(part, done.news.part(new), kin) and same_numbers(part, done.news.part(new)):
                share = likeness(part.said, done.news.part(new).said)
                found.append((-share, -kin, -titles_alike(done, old, new), old, new))
    for share, _, _, old, new in sorted(found):
        yield Pair(old, new, "form", -share)


def by_likeness(done: Matched) -> None:
    """Match titles of related agencies that are much alike and clearly more so than any other."""
    among = index(done, [new for new in range(len(done.news.entries)) if new not in done.taken])
    _take_best(done, lambda old: candidates(done, old, among), SHORT + 1)


def among_strangers(done: Matched) -> None:
    """Match long titles that are nearly the same though their agencies are not known as kin."""
    free = [new for new in range(len(done.news.entries)) if new not in done.taken]
    among = index(done, free, together=True)

    def found(old: int) -> list[tuple[float, int]]:
        least = _SISTERS if kinds.above(done.olds.agencies[old], done.agencies) else _STRANGERS
        alike = candidates(done, old, among, least, strangers=True)
        return [
            (share, new)
            for share, new in alike
            if (share >= _STRANGERS and may_move(done, old, new)) or sisters(done, old, new)
        ]

    _take_best(done, found, _LONG)


def sisters(done: Matched, old: int, new: int) -> bool:
    """Tell whether two datasets are of bureaus of one city or ministry."""
    above = kinds.above(done.olds.agencies[old], done.agencies)
    return bool(above) and above == kinds.above(done.news.agencies[new], done.agencies)


def by_number(done: Matched) -> None:
    """Match titles that differ in numbers alone that are of no time, where nothing else on either side is called so."""
    here, there = _numbered(done.olds), _numbered(done.news)
    for key, olds in here.items():
        news = there.get(key, ())
        if len(olds) == len(news) == 1 and (kin := near(done, olds[0], news[0])):
            old, new = done.olds.part(olds[0]), done.news.part(news[0])
            if compatible(old, new, kin) and not old.spans and not new.spans:
                keep(done, Pair(olds[0], news[0], "number", likeness(old.said, new.said)))


def _numbered(side: Look) -> Mapping[object, list[int]]:
    """Return the form of a title, its numbers left out → the datasets that are called so, taken ones too."""
    found: defaultdict[object, list[int]] = defaultdict(list)
    for number, title in enumerate(side.titles):
        part = side.part(number) if _NUMERAL.search(title) else None
        if part is not None and part.numbers and len(part.core) > _LONG:
            found[_DIGITS.sub("#", part.said), part.times].append(number)
    return found


def _take_best(done: Matched, of: Callable[[int], list[tuple[float, int]]], short: int) -> None:
    """Match each free old dataset whose core is not too short with what is clearly most like it, best first."""
    best: list[tuple[float, int, int]] = []
    for old in range(len(done.olds.entries)):
        if old in done.pairs or len(done.olds.part(old).core) <= short:
            continue
        found = sorted(of(old), reverse=True)
        if found and (len(found) == 1 or found[0][0] - found[1][0] >= MARGIN):
            best.append((-found[0][0], old, found[0][1]))
    wanted: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for share, old, new in sorted(best):
        wanted[new].append((share, old))
    for new, olds in sorted(wanted.items(), key=lambda row: (row[1][0], row[0])):
        (share, old), *others = olds
        if all(other - share >= MARGIN or twins(done, old, rival) for other, rival in others):
            keep(done, Pair(old, new, "similar", -share))


def twins(done: Matched, one: int, other: int) -> bool:
    """Tell whether two old datasets are the same one, listed twice."""
    return twin_key(done, one) == twin_key(done, other)


def twin_key(done: Matched, old: int) -> tuple[object, ...]:
    """Return what two old datasets have in common that are the same one, listed twice."""
    part = done.olds.part(old)
    return done.olds.agencies[old], part.core, part.numbers, part.times, part.spans, part.where, part.towns, part.facet


Index = Mapping[str, Mapping[str, Sequence[int]]]


def index(done: Matched, news: Iterable[int], *, together: bool = False) -> Index:
    """Return agency (empty with `together`) → pair of signs → those of some new datasets in whose core it stands."""
    found: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for new in news:
        held = found["" if together else done.news.agencies[new]]
        for pair in pairs_of(done.news.part(new).core):
            held[pair].append(new)
    return found


def candidates(
    done: Matched,
    old: int,
    among: Index,
    least: float = LEAST,
    *,
    part: Title | None = None,
    strangers: bool = False,
    loose: bool = False,
    timeless: bool = False,
    besides: Sequence[str] = (),
) -> list[tuple[float, int]]:
    """Return the new datasets of an index that are enough like an old one, each with its likeness.

    Their agencies are related; with `strangers` any, and the index is of all together. `besides` are agencies that are
    looked at too: those that do not say their county. With `loose` one title alone may say a word that turns the
    meaning; with `timeless` they may be of other times.
    """
    part, weigh, agency = part or done.olds.part(old), done.weights, done.olds.agencies[old]
    ours = pairs_of(part.core)
    mine = weigh.total(ours)
    held = [
        among.get(name, {})
        for name in ([""] if strangers else {**done.agencies.kin.get(agency, {}), **dict.fromkeys(besides)})
    ]
    found = []
    for new in _sharing(ours, held, weigh, mine * least / (2 - least)):
        other = done.news.part(new)
        if part.numbers != other.numbers or not (timeless or same_numbers(part, other)):
            continue
        theirs = pairs_of(other.core)
        share = 2 * weigh.total(ours & theirs) / (mine + weigh.total(theirs))
        if share < least or not same_hinges(done, part, other, loose=loose):
            continue
        if compatible(part, other, WITHIN if strangers else done.agencies.near(agency, done.news.agencies[new])):
            found.append((share, new))
    return found


def _sharing(
    ours: Iterable[str], held: Iterable[Mapping[str, Sequence[int]]], weigh: Weights, least: float
) -> list[int]:
    """Return what shares rare pairs of signs, most first: what has none of them cannot be like enough."""
    rare, left = [], weigh.total(ours)
    for pair in sorted(ours, key=lambda pair: (-weigh.of.get(pair, weigh.unseen), pair)):
        if left < least:
            break
        rare.append(pair)
        left -= weigh.of.get(pair, weigh.unseen)
    lists = (new for one in held for pair in rare if len(new := one.get(pair, ())) <= _COMMON)
    shared = Counter(new for list_ in lists for new in list_)
    return [new for new, _ in sorted(shared.items(), key=lambda row: (-row[1], row[0]))[:_TRIED]]
