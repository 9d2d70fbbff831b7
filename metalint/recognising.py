"""Which platform a file belongs to: its first records' keys tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from metalint.fields import FIELDS, Place
from metalint.model import Pointer, Texts
from metalint.platforms import UNKNOWN, Platform


class Choice(NamedTuple):
    """The platform taken for a file, and why."""

    platform: Platform
    why: Texts


def choose(platforms: Sequence[Platform], keys: Sequence[Collection[str]], outer: Collection[str] = ()) -> Choice:
    """Return the platform whose characteristic keys the records show best, or `unknown` with the nearest one's name.

    `keys` are those of the first records, `outer` those of the object around them.
    """
    seen = set().union(*keys) if keys else set()
    scored = sorted(
        ((_score(platform, seen, outer), len(platform.keys & seen), platform) for platform in platforms),
        key=lambda row: (-row[0], -row[1], row[2].name),
    )
    if scored and scored[0][0] > 0:
        _, count, platform = scored[0]
        shown = [key for key in _in_order(keys) if key in platform.keys][:4]
        extra = sorted(platform.envelope & set(outer))
        zh, en = "、".join(shown + extra), ", ".join(shown + extra)
        return Choice(platform, Texts(f"有其欄位 {zh} 等 {count} 個", f"has {count} of its keys: {en}"))
    return Choice(_unknown(platforms), _nearest(platforms, seen))


def _score(platform: Platform, seen: Collection[str], outer: Collection[str]) -> float:
    """Return the share of the platform's keys that are there, with a premium for its envelope; 0 if it is not it."""
    if platform.must and not any(group <= set(seen) for group in platform.must):
        return 0.0
    hits = len(platform.keys & set(seen))
    if not hits:
        return 0.0
    foreign = len(set(seen) - platform.known_keys)
    return hits / (hits + foreign) + hits / max(len(platform.keys), 1) + 0.2 * len(platform.envelope & set(outer))


def _nearest(platforms: Sequence[Platform], seen: Collection[str]) -> Texts:
    best = max(platforms, key=lambda platform: (len(platform.keys & set(seen)), platform.name), default=None)
    names = ", ".join(platform.name for platform in platforms)
    if best is None or not best.keys & set(seen):
        return Texts(
            f"沒有平臺認得這些欄位；可用 --platform 指定：{names}",
            f"no platform knows these keys; name one with --platform: {names}",
        )
    count = len(best.keys & set(seen))
    return Texts(
        f"不屬於任何平臺；最接近 {best.name}（相同欄位 {count} 個）；可用 --platform 指定：{names}",
        f"no platform fits; the nearest is {best.name} ({count} of its keys); name one with --platform: {names}",
    )


def _unknown(platforms: Sequence[Platform]) -> Platform:
    """Return a platform without demands that reads every field under any platform's name or metalint's own."""
    fields: dict[str, dict[Place, None]] = {}
    for name in FIELDS:
        own = fields.setdefault(name, {})
        if not name.startswith("distribution."):
            own[Place((name,))] = None
        for platform in platforms:
            for place in platform.fields.get(name, ()):
                own[place] = None
    known = {name: _each_once(places) for name, places in fields.items() if places}
    summary = Texts(
        "無法辨識的檔案：只檢查認得的欄位", "a file of no known platform: the fields that are known are checked"
    )
    return Platform(UNKNOWN, summary, (), known)


def _each_once(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places, each pattern once: one that splits its cell wins over one that does not.

    A list is also read where one item is written without it: the place of the bare value is not needed beside it.
    """
    chosen: dict[Pointer, Place] = {}
    for place in places:
        if place.pattern not in chosen or (place.split and not chosen[place.pattern].split):
            chosen[place.pattern] = place
    return tuple(place for pattern, place in chosen.items() if place.split or (*pattern, "*") not in chosen)


def _in_order(keys: Sequence[Collection[str]]) -> list[str]:
    return list(dict.fromkeys(key for group in keys for key in group))
