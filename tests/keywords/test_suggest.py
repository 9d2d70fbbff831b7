"""What is suggested for records, why, and what never is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from metalint import api, enriching
from metalint.cli.commands import commands

SAMPLE = Path(__file__).parent.parent / "sample"


def enriched(
    tmp_path: Path, *records: dict[str, object], top: int = 5, model: str | None = None
) -> list[enriching.Enriched]:
    path = tmp_path / "records.jsonl"
    lines = [json.dumps({"identifier": str(at), **record}) for at, record in enumerate(records)]
    path.write_text("\n".join(lines), "utf-8")
    found = enriching.enrich([str(path)], api.Options(platform="tw-standard"), top, 0.3, model=model)
    return [one for one in found if isinstance(one, enriching.Enriched)]


def terms(one: enriching.Enriched) -> list[str]:
    return [keyword.term for keyword in one.keywords]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("違反職業安全衛生法事業單位名單", "職安"),
        ("職業安全衛生教育訓練機構", "職安"),
        ("勞工職業災害給付統計", "職災"),
        ("違反勞動基準法事業單位公布表", "勞基法"),
        ("性別平等教育研習場次", "性平"),
        ("身心障礙者就業服務據點", "身障"),
        ("長期照顧特約單位一覽", "長照"),
        ("公共自行車租賃站", "YouBike"),
        ("台灣電力公司售電量", "台電"),
        ("性平研習場次", "性別平等"),
        ("ＡＥＤ設置地點", "自動體外心臟電擊去顫器"),
    ],
)
def test_the_other_name_comes(tmp_path: Path, title: str, wanted: str) -> None:
    assert wanted in terms(enriched(tmp_path, {"title": title})[0])


@pytest.mark.parametrize(
    ("record", "unwanted"),
    [
        ({"title": "職業安全衛生訓練", "keyword": ["職安"]}, "職安"),
        ({"title": "職業安全衛生訓練", "keyword": ["職安法"]}, "職安"),  # a search for 職安 finds it
        ({"title": "全國保育類野生動物名錄"}, "國民年金"),
        ({"title": "歷任校長照片"}, "長照"),
        ({"title": "果菜批發市場休市日"}, "傳統市場"),
        ({"title": "臺北市統計年報"}, "臺北市"),
        ({"title": "105年度停車場CSV"}, "CSV"),
        ({"title": "105年度停車場"}, "105"),
        ({"title": "Q29019698 停車場"}, "Q29019698"),
        ({"title": "環境保護局業務", "publisher": "環保局"}, "環保局"),
        ({"title": "身心障礙者人數"}, "殘障"),
    ],
)
def test_what_is_not_suggested(tmp_path: Path, record: dict[str, object], unwanted: str) -> None:
    assert unwanted not in terms(enriched(tmp_path, record, top=50)[0])


def test_a_dated_word_is_understood(tmp_path: Path) -> None:
    assert "身障" in terms(enriched(tmp_path, {"title": "殘障停車位"})[0])


def test_every_suggestion_has_evidence_that_stands_in_the_text(tmp_path: Path) -> None:
    record = {"title": "職業災害統計", "description": "勞工保險與職業災害給付", "keyword": ["性平"]}
    texts = {"title": "職業災害統計", "description": "勞工保險與職業災害給付", "keyword": "性平"}
    (one,) = enriched(tmp_path, record, top=50)
    assert one.keywords
    for keyword in one.keywords:
        assert 0 < keyword.score <= 1
        assert keyword.reasons
        for reason in keyword.reasons:
            start, found = int(reason.detail["start"]), str(reason.detail["found"])
            assert texts[str(reason.detail["field"])][start : start + len(found)] == found


def test_top_and_least_are_kept(tmp_path: Path) -> None:
    record = {"title": "勞工職業災害與身心障礙者長期照顧停車場統計"}
    assert len(enriched(tmp_path, record, top=2)[0].keywords) == 2
    scores = [keyword.score for keyword in enriched(tmp_path, record, top=50)[0].keywords]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0.3


@pytest.mark.parametrize("model", [(), ("--no-model",)])
def test_lines_for_programs(model: tuple[str, ...]) -> None:
    done = CliRunner().invoke(
        commands, ["enrich", str(SAMPLE), "-f", "jsonl", "--lang", "en", *model], standalone_mode=False
    )
    rows = [json.loads(line) for line in done.output.splitlines()]
    assert [row["record"] for row in rows] == ["11", "12", "A17000000J-000101", "A17000000J-000102", "7301", "7302"]
    assert all([*row] == ["path", "record", "title", "present", "keywords"] for row in rows)
    assert all(
        keyword["term"] and 0 <= keyword["score"] <= 1 and keyword["reasons"] and keyword["reasons"][0]["text"]
        for row in rows
        for keyword in row["keywords"]
    )
    assert "職安" in [keyword["term"] for keyword in rows[2]["keywords"]]


def test_one_object_for_programs() -> None:
    done = CliRunner().invoke(commands, ["enrich", str(SAMPLE), "-f", "json"], standalone_mode=False)
    assert len(json.loads(done.output)["records"]) == 6


def test_a_table_in_the_portals_own_columns() -> None:
    import csv
    import io

    path = SAMPLE / "city.csv"
    done = CliRunner().invoke(commands, ["enrich", str(path), "-f", "csv"], standalone_mode=False)
    before = [*csv.reader(io.StringIO(path.read_bytes().decode("cp950"), newline=""))]
    after = [*csv.reader(io.StringIO(done.stdout_bytes.decode(), newline=""))]
    assert after[0] == before[0]
    at = before[0].index("標籤/關鍵字")
    assert "職安" in after[1][at].split(",")
    assert [row[:at] + row[at + 1 :] for row in after] == [row[:at] + row[at + 1 :] for row in before]


def test_bad_records_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text(
        '{"title": "職業安全衛生", "identifier": "1"}\n{oops\n[1]\n{"title": "身心障礙", "identifier": "2"}\n', "utf-8"
    )
    done = CliRunner().invoke(commands, ["enrich", str(path), "none.json", "-f", "jsonl"], standalone_mode=False)
    assert done.return_value == 2
    assert [json.loads(line)["record"] for line in done.stdout.splitlines()] == ["1", "2"]
    assert "mixed.jsonl:2:2" in done.stderr
    assert "mixed.jsonl:3:1" in done.stderr
    assert "none.json" in done.stderr


@pytest.mark.parametrize(
    "title", ["", " ", "😀🎉", "\ud800 職業安全衛生", "勞" * 1_000_000, "word " * 10_000, "\u0000"]
)
@pytest.mark.parametrize("model", [None, enriching.SHIPPED])
def test_odd_texts_give_a_result_or_nothing(tmp_path: Path, title: str, model: str | None) -> None:
    assert len(enriched(tmp_path, {"title": title, "description": title}, model=model)) == 1
