"""Plots as XML: escaped, complete, nothing outside the picture, gaps drawn as gaps and named."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from metalint.output.plots import bars, line

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [f"{2014 + number // 12}-{number % 12 + 1:02}" for number in range(60)]


def parts(svg: str, name: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(SVG + name))


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in parts(svg, "text")]


def test_bars_say_and_draw_each_row() -> None:
    svg = bars(
        [("勞動部職業安全衛生署", 1200), ("<b>氣象署</b>", 300.5), ("零", 0)], label="機關", unit=" 次", lang="zh-TW"
    )
    assert texts(svg) == ["勞動部職業安全衛生署", "1,200 次", "<b>氣象署</b>", "300.5 次", "零", "0 次"]
    assert [one.get("width") for one in parts(svg, "rect") if one.get("class") == "bar"] == ["480.0", "120.2", "0.0"]
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.findtext(SVG + "title") == "機關"
    assert root.findtext(SVG + "desc") == "勞動部職業安全衛生署 1,200 次；<b>氣象署</b> 300.5 次；零 0 次"


def test_a_long_label_is_cut_and_told_in_full() -> None:
    name = "職業安全衛生" * 20
    svg = bars([(name, 1)], label="x")
    assert texts(svg)[0].endswith("…")
    assert parts(svg, "title")[1].text == f"{name} 1"


@pytest.mark.parametrize("draw", [bars, line])
def test_nothing_is_drawn_of_nothing(draw: object) -> None:
    assert draw([], label="x") == ""


@pytest.mark.parametrize(
    ("values", "strokes", "dots", "named"),
    [
        ([5], 0, 1, None),
        ([5, 7], 1, 2, None),
        ([0, 0, 0], 1, 3, None),
        ([5, None, 7], 0, 2, "missing 2014-02"),
        ([5, 6, None, None, 7, 8], 2, 4, "missing 2014-03–2014-04"),
        ([None, 5, None, None, None, 8], 0, 2, "missing 2014-01, 2014-03–2014-05"),
        ([None, None], 0, 0, "missing 2014-01–2014-02"),
        ([*range(30), None, *range(29)], 2, 0, "missing 2016-07"),
        ([*range(30), None, 5, None, *range(27)], 2, 1, "missing 2016-07, 2016-09"),
        ([10**9, 1], 1, 2, None),
        ([-5, 3], 1, 2, None),
        ([0.25, 0.5], 1, 2, None),
    ],
)
def test_a_line_is_broken_where_a_period_is_missing(
    values: list[float | None], strokes: int, dots: int, named: str | None
) -> None:
    svg = line([*zip(MONTHS, values, strict=False)], label="下載")
    assert (len(parts(svg, "path")), len(parts(svg, "circle"))) == (strokes, dots)
    notice = next((one.text for one in parts(svg, "text") if one.get("class") == "named"), None)
    assert notice == named
    assert len([one for one in parts(svg, "rect") if one.get("class") == "gap"]) == (named or "").count("20") - (
        named or ""
    ).count("–")
    numbers = re.findall(r' (?:x|x1|x2|cx)="([^"]+)"', svg) + re.findall(r"[ML]([0-9.-]+) ", svg)
    assert all(0 <= float(number) <= 480 for number in numbers)
    heights = re.findall(r'(?:cy|y1)="([^"]+)"', svg)
    assert all(12 <= float(number) <= 162 for number in heights)


def test_a_reader_is_told_each_period() -> None:
    svg = line([("2018-07", 1234), ("2018-08", None)], label="下載", lang="zh-TW")
    assert ET.fromstring(svg).findtext(SVG + "desc") == "2018-07 1,234；2018-08 缺"


def test_sixty_periods_are_named_with_room_between() -> None:
    names = [one for one in texts(line([(month, 1) for month in MONTHS], label="x")) if "-" in one]
    assert names[0] == "2014-01"
    assert names[-1] == "2018-12"
    assert 3 <= len(names) <= 6
