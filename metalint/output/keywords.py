"""Keywords to text: for a person, for programs, and as the portal's own table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import TypeAlias

from metalint.entries import dump
from metalint.hanzi import has_hanzi
from metalint.model import Enriched, Json, Reason, Suggestion
from metalint.output.settings import Settings
from metalint.terminal import paint, safe, width

_FIELDS = {
    "title": ("名稱", "the title"),
    "description": ("描述", "the description"),
    "columns": ("欄位說明", "the column description"),
    "keyword": ("關鍵字", "the keywords"),
}
_SENTENCES = {
    "everyday": ("{place}的「{found}」，民眾常說「{term}」", "“{found}” in {place} is known to the public as “{term}”"),
    "preferred": ("{place}的「{found}」，通用的說法是「{term}」", "“{found}” in {place} is usually called “{term}”"),
    "neighbours": (
        "最相近的 {near} 筆資料集中，有 {carry} 筆使用{by}",
        "{carry} of the {near} nearest datasets carry it{by}",
    ),
    "agency": ("這個機關用過 {uses} 次", "used {uses} times by this agency"),
    "agency-once": ("這個機關用過 1 次", "used once by this agency"),
    "catalogue": (
        "模型學習過的平臺中，有 {portals} 個使用",
        "used on {portals} of the portals that the model learned from",
    ),
    "text": ("{place}第 {at} 字起寫著「{found}」", "{place} says “{found}” (character {at})"),
}
_BY = ("（同樣講到{}）", " (alike by {})")
_AND = ("、", ", ")
_HEAD = {"zh-TW": ("現有", "建議", "無", "沒有要補的"), "en": ("has", "lacks", "none", "nothing to add")}
_ALSO = {"zh-TW": "同義", "en": "also"}
_LAST = {
    "zh-TW": "{records} 筆紀錄，{some} 筆有建議，共 {keywords} 個關鍵字。",
    "en": "{records} records, {some} of them with suggestions, {keywords} keywords.",
}
Render: TypeAlias = Callable[[Iterable[Enriched], Settings], Iterator[str]]


def sentence(reason: Reason, lang: str) -> str:
    """Return a reason in a language."""
    index = 0 if lang == "zh-TW" else 1
    detail = dict(reason.detail)
    kind = str(detail.get("relation", reason.kind))
    place = _FIELDS[str(detail["field"])][index] if "field" in detail else ""
    if kind == "neighbours":
        by = detail.pop("by", ())
        detail["by"] = _BY[index].format(_AND[index].join(by)) if by and not isinstance(by, (str, int)) else ""
    if kind == "agency" and detail["uses"] == 1:
        kind = "agency-once"
    start = detail.get("start", 0)
    text = _SENTENCES[kind][index].format(**detail, place=place, at=start + 1 if isinstance(start, int) else 1)
    return text[:1].upper() + text[1:]


def full(found: Iterable[Enriched], settings: Settings) -> Iterator[str]:
    """Yield a paragraph a record: its keywords, the suggested ones with their scores, and why."""
    has, lacks, none, nothing = _HEAD[settings.lang]
    records = some = keywords = 0
    for one in found:
        records, some, keywords = records + 1, some + bool(one.keywords), keywords + len(one.keywords)
        record, title = (
            paint(safe(one.record), "mark", on=settings.color),
            paint(safe(one.title), "bold", on=settings.color),
        )
        yield f"{record} {title}\n"
        yield f"  {has}  {safe('、'.join(one.present)) or none}\n"
        if not one.keywords:
            yield f"  {lacks}  {nothing}\n\n"
            continue
        longest = max(width(safe(keyword.term)) for keyword in one.keywords)
        for number, keyword in enumerate(one.keywords):
            label = lacks if not number else " " * width(lacks)
            gap = " " * (longest - width(safe(keyword.term)) + 2)
            term = paint(safe(keyword.term), "good", on=settings.color)
            why = safe(("；" if settings.lang == "zh-TW" else ". ").join(_told(keyword, settings.lang)))
            # What the public calls a thing is no guess: how many people choose it says nothing of it.
            share = _ALSO[settings.lang] if keyword.reasons[0].kind == "synonym" else f"{keyword.score:.2f}"
            yield f"  {label}  {term}{gap}{share}  {why}\n"
        yield "\n"
    yield _LAST[settings.lang].format(records=records, some=some, keywords=keywords) + "\n"


def _told(keyword: Suggestion, lang: str) -> list[str]:
    """Return the reasons that a person reads: one of each kind."""
    kinds = {reason.kind: reason for reason in reversed(keyword.reasons)}
    return [sentence(reason, lang) for reason in keyword.reasons if kinds[reason.kind] is reason]


def lines(found: Iterable[Enriched], settings: Settings) -> Iterator[str]:
    """Yield one record a line, as JSON."""
    for one in found:
        yield dump(_entry(one, settings.lang)) + "\n"


def whole(found: Iterable[Enriched], settings: Settings) -> Iterator[str]:
    """Yield one object: version and records."""
    yield '{"version": ' + dump(settings.version) + ',\n "records": ['
    for number, one in enumerate(found):
        yield (",\n  " if number else "\n  ") + dump(_entry(one, settings.lang))
    yield "]}\n"


def table(found: Iterable[Enriched], settings: Settings) -> Iterator[str]:  # noqa: ARG001
    """Yield each file's records in the portal's own columns, the keyword column filled."""
    for _, group in groupby(found, key=lambda one: one.path):
        columns: list[str] = []
        for one in group:
            row = one.raw
            key = one.key or ("關鍵字" if any(map(has_hanzi, row)) else "keyword")
            if not columns:
                columns = [*row, *([key] if key not in row else [])]
                yield _row(columns)
            terms = [*one.present, *(keyword.term for keyword in one.keywords)]
            yield _row([",".join(terms) if column == key else _cell(row.get(column)) for column in columns])


FORMATS: Mapping[str, Render] = {"full": full, "json": whole, "jsonl": lines, "csv": table}


def _entry(one: Enriched, lang: str) -> dict[str, object]:
    return {
        "path": one.path,
        "record": one.record,
        "title": one.title,
        "present": list(one.present),
        "keywords": [_keyword(keyword, lang) for keyword in one.keywords],
    }


def _keyword(keyword: Suggestion, lang: str) -> dict[str, object]:
    reasons = [{"kind": one.kind, "text": sentence(one, lang), **one.detail} for one in keyword.reasons]
    return {"term": keyword.term, "score": keyword.score, "reasons": reasons}


def _cell(value: Json) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def _row(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
