"""A result of an audit from files, for tests of its reports: real problems, simple stand-ins for scores and themes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from metalint import api, datasets
from metalint.audit.result import Agency, Audited, Gap, Result, RuleRow, Score, Summary, ThemeRow
from metalint.datasets import Dataset
from metalint.model import Extras, Problem, Severity, Texts, Unreadable
from metalint.run import Options
from metalint.scores.kinds import Indicator, Method, Standing, Theme

LISTED = 50
_INDICATORS = (
    ("structured", Texts("提供結構化格式", "Structured format"), 30, ("CSV", "JSON", "XML", "GEOJSON", "KML")),
    ("format", Texts("載明檔案格式", "Format named"), 20, ()),
    ("url", Texts("提供資料下載網址", "Download address"), 30, ()),
    ("title", Texts("名稱足以辨識", "Telling title"), 20, ()),
)
_THEMES = {
    "climate": (Texts("氣候環境", "Climate"), ("空氣", "水質", "氣象", "雨量")),
    "disaster": (Texts("災害防救", "Disasters"), ("災害", "避難", "消防", "土石流")),
    "transport": (Texts("交通運輸", "Transport"), ("公車", "停車", "道路", "交通")),
    "health": (Texts("健康醫療", "Health"), ("醫院", "疫苗", "藥", "健保")),
}


def method(kind: str = "tw-quality") -> Method:
    label = Texts("資料品質", "Data quality") if kind == "tw-quality" else Texts("易尋性", "Findability")
    told = Texts("依資料集的檔案格式與網址填寫", "Fill it in as the files are")
    indicators = tuple(Indicator(name, label_, points, told) for name, label_, points, _ in _INDICATORS)
    return Method(kind, "2023-01", label, ("政府資料品質提升機制運作指引",), indicators)


def build(
    paths: Sequence[str],
    lang: str = "zh-TW",
    *,
    scored: bool = True,
    more: int = 0,
    methods: Sequence[Method] | None = None,
) -> Result:
    """Return the result of files; with `more`, each dataset has so many made-up problems beside its own."""
    options = Options(lang=lang, isolated=True, extras=Extras(excerpts=True), today=date(2026, 10, 2))
    report = api.check(paths, options)
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for problem in report.problems():
        counts[problem.path, problem.record, problem.title][problem.severity.name] += 1
    methods = [method(), method("findability")] if methods is None else methods
    methods = methods if scored else []
    made, places, unread = [], set(), list(report.unreadable)
    for one in datasets.read(paths, options):
        if isinstance(one, Unreadable):
            unread.append((one.path, one.why))
            continue
        key = one.path, one.record, one.title
        found = Counter() if key in places else counts[key]
        places.add(key)
        levels = (found["ERROR"], found["WARNING"] + more, found["INFO"])
        made.append(_audited(one, levels, methods))

    def problems() -> Iterator[Problem]:
        return _with_more(report.problems(), made, more)

    kept = [(problem.path, problem.record, problem.title, problem) for problem in problems()]
    summary = summed(made, [problem for *_, problem in kept], methods, themed=scored)
    files = {problem.path for *_, problem in kept}
    assert files <= {seen.path for seen in report.files} | {path for path, _ in unread} | set(paths) or more
    summary = summary._replace(sources=tuple(report.files), unreadable=tuple(dict.fromkeys(unread)), seconds=12.3)
    return Result(summary, lambda: iter(made), problems)


def _audited(one: Dataset, levels: tuple[int, int, int], methods: Sequence[Method]) -> Audited:
    def values(name: str) -> list[str]:
        return [str(at.value) for at in one.fields.get(name, ()) if at.value not in ("", None)]

    formats, missed = [text.upper() for text in values("distribution.format")], []
    if formats and not any(text in _INDICATORS[0][3] for text in formats):
        missed.append(0)
    missed += [1] * (not formats) + [2] * (not values("distribution.downloadURL")) + [3] * (len(one.title) < 8)
    earned = 100 - sum(_INDICATORS[number][2] for number in missed)
    standings = tuple(Standing(earned, 100, tuple(missed)) for _ in methods)
    themes = tuple(
        Theme(name, "", tuple(word for word in words if word in one.title))
        for name, (_, words) in _THEMES.items()
        if methods and any(word in one.title for word in words)
    )
    views, downloads = ([_number(text) for text in values(name)] for name in ("views", "downloads"))
    return Audited(
        one.path, one.line, one.record, one.title, one.agency, *levels, standings, themes,
        views[0] if views else None, downloads[0] if downloads else None,
    )  # fmt: skip


def _number(text: str) -> int | None:
    plain = text.replace(",", "")
    return int(plain) if plain.isdigit() else None


def _with_more(problems: Iterator[Problem], made: Sequence[Audited], more: int) -> Iterator[Problem]:
    """Yield the problems, and for each dataset some that are made up, in the order of their places."""
    if not more:
        yield from problems
        return
    rest = iter(made)
    coming = next(rest, None)
    for problem in problems:
        while coming is not None and (coming.path, coming.line) <= (problem.path, problem.line):
            yield from _extra(coming, more)
            coming = next(rest, None)
        yield problem
    while coming is not None:
        yield from _extra(coming, more)
        coming = next(rest, None)


def _extra(one: Audited, more: int) -> Iterator[Problem]:
    for number in range(more):
        yield Problem(
            one.path, one.line, 1, f"keyword/made-{number}", one.line, 2, Severity.WARNING,
            f"「{one.title}」沒有關鍵字（第 {number + 1} 項）", "加上民眾會搜尋的詞", one.record, one.title, ("關鍵字",),
        )  # fmt: skip


def summed(
    made: Sequence[Audited], problems: Sequence[Problem], methods: Sequence[Method] = (), *, themed: bool = False
) -> Summary:
    """Return the figures of datasets and problems."""
    rules: dict[tuple[str, Severity], list[Problem]] = defaultdict(list)
    agency_of = {(one.path, one.record, one.title): one.agency for one in made}
    by_agency: dict[str, Counter[str]] = defaultdict(Counter)
    for problem in problems:
        rules[problem.rule, problem.severity].append(problem)
        by_agency[agency_of.get((problem.path, problem.record, problem.title), "")][problem.rule] += 1
    rows = [
        RuleRow(
            rule, severity, len(some), len({(one.path, one.record) for one in some if one.record}),
            sum(one.fix is not None and not one.fix.shown for one in some),
            sum(one.fix is not None and one.fix.safe and not one.fix.shown for one in some),
        )
        for (rule, severity), some in rules.items()
    ]  # fmt: skip
    groups: dict[str, list[Audited]] = defaultdict(list)
    for one in made:
        groups[one.agency].append(one)
    agencies = [_agency(name, some, by_agency[name], methods) for name, some in groups.items()]
    levels = [sum(problem.severity is severity for problem in problems) for severity in reversed(Severity)]
    themes = Counter(theme.theme for one in made for theme in one.themes)
    used = [one for one in made if one.downloads is not None or one.views is not None]
    return Summary(
        "0.5.0", "2026-10-02", (), len(made), sum(_clean(one) for one in made), *levels,
        tuple(sorted(rows, key=lambda row: (-row.problems, row.rule))),
        tuple(sorted(agencies, key=lambda one: (-one.errors - one.warnings, -one.infos, one.name))),
        tuple(_score(number, one, made) for number, one in enumerate(methods)),
        _gaps(made, methods),
        tuple(ThemeRow(name, "", label, themes[name]) for name, (label, _) in _THEMES.items() if themed),
        tuple(sorted((one for one in made if not _clean(one)), key=_worse)[:LISTED]),
        tuple(sorted(used, key=lambda one: (-(one.downloads or 0), -(one.views or 0), one.path, one.line))[:LISTED]),
        (), 0.0,
    )  # fmt: skip


def _agency(name: str, some: Sequence[Audited], rules: Counter[str], methods: Sequence[Method]) -> Agency:
    shares = [[one.standings[number].share for one in some] for number in range(len(methods))]
    views = [one.views for one in some if one.views is not None]
    downloads = [one.downloads for one in some if one.downloads is not None]
    return Agency(
        name, len(some), sum(map(_clean, some)), sum(one.errors for one in some), sum(one.warnings for one in some),
        sum(one.infos for one in some), tuple(_mean(each) for each in shares),
        sum(views) if views else None, sum(downloads) if downloads else None,
        tuple(sorted(rules.items(), key=lambda row: (-row[1], row[0]))[:10]), _gaps(some, methods),
    )  # fmt: skip


def _gaps(some: Sequence[Audited], methods: Sequence[Method]) -> tuple[Gap, ...]:
    missed = Counter(
        (number, one) for dataset in some for number in range(len(methods)) for one in dataset.standings[number].missed
    )
    gaps = [Gap(a, b, count, count * methods[a].indicators[b].points) for (a, b), count in missed.items()]
    return tuple(sorted(gaps, key=lambda gap: (-gap.points, gap.method, gap.indicator)))


def _score(number: int, one: Method, made: Sequence[Audited]) -> Score:
    shares = sorted(share for dataset in made if (share := dataset.standings[number].share) is not None)
    bands = Counter(min(int(share * 10), 9) for share in shares)
    return Score(
        one,
        len(shares),
        _mean(shares),
        shares[len(shares) // 2] if shares else None,
        tuple(bands[n] for n in range(10)),
    )


def _mean(shares: Sequence[float | None]) -> float | None:
    there = [share for share in shares if share is not None]
    return sum(there) / len(there) if there else None


def _clean(one: Audited) -> bool:
    return not (one.errors or one.warnings or one.infos)


def _worse(one: Audited) -> tuple[int, str, int]:
    return -100 * one.errors - 10 * one.warnings - one.infos, one.path, one.line
