"""Scores for people: what each method comes to, what would win most points, and why; few datasets one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from metalint.output import scores_words as words
from metalint.output.settings import Settings
from metalint.scores.gaps import Counts
from metalint.scores.kinds import Gap, Method, Standing
from metalint.scoring import Board, Row
from metalint.terminal import cut, safe

FEW = 3  # datasets that are shown one by one
_MOST = 6  # gaps of an agency's line, of all methods


def table(board: Board, by: str, settings: Settings) -> Iterator[str]:
    """Yield the scores by indicator, dataset or agency; few datasets in full."""
    if not board.datasets:
        yield words.said("nothing", settings.lang) + "\n"
    elif by == "agency":
        yield from _agencies(board, settings)
    elif by == "dataset":
        yield from _datasets(board, settings)
    elif board.datasets <= FEW:
        for number, row in enumerate(board.rows):
            yield "\n" if number else ""
            yield from _whole(row, board, settings)
    else:
        yield words.bold(words.said("datasets", settings.lang, count=board.datasets), settings) + "\n"
        counts, gaps = board.misses.all(), board.misses.gaps()
        for number, method in enumerate(board.ask.methods):
            yield "\n"
            yield from _method(method, number, counts, gaps, settings)
        if board.ask.themes:
            yield "\n"
            yield from _themes(board, settings)


def _method(method: Method, at: int, counts: Counts, gaps: Sequence[Gap], settings: Settings) -> Iterator[str]:
    """Yield a method's mean, its gap list, what all earn and what could not be evaluated."""
    lang, indicators, datasets = settings.lang, method.indicators, counts.datasets
    missed, unasked, mean = counts.missed[at], counts.unasked[at], counts.mean(at)
    yield words.head(method, settings) + "\n"
    if mean is None:
        yield f"  {words.said('unjudged', lang)}\n"
        return
    most = sum(one.points for number, one in enumerate(indicators) if unasked[number] < datasets)
    rated = {"share": words.percent(mean), "rating": words.rated(method, mean, lang)}
    points = {"most": most, "all": sum(one.points for one in indicators)}
    yield f"  {words.said('mean', lang, judged=counts.judged(at), **rated, **points)}\n"
    rows = []
    for gap in gaps:
        if gap.method == at:
            one = indicators[gap.indicator]
            figures = (gap.points, gap.datasets, unasked[gap.indicator], one.points)
            rows.append((*map(words.number, figures), one.label[lang], one.help[lang]))
    if rows:
        yield from words.grid([words.heads("gap", lang), *rows], "rrrrll", settings)
    full = [one.label[lang] for n, one in enumerate(indicators) if not missed[n] and unasked[n] < datasets]
    never = [one.label[lang] for n, one in enumerate(indicators) if unasked[n] == datasets]
    yield from words.named("full", full, settings)
    yield from words.named("never", never, settings)


def _whole(row: Row, board: Board, settings: Settings) -> Iterator[str]:
    """Yield one dataset in full: each method, what it misses with its help, what it earns, its themes."""
    lang = settings.lang
    title = safe(row.title) or words.said("nameless", lang)
    yield words.bold(f"{safe(row.record)} {title}", settings) + "\n"
    for method, standing in zip(board.ask.methods, row.standings, strict=True):
        yield "\n" + words.head(method, settings) + "\n"
        yield from _standing(method, standing, settings)
    if board.ask.themes:
        yield "\n" + words.bold(words.said("themes", lang), settings) + "\n"
        for theme in row.themes:
            label = board.labels[theme.theme, ""][lang]
            label += f" › {board.labels[theme.theme, theme.category][lang]}" if theme.category else ""
            names = words.joined([safe(one) for one in theme.evidence], lang)
            yield f"  {words.said('evidence', lang, label=label, names=names)}\n"
        if not row.themes:
            yield f"  {words.said('no-theme', lang)}\n"


