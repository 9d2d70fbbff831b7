"""The first screen of an audit's page: what it is, the figures, the sentences, the plots."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from metalint.audit.result import Score, Summary
from metalint.output import places, plots
from metalint.output.audit_html_words import WORDS
from metalint.output.audit_words import agency_name, clean_share, demand, method_name, percent, sentences
from metalint.output.settings import Settings
from metalint.terminal import cut, safe

_BARS = 10


def text(value: str) -> str:
    """Return a text as it stands on a page: no markup, and nothing that is not seen."""
    return escape(safe(value))


def head(summary: Summary, settings: Settings) -> Iterator[str]:
    """Yield the title, what was looked at, and where on the page things are."""
    words = WORDS[settings.lang]
    yield f'<header>\n<a class="skip" href="#overview">{words["skip"]}</a>\n<h1>{words["title"]}</h1>\n<p>'
    yield words["made"].format(day=text(summary.made))
    yield from (f" · <b>{text(_file(seen.path))}</b>" for seen in summary.sources[:4])
    yield words["sources_all"].format(count=f"{len(summary.sources):,}") if len(summary.sources) > 4 else ""
    yield "</p>\n"
    if summary.sample:
        yield f'<p class="note">{words["sample"].format(sample=text(summary.sample))}</p>\n'
    yield f'<nav aria-label="{words["sections"]}"><ul>'
    for name, there in sections(summary):
        yield f'<li><a href="#{name}">{words[name]}</a></li>' if there else ""
    yield f'</ul></nav>\n<p class="finder" hidden><a href="#look">{words["look"]}</a> '
    yield f"{words['look_lead']}</p>\n</header>\n"


def sections(summary: Summary) -> list[tuple[str, bool]]:
    """Return the sections of a page, and whether there is anything in them."""
    return [
        ("glance", True),
        ("gaps", bool(summary.gaps)),
        ("agencies", bool(summary.agencies)),
        ("rules", bool(summary.rules)),
        ("worst", bool(summary.worst)),
        ("used", bool(summary.used)),
        ("themes", bool(summary.themes)),
        ("unread", bool(summary.unreadable)),
        ("about", True),
    ]


def glance(summary: Summary, settings: Settings) -> Iterator[str]:
    """Yield the figures, the sentences that sum them up, and the plots."""
    words, lang = WORDS[settings.lang], settings.lang
    yield f'<section id="glance">\n<h2>{words["glance"]}</h2>\n<dl class="figures">\n'
    share = percent(clean_share(summary.datasets, summary.clean))
    yield _figure(words["datasets"], f"{summary.datasets:,}")
    yield _figure(words["clean"], share, words["clean_of"].format(clean=f"{summary.clean:,}"))
    yield _figure(words["errors"], f"{summary.errors:,}", "", "error")
    yield _figure(words["warnings"], f"{summary.warnings:,}", "", "warning")
    yield _figure(words["infos"], f"{summary.infos:,}", "", "info")
    yield _figure(words["agencies"], f"{len(summary.agencies):,}")
    for index, score in enumerate(summary.scores):
        if not score.datasets:
            continue
        said = words["scored"].format(reach=percent(score.reach), datasets=f"{score.datasets:,}")
        name = words["score"].format(method=text(method_name(summary, index, lang)))
        yield _figure(name, percent(score.mean), said, "score")
    yield '</dl>\n<ul class="sentences">\n'
    yield from (f"<li>{text(one)}</li>\n" for one in sentences(summary, settings))
    yield '</ul>\n<div class="plots">\n'
    yield from _plots(summary, settings)
    yield "</div>\n</section>\n"


def _plots(summary: Summary, settings: Settings) -> Iterator[str]:
    words, lang = WORDS[settings.lang], settings.lang
    unit = words["piece"]
    for index, score in enumerate(summary.scores):
        if score.datasets:
            title = words["bands"].format(method=method_name(summary, index, lang))
            yield _plot(title, columns(score, words["bands_of"]))
    if summary.errors + summary.warnings + summary.infos:
        levels = [(words[name], getattr(summary, name)) for name in ("errors", "warnings", "infos")]
        title = words["severities"]
        yield _plot(title, plots.bars(levels, label=title, unit=unit, lang=lang), "levels")
    rules = [(_name(demand(row.rule, settings) or row.rule), row.problems) for row in summary.rules[:_BARS]]
    if rules:
        yield _plot(words["top_rules"], plots.bars(rules, label=words["top_rules"], unit=unit, lang=lang))
    work = [(agency_name(one.name, lang), one.errors + one.warnings) for one in summary.agencies[:_BARS]]
    work = [(name, count) for name, count in work if count]
    if work:
        yield _plot(words["top_agencies"], plots.bars(work, label=words["top_agencies"], unit=unit, lang=lang))


def _plot(title: str, drawn: str, kind: str = "") -> str:
    return f'<figure class="{kind}"><figcaption>{text(title)}</figcaption>\n{drawn}</figure>\n'


def columns(score: Score, label: str) -> str:
    """Return how many datasets have which share of the points, as columns of an inline SVG."""
    greatest, wide, high = max(score.bands) or 1, 48, 150
    told = "; ".join(f"{10 * n}–{10 * n + 10} %: {count:,}" for n, count in enumerate(score.bands))
    drawn = []
    for n, count in enumerate(score.bands):
        tall = max(high * count / greatest, 1.5 if count else 0)
        middle, top = n * wide + wide / 2, 18 + high - tall
        drawn.append(
            f'<rect class="track" x="{n * wide + 4}" y="18" width="{wide - 8}" height="{high}" rx="2"/>'
            f'<rect class="bar" x="{n * wide + 4}" y="{top:.1f}" width="{wide - 8}" height="{tall:.1f}" rx="2"/>'
            f'<text class="figure" x="{middle}" y="{top - 5:.1f}" text-anchor="middle">{_brief(count)}</text>'
            f'<text class="soft figure" x="{middle}" y="{high + 36}" text-anchor="middle">{10 * n}–{10 * n + 10}</text>'
        )
    size = f'viewBox="0 0 {10 * wide} {high + 44}" xmlns="http://www.w3.org/2000/svg"'
    names = f"<title>{text(label)}</title><desc>{text(told)}</desc>"
    return f'<svg class="plot" role="img" {size}>{names}{"".join(drawn)}</svg>\n<p class="soft">{text(label)}</p>\n'


def _brief(count: int) -> str:
    """Return a count that has room above a column."""
    return f"{count:,}" if count < 1_000_000 else f"{count / 1e6:.1f}M"


def _name(told: str) -> str:
    return cut(safe(told), 52)


def _figure(label: str, value: str, more: str = "", kind: str = "") -> str:
    small = f'<dd class="more">{more}</dd>' if more else ""
    return f'<div class="{kind}"><dt>{label}</dt><dd>{value}</dd>{small}</div>\n'


def _file(path: str) -> str:
    """Return the name of a file, without the folders that lead to it."""
    return places.relative(path).rpartition("/")[2]
