"""Results for tests of reports: a small catalogue, one with a text in each of its fields, and what a page holds."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from audit.made import _gaps, summed

from metalint.audit.result import Audited, Result
from metalint.model import Excerpt, Fix, Problem, Rule, Severity, Texts
from metalint.output.settings import Settings
from metalint.reasons import Explanation
from metalint.report import FileSeen
from metalint.scores.kinds import Indicator, Method, Standing, Theme

FIELDS = ("path", "message", "help", "record", "title", "agency", "pointer", "fix", "excerpt", "suggested", "evidence",
          "method", "indicator", "label", "summary", "why", "source", "unreadable", "sample", "rule")  # fmt: skip
RULE = "title/too-short"


def method(name: str = "資料品質", indicator: str = "名稱足以辨識") -> Method:
    points = (Indicator("a", Texts(indicator, indicator), 30, Texts("寫清楚", "say more")),
              Indicator("b", Texts("格式", "Format"), 70, Texts("填寫格式", "name it")))  # fmt: skip
    return Method("tw-quality", "2023-01", Texts(name, name), ("運作指引",), points)


def dataset(number: int, agency: str = "臺南市政府勞工局", **more: Any) -> Audited:
    one = Audited("labour.csv", number + 1, str(number), f"職業安全衛生教育訓練場次 {number}", agency, 0, 0, 0)
    return one._replace(standings=(Standing(70, 100, (0,)),), **more)


def problem(of: Audited, severity: Severity = Severity.WARNING, rule: str = RULE, **more: Any) -> Problem:
    one = Problem(
        of.path, of.line, 5, rule, of.line, 9, severity, "名稱太短", "加上地區與時間", of.record, of.title, ("名稱",),
        Fix(("名稱",), ("臺南市職業安全衛生教育訓練場次",), safe=True), Excerpt(of.line, '7,"職安",x', 2, 6, False, False),
    )  # fmt: skip
    return one._replace(**more)


def counted(datasets: Sequence[Audited], problems: Sequence[Problem]) -> list[Audited]:
    """Return the datasets with how many problems each has."""
    levels = {one[:3]: [0, 0, 0] for one in datasets}
    for each in problems:
        key = next((one[:3] for one in datasets if (one.path, one.record) == (each.path, each.record)), None)
        if key is not None:
            levels[key][3 - each.severity] += 1
    return [
        one._replace(errors=levels[one[:3]][0], warnings=levels[one[:3]][1], infos=levels[one[:3]][2])
        for one in datasets
    ]


def result(datasets: Sequence[Audited], problems: Sequence[Problem], methods: Sequence[Method] = ()) -> Result:
    made = [one if methods else one._replace(standings=()) for one in counted(datasets, problems)]
    summary = summed(made, problems, methods, themed=any(one.themes for one in made))
    seen = tuple(
        FileSeen(path, "csv", "tw-municipal", Texts("有名稱", "has a title"), "utf-8", bom=False, records=len(made))
        for path in sorted({one.path for one in made})
    )
    return Result(summary._replace(sources=seen), lambda: iter(made), lambda: iter(problems))


def two_methods() -> Result:
    """Return a result of two agencies and two methods: one has few points, and whose gaps come first in a summary."""
    few, many = method("甲"), method("乙")
    many = many._replace(indicators=tuple(one._replace(points=100 * one.points) for one in many.indicators))
    lacks = (Standing(70, 100, (0,)), Standing(0, 10_000, (0, 1)))
    some = [dataset(n, name)._replace(standings=lacks) for n, name in ((1, "勞動部"), (2, "環境部"), (3, "環境部"))]
    made = result(some, [problem(one) for one in some], [few, many])
    made = made._replace(datasets=lambda: iter(some))
    scores = tuple(score._replace(reach=0.25 + number / 4) for number, score in enumerate(made.summary.scores))
    return made._replace(summary=made.summary._replace(scores=scores, gaps=_gaps(some, [few, many])))


def settings(lang: str = "en", text: str = "", field: str = "") -> Settings:
    def texts(name: str, other: str) -> Texts:
        return Texts(text, text) if field == name else Texts(other, other)

    name = text if field == "rule" else RULE
    rule = Rule(name, Severity.WARNING, "length", ("title",), {}, texts("summary", "名稱夠長。"), Texts("", ""))
    source = text if field == "source" else "資料集詮釋資料標準規範"
    explained = {name: Explanation(rule, texts("why", "太短找不到"), (source,), (), ())}
    return Settings(lang, explained=explained, version="0.1")


def nasty(text: str, field: str) -> Result:
    """Return a result of two datasets, of which one has a text in a field."""
    own = {field: text} if field in ("path", "record", "title", "agency") else {}
    evidence = (text,) if field == "evidence" else ("空氣",)
    one = dataset(1, views=7, downloads=3, themes=(Theme("climate", "", evidence),))._replace(**own)
    two = dataset(2, path=one.path, agency=one.agency, views=1, downloads=1)
    more: dict[str, Any] = {
        "fix": {"fix": Fix(("名稱",), (text,), safe=False)},
        "excerpt": {"excerpt": Excerpt(2, text, 0, len(text), False, False), "end_column": 5 + len(text)},
        "suggested": {"suggested": (text,)},
        "pointer": {"pointer": (text,)},
        "message": {"message": text},
        "help": {"help": text},
        "rule": {"rule": text},
    }.get(field, {})
    first = problem(one, **more)
    way = method(text if field == "method" else "資料品質", text if field == "indicator" else "名稱足以辨識")
    made = result([one, two], [first, problem(two)], [way])
    label = Texts(text, text) if field == "label" else Texts("氣候環境", "Climate")
    themes = tuple(row._replace(label=label) for row in made.summary.themes[:1])
    why = Texts(text, text) if field == "unreadable" else Texts("無法讀取", "cannot be read")
    sample = text if field == "sample" else "1/2"
    where = text if field == "path" else "other.csv"
    return made._replace(summary=made.summary._replace(themes=themes, unreadable=((where, why),), sample=sample))


def held(page: str) -> dict[str, list[Any]]:
    """Return the blocks of data that a page holds, by name, in order."""
    found: dict[str, list[Any]] = {"d": [], "p": [], "head": []}
    form = r'<script type="application/octet-stream;base64" class="(\w+)">([A-Za-z0-9+/=]*)</script>'
    for name, data in re.findall(form, page):
        found[name].append(json.loads(gzip.decompress(base64.b64decode(data))))
    return found


class Elements(HTMLParser):
    """The elements of a page, with the names of their attributes, and the values of some."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.values: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))
        self.values.extend((tag, name, value or "") for name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.text.append(data)