def _standing(method: Method, standing: Standing, settings: Settings) -> Iterator[str]:
    lang, share, indicators = settings.lang, standing.share, method.indicators
    if share is None:
        yield f"  {words.said('unjudged', lang)}\n"
        return
    rated = {"share": words.percent(share), "rating": words.rated(method, share, lang)}
    points = {"earned": standing.earned, "possible": standing.possible, "all": sum(one.points for one in indicators)}
    yield f"  {words.said('one', lang, **rated, **points)}\n"
    missed = sorted((indicators[at] for at in standing.missed), key=lambda one: -one.points)
    if missed:
        rows = [(words.number(one.points), one.label[lang], one.help[lang]) for one in missed]
        yield from words.grid([words.heads("missed", lang), *rows], "rll", settings)
    aside = {*standing.missed, *standing.unasked}
    earned = [one.label[lang] for at, one in enumerate(indicators) if at not in aside]
    yield from words.named("earned", earned, settings)
    yield from words.named("never", [indicators[at].label[lang] for at in standing.unasked], settings)


def _datasets(board: Board, settings: Settings) -> Iterator[str]:
    """Yield a line for each dataset, the worst first: its shares by method, and what it misses."""
    lang, methods = settings.lang, board.ask.methods

    def worth(row: Row) -> tuple[float, str, int]:
        shares = [one.share for one in row.standings if one.share is not None]
        return (sum(shares) / len(shares) if shares else 2.0, row.path, row.line)

    rows = sorted(board.rows, key=worth)
    shown = rows[: settings.max_problems] if settings.max_problems else rows
    lines = [[*(method.id for method in methods), *words.heads("dataset", lang)]]
    for row in shown:
        pairs = zip(methods, row.standings, strict=True)
        missed = [method.indicators[at].label[lang] for method, one in pairs for at in one.missed]
        shares = [words.percent(one.share) for one in row.standings]
        names = words.joined([*dict.fromkeys(missed)], lang)
        labels = [board.labels[theme.theme, theme.category][lang] for theme in row.themes]
        cells = (cut(safe(row.record), 24), cut(safe(row.title), 40), words.joined(labels, lang), names)
        lines.append([*shares, *cells])
    yield from words.grid(lines, "r" * len(methods) + "llll", settings)
    yield from words.left(len(rows) - len(shown), settings)


def _agencies(board: Board, settings: Settings) -> Iterator[str]:
    """Yield a line for each agency, the largest first: datasets, means, what would win it most points."""
    lang, methods = settings.lang, board.ask.methods
    rows = sorted(board.misses.agencies(), key=lambda row: (-row[1].datasets, row[0]))
    shown = rows[: settings.max_problems] if settings.max_problems else rows
    first, *rest = words.heads("agency", lang)
    lines = [[first, *(method.id for method in methods), *rest]]
    for name, counts in shown:
        best: dict[str, list[str]] = {}
        for gap in board.misses.gaps(name):
            label = methods[gap.method].indicators[gap.indicator].label[lang]
            best.setdefault(methods[gap.method].id, []).append(f"{label} +{words.number(gap.points)}")
        most = _MOST // max(len(methods), 1) or 1
        fixes = [
            words.said("of-method", lang, method=method.id, names=words.joined(best[method.id][:most], lang))
            for method in methods
            if method.id in best
        ]
        means = [words.percent(counts.mean(at)) for at in range(len(methods))]
        agency = cut(safe(name), 40) or words.said("unnamed", lang)
        lines.append([f"{counts.datasets:,}", *means, agency, ("；" if lang == "zh-TW" else "; ").join(fixes)])
    yield from words.grid(lines, "r" * (len(methods) + 1) + "ll", settings)
    yield from words.left(len(rows) - len(shown), settings)


def _themes(board: Board, settings: Settings) -> Iterator[str]:
    lang = settings.lang
    yield words.bold(words.said("themes", lang), settings) + "\n"
    lines = [words.heads("theme", lang)]
    for theme, category in board.labels:
        count = board.themes.get((theme, category), 0)
        lines.append([f"{count:,}", ("  " if category else "") + board.labels[theme, category][lang]])
    yield from words.grid(lines, "rl", settings)
