"""The program as a library: two versions of a catalogue in, what became of each dataset out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from metalint.lexicon import Lexicon
from metalint.model import Texts
from metalint.run import CannotRun, Options
from metalint.shipped import shipped
from metalint.snapshots import changes, figures, matching, merging, reasons, sides, similar, words
from metalint.snapshots.compared import CHANGED, Compared, Outcome, Source
from metalint.snapshots.merging import Merged
from metalint.snapshots.pairing import Matched, Pair, near
from metalint.snapshots.reasons import Given, Reason
from metalint.snapshots.sides import Side
from metalint.snapshots.weights import likeness
from metalint.vocabulary import VocabularyError


def compare(
    old: str, new: str, options: Options, *, by: str = "agency", given: str | None = None, touched: bool = False
) -> Compared:
    """Return what became of the datasets of a file or folder. Raises CannotRun where a side cannot be read.

    `given` is a file of reasons; with `touched` datasets whose date of update alone is new are listed too.
    """
    lexicon = Lexicon((shipped("vocab"),))
    try:
        known = words.load(lexicon)
    except VocabularyError as error:
        raise CannotRun(Texts(f"詞彙無法使用：{error}", f"a vocabulary cannot be used: {error}")) from error
    told = reasons.read(given, known)
    olds, news = sides.read(old, options), sides.read(new, options)
    if olds.entries and not news.entries:
        zh = f"{new}：沒有任何資料集；不能當作全部下架，請確認檔案完整"
        raise CannotRun(Texts(zh, f"{new}: holds no dataset: that all are gone is not to be believed; is it whole?"))
    done = matching.match(olds, news, known)
    merged = merging.merge(done)
    kept = list(_kept(done, olds, news, lexicon))
    gone = list(_gone(done, merged, told))
    added = [Outcome("added", None, entry) for at, entry in enumerate(news.entries) if at not in done.taken]
    counts = Counter(one.verdict for one in (*kept, *gone, *added))
    outcomes = [*added, *(one for one in kept if one.verdict in CHANGED), *gone]
    wanted = [one for one in kept if one.verdict in CHANGED and (touched or one.verdict != "touched")]
    return Compared(
        _source(old, olds),
        _source(new, news),
        tuple(added),
        tuple(wanted),
        tuple(gone),
        tuple(one for one in kept if one.verdict == "unchanged"),
        dict(sorted(counts.items())),
        figures.total(outcomes, len(olds.entries), len(news.entries)),
        figures.rows(outcomes, olds.entries, news.entries, by),
        by,
        (*olds.unread, *news.unread),
    )


def _source(path: str, side: Side) -> Source:
    return Source(path, tuple(sorted(set(side.platforms.values()))), len(side.entries), len(side.unread))


def _kept(done: Matched, olds: Side, news: Side, lexicon: Lexicon) -> Iterator[Outcome]:
    """Yield what became of the datasets that are still there, in the order of the new version."""
    for _, old in sorted(done.taken.items()):
        pair = done.pairs[old]
        before, after = olds.entries[old], news.entries[pair.new]
        found = tuple(changes.changes(before, after, olds, news, lexicon, identified=done.identifiers))
        yield Outcome(_verdict(done, pair, found), before, after, found, pair.how, pair.similarity)


def _verdict(done: Matched, pair: Pair, found: tuple[changes.Change, ...]) -> str:
    if done.olds.titles[pair.old] != done.news.titles[pair.new]:
        return "renamed"
    if any(one.field == "identifier" for one in found):
        return "relisted"
    if any(not one.touched for one in found):
        return "changed"
    return "touched" if found else "unchanged"


def _gone(done: Matched, merged: dict[int, Merged], given: Given) -> Iterator[Outcome]:
    """Yield what became of the datasets that are not there any more, in the order of the old version."""
    left = [old for old in range(len(done.olds.entries)) if old not in done.pairs]
    titles = {done.olds.titles[old]: old for old in left if old not in merged}
    named = dict(reasons.replaced(titles, done.news.entries, done.olds.words))
    by_title = {title: at for at, title in reversed(list(enumerate(done.news.titles)))}
    series, parts = _series(done), _split(done)
    for old in left:
        yield _one_gone(done, old, merged.get(old), named, given, by_title, series, parts)


def _one_gone(
    done: Matched,
    old: int,
    merged: Merged | None,
    named: dict[int, int],
    given: Given,
    by_title: dict[str, int],
    series: Series,
    parts: dict[int, int],
) -> Outcome:
    entry, news, fold = done.olds.entries[old], done.news.entries, done.olds.words.folded
    reason = given.of(entry, done.olds.words) or reasons.said(entry)
    text = _told(reason)
    successor = next(
        (by_title[fold(title)] for title in (reason.titles if reason else ()) if fold(title) in by_title), None
    )
    if successor is not None:
        return Outcome("merged", entry, news[successor], how="named", reason=text)
    if merged is not None:
        return Outcome("merged", entry, news[merged.new], how=merged.how, similarity=merged.similarity, reason=text)
    if old in named:
        return Outcome("superseded", entry, news[named[old]], how="named", reason=text)
    if reason is not None:
        return Outcome("announced", entry, None, reason=text)
    if old in parts:
        share = likeness(done.olds.titles[old], done.news.titles[parts[old]])
        return Outcome("superseded", entry, news[parts[old]], how="parts", similarity=share)
    sibling = series.get((done.olds.agencies[old], done.olds.part(old).core, done.olds.part(old).numbers))
    if sibling is not None:
        part = done.olds.part(old)
        if not part.times and not part.spans:  # what had no date is listed by dates now
            share = likeness(done.olds.titles[old], done.news.titles[sibling])
            return Outcome("superseded", entry, news[sibling], how="dated", similarity=share)
        return Outcome("vanished", entry, news[sibling], how="goes-on")
    return Outcome("vanished", entry, None)


def _told(reason: Reason | None) -> str:
    if reason is None:
        return ""
    return f"{reason.date} {reason.text}".strip()


_WHOLE = 8  # signs of a title that is long enough to be the head of others
Series = dict[tuple[str, str, tuple[str, ...]], int]


def _series(done: Matched) -> Series:
    """Return for an old agency, a core and its numbers the last of the new datasets of that series."""
    found: Series = {}
    tried: set[tuple[str, str, tuple[str, ...]]] = set()
    members: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for new in range(len(done.news.entries)):
        part = done.news.part(new)
        if (part.times or part.spans) and len(part.core) > similar.SHORT:
            members.setdefault((part.core, part.numbers), []).append(new)
    for number in range(len(done.olds.entries)):
        if number in done.pairs:
            continue
        part = done.olds.part(number)
        key = (done.olds.agencies[number], part.core, part.numbers)
        if key in tried:
            continue
        tried.add(key)
        fitting = [new for new in members.get((part.core, part.numbers), ()) if _fits(done, number, new)]
        if fitting:
            last = max(fitting, key=lambda new: (done.news.part(new).years, new))
            found[key] = last
    return found


def _fits(done: Matched, old: int, new: int) -> bool:
    kin = near(done, old, new)
    return bool(kin) and similar.compatible(done.olds.part(old), done.news.part(new), kin)


def _split(done: Matched) -> dict[int, int]:
    """Return old → the first of several new datasets whose titles go on where the old one's ends: its parts."""
    begun: dict[str, list[int]] = {}
    for new in range(len(done.news.entries)):
        core = done.news.part(new).core
        if new not in done.taken and len(core) > _WHOLE:
            begun.setdefault(core[:_WHOLE], []).append(new)
    found: dict[int, int] = {}
    for old in range(len(done.olds.entries)):
        core = done.olds.part(old).core if old not in done.pairs else ""
        if len(core) >= _WHOLE:
            parts = [
                new
                for new in begun.get(core[:_WHOLE], ())[: similar.CROWD]
                if done.news.part(new).core.startswith(core)
            ]
            parts = [new for new in parts if _fits(done, old, new) and _of_one_time(done, old, new)]
            if len(parts) > 1:
                found[old] = parts[0]
    return found


def _of_one_time(done: Matched, old: int, new: int) -> bool:
    return similar.same_numbers(done.olds.part(old), done.news.part(new))
