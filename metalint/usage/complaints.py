"""What is wrong with usage statistics, said with its place, its value and what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from metalint.datasets import Dataset
from metalint.model import Texts, Unreadable
from metalint.usage import headings
from metalint.usage.headings import Cell, Cells
from metalint.vocabulary import Vocabulary


def no_count(dataset: Dataset, cell: Cell) -> Unreadable:
    """Return the complaint about a figure that is none."""
    shown = str(cell.value)[:40]
    return _told(
        dataset,
        f"{cell.key}「{shown}」不是次數，視為未知；應為整數，例如 1,099",
        f"{cell.key} “{shown}” is no count and is taken as unknown; a whole number is wanted, such as 1,099",
    )


def no_period(dataset: Dataset, told: Cells) -> Unreadable:
    """Return the complaint about a row whose period cannot be read."""
    cell = next(told[term][0] for term in ("period", "month", "year") if term in told)
    shown = str(cell.value if cell.value is not None else "")[:40]
    return _told(
        dataset,
        f"{cell.key}「{shown}」不是年月，這一筆未計入；應為 2018-07、107年7月 或 10707",
        f"{cell.key} “{shown}” is no month: the record is left out; 2018-07, 107年7月 or 10707 is wanted",
    )


def no_name(dataset: Dataset) -> Unreadable:
    """Return the complaint about figures of nothing."""
    return _told(dataset, "沒有名稱也沒有識別碼，未計入", "neither a title nor an identifier: left out")


def _told(dataset: Dataset, zh: str, en: str) -> Unreadable:
    """Return a complaint that names the record."""
    title = dataset.title[:40]
    shown_zh, shown_en = (f"「{title}」", f" “{title}”") if title else ("", "")
    texts = Texts(f"第 {dataset.number} 筆{shown_zh}：{zh}", f"record {dataset.number}{shown_en}: {en}")
    return Unreadable(dataset.path, dataset.line, 1, texts)


def at_end(
    missed: Sequence[Dataset], undated: Sequence[Dataset], vocabulary: Vocabulary, *, seen: bool
) -> Iterator[Unreadable]:
    """Yield what is to be said of a file that was read."""
    if missed and seen:
        first, count = missed[0], len(missed)
        names = "、".join(
            (*headings.spellings(vocabulary, "views")[:3], *headings.spellings(vocabulary, "downloads")[:3])
        )
        keys = "、".join(list(first.raw)[:8])
        zh = f"{count:,} 筆沒有瀏覽或下載次數的欄位，未計入；認得的欄名如 {names}，這裡有 {keys}"
        en = f"{count:,} records have no column of views or downloads and are left out; known are {names}; here: {keys}"
        yield Unreadable(first.path, first.line, 1, Texts(zh, en))
    if undated:
        first, name = undated[0], PurePath(undated[0].path).name
        say = f"請用 --date {name}=2018-07 指定，或在檔名寫年月（2018-07、10707）"
        zh = f"看不出是哪一期的統計，{len(undated):,} 筆未計入；{say}"
        en = (
            f"nothing says of which period it is: {len(undated):,} records are left out; "
            f"say it by --date {name}=2018-07, or in the file's name (2018-07, 10707)"
        )
        yield Unreadable(first.path, 0, 0, Texts(zh, en))
