"""Why a dataset went: what its last record said, what a list of reasons says, what a new record says it replaces."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from metalint.model import Texts
from metalint.run import CannotRun
from metalint.snapshots.sides import Entry, values
from metalint.snapshots.words import Words

_SAID = re.compile(
    r"不再更新|停止更新|停止提供|停止供應|停止發布|不再提供|不再發布|終止提供|將下架|已下架|擬下架|預計下架|下架|已停用|停用|已停辦"
    r"|已整併|整併[至於到入]|已?併入|合併[至於到入]|移至|移列|改由|已由.{0,20}取代"
    r"|discontinued|superseded|withdrawn|no longer (?:updated|maintained|available)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"「([^」]{2,150})」|『([^』]{2,150})』|“([^”]{2,150})”|\"([^\"]{2,150})\"")
_REPLACES = re.compile(r"取代|整併|合併|更名|改名|原資料集|原名|原「|前身|replaces|supersedes|formerly", re.IGNORECASE)
_FIELDS = ("title", "notes", "description", "frequency")
_AROUND = 20  # signs on both sides of the words that say it
_SHORT = 90  # signs of a text that is told as a whole
_LONG = 6  # signs of a title that is found within a text
_KEYS = {
    "id": ("id", "identifier", "record", "資料集識別碼", "識別碼", "編號", "資料集編號"),
    "title": ("title", "name", "資料集名稱", "資料名稱", "名稱"),
    "reason": ("reason", "why", "理由", "原因", "下架原因", "下架理由", "停止提供原因"),
    "date": ("date", "日期", "公告日期", "下架日期"),
}


class Reason(NamedTuple):
    """Why a dataset went: the text, its day as it is written, and the titles that it names in quotation marks."""

    text: str
    date: str = ""
    titles: tuple[str, ...] = ()


class Given(NamedTuple):
    """The reasons of a file, by identifier and by folded title."""

    by_id: Mapping[str, Reason]
    by_title: Mapping[str, Reason]

    def of(self, entry: Entry, words: Words) -> Reason | None:
        """Return the reason that is given for a dataset."""
        return self.by_id.get(entry.record) or self.by_title.get(words.folded(entry.title))


def said(entry: Entry) -> Reason | None:
    """Return what a record says itself of its end: in its title, notes, description or frequency."""
    for field in _FIELDS:
        for text in values(entry, field):
            if match := _SAID.search(text):
                return Reason(
                    _around(text, *match.span()),
                    titles=tuple("".join(found) for found in _NAMED.findall(text[match.start() :])),
                )
    return None


def _around(text: str, start: int, end: int) -> str:
    """Return a short text, or what stands around a place in it; dots where something is left out."""
    line = " ".join(text.split())
    if len(line) <= _SHORT:
        return line
    first, last = max(0, start - _AROUND), end + 2 * _AROUND
    return ("…" if first else "") + " ".join(text[first:last].split()) + ("…" if last < len(text) else "")


def replaced(titles: Mapping[str, int], news: Sequence[Entry], words: Words) -> Iterator[tuple[int, int]]:
    """Yield (old, new) for each new record that says that it replaces a dataset of some folded titles."""
    begun: dict[str, list[str]] = {}
    for title in titles:
        if len(title) >= _LONG:
            begun.setdefault(title[:_LONG], []).append(title)
    for new, entry in enumerate(news):
        for text in (*values(entry, "notes"), *values(entry, "description")):
            if not _REPLACES.search(text):
                continue
            folded = words.folded(text)
            for at in range(len(folded) - _LONG + 1):
                for title in begun.get(folded[at : at + _LONG], ()):
                    if folded.startswith(title, at):
                        yield titles[title], new


def read(path: str | None, words: Words) -> Given:
    """Return the reasons of a file: CSV with headings, JSON or YAML with a list of mappings. Raises CannotRun."""
    if path is None:
        return Given({}, {})
    try:
        text = Path(path).read_text("utf-8-sig")
        rows = list(_rows(path, text))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        why = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise CannotRun(
            Texts(f"--reasons {path}：無法讀取：{why}", f"--reasons {path}: cannot be read: {why}")
        ) from error
    by_id: dict[str, Reason] = {}
    by_title: dict[str, Reason] = {}
    for number, row in enumerate(rows, 1):
        found = {
            key: next((str(row[name]).strip() for name in names if row.get(name)), "") for key, names in _KEYS.items()
        }
        if not found["reason"] or not (found["id"] or found["title"]):
            zh = f"--reasons {path}：第 {number} 筆要有 id 或 title，以及 reason（理由）"
            raise CannotRun(Texts(zh, f"--reasons {path}: entry {number}: an id or a title is wanted, and a reason"))
        reason = Reason(found["reason"], found["date"], tuple("".join(one) for one in _NAMED.findall(found["reason"])))
        if found["id"]:
            by_id[found["id"]] = reason
        if found["title"]:
            by_title[words.folded(found["title"])] = reason
    return Given(by_id, by_title)


def _rows(path: str, text: str) -> Iterable[Mapping[str, object]]:
    """Return the rows of a file by its ending. Raises ValueError for what is no list of mappings."""
    ending = Path(path).suffix.lower()
    if ending in (".json", ".yaml", ".yml"):
        try:
            rows = json.loads(text) if ending == ".json" else _yaml(text)
        except ValueError as error:
            raise ValueError(str(error)) from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError("a list of {id, title, reason, date} is wanted")
        return rows
    return csv.DictReader(io.StringIO(text))


def _yaml(text: str) -> object:
    import yaml

    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  texts alone, no objects
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
