"""Usage as one page: figures, plots and tables, without a network; it goes dark with the screen, and prints."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import dropwhile, islice

from metalint.output import plots, usage_lists, usage_words
from metalint.output.html_style import STYLE
from metalint.output.settings import Settings
from metalint.output.usage_columns import Column, Listing
from metalint.output.usage_text import figure
from metalint.terminal import safe
from metalint.usage.result import Usage

_TOP = 100  # rows of a table, unless --top says otherwise
_BARS = 12
_WORDS = {
    "zh-TW": {
        "title": "開放資料使用統計",
        "datasets": "資料集",
        "agencies": "機關",
        "views": "次瀏覽",
        "downloads": "次下載",
        "unused": "個{}",
        "counters": "累計下載次數",
        "counts": "各期下載次數",
        "gains": "各期增加的下載次數",
        "by-agency": "下載次數最多的機關",
        "by-year": "各年上架的資料集的下載次數",
        "times": " 次",
        "more": "另有 {left} 列未列出；-f xlsx:檔名 輸出完整的各表。",
        "contents": "目次",
        "made": "metalint {version}。這一頁不需要網路，也不會載入其他內容。",
    },
    "en": {
        "title": "Use of open data",
        "datasets": "datasets",
        "agencies": "agencies",
        "views": "views",
        "downloads": "downloads",
        "unused": "{}",
        "counters": "Downloads, as the counters show",
        "counts": "Downloads in each period",
        "gains": "Downloads more than when last read",
        "by-agency": "Agencies with most downloads",
        "by-year": "Downloads by the year in which datasets were listed",
        "times": "",
        "more": "{left} more; -f xlsx:FILE writes all tables complete.",
        "contents": "Contents",
        "made": "metalint {version}. This page needs no network and loads nothing.",
    },
}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MORE = """
header,main,footer{max-width:72rem}main{padding-top:0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:0;padding:0}a{color:var(--info)}
.sheet{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;padding:1rem 1.25rem;
margin:0 0 1.25rem}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1.25rem}
.plots .sheet{margin:0}.plots{margin-bottom:1.25rem}.wide{overflow-x:auto}
h1{margin-bottom:.75rem}header p{margin:.2rem 0}nav{margin-top:.75rem}
td:nth-child(2){white-space:normal}td.t{overflow-wrap:anywhere;min-width:7.5rem}td.t:has(+td.t){min-width:10rem}
#years td:first-child,#months td:first-child{min-width:0;white-space:nowrap}
th.n,td.n{text-align:right;font-variant-numeric:tabular-nums}td.n{white-space:nowrap}
.up{color:var(--good)}.down{color:var(--error)}
@media print{nav{display:none}.sheet{border:0;border-top:1px solid var(--line);border-radius:0;padding:.6rem 0}
.wide{overflow:visible}thead{display:table-header-group}}
"""


def page(usage: Usage, settings: Settings, by: str) -> Iterator[str]:  # noqa: ARG001
    """Yield the page."""
    words, lang = _WORDS[settings.lang], "zh-Hant-TW" if settings.lang == "zh-TW" else "en"
    listings = _listings(usage, settings.lang)
    yield f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" '
    yield f'content="light dark">\n<title>{words["title"]}</title>\n<style>{STYLE}{plots.STYLE}{_MORE}</style>\n'
    yield f"</head>\n<body>\n<header>\n<h1>{words['title']}</h1>\n"
    yield from _head(usage, settings)
    yield f'<nav aria-label="{words["contents"]}"><ul>'
    yield "".join(f'<li><a href="#{one.name}">{one.title}</a></li>' for one in listings)
    yield "</ul></nav>\n</header>\n<main>\n"
    yield from _plots(usage, settings)
    for listing in listings:
        yield from _table(listing, settings)
    yield f"</main>\n<footer>{words['made'].format(version=escape(settings.version))}</footer>\n</body>\n</html>\n"


def _listings(usage: Usage, lang: str) -> list[Listing]:
    main, *rest = (usage_lists.by(usage, what, lang) for what in ("dataset", "agency", "year", "month"))
    if usage.listed:
        rest = rest[:-1]  # a month of listing says little
    return [main, *rest, *usage_lists.more(usage, lang)]


def _head(usage: Usage, settings: Settings) -> Iterator[str]:
    """Yield the greatest figures, then the sentences."""
    words = _WORDS[settings.lang]
    views, downloads = (
        [value for value in values if value is not None]
        for values in zip(*((use.views, use.downloads) for use in usage.datasets), strict=True)
    )
    figures = [
        (len(usage.datasets), "datasets"),
        (sum(bool(one.name) for one in usage.agencies), "agencies"),
        *([(sum(views), "views")] if views else []),
        *([(sum(downloads), "downloads")] if downloads else []),
    ]
    never = sum(use.downloads == 0 for use in usage.datasets)
    called = words["unused"].format(usage_words.unused(settings.lang, ever=usage.ever))
    yield '<ul class="totals">' + "".join(f"<li><b>{count:,}</b> {words[name]}</li>" for count, name in figures)
    yield (f"<li><b>{never:,}</b> {called}</li>" if downloads else "") + "</ul>\n"
    yield "".join(f"<p>{escape(safe(sentence))}</p>\n" for sentence in usage_words.head(usage, settings.lang))


def _plots(usage: Usage, settings: Settings) -> Iterator[str]:
    words, lang = _WORDS[settings.lang], settings.lang
    made = []
    if not usage.listed and len(usage.periods) > 1:
        counters = usage.kind == "cumulative"
        points = [(one.name, one.downloads) for one in usage.months]
        if counters:  # of the first reading nothing is known, which is no gap
            points = [*dropwhile(lambda point: point[1] is None, points)]
        if not counters or sum(value is not None for _, value in points) > 1:
            label = words["gains" if counters else "counts"]
            made.append((label, plots.line(points, label=label, lang=lang)))
        if counters:
            points = [(one.name, one.counter) for one in usage.months]
            made.append((words["counters"], plots.line(points, label=words["counters"], lang=lang)))
    elif any(one.name for one in usage.years):
        rows = [(one.name, one.downloads or 0) for one in usage.years if one.name]
        label = words["by-year"]
        made.append((label, plots.bars(rows, label=label, unit=words["times"], lang=lang)))
    rows = [(one.name, one.downloads) for one in usage.agencies if one.name and one.downloads][:_BARS]
    label = words["by-agency"]
    made.append((label, plots.bars(rows, label=label, unit=words["times"], lang=lang)))
    yield '<div class="plots">\n'
    yield "".join(f'<section class="sheet">\n<h2>{label}</h2>\n{plot}</section>\n' for label, plot in made if plot)
    yield "</div>\n"


def _table(listing: Listing, settings: Settings) -> Iterator[str]:
    words = _WORDS[settings.lang]
    most = _TOP if settings.max_problems is None else settings.max_problems or None
    if listing.name in ("years", "months"):
        most = None
    yield f'<section class="sheet" id="{listing.name}">\n<h2>{listing.title}</h2>\n'
    yield f"<p>{escape(listing.note)}</p>\n" if listing.note else ""
    yield '<div class="wide"><table>\n<thead><tr>'
    yield "".join(f'<th scope="col" class="{_class(one)}">{escape(one.head)}</th>' for one in listing.columns)
    yield "</tr></thead>\n<tbody>\n"
    for row in islice(listing.rows(), most):
        yield "<tr>"
        for value, column in zip(row, listing.columns, strict=True):
            shown = escape(figure(value, column.kind))
            way = "" if column.kind not in ("change", "share") or not isinstance(value, (int, float)) else _way(value)
            yield f'<td class="{_class(column)}{way}">{shown}</td>'
        yield "</tr>\n"
    yield "</tbody>\n</table></div>\n"
    left = listing.size - most if most is not None else 0
    if left > 0:
        yield f'<p class="hidden">{words["more"].format(left=f"{left:,}")}</p>\n'
    yield "</section>\n"


def _class(column: Column) -> str:
    return "t" if column.kind == "text" else "n"


def _way(value: float) -> str:
    return " up" if value > 0 else " down" if value < 0 else ""
