"""What a dataset that is gone left behind: others of its series, or the parts that it was split into."""

from __future__ import annotations

from metalint.snapshots import similar
from metalint.snapshots.pairing import Matched, near
from metalint.snapshots.weights import likeness

_WHOLE = 8  # signs of a title that is long enough to be the head of others
Key = tuple[str, tuple[str, ...]]


def series(done: Matched) -> dict[int, int]:
    """Return for an old dataset without a pair the last of the new datasets of its series, of those the most alike."""
    members: dict[Key, list[int]] = {}
    for new in range(len(done.news.entries)):
        part = done.news.part(new)
        if (part.times or part.spans) and len(part.core) > similar.SHORT:
            for core in {part.core, part.whole}:
                members.setdefault((core, part.numbers), []).append(new)
    last: dict[tuple[str, Key], list[int]] = {}
    found: dict[int, int] = {}
    for old in range(len(done.olds.entries)):
        if old in done.pairs:
            continue
        part = done.olds.part(old)
        for core in (part.core, part.whole):
            key: Key = (core, part.numbers)
            mine = (done.olds.agencies[old], key)
            if mine not in last:
                last[mine] = _last(done, [new for new in members.get(key, ()) if _fits(done, old, new)])
            if last[mine]:
                found[old] = max(last[mine], key=lambda new: (_alike(done, old, new), new))
                break
    return found


def _last(done: Matched, news: list[int]) -> list[int]:
    """Return those of the last years."""
    years = max((done.news.part(new).years for new in news), default=())
    return [new for new in news if done.news.part(new).years == years]


def split(done: Matched) -> dict[int, int]:
    """Return old → the most alike of several new datasets whose titles go on where the old one's ends: its parts."""
    begun: dict[str, list[int]] = {}
    for new in range(len(done.news.entries)):
        core = done.news.part(new).core
        if new not in done.taken and len(core) > _WHOLE:
            begun.setdefault(core[:_WHOLE], []).append(new)
    found: dict[int, int] = {}
    for old in range(len(done.olds.entries)):
        core = done.olds.part(old).core if old not in done.pairs else ""
        if len(core) < _WHOLE:
            continue
        near_ = begun.get(core[:_WHOLE], ())[: similar.CROWD]
        parts = [new for new in near_ if done.news.part(new).core.startswith(core)]
        parts = [new for new in parts if _fits(done, old, new) and _of_one_time(done, old, new)]
        if len(parts) > 1:
            found[old] = max(parts, key=lambda new: (_alike(done, old, new), -new))
    return found


def _fits(done: Matched, old: int, new: int) -> bool:
    kin = near(done, old, new)
    return bool(kin) and similar.compatible(done.olds.part(old), done.news.part(new), kin)


def _of_one_time(done: Matched, old: int, new: int) -> bool:
    return similar.same_numbers(done.olds.part(old), done.news.part(new))


def _alike(done: Matched, old: int, new: int) -> float:
    return likeness(done.olds.titles[old], done.news.titles[new])
