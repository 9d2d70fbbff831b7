"""The tables of an audit's page. All stand in it as they are read; its script makes them sort and lead further."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.audit.result import Agency, Gap, RuleRow, Summary
from metalint.output import audit_html_rest as rest
from metalint.output.audit_gaps import by_method
from metalint.output.audit_html_table import Column, method_head, opened, table
from metalint.output.audit_html_top import text
from metalint.output.audit_html_words import WORDS
from metalint.output.audit_words import (
    agency_name,
    clean_share,
    demand,
    elsewhere,
    gap_help,
    gap_name,
    method_name,
    number,
    percent,
)
from metalint.output.settings import Settings
from metalint.output.summary import WORDS as LEVELS

_AGENCIES, _RULES, _GAPS = 3_000, 500, 40
_LONG = 30  # rows, beyond which a table scrolls by itself
_PRINTED = 60  # agencies: as in page.css
_WINNERS = 3  # agencies that a gap names


def sections(summary: Summary, settings: Settings) -> Iterator[str]:
    """Yield the sections below the plots."""
    yield from _gaps(summary, settings)
    yield from _agencies(summary, settings)
    yield from _rules(summary, settings)
    yield from rest.datasets("worst", summary.worst, summary, settings)
    yield from rest.datasets("used", summary.used, summary, settings)
    yield from rest.themes(summary, settings)
    yield from rest.unread(summary, settings)
    yield from rest.about(summary, settings)


def _gaps(summary: Summary, settings: Settings) -> Iterator[str]:
    if not summary.gaps:
        return
    words, lang = WORDS[settings.lang], settings.lang
    winners: dict[tuple[int, int], list[tuple[float, str]]] = {}
    for agency in summary.agencies:
        for gap in agency.gaps:
            winners.setdefault(gap[:2], []).append((-gap.points, agency_name(agency.name, lang)))

    def row(gap: Gap) -> Iterator[str]:
        named = gap_help(gap, summary, lang)
        yield f"<b>{text(gap_name(gap, summary, lang))}</b>" + (f"<br><small>{text(named)}</small>" if named else "")
        yield f"{gap.datasets:,}"
        yield number(gap.points)
        scored = summary.scores[gap.method].datasets
        yield f'<td class="n" data-v="{gap.points / max(scored, 1):.4f}">{_gain(gap.points, scored)}</td>'
        first = sorted(winners.get(gap[:2], ()))[:_WINNERS]
        yield words["and"].join(words["winner"].format(name=text(who), points=number(-won)) for won, who in first)

    columns = (
        Column(words["indicator"]), Column(words["missing"], "n"),
        Column(words["gain"], "n"), Column(words["mean_gain"], "n"), Column(words["who"], "x"),
    )  # fmt: skip
    yield opened("gaps", settings, "gaps_lead")
    for some in by_method(summary.gaps):
        name = method_name(summary, some[0].method, lang)
        yield f"<h3>{text(name)}</h3>\n"
        yield from table(f"gap-table-{some[0].method}", name, columns, (row(gap) for gap in some[:_GAPS]))
    yield "</section>\n"


def _agencies(summary: Summary, settings: Settings) -> Iterator[str]:
    if not summary.agencies:
        return
    words, lang = WORDS[settings.lang], settings.lang
    used = any(one.downloads is not None for one in summary.agencies)
    viewed = any(one.views is not None for one in summary.agencies)
    head = f'{words["agency"]}<span class="x">{words["agency_todo"]}</span>'
    columns = [
        Column(head), Column(words["datasets"], "n"), Column(words["clean_share"], "n"),
        Column(words["errors"], "n"), Column(words["warnings"], "n"),
        Column(words["infos"], "n x"),
    ]  # fmt: skip
    columns += [Column(method_head(summary, n, lang), "n") for n in range(len(summary.scores))]
    columns += [Column(words["views"], "n x")] * viewed + [Column(words["downloads"], "n x")] * used

    def row(index: int, one: Agency) -> Iterator[str]:
        first = one.rules[0] if one.rules else None
        todo = ""
        if first is not None:
            told = words["failed"].format(demand=demand(first[0], settings) or first[0], count=f"{first[1]:,}")
            todo = f'<br><small class="x">{text(told)}</small>'
        yield f'<td data-a="{index}"><span>{text(agency_name(one.name, lang))}</span>{todo}</td>'
        yield f"{one.datasets:,}"
        yield percent(clean_share(one.datasets, one.clean))
        yield f"{one.errors:,}"
        yield f"{one.warnings:,}"
        yield f"{one.infos:,}"
        yield from (percent(mean) for mean in one.means)
        yield from [number(one.views)] * viewed
        yield from [number(one.downloads)] * used

    yield opened("agencies", settings)
    yield f'<p>{words["agencies_lead"]}<span class="scripted" hidden> {words["agencies_click"]}</span></p>\n'
    if apart := elsewhere(summary):
        yield f"<p>{words['agencies_apart'].format(count=f'{apart:,}')}</p>\n"
    yield f'<p class="tools" hidden><label>{words["find_agency"]} <input type="search" id="agency-search"></label> '
    yield f'<output id="agency-count" data-said="{words["agencies_shown"]}" aria-live="polite"></output></p>\n'
    rows = (row(index, one) for index, one in enumerate(summary.agencies[:_AGENCIES]))
    kind = "sortable long" if len(summary.agencies) > _LONG else "sortable"
    yield from table("agency-table", words["agencies"], columns, rows, kind)
    if len(summary.agencies) > _AGENCIES:
        yield f"<p>{words['agencies_more'].format(count=f'{len(summary.agencies) - _AGENCIES:,}')}</p>\n"
    if len(summary.agencies) > _PRINTED:
        yield f'<p class="printed">{words["print_more"]}</p>\n'
    yield "</section>\n"


def _gain(points: float, datasets: int) -> str:
    """Return how much more datasets would have on the average."""
    if not datasets:
        return "–"
    return f"+{points / datasets:,.1f}" if points / datasets >= 0.1 else "&lt;0.1"


def _rules(summary: Summary, settings: Settings) -> Iterator[str]:
    if not summary.rules:
        return
    words, index = WORDS[settings.lang], 0 if settings.lang == "zh-TW" else 1

    def row(place: int, one: RuleRow) -> Iterator[str]:
        told = demand(one.rule, settings)
        yield f'<td data-r="{place}"><span>{text(told or one.rule)}</span> <code>{text(one.rule)}</code></td>'
        yield f'<td class="{one.severity.name.lower()}" data-v="{int(one.severity)}">{LEVELS[one.severity][index]}</td>'
        yield f"{one.problems:,}"
        yield f"{one.datasets:,}"
        said = words["fixable_of"].format(fixable=f"{one.fixable:,}", safe=f"{one.safe:,}") if one.fixable else "–"
        yield f'<td class="n" data-v="{one.fixable}">{said}</td>'

    columns = (
        Column(words["demand"]), Column(words["severity"]), Column(words["problems"], "n"),
        Column(words["datasets"], "n"), Column(words["fixable"], "n"),
    )  # fmt: skip
    yield opened("rules", settings, "rules_lead")
    rows = (row(place, one) for place, one in enumerate(summary.rules[:_RULES]))
    yield from table("rule-table", words["rules"], columns, rows, "sortable")
    yield "</section>\n"
