"""The later tables of an audit's page: single datasets, themes, what was not read, what all rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from metalint.audit.result import Audited, Summary
from metalint.output import places
from metalint.output.audit_html_table import Column, method_head, opened, table
from metalint.output.audit_html_top import text
from metalint.output.audit_html_words import WORDS
from metalint.output.audit_pack import seen
from metalint.output.audit_words import agency_name, method_name, number, percent, title_of
from metalint.output.settings import Settings

_DATASETS, _UNREAD, _FILES = 20, 100, 50


def datasets(name: str, some: Iterable[Audited], summary: Summary, settings: Settings) -> Iterator[str]:
    """Yield the worst datasets, or the most used."""
    rows = list(some)[:_DATASETS]
    if not rows:
        return
    words, lang = WORDS[settings.lang], settings.lang
    used = any(one.downloads is not None or one.views is not None for one in rows)

    def row(one: Audited) -> Iterator[str]:
        code = f"<code>{text(one.record)}</code>"
        agency = f"<br><small>{text(agency_name(one.agency, lang))}</small>"
        named = f'data-d="{text(seen(one.record))}" data-n="{text(seen(one.title))}"'
        yield f"<td {named}><span>{text(title_of(one, lang))}</span> {code}{agency}</td>"
        yield f"{one.errors:,}"
        yield f"{one.warnings:,}"
        yield f"{one.infos:,}"
        yield from (percent(standing.share) for standing in one.standings)
        yield from [number(one.views), number(one.downloads)] * used

    columns = [
        Column(words["dataset"]), Column(words["errors"], "n"),
        Column(words["warnings"], "n"), Column(words["infos"], "n x"),
    ]  # fmt: skip
    columns += [Column(method_head(summary, n, lang), "n x") for n in range(len(rows[0].standings))]
    columns += [Column(words["views"], "n"), Column(words["downloads"], "n")] * used
    yield opened(name, settings, "used_lead" if name == "used" else "worst_lead")
    yield from table(f"{name}-table", words[name], columns, map(row, rows))
    yield "</section>\n"


def themes(summary: Summary, settings: Settings) -> Iterator[str]:
    """Yield how many datasets seem to belong to each theme."""
    if not summary.themes:
        return
    yield opened("themes", settings, "themes_lead")
    lang = settings.lang
    yield '<ul class="themes">\n'
    for name, group in groupby(enumerate(summary.themes), key=lambda one: one[1].theme):
        rows = [
            f'<li data-t="{place}"><span>{text(one.label[lang])}</span> {one.datasets:,}</li>' for place, one in group
        ]
        yield f'<li><ul aria-label="{text(name)}">{"".join(rows)}</ul></li>\n'
    yield "</ul>\n"
    yield "</section>\n"


def unread(summary: Summary, settings: Settings) -> Iterator[str]:
    """Yield what could not be read, and why."""
    if not summary.unreadable:
        return
    words = WORDS[settings.lang]
    yield opened("unread", settings, "unread_lead")
    rows = ((text(places.relative(path)), text(why[settings.lang])) for path, why in summary.unreadable[:_UNREAD])
    yield from table("unread-table", words["unread"], (Column(words["sources"]), Column(words["why_not"])), rows)
    if len(summary.unreadable) > _UNREAD:
        yield f"<p>{words['unread_more'].format(count=f'{len(summary.unreadable) - _UNREAD:,}')}</p>\n"
    yield "</section>\n"


def about(summary: Summary, settings: Settings) -> Iterator[str]:
    """Yield the files, and how each method scores."""
    words, lang = WORDS[settings.lang], settings.lang
    yield opened("about", settings)
    columns = (
        Column(words["sources"]),
        Column(words["read_as"]),
        Column(words["encoding"], "x"),
        Column(words["records"], "n"),
    )
    rows = (
        (
            text(places.relative(source.path)),
            text(f"{source.platform} · {source.format}"),
            text(source.encoding.upper()),
            f"{source.records:,}",
        )
        for source in summary.sources[:_FILES]
    )
    yield from table("source-table", words["sources"], columns, rows) if summary.sources else ()
    if len(summary.sources) > _FILES:
        yield f"<p>{words['sources_more'].format(count=f'{len(summary.sources) - _FILES:,}')}</p>\n"
    for place, score in enumerate(summary.scores):
        whole = sum(one.points for one in score.method.indicators)
        yield f"<details><summary>{text(method_name(summary, place, lang))}</summary>\n"
        yield f"<p>{words['full'].format(points=number(whole))}</p>\n<p>{words['source']}</p>\n<ul>"
        yield "".join(f"<li>{text(source)}</li>" for source in score.method.source) + "</ul>\n"
        heads = (Column(words["indicator"]), Column(words["points"], "n"), Column(words["how"]))
        told = ((text(one.label[lang]), number(one.points), text(one.help[lang])) for one in score.method.indicators)
        yield from table(f"method-{place}", method_name(summary, place, lang), heads, told)
        yield "</details>\n"
    yield "</section>\n"
