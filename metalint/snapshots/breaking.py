"""Which changes take something from the users of a dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from metalint import dates, frequency
from metalint.lexicon import Lexicon
from metalint.model import Json, Texts
from metalint.snapshots import links
from metalint.snapshots.sides import Entry, columns, values

KINDS: Mapping[str, Texts] = {
    "identifier-changed": Texts("識別碼改變", "identifier changed"),
    "distribution-removed": Texts("移除資源", "distribution removed"),
    "format-lost": Texts("不再有機器可讀格式", "no machine-readable format any more"),
    "columns-dropped": Texts("欄位減少", "columns dropped"),
    "license-narrowed": Texts("授權限縮", "licence narrowed"),
    "charged": Texts("由免費改為收費", "free of charge no more"),
    "access-narrowed": Texts("開放程度限縮", "access narrowed"),
    "coverage-shortened": Texts("收錄期間縮短", "coverage shortened"),
    "frequency-slowed": Texts("更新頻率降低", "updated less often"),
}
_SLOWER = 1.5  # times as long between two updates; less is another way to count
_ABOUT = timedelta(days=31)  # by which intervals differ that are as long: quarters, half years
_OPEN_ACCESS = "public"

Test = Callable[[str, Entry, Entry, Lexicon], bool]


def named(field: str, old: Entry, new: Entry, now: Json, lexicon: Lexicon) -> str:
    """Return what a change takes from the users, a key of KINDS; empty where nothing. `now` is the new value."""
    if field in links.FIELDS:
        return "distribution-removed" if now is None else ""
    kind, test = _TESTS.get(field, ("", _never))
    return kind if test(field, old, new, lexicon) else ""


def _never(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> bool:  # noqa: ARG001
    return False


def _always(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> bool:  # noqa: ARG001
    return True


def _narrowed(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> bool:
    """Tell whether a licence was open and is not, or cannot be told to be."""
    words = lexicon.vocabulary("licenses")

    def is_open(entry: Entry) -> bool:
        return any(
            (term := words.find(text)) is not None and bool(term.facts.get("open")) for text in values(entry, field)
        )

    return is_open(old) and not is_open(new)


def _charged(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> bool:
    words = lexicon.vocabulary("costs")
    free = [[term.facts.get("free") for text in values(one, field) if (term := words.find(text))] for one in (old, new)]
    return True in free[0] and False in free[1]


def _lost(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> bool:
    """Tell whether there was a machine-readable format and is none."""
    words = lexicon.vocabulary("formats")

    def structured(entry: Entry) -> bool:
        return any((term := words.find(text)) and term.facts.get("structured") for text in values(entry, field))

    return structured(old) and not structured(new) and bool(values(new, field))


def _dropped(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> bool:  # noqa: ARG001
    return bool(columns(values(old, field)) - columns(values(new, field)))


def _restricted(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> bool:  # noqa: ARG001
    return _OPEN_ACCESS in values(old, field) and _OPEN_ACCESS not in values(new, field)


def _slowed(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> bool:  # noqa: ARG001
    """Tell whether the time between two updates has grown, or there is none promised any more."""
    before, after = (_period(values(one, field)) for one in (old, new))
    return before is not None and (after is None or after > before * _SLOWER)


def _period(texts: Sequence[str]) -> float | None:
    return next((days for text in texts if (days := frequency.period(text)) is not None), None)


def _later(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> bool:  # noqa: ARG001
    before, after = _span(old), _span(new)
    return _is_later(before[0], after[0]) and not _moved_on(before, after)


def _earlier(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> bool:  # noqa: ARG001
    before, after = _span(old), _span(new)
    return _is_later(after[1], before[1]) and not _moved_on(before, after)


Days = tuple[date | None, date | None]


def _span(entry: Entry) -> Days:
    return _day(values(entry, "temporalFrom")), _day(values(entry, "temporalTo"))


def _is_later(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def _moved_on(before: Days, after: Days) -> bool:
    """Tell whether an interval is as long as it was, and only of a later time: half a year follows on half a year."""
    if before[0] is None or before[1] is None or after[0] is None or after[1] is None:
        return False
    return _is_later(before[1], after[1]) and (before[1] - before[0]) - (after[1] - after[0]) <= _ABOUT


def _shorter(field: str, old: Entry, new: Entry, lexicon: Lexicon) -> bool:  # noqa: ARG001
    """Tell whether an interval begins later or ends earlier than before."""
    before, after = ([_day([part]) for part in text.split("/")] for one in (old, new) for text in [_first(one, field)])
    if len(before) != 2 or len(after) != 2:
        return False
    was, now = (before[0], before[1]), (after[0], after[1])
    return (_is_later(was[0], now[0]) or _is_later(now[1], was[1])) and not _moved_on(was, now)


def _first(entry: Entry, field: str) -> str:
    return next(iter(values(entry, field)), "")


def _day(texts: Sequence[str]) -> date | None:
    return next((day for text in texts if (day := dates.read(text).day) is not None), None)


_TESTS: Mapping[str, tuple[str, Test]] = {
    "identifier": ("identifier-changed", _always),
    "license": ("license-narrowed", _narrowed),
    "cost": ("charged", _charged),
    "distribution.format": ("format-lost", _lost),
    "columns": ("columns-dropped", _dropped),
    "distribution.columns": ("columns-dropped", _dropped),
    "accessLevel": ("access-narrowed", _restricted),
    "frequency": ("frequency-slowed", _slowed),
    "temporalFrom": ("coverage-shortened", _later),
    "temporalTo": ("coverage-shortened", _earlier),
    "temporal": ("coverage-shortened", _shorter),
}
