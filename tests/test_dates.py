"""How dates are read, and how long the periods of update frequencies are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metalint import dates, frequency


@pytest.mark.parametrize(
    ("text", "kind", "day", "iso"),
    [
        pytest.param("2015-01-31", "day", date(2015, 1, 31), "2015-01-31", id="iso day"),
        pytest.param("2015-01-31 23:59:59", "day", date(2015, 1, 31), "2015-01-31 23:59:59", id="day and time"),
        pytest.param(
            "2018-07-06T22:28:04.123+08:00", "day", date(2018, 7, 6), "2018-07-06T22:28:04.123+08:00", id="with a zone"
        ),
        pytest.param("2024-02-30", "impossible", None, None, id="no such day"),
        pytest.param("2024/13/01", "impossible", None, None, id="no such month"),
        pytest.param("106/04/26", "roc", date(2017, 4, 26), "2017-04-26", id="minguo with slashes"),
        pytest.param("民國93年8月1日", "roc", date(2004, 8, 1), "2004-08-01", id="minguo in words"),
        pytest.param("93-08-01", "roc", date(2004, 8, 1), None, id="two digits may be either"),
        pytest.param("10404", "roc", date(2015, 4, 1), None, id="minguo packed month"),
        pytest.param("1050312", "roc", date(2016, 3, 12), "2016-03-12", id="minguo packed day"),
        pytest.param("105年", "roc", date(2016, 1, 1), None, id="minguo year"),
        pytest.param("2015", "year", date(2015, 1, 1), None, id="year alone"),
        pytest.param("2015-03", "month", date(2015, 3, 1), None, id="month alone"),
        pytest.param("2015/1/1", "written", date(2015, 1, 1), "2015-01-01", id="slashes"),
        pytest.param("2018/7/6 上午 10:11:12", "written", date(2018, 7, 6), None, id="time is not ours"),
        pytest.param("9999/9/9", "sentinel", None, None, id="end of time"),
        pytest.param("99-99-99", "sentinel", None, None, id="nines"),
        pytest.param("現在", "text", None, None, id="now"),
        pytest.param("當年度1月1日", "text", None, None, id="this year"),
        pytest.param("R/P1Y", "interval", None, None, id="repeating"),
        pytest.param("2015-01-01/2016-12-31", "interval", None, None, id="from to"),
        pytest.param("0", "text", None, None, id="zero"),
        pytest.param("01/02/2024", "text", None, None, id="month or day first"),
    ],
)
def test_a_date_is_read_as_it_is_meant(text: str, kind: str, day: date | None, iso: str | None) -> None:
    reading = dates.read(text)
    assert (reading.kind, reading.day) == (kind, day)
    if kind != "day":
        assert reading.iso == iso


@given(st.text(max_size=20))
def test_no_text_stops_the_reading(text: str) -> None:
    dates.read(text)
    frequency.period(text)


@given(st.dates(date(1912, 1, 1), date(2099, 12, 31)))
def test_a_minguo_date_is_the_same_day(day: date) -> None:
    year = day.year - 1911
    assert dates.read(f"民國{year}年{day.month}月{day.day}日").day == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("每日", 1), ("每1日", 1), ("每天", 1), ("每 10 分鐘", 10 / 1440), ("每週", 7), ("每周", 7), ("每2週", 14), ("每15日", 15),
        ("每月", 30.5), ("每2月", 61), ("每季", 91.5), ("每半年", 183), ("每年", 365.25), ("每二年", 730.5), ("1次/月", 30.5),
        ("即時", 0), ("R/P1M", 30.5), ("R/P1Y", 365.25), ("R/PT1H", 1 / 24), ("annual", 365.25), ("Daily", 1), ("每年1次", 365.25),
        ("不定期", None), ("美日", None), ("每月、年", None), ("0", None), ("irregular", None), ("不更新", None), ("無", None),
    ],
)  # fmt: skip
def test_a_period_has_its_days(text: str, days: float | None) -> None:
    found = frequency.period(text)
    assert (found is None) == (days is None)
    if days is not None:
        assert found == pytest.approx(days)
