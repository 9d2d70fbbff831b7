"""Plots as inline SVG: text without scripts or ids, whose colours are those of the page around them (`STYLE`)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby

from metalint.terminal import cut, safe, width

STYLE = """
.plot{display:block;width:100%;max-width:44rem;height:auto;margin:.5rem 0 1rem;overflow:visible;
font:12px system-ui,"Noto Sans TC","Noto Sans CJK TC","PingFang TC","Microsoft JhengHei",sans-serif}
.plot text{fill:currentColor}.plot .soft{opacity:.75;font-size:inherit}.plot .figure{font-variant-numeric:tabular-nums}
.plot .bar,.plot .dot{fill:var(--info,#1f5fa8)}.plot .track{fill:currentColor;opacity:.08}
.plot .line{fill:none;stroke:var(--info,#1f5fa8);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.plot .grid{stroke:currentColor;opacity:.18}
.plot .gap{fill:currentColor;opacity:.1}.plot text.named{fill:var(--warning,#8a5300)}
@media print{.plot{break-inside:avoid;print-color-adjust:exact}}
"""
_WIDTH = 480
_CELL = 6.7  # units of a cell of text: Hanzi are exact (two cells), Latin letters are a little narrower
_ROW = 32  # units of a bar with the line of text above it
_HEIGHT, _TOP, _FOOT = 150, 12, 24  # of the field of a line plot, above and below it
_LABELS = 6  # below a line plot, at most
_DESCRIBED = 100  # points that a screen reader is told
_WORDS = {"zh-TW": ("缺", "、", "；"), "en": ("missing", ", ", "; ")}


def bars(rows: Sequence[tuple[str, float]], *, label: str, unit: str = "", lang: str = "en") -> str:
    """Return horizontal bars, in the order given, each below its label and figure; empty for no rows.

    Figures are 0 or more; what is less is drawn as 0.
    """
    if not rows:
        return ""
    greatest = max(0, *(value for _, value in rows)) or 1
    said = [(name, _figure(value) + unit, value) for name, value in rows]
    drawn = "".join(_bar(number, *row, greatest) for number, row in enumerate(said))
    told = _WORDS[lang][2].join(f"{name} {figure}" for name, figure, _ in said[:_DESCRIBED])
    return _svg(len(rows) * _ROW, label, told, drawn)


def line(points: Sequence[tuple[str, float | None]], *, label: str, lang: str = "en") -> str:
    """Return a series over periods, in the order given; empty for no points.

    `None` is a period without a figure: the line is broken there, and the period named below it.
    """
    if not points:
        return ""
    missing, comma, between = _WORDS[lang]
    values = [value for _, value in points if value is not None]
    ticks = _ticks(min([0.0, *values]), max([0.0, *values]))
    left = max(width(_figure(tick)) for tick in ticks) * _CELL + 8
    step = (_WIDTH - left - 12) / max(len(points) - 1, 1)
    xs = [left + number * step if len(points) > 1 else (left + _WIDTH) / 2 for number in range(len(points))]

    def y(value: float) -> float:
        return _TOP + _HEIGHT * (ticks[-1] - value) / (ticks[-1] - ticks[0])

    gaps, half = _gaps(points), min(step, _WIDTH - left) / 2
    drawn = [*_grid(ticks, left, y), *_names(points, xs)]
    drawn += [_band(name, max(xs[a] - half, left), min(xs[b] + half, _WIDTH)) for a, b, name in gaps]
    drawn += _strokes([(x, None if value is None else y(value)) for x, (_, value) in zip(xs, points, strict=True)])
    height = _TOP + _HEIGHT + _FOOT
    if gaps:
        named = escape(cut(safe(f"{missing} {comma.join(name for *_, name in gaps)}"), int((_WIDTH - left) / _CELL)))
        drawn.append(f'<text class="named" x="{left:.1f}" y="{height + 12}">{named}</text>')
    told = between.join(f"{n} {missing if v is None else _figure(v)}" for n, v in points[:_DESCRIBED])
    return _svg(height + (20 if gaps else 0), label, told, "".join(drawn))


def _svg(height: float, label: str, told: str, drawn: str) -> str:
    """Return the picture with its name and what a screen reader says of it."""
    head = f'<svg class="plot" role="img" viewBox="0 0 {_WIDTH} {height:.0f}" xmlns="http://www.w3.org/2000/svg">'
    return f"{head}<title>{escape(safe(label))}</title><desc>{escape(safe(told))}</desc>{drawn}</svg>\n"


def _bar(number: int, name: str, figure: str, value: float, greatest: float) -> str:
    top = number * _ROW
    room = _WIDTH - (width(figure) + 2) * _CELL
    shown = escape(cut(safe(name), int(room / _CELL)))
    long = _WIDTH * max(value, 0) / greatest
    # A picture of its own cuts off letters that are wider than most.
    return (
        f'<g><title>{escape(safe(f"{name} {figure}"))}</title><svg x="0" y="{top}" width="{room:.0f}" height="17">'
        f'<text x="0" y="13">{shown}</text></svg>'
        f'<text class="figure" x="{_WIDTH}" y="{top + 13}" text-anchor="end">{escape(figure)}</text>'
        f'<rect class="track" x="0" y="{top + 18}" width="{_WIDTH}" height="7" rx="2"/>'
        f'<rect class="bar" x="0" y="{top + 18}" width="{long:.1f}" height="7" rx="2"/></g>'
    )


def _grid(ticks: Sequence[float], left: float, y: Callable[[float], float]) -> Iterator[str]:
    """Yield a line and its figure for each tick."""
    for tick in ticks:
        yield f'<line class="grid" x1="{left:.1f}" x2="{_WIDTH}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>'
        yield f'<text class="soft figure" x="{left - 6:.1f}" y="{y(tick) + 4:.1f}" text-anchor="end">{_figure(tick)}'
        yield "</text>"


def _gaps(points: Sequence[tuple[str, float | None]]) -> list[tuple[int, int, str]]:
    """Return the runs of periods without a figure: the first and the last, from 0, and what they are called."""
    runs = []
    for empty, run in groupby(range(len(points)), key=lambda number: points[number][1] is None):
        first, *_, last = (*run,) * 2
        if empty:
            names = points[first][0], points[last][0]
            runs.append((first, last, names[0] if first == last else "–".join(names)))
    return runs


def _band(name: str, start: float, end: float) -> str:
    return (
        f'<rect class="gap" x="{start:.1f}" y="{_TOP}" width="{end - start:.1f}" height="{_HEIGHT}">'
        f"<title>{escape(safe(name))}</title></rect>"
    )


def _names(points: Sequence[tuple[str, float | None]], xs: Sequence[float]) -> Iterator[str]:
    """Yield the names of periods below: the first, the last, and as many between as have room."""
    longest = max(width(safe(name)) for name, _ in points) * _CELL + 10
    most = max(2, min(_LABELS, int(_WIDTH / longest)))
    every = math.ceil(max(len(points) - 1, 1) / (most - 1))
    last = len(points) - 1
    for number in {*range(0, last - every // 2, every), last} if last else {0}:
        anchor = "end" if number == last and last else "start" if number == 0 and last else "middle"
        at = _WIDTH if anchor == "end" else xs[number]
        yield f'<text class="soft" x="{at:.1f}" y="{_TOP + _HEIGHT + 17}" text-anchor="{anchor}">'
        yield f"{escape(safe(points[number][0]))}</text>"


def _strokes(places: Sequence[tuple[float, float | None]]) -> Iterator[str]:
    """Yield a path for each run of points, and a dot for each point where they are few or stand alone."""
    few = len(places) <= 31
    for there, run in groupby(places, key=lambda place: place[1] is not None):
        spots = list(run) if there else []
        if len(spots) > 1:
            yield '<path class="line" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) + '"/>'
        if few or len(spots) == 1:
            yield from (f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>' for x, y in spots)


def _ticks(low: float, high: float) -> list[float]:
    """Return three to six round figures between which all values lie; 0 and 1 where all are 0."""
    if high == low:
        return [low, low + 1]
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * number for number in range(first, last + 1)]


def _figure(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")
