"""What a comparison of two versions of a catalogue came to: all that a report may read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from metalint.model import Texts, Unreadable
from metalint.snapshots.changes import Change
from metalint.snapshots.sides import Entry

CHANGED = ("changed", "renamed", "relisted", "touched")
GONE = ("merged", "superseded", "announced", "vanished")
RULE = "catalogue/delisted-without-reason"  # what `vanished` breaks
VERDICTS: Mapping[str, Texts] = {
    "added": Texts("新增", "added"),
    "changed": Texts("變更", "changed"),
    "renamed": Texts("改名", "renamed"),
    "relisted": Texts("換識別碼重新上架", "listed anew"),
    "touched": Texts("僅更新時間", "touched"),
    "merged": Texts("整併", "merged"),
    "superseded": Texts("由他筆取代", "superseded"),
    "announced": Texts("已說明理由", "reason given"),
    "vanished": Texts("無理由消失", "vanished"),
}
HOW: Mapping[str, Texts] = {
    "identifier": Texts("識別碼相同", "same identifier"),
    "address": Texts("網址相同", "same address"),
    "title": Texts("名稱與機關相同", "same title and agency"),
    "moved": Texts("名稱相同，機關改變", "same title, another agency"),
    "form": Texts("名稱只差機關名或可省的字", "the titles differ in the agency's name or in spare words"),
    "number": Texts("名稱只差一個數目", "the titles differ in one number, and nothing else is called so"),
    "similar": Texts("名稱相近", "similar titles"),
    "order": Texts("清單裡的前後相同，名稱相近", "it stands between the same datasets, under a similar title"),
    "twin": Texts("同一名稱另有一筆", "the same title is listed once more"),
    "series": Texts("去掉年月後名稱相同", "the same title without its year or number"),
    "like-series": Texts("去掉年月後名稱相近", "a similar title without its year or number"),
    "part": Texts("名稱去掉分區後相同", "the same title without its part"),
    "dated": Texts("名稱加上年月後相同", "the same title with a year or number"),
    "later": Texts("同系列已改列後期", "later editions of its series are listed instead"),
    "parts": Texts("分成數筆", "split into several"),
    "named": Texts("紀錄裡寫明", "a record says so"),
    "goes-on": Texts("同系列仍有其他期", "its series goes on with other dates"),
}


class Outcome(NamedTuple):
    """What became of a dataset. `new` is where it is now, or what it went into; `how` that was found, how alike."""

    verdict: str
    old: Entry | None
    new: Entry | None
    changes: tuple[Change, ...] = ()
    how: str = ""
    similarity: float | None = None
    reason: str = ""

    @property
    def shown(self) -> Entry:
        """The record by which it is called: that of today, else the one that is gone."""
        entry = self.old if self.verdict in GONE or self.new is None else self.new
        assert entry is not None
        return entry

    @property
    def breaking(self) -> tuple[str, ...]:
        """What its changes take from its users."""
        return tuple(dict.fromkeys(one.breaking for one in self.changes if one.breaking))


class Row(NamedTuple):
    """The figures of an agency, a year or a month, or of all."""

    name: str
    old: int = 0
    new: int = 0
    added: int = 0
    changed: int = 0
    breaking: int = 0
    gone: int = 0
    vanished: int = 0


class Source(NamedTuple):
    """A version that was compared: its path, the platforms of its files, how many datasets, how many unreadable."""

    path: str
    platforms: tuple[str, ...]
    datasets: int
    unread: int


class Compared(NamedTuple):
    """The whole: outcomes by part (`same`: nothing changed), figures by what was asked, what could not be read."""

    old: Source
    new: Source
    added: tuple[Outcome, ...]
    changed: tuple[Outcome, ...]
    gone: tuple[Outcome, ...]
    same: tuple[Outcome, ...]
    counts: Mapping[str, int]
    total: Row
    rows: tuple[Row, ...]
    by: str
    unread: tuple[Unreadable, ...]

    @property
    def unchanged(self) -> int:
        """How many datasets did not change."""
        return self.counts.get("unchanged", 0)
