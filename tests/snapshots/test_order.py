"""A list without identifiers stands in the order in which they were given: where a row stands tells what it can be."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from versions import compared, records

from metalint.snapshots.compared import Outcome

AGENCY = "海濱市政府"
STATIONS = ["".join(one) for one in product("甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥", ("雨量站", "水位站"))]
RISING = 110  # enough of them, were there no others
PLACE = 60  # of the row that is looked at
FIRST = 5_000  # number of the first
HERE = FIRST + 10 * PLACE - 5  # a number between those of its neighbours


def became(folder: Path, old: str, new: dict[int, str], known: int = len(STATIONS), *, upset: bool = False) -> Outcome:
    """Return what became of a row between others that have stayed; `new` are numbers and titles of what is new."""
    olds = [*STATIONS[:PLACE], old, *STATIONS[PLACE:known]]
    numbers = {FIRST + 10 * at: title for at, title in enumerate(STATIONS[:known])}
    if upset:  # less than half of them rise
        numbers = dict(zip([*list(numbers)[:RISING], *list(numbers)[: RISING - 1 : -1]], numbers.values(), strict=True))
    news = sorted((numbers | new).items())
    old_records = records((title, AGENCY) for title in olds)
    new_records = [{"資料集識別碼": str(at), **record} for at, title in news for record in records([(title, AGENCY)])]
    found = compared(old_records, new_records, folder)
    (one,) = (one for one in (*found.changed, *found.gone) if one.old is not None and one.old.title == old)
    return one


OLD, NEW = "漁港卸魚量統計", "漁港魚量及價格統計"


def test_what_stands_between_the_same_is_the_same(tmp_path: Path) -> None:
    one = became(tmp_path, OLD, {HERE: NEW})
    assert (one.verdict, one.how, one.new and one.new.title) == ("renamed", "order", NEW)


@pytest.mark.parametrize(
    "new",
    [
        pytest.param({HERE + 40: NEW}, id="elsewhere"),
        pytest.param({FIRST - 5: NEW}, id="before all that are known"),
        pytest.param({HERE: "漁港公廁清掃紀錄"}, id="something else"),
        pytest.param({HERE: "漁港魚量統計價", HERE + 1: "漁港魚量統計船"}, id="one of two"),
    ],
)
def test_what_it_is_not(tmp_path: Path, new: dict[int, str]) -> None:
    assert became(tmp_path, OLD, new).verdict == "vanished"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("105年漁港卸魚量統計", "107年漁港魚量及價格統計", id="years"),
        pytest.param("第1季漁港卸魚量統計", "第3季漁港魚量及價格統計", id="quarters"),
        pytest.param("高雄市漁港卸魚量統計", "臺南市漁港魚量及價格統計", id="counties"),
    ],
)
def test_what_its_title_contradicts(old: str, new: str, tmp_path: Path) -> None:
    assert became(tmp_path, old, {HERE: new}).verdict == "vanished"


def test_a_list_of_which_most_is_in_another_order_tells_nothing(tmp_path: Path) -> None:
    assert became(tmp_path, OLD, {HERE: NEW}, upset=True).verdict == "vanished"


def test_few_that_are_known_tell_nothing(tmp_path: Path) -> None:
    assert became(tmp_path, OLD, {HERE: NEW}, known=90).verdict == "vanished"


def test_an_identifier_of_digits_that_is_no_number(tmp_path: Path) -> None:
    """Python refuses to make a number of so many digits."""
    new = [{"資料集識別碼": "9" * 5_000, **record} for record in records([(NEW, AGENCY)])]
    found = compared(records([(OLD, AGENCY)]), new, tmp_path)
    assert [one.verdict for one in found.gone] == ["vanished"]
