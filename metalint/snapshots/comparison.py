"""The program as a library: two versions of a catalogue in, what became of each dataset out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count

from metalint.lexicon import Lexicon
from metalint.model import Texts
from metalint.run import CannotRun, Options, Progress
from metalint.shipped import shipped
from metalint.snapshots import changes, figures, leftover, matching, merging, order, reasons, siblings, sides, words
from metalint.snapshots.compared import CHANGED, Compared, Outcome, Source
from metalint.snapshots.merging import Merged
from metalint.snapshots.pairing import Matched, Pair, titles_alike
from metalint.snapshots.reasons import Given, Reason
from metalint.snapshots.siblings import Sibling
from metalint.snapshots.sides import Side
from metalint.snapshots.titles import ALL_YEARS
from metalint.vocabulary import VocabularyError

_STEPS = 3 + matching.STEPS  # reading twice, matching, merging


def compare(
    old: str,
    new: str,
    options: Options,
    *,
    by: str = "agency",
    given: str | None = None,
    touched: bool = False,
    progress: Progress | None = None,
) -> Compared:
    """Return what became of the datasets of a file or folder. Raises CannotRun where a side cannot be read.

    `progress` is told the step that was done and how many there are, as long as each other as they can be had.
    `given` is a file of reasons; with `touched` datasets whose date of update alone is new are listed too.
    """
    lexicon = Lexicon((shipped("vocab"),))
    try:
        known = words.load(lexicon)
    except VocabularyError as error:
        raise CannotRun(Texts(f"詞彙無法使用：{error}", f"a vocabulary cannot be used: {error}")) from error
    told = reasons.read(given, known)
    steps = count(1)

    def step() -> None:
        if progress is not None:
            progress(next(steps), _STEPS)

    olds = sides.read(old, options, known.hosts)
    step()
    news = sides.read(new, options, known.hosts, olds)
    step()
    if olds.entries and not news.entries:
        raise _empty(new, news)
    done = matching.match(olds, news, known, step)
    merged = merging.merge(done)
    held = siblings.members(done)
    series, parts = siblings.series(done, held), siblings.split(done)
    if not done.identifiers:  # where these tell datasets, a new one under a new identifier is hardly the old one
        order.by_order(done, {*merged, *series, *parts})
        leftover.by_rest(done, {*merged, *series, *parts})
    series |= siblings.series_alike(done, held, {*merged, *series, *parts})
    step()
    kept = list(_kept(done, olds, news, lexicon))
    gone = list(_gone(done, merged, told, (series, parts)))
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


def _empty(path: str, side: Side) -> CannotRun:
    """Return the refusal of a new version without datasets; with the reason where reading found one."""
    why = side.unread[0].why if side.unread else Texts("", "")
    zh = f"{path}：沒有任何資料集{why.zh and f'（{why.zh}）'}；不能當作全部下架，請確認檔案完整"
    en = f"{path}: holds no dataset{why.en and f' ({why.en})'}: that all are gone is not to be believed; is it whole?"
    return CannotRun(Texts(zh, en))


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


Siblings = tuple[dict[int, Sibling], dict[int, int]]


def _gone(done: Matched, merged: dict[int, Merged], given: Given, others: Siblings) -> Iterator[Outcome]:
    """Yield what became of the datasets that are not there any more, in the order of the old version."""
    left = [old for old in range(len(done.olds.entries)) if old not in done.pairs]
    titles = {done.olds.titles[old]: old for old in left if old not in merged}
    named = dict(reasons.replaced(titles, done.news.entries, done.olds.words))
    by_title = {title: at for at, title in reversed(list(enumerate(done.news.titles)))}
    for old in left:
        yield _one_gone(done, old, merged.get(old), named, given, by_title, *others)


def _one_gone(
    done: Matched,
    old: int,
    merged: Merged | None,
    named: dict[int, int],
    given: Given,
    by_title: dict[str, int],
    series: dict[int, Sibling],
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
        verdict = "superseded" if merged.how == "later" else "merged"
        return Outcome(verdict, entry, news[merged.new], how=merged.how, similarity=merged.similarity, reason=text)
    if old in named:
        return Outcome("superseded", entry, news[named[old]], how="named", reason=text)
    if reason is not None:
        return Outcome("announced", entry, None, reason=text)
    sibling, title = series.get(old), done.olds.part(old)
    if sibling is not None and not title.times and title.spans in ((), (ALL_YEARS,)):  # it is listed by dates now
        share = titles_alike(done, old, sibling.new)
        return Outcome("superseded", entry, news[sibling.new], how="dated", similarity=share)
    if old in parts:
        return Outcome(
            "superseded", entry, news[parts[old]], how="parts", similarity=titles_alike(done, old, parts[old])
        )
    if sibling is not None and sibling.whole:
        return Outcome("merged", entry, news[sibling.new], how="part", similarity=titles_alike(done, old, sibling.new))
    if sibling is not None and sibling.later:
        return Outcome("superseded", entry, news[sibling.new], how="later")
    if sibling is not None:
        return Outcome("vanished", entry, news[sibling.new], how="goes-on")
    return Outcome("vanished", entry, None)


def _told(reason: Reason | None) -> str:
    if reason is None:
        return ""
    return f"{reason.date} {reason.text}".strip()
