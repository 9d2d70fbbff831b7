"""A comparison to hand around: Markdown for a meeting or a job's summary, and one HTML page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from metalint.output import compared_words as say
from metalint.output.compared import cells, head_of, heads, hidden, limit, parts
from metalint.output.html_style import STYLE
from metalint.output.markdown import inert
from metalint.output.settings import Settings
from metalint.snapshots.compared import Compared, Outcome
from metalint.terminal import safe

_IN_MARKDOWN = 50  # datasets of a part
_ON_A_PAGE = 500
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def markdown(found: Compared, settings: Settings) -> Iterator[str]:
    """Yield a heading with the sums, the figures, and a table of each part."""
    lang = settings.lang
    yield f"### metalint: {say.word('title', lang)}\n\n"
    for name, one in (("old", found.old), ("new", found.new)):
        yield f"- {say.word(name, lang)}: {inert(say.source(one, lang))}\n"
    yield "".join(f"- {inert(sentence)}\n" for sentence in say.totals(found, lang))
    if warning := say.unread(found, lang):
        yield f"- ⚠️ {warning}\n"
    yield "\n| " + " | ".join(heads(found.by, lang)) + " |\n| --- |" + " ---: |" * 7 + "\n"
    rows = [row for row in found.rows if row.added or row.changed or row.gone]
    for row in rows[: limit(settings, _IN_MARKDOWN)]:
        yield "| " + " | ".join(map(inert, cells(row, lang))) + " |\n"
    yield "| " + " | ".join(cells(found.total, lang, total=True)) + " |\n"
    for name, outcomes in parts(found):
        if not outcomes:
            continue
        yield f"\n#### {inert(head_of(name, outcomes, lang))}\n\n"
        yield (
            "| "
            + " | ".join(say.word(one, lang) for one in ("dataset", "agency", "what"))
            + " |\n| --- | --- | --- |\n"
        )
        shown = outcomes[: limit(settings, _IN_MARKDOWN)]
        for outcome in shown:
            entry = outcome.shown
            said = "<br>".join(map(inert, _told(outcome, lang)))
            yield f"| {inert(say.name(entry))} | {inert(entry.agency)} | {said} |\n"
        if len(outcomes) > len(shown):
            yield f"\n{hidden(len(outcomes) - len(shown), lang)}\n"


def html(found: Compared, settings: Settings) -> Iterator[str]:
    """Yield the page: the sums, the parts, the figures. It needs no network and runs nothing."""
    lang = settings.lang
    code = "zh-Hant-TW" if lang == "zh-TW" else "en"
    yield f'<!doctype html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f'<meta name="color-scheme" content="light dark">\n<title>{say.word("title", lang)}</title>\n'
    yield f"<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{say.word('title', lang)}</h1>\n"
    for name, one in (("old", found.old), ("new", found.new)):
        yield f"<p>{say.word(name, lang)} {_text(say.source(one, lang))}</p>\n"
    yield "<ul class=totals>" + "".join(f"<li>{_text(one)}</li>" for one in say.totals(found, lang)) + "</ul>\n"
    if warning := say.unread(found, lang):
        yield f"<p><b>{_text(warning)}</b></p>\n"
    yield "</header>\n<main>\n"
    for name, outcomes in parts(found):
        if outcomes:
            yield from _section(name, outcomes, settings)
    yield from _figures(found, lang)
    yield "</main>\n</body>\n</html>\n"


def _section(name: str, outcomes: list[Outcome], settings: Settings) -> Iterator[str]:
    lang = settings.lang
    yield f"<section class=rules>\n<h2>{_text(head_of(name, outcomes, lang))}</h2>\n<table>\n<thead><tr>"
    yield "".join(f"<th scope=col>{say.word(one, lang)}</th>" for one in ("dataset", "agency", "what"))
    yield "</tr></thead>\n<tbody>\n"
    shown = outcomes[: limit(settings, _ON_A_PAGE)]
    for outcome in shown:
        entry = outcome.shown
        yield f"<tr><td>{_text(say.name(entry))}</td>"
        yield f"<td>{_text(entry.agency)}</td><td>{'<br>'.join(map(_text, _told(outcome, lang)))}</td></tr>\n"
    yield "</tbody>\n</table>\n"
    if len(outcomes) > len(shown):
        yield f'<p class="hidden">{_text(hidden(len(outcomes) - len(shown), lang))}</p>\n'
    yield "</section>\n"


def _figures(found: Compared, lang: str) -> Iterator[str]:
    yield f"<section class=rules>\n<h2>{say.word(found.by, lang)}</h2>\n<table>\n<thead><tr>"
    first, *others = heads(found.by, lang)
    yield f"<th scope=col>{first}</th>" + "".join(f"<th scope=col class=n>{one}</th>" for one in others)
    yield "</tr></thead>\n<tbody>\n"
    rows = [cells(row, lang) for row in found.rows if row.added or row.changed or row.gone]
    for name, *counts in [*rows, cells(found.total, lang, total=True)]:
        yield f"<tr><td>{_text(name)}</td>" + "".join(f"<td class=n>{one}</td>" for one in counts) + "</tr>\n"
    yield "</tbody>\n</table>\n</section>\n"


def _told(outcome: Outcome, lang: str) -> list[str]:
    """Return what became of a dataset, a line each: the verdict, where it went, what changed."""
    told = say.fate(outcome, lang)
    first = say.verdict(outcome, lang) + (("：" if lang == "zh-TW" else ": ") + told if told else "")
    return [first, *(say.change(one, lang) for one in say.details(outcome))]


def _text(text: str) -> str:
    """Return a text as it stands on a page: no markup, and nothing that is not seen."""
    return escape(safe(text))
