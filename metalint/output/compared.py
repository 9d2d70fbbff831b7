"""A comparison for a terminal: what vanished, what users lose, what else changed, and the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from metalint.output import compared_words as say
from metalint.output.settings import Settings
from metalint.snapshots.compared import RULE, Compared, Outcome, Row
from metalint.terminal import cut, paint, safe, width

SHOWN = 20  # datasets of a part, and rows of figures, unless --max-entries says otherwise
_CHANGES = 6  # of one dataset
_COLUMNS = ("old", "new", "added", "changed", "breaking", "gone", "vanished")

Render: TypeAlias = Callable[[Compared, Settings], Iterator[str]]


class Form(NamedTuple):
    """An output format: the module and function that write it; `machine`: it is no text for people."""

    module: str
    function: str
    machine: bool = True


FORMATS: Mapping[str, Form] = {
    "full": Form("compared", "full", machine=False),
    "json": Form("compared_data", "whole"),
    "jsonl": Form("compared_data", "lines"),
    "csv": Form("compared_data", "table"),
    "markdown": Form("compared_pages", "markdown"),
    "html": Form("compared_pages", "html"),
}


def render(name: str, found: Compared, settings: Settings) -> Iterator[str]:
    """Yield a comparison in a format."""
    from importlib import import_module

    function: Render = getattr(import_module(f"metalint.output.{FORMATS[name].module}"), FORMATS[name].function)
    yield from function(found, settings)


def full(found: Compared, settings: Settings) -> Iterator[str]:
    """Yield the two versions, the sums, the parts, the figures."""
    lang, on = settings.lang, settings.color
    for name, one in (("old", found.old), ("new", found.new)):
        yield f"{paint(say.word(name, lang), 'dim', on=on)}  {safe(say.source(one, lang))}\n"
    yield "\n"
    for sentence in say.totals(found, lang):
        yield paint(sentence, "bold", on=on) + "\n"
    if warning := say.unread(found, lang):
        yield paint(warning, "warning", on=on) + "\n"
    for head, outcomes in parts(found):
        yield from _part(head, outcomes, settings)
    yield from _figures(found, settings)


def parts(found: Compared) -> list[tuple[str, list[Outcome]]]:
    """Return the parts of a report, gravest first: the name of each head, and its outcomes."""
    return [
        ("vanished-head", [one for one in found.gone if one.verdict == "vanished"]),
        ("breaking-head", [one for one in found.changed if one.breaking]),
        ("gone-head", [one for one in found.gone if one.verdict != "vanished"]),
        ("changed-head", [one for one in found.changed if not one.breaking]),
        ("added-head", list(found.added)),
    ]


def limit(settings: Settings, otherwise: int) -> int | None:
    """Return how many entries of a part are shown; `None`: all."""
    return otherwise if settings.max_problems is None else settings.max_problems or None


def hidden(count: int, lang: str) -> str:
    """Return the sentence that says how many entries are left out."""
    zh = f"還有 {count:,} 筆未列出；用 --max-entries 0 列出全部，或 -f csv、-f json。"
    return (
        zh
        if lang == "zh-TW"
        else f"{count:,} more are not listed; --max-entries 0 lists all, so do -f csv and -f json."
    )


def head_of(name: str, outcomes: Sequence[Outcome], lang: str) -> str:
    """Return the head of a part, with its rule where it breaks one."""
    rule = f"  {RULE}" if name == "vanished-head" else ""
    return f"{say.word(name, lang)} {len(outcomes):,}{rule}"


def _part(name: str, outcomes: Sequence[Outcome], settings: Settings) -> Iterator[str]:
    if not outcomes:
        return
    lang, on = settings.lang, settings.color
    color = "error" if name == "vanished-head" else "warning" if name == "breaking-head" else "bold"
    yield "\n" + paint(head_of(name, outcomes, lang), color, on=on) + "\n"
    shown = outcomes[: limit(settings, SHOWN)]
    for outcome in shown:
        yield from _outcome(outcome, settings)
    if len(outcomes) > len(shown):
        yield "  " + paint(hidden(len(outcomes) - len(shown), lang), "dim", on=on) + "\n"


def _outcome(outcome: Outcome, settings: Settings) -> Iterator[str]:
    lang, on, room = settings.lang, settings.color, settings.width
    entry = outcome.shown
    verdict = say.verdict(outcome, lang)
    agency = safe(entry.agency)
    line = f"{say.name(entry)}" + (f"  {agency}" if agency else "")
    yield f"  {paint(verdict, 'mark', on=on)} {cut(line, max(20, room - width(verdict) - 3))}\n"
    told = say.fate(outcome, lang)
    details = [*([told] if told else []), *(say.change(one, lang) for one in say.details(outcome))]
    for text in details[:_CHANGES]:
        yield "    " + paint(cut(text, room - 4), "dim", on=on) + "\n"
    if len(details) > _CHANGES:
        yield f"    … +{len(details) - _CHANGES}\n"


def _figures(found: Compared, settings: Settings) -> Iterator[str]:
    lang, on = settings.lang, settings.color
    rows = [row for row in found.rows if row.added or row.changed or row.gone]
    shown = rows if found.by != "agency" else rows[: limit(settings, SHOWN)]
    if not shown:
        return
    lines = [heads(found.by, lang), *(cells(row, lang) for row in shown), cells(found.total, lang, total=True)]
    widest = [max(width(line[at]) for line in lines) for at in range(len(lines[0]))]
    widest[0] = min(widest[0], max(12, settings.width - sum(widest[1:]) - 2 * len(widest)))
    yield "\n"
    for number, line in enumerate(lines):
        first = cut(line[0], widest[0])
        text = first + " " * (widest[0] - width(first))
        text += "".join(
            "  " + " " * (size - width(cell)) + cell for cell, size in zip(line[1:], widest[1:], strict=True)
        )
        yield (paint(text, "bold", on=on) if number in (0, len(lines) - 1) else text) + "\n"
    if len(rows) > len(shown):
        yield paint(hidden(len(rows) - len(shown), lang), "dim", on=on) + "\n"


def heads(by: str, lang: str) -> list[str]:
    """Return the headings of the figures."""
    names = ("old", "new", "added", "changed", "breaking", "gone")
    return [say.word(by, lang), *(say.word(name, lang) for name in names), say.word("vanished", lang)]


def cells(row: Row, lang: str, *, total: bool = False) -> list[str]:
    """Return a row of the figures."""
    name = say.word("total", lang) if total else safe(row.name) or say.word("unnamed", lang)
    return [name, *(f"{getattr(row, column):,}" for column in _COLUMNS)]
