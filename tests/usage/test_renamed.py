"""Datasets whose agency has another name from one list to the next: one dataset, and only where that is sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from metalint.output import usage_words
from metalint.run import Options
from metalint.usage.asking import ask
from metalint.usage.figures import Asked
from metalint.usage.result import Usage

HEAD = "資料集名稱,機關,下載次數\n"


def usage(folder: Path, *months: str, head: str = HEAD, kind: str | None = None) -> Usage:
    for number, text in enumerate(months, 8):
        (folder / f"2023-{number:02}.csv").write_text(head + text, "utf-8")
    return ask([str(folder)], Options(isolated=True), Asked(kind=kind), {}, problems=False)


def series(found: Usage) -> dict[tuple[str, str], list[int]]:
    return {(use.title, use.agency): [*use.downloads_by] for use in found.datasets}


def test_a_renamed_agency_keeps_its_datasets(tmp_path: Path) -> None:
    found = usage(
        tmp_path,
        "地震,中央氣象局,1000\n雨量,中央氣象局,500\n",
        "地震,中央氣象署,1010\n雨量,中央氣象署,505\n",
        "地震,中央氣象署,1030\n雨量,交通部中央氣象署,506\n",
    )
    assert series(found) == {
        ("地震", "中央氣象署"): [1000, 1010, 1030],
        ("雨量", "交通部中央氣象署"): [500, 505, 506],
    }
    assert (found.renamed, [one.downloads for one in found.months]) == (3, [None, 15, 21])
    assert "3 個資料集換了提供機關（名稱相同，前後相接），視為同一個資料集。" in [*usage_words.head(found, "zh-TW")]
    assert not any(use.missing for use in found.datasets)


def test_a_common_title_goes_with_others_of_its_agency(tmp_path: Path) -> None:
    first = "預算書,甲局,40\n預算書,乙局,70\n{}"
    second = "預算書,甲署,41\n預算書,乙局,71\n{}"
    alone = usage(tmp_path, first.format(""), second.format(""))
    assert (alone.renamed, len(alone.datasets)) == (0, 3)
    found = usage(tmp_path, first.format("地震,甲局,5\n"), second.format("地震,甲署,6\n"))
    assert series(found)["預算書", "甲署"] == [40, 41]
    assert (found.renamed, len(found.datasets)) == (2, 3)


@pytest.mark.parametrize(
    ("months", "kind"),
    [
        pytest.param(("地震,甲,100\n職缺,丙,5\n", "地震,乙,3\n職缺,丙,6\n"), "cumulative", id="a counter never falls"),
        pytest.param(("地震,甲,1\n職缺,丙,5\n", "職缺,丙,6\n", "地震,乙,3\n職缺,丙,7\n"), None, id="a month between"),
        pytest.param(("地震,甲,1\n職缺,丙,5\n", "地震,甲,2\n地震,乙,3\n職缺,丙,6\n"), None, id="both are there"),
        pytest.param(("地震,甲,1\n職缺,丙,5\n", "地震,乙,3\n地震,丁,2\n職缺,丙,6\n"), None, id="two that may be it"),
    ],
)
def test_what_is_not_sure_stays_apart(tmp_path: Path, months: tuple[str, ...], kind: str | None) -> None:
    found = usage(tmp_path, *months, kind=kind)
    assert found.renamed == 0
    assert len({use.agency for use in found.datasets if use.title == "地震"}) >= 2


def test_counts_of_a_period_may_fall(tmp_path: Path) -> None:
    found = usage(tmp_path, "地震,甲,100\n", "地震,乙,3\n", kind="periodic")
    assert series(found) == {("地震", "乙"): [100, 3]}


def test_identifiers_say_what_is_another_dataset(tmp_path: Path) -> None:
    head = "id,資料集名稱,機關,下載次數\n"
    found = usage(tmp_path, "A7,地震,甲,1\n", "A8,地震,乙,3\n", head=head)
    assert (found.renamed, len(found.datasets)) == (0, 2)
