"""An audit as one page: its figures for a director, its tables for everybody, each dataset for the officer in charge.

It opens without a network and, but for the datasets, without scripts. What a stranger wrote is text on it and nothing
else: escaped where it stands in the page, and set as text where the script shows it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from pathlib import Path

from metalint.audit.result import Result, Summary
from metalint.output import audit_html_tables as tables
from metalint.output import audit_html_top as top
from metalint.output import plots
from metalint.output.audit_chosen import ALL, Most, chosen
from metalint.output.audit_gaps import by_method
from metalint.output.audit_html_words import WORDS
from metalint.output.audit_pack import block, packed, seen
from metalint.output.audit_words import PROBLEMS, demand, method_name, problems_of
from metalint.output.settings import Settings
from metalint.output.summary import WORDS as LEVELS
from metalint.terminal import safe

_HOME = Path(__file__).with_name("audit_page")
_SAID = (("loading", "loading"), ("old", "too_old"), ("broken", "broken"))  # before its data are unpacked
_GAPS = 3  # of an agency and method, above its datasets
_SCRIPTS = ("data.js", "tables.js", "cards.js", "look.js")


def render(result: Result, settings: Settings, most: Most = ALL) -> Iterator[str]:
    """Yield the page; it holds at most so much of the datasets and problems, and says what it leaves out."""
    words, summary = WORDS[settings.lang], result.summary
    lang = "zh-Hant-TW" if settings.lang == "zh-TW" else "en"
    script = "\n".join((_HOME / name).read_text("utf-8") for name in _SCRIPTS)
    script = f'(function () {{\n"use strict";\n{script}}})();\n'
    style = (_HOME / "page.css").read_text("utf-8") + plots.STYLE
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    yield f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f"<title>{words['title']}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    yield from top.head(summary, settings)
    yield '<main id="overview" tabindex="-1">\n'
    yield from top.glance(summary, settings)
    yield from tables.sections(summary, settings)
    yield "</main>\n"
    told = {"file": PROBLEMS, "version": escape(settings.version)}
    said = (f'data-{name}="{words[key].format(**told)}"' for name, key in _SAID)
    yield f'<section id="look" hidden aria-label="{words["look"]}" {" ".join(said)}></section>\n'
    yield f"<noscript><p>{words['noscript'].format(**told)}</p></noscript>\n"
    yield f"<footer><p>{words['limits'].format(**told)}</p></footer>\n"
    rows, datasets, problems = [], 0, 0
    for chunk in packed(chosen(result, most), {one.path: one.format for one in summary.sources}, settings.lang):
        rows.append(chunk.rows)
        datasets, problems = datasets + chunk.datasets, problems + chunk.problems
        yield chunk.html
    held = [datasets, summary.datasets, problems, problems_of(summary)]
    yield block("head", {"rows": rows, "held": held, **_told(summary, settings)})
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _told(summary: Summary, settings: Settings) -> dict[str, object]:
    """Return what the script is told of agencies, rules, methods and themes."""
    lang = settings.lang
    return {
        "words": {**WORDS[lang], "file": PROBLEMS},
        "levels": ["", *(LEVELS[level][0 if lang == "zh-TW" else 1] for level in sorted(LEVELS))],
        "agencies": [
            [seen(one.name), *one[1:6], one.means, one.views, one.downloads,
             [[seen(rule), count] for rule, count in one.rules],
             [[gap.method, gap.indicator, gap.datasets, gap.points]
              for some in by_method(one.gaps) for gap in some[:_GAPS]]]
            for one in summary.agencies
        ],
        "rules": [
            [seen(row.rule), int(row.severity), row.problems, row.datasets, row.fixable, row.safe,
             safe(demand(row.rule, settings)), *_reasons(row.rule, settings)]
            for row in summary.rules
        ],
        "methods": [
            [safe(method_name(summary, index, lang)),
             [[safe(one.label[lang]), one.points, safe(one.help[lang])] for one in score.method.indicators]]
            for index, score in enumerate(summary.scores)
        ],
        "themes": [[seen(row.theme), seen(row.category), safe(row.label[lang])] for row in summary.themes],
    }  # fmt: skip


def _reasons(rule: str, settings: Settings) -> tuple[str, list[str]]:
    """Return why a rule is, and where that is said."""
    one = settings.explained.get(rule)
    if one is None:
        return "", []
    return safe(" ".join(one.why[settings.lang].split())), [safe(text) for text in one.source]


def _hash(text: str) -> str:
    """Return what a policy calls an element that may act or style: the hash of what stands in it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
