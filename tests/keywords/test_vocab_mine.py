"""Short forms are proposed by their evidence, to a file that a person judges; what was judged stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from metalint.cli.commands import commands
from metalint.keywords import review
from metalint.keywords.said import said
from metalint.keywords.segment import Segmenter
from metalint.keywords.short_forms import ShortForms
from metalint.shipped import shipped

SEGMENTER = Segmenter(shipped("vocab") / "words" / "segments.txt")
FORMS = ShortForms(SEGMENTER.count)


def record(title: str, description: str = "", keywords: Sequence[str] = (), agency: str = "") -> dict[str, object]:
    publisher = {"publisher": {"name": agency}} if agency else {}
    return {"title": title, "description": description, "keyword": [*keywords], **publisher}


def run(folder: Path, records: Sequence[dict[str, object]], *options: str) -> Result:
    rows = [json.dumps({"identifier": f"r{at}", **one}) for at, one in enumerate(records)]
    path = folder / "records.jsonl"
    path.write_text("\n".join(rows), "utf-8")
    command = ["vocab", "mine", str(path), "--platform", "tw-standard", *options]
    return CliRunner().invoke(commands, command, standalone_mode=False)


def mined(folder: Path, *records: dict[str, object]) -> list[dict[str, object]]:
    listed = yaml.safe_load(run(folder, records).output)["pairs"]
    assert isinstance(listed, list)
    return listed


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("環保", "環境保護"),
        ("勞基法", "勞動基準法"),
        ("都發局", "都市發展局"),
        ("研考會", "研究發展考核委員會"),
        ("使照", "使用執照"),
        ("國科會", "國家科學及技術委員會"),
    ],
)
def test_a_short_form_fits(short: str, long: str) -> None:
    assert FORMS.fit(short, long) is not None


@pytest.mark.parametrize(
    ("short", "long", "why"),
    [
        ("環境", "環境保護", "it is a part"),
        ("護環", "環境保護", "another order"),
        ("境保", "環境保護", "another beginning"),
        ("環境保", "環境與保護", "two signs of one word"),
        ("環教", "環境教育中心", "nothing of the last word"),
        ("廢油", "廢食用油", "a wider term"),
        ("總車位", "總機車位", "a wider term"),
        ("海溫", "海水的溫度", "no name"),
        ("勞保局", "勞動部勞工保險局", "another agency within"),
        ("航班數", "航空班機數", "a count"),
    ],
)
def test_what_fits_not(short: str, long: str, why: str) -> None:
    assert FORMS.fit(short, long) is None, why


@pytest.mark.parametrize(
    ("both", "bare"),
    [
        (("桃園市都委會", "桃園市都市計畫委員會"), ("都委會", "都市計畫委員會")),
        (("環教機構", "環境教育機構"), ("環教", "環境教育")),
        (("都發局", "都市發展局"), ("都發局", "都市發展局")),
    ],
)
def test_what_both_have_is_left_out(both: tuple[str, str], bare: tuple[str, str]) -> None:
    assert FORMS.bared(*both) == bare


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("某市氣球事務局（以下簡稱氣球局）於今年成立", [("氣球事務局", "氣球局")]),
        ("某市立風箏生態博物館(下稱「風博館」)", [("風箏生態博物館", "風博館")]),
        ("自動充氣裝置（簡稱：AIU）", [("自動充氣裝置", "AIU")]),
        ("人工飛行（俗稱飄飄）", [("人工飛行", "飄飄")]),
        ("某市政府（以下簡稱本府）", []),
        ("某某風箏協會（以下簡稱本社）", []),
        ("標準氣球目錄（簡稱目錄）", []),
        ("這是一個很長的句子它說明了各種事物的細節與人工飛行（俗稱飄飄）", []),
        ("簡稱", []),
    ],
)
def test_what_a_text_says(text: str, pairs: list[tuple[str, str]]) -> None:
    def words(part: str) -> list[str]:
        return [token.text for token in SEGMENTER.cut(part)]

    assert [*said(text, words)] == pairs


def test_two_keywords_of_one_record(tmp_path: Path) -> None:
    (one,) = mined(tmp_path, record("甲", keywords=["航空安全", "航安", "海水"]), record("乙", keywords=["公園"]))
    expected = {
        "long": "航空安全",
        "short": "航安",
        "evidence": {"keywords": 1},
        "examples": ["r0"],
        "state": "proposed",
    }
    assert one == expected


def test_texts_of_two_titles(tmp_path: Path) -> None:
    first = record("航安宣導", "航空安全的推動。", agency="某會")
    second = record("某市航安檢查", "辦理航空安全。", agency="某會")
    (one,) = mined(tmp_path, first, second)
    assert (one["short"], one["evidence"], one["examples"]) == ("航安", {"texts": 2}, ["r0", "r1"])


def test_one_title_is_not_enough_and_a_series_is_one(tmp_path: Path) -> None:
    one = record("航安宣導105年，檢查航安", "辦理航空安全。航空安全的推動。")
    assert mined(tmp_path, one, {**one, "title": "航安宣導106年，檢查航安"}) == []
    (pair,) = mined(tmp_path, one, {**one, "title": "航安檢查，宣導航安"})
    assert pair["evidence"] == {"texts": 2}


def test_what_stands_always_beside_the_same_is_a_piece_of_something(tmp_path: Path) -> None:
    texts = "辦理航空安全。航空安全的推動。"
    assert mined(tmp_path, record("航安宣導", texts), record("航安宣導活動", texts)) == []


def test_a_keyword_and_a_title(tmp_path: Path) -> None:
    keywords = ["航空安全", "公園"]
    (one,) = mined(tmp_path, record("航安、宣導航安", keywords=keywords), record("航安講習", keywords=keywords))
    assert one["evidence"] == {"texts": 2}


def test_an_ordinary_word_is_short_for_nothing(tmp_path: Path) -> None:
    both = [record(title, "檢驗機動車輛。機動車輛的管理。") for title in ("機車、檢驗機車", "機車、停放機車")]
    assert mined(tmp_path, *both) == []


def test_of_many_long_forms_the_nearest_and_two_at_most(tmp_path: Path) -> None:
    titles = [record(f"{place}{what}安全講習") for place in ("機場", "車站") for what in ("航空", "航海", "航線")]
    assert len(mined(tmp_path, *titles, record("港口航安講習"))) == 2
    titles = [record("航發局簡訊"), record("認識航發局")]
    agencies = [record("公園", agency=f"某市政府航空{more}發展局") for more in ("", "事業")]
    assert [one["long"] for one in mined(tmp_path, *titles, *agencies)] == ["航空發展局"]


def test_an_agency_whose_records_say_so_is_the_only_one(tmp_path: Path) -> None:
    titles = [record(title, agency="某市政府航空發展局") for title in ("航發局簡訊", "認識航發局")]
    (one,) = mined(tmp_path, *titles, record("公園", agency="某縣政府航海發展局"))
    assert one["long"] == "航空發展局"


def test_the_same_places_in_titles(tmp_path: Path) -> None:
    (one,) = mined(
        tmp_path, record("機場航空安全講習"), record("車站航空安全講習"), record("港口航安講習"), record("公園綠地")
    )
    assert (one["short"], one["long"], one["evidence"]) == ("航安", "航空安全", {"places": 1})
    assert one["examples"] == ["r2", "r0"]


def test_neighbours_that_stand_beside_anything_do_not_count(tmp_path: Path) -> None:
    assert mined(tmp_path, record("航空安全統計表"), record("航空安全與統計表"), record("航安統計表")) == []


def test_the_name_of_an_agency(tmp_path: Path) -> None:
    titles = ["航發局簡訊", "認識航發局"]
    (one,) = mined(tmp_path, *map(record, titles), record("公園", agency="某市政府航空發展局"))
    assert (one["long"], one["short"], one["evidence"]) == ("航空發展局", "航發局", {"agencies": 2})
    own = record("公園", agency="某市航發局")
    assert mined(tmp_path, *map(record, titles), record("公園", agency="某市政府航空發展局"), own) == []


def test_what_a_concept_has_is_not_proposed_and_what_it_has_half_says_so(tmp_path: Path) -> None:
    assert mined(tmp_path, record("甲", keywords=["環境保護", "環保"])) == []
    (one,) = mined(tmp_path, record("甲", keywords=["環境保全", "環保"]))
    assert one["known"] == {"short": ["環境保護"]}


@pytest.mark.parametrize(
    "keywords", [["三年六班", "三六班"], ["臺灣南部", "臺南"], ["airport", "apt"], ["公園", "公園綠地"]]
)
def test_what_is_no_pair(tmp_path: Path, keywords: list[str]) -> None:
    assert mined(tmp_path, record("甲", keywords=keywords)) == []


RECORDS = (record("甲", keywords=["航空安全", "航安"]), record("乙", keywords=["飛行執照", "飛照"]))


def test_the_better_comes_first_and_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    records = [*RECORDS, record("丙", keywords=["飛行執照", "飛照"])]
    first, again = run(tmp_path, records), run(tmp_path, records)
    assert first.output == again.output
    assert [pair["short"] for pair in yaml.safe_load(first.output)["pairs"]] == ["飛照", "航安"]


def test_the_order_of_sets_is_no_matter(tmp_path: Path) -> None:
    run(tmp_path, [*RECORDS, *(record(f"{place}航空安全講習") for place in ("機場", "車站")), record("港口航安講習")])
    command = [sys.executable, "-m", "metalint", "vocab", "mine", str(tmp_path / "records.jsonl"), "-p", "tw-standard"]
    outputs = {
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


def test_a_record_with_too_much_is_no_trouble(tmp_path: Path) -> None:
    run(tmp_path, [record("哈" * 5000, "（簡稱" * 5000, ["哈" * size for size in range(2, 300)], "哈" * 5000)])


def test_what_was_judged_stays_as_it_is_and_is_not_proposed_again(tmp_path: Path) -> None:
    out = tmp_path / "review.yaml"
    run(tmp_path, RECORDS, "-o", str(out))
    assert len(yaml.safe_load(out.read_text("utf-8"))["pairs"]) == 2
    judged = (
        "pairs:\n"
        "- {long: 飛行執照, short: 飛照, state: refused}  # 沒有人這樣說\n"
        "- long:  舊的長詞\n"
        "  short: '舊長'\n"
        "  note: |\n"
        "    第一行\n"
        "      第二行\n"
        "  state: accepted\n"
        "- {long: 沒人判斷, short: 沒判, state: proposed}\n"
    )
    out.write_bytes(judged.encode("utf-8-sig"))
    done = run(tmp_path, RECORDS, "-o", str(out), "--lang", "en")
    assert done.output == f"{out}: 1 pairs proposed, 2 that were judged kept\n"
    text = out.read_text("utf-8")
    assert "  - {long: 飛行執照, short: 飛照, state: refused}  # 沒有人這樣說\n" in text
    assert (
        "  - long:  舊的長詞\n    short: '舊長'\n    note: |\n      第一行\n        第二行\n    state: accepted\n"
        in text
    )
    pairs = yaml.safe_load(text)["pairs"]
    assert [pair["short"] for pair in pairs] == ["航安", "飛照", "舊長"]
    run(tmp_path, RECORDS, "-o", str(out))
    assert out.read_text("utf-8") == text


@pytest.mark.parametrize(
    "text",
    [
        "pairs: 3",
        "- x",
        "concepts: []",
        "pairs: [",
        "pairs: [{long: 甲, short: 乙, state: maybe}]",
        "pairs: [{long: 甲, state: refused}]",
        "pairs: [3]",
        "pairs: []\n---\nmore: 1\n",
    ],
)
def test_a_file_that_is_no_review_is_not_written_over(tmp_path: Path, text: str) -> None:
    out = tmp_path / "review.yaml"
    out.write_text(text, "utf-8")
    assert str(out) in str(run(tmp_path, RECORDS, "-o", str(out)).exception)
    assert out.read_text("utf-8") == text


def test_an_empty_review_is_one(tmp_path: Path) -> None:
    out = tmp_path / "review.yaml"
    for _ in range(2):
        done = run(tmp_path, [record("公園")], "-o", str(out))
        assert done.return_value == 0
        assert yaml.safe_load(out.read_text("utf-8")) == {"pairs": []}


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "review.yaml"
    review.write(out, "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        review.write(out, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["review.yaml"]
    assert out.read_text("utf-8") == "old"


def test_a_link_stays_one_and_the_mode_too(tmp_path: Path) -> None:
    out, link = tmp_path / "review.yaml", tmp_path / "link.yaml"
    out.write_text("old", "utf-8")
    out.chmod(0o600)
    link.symlink_to(out)
    review.write(link, "new")
    assert link.is_symlink()
    assert out.read_text("utf-8") == "new"
    assert out.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    out, gone = tmp_path / "review.yaml", str(tmp_path / "gone.json")
    done = run(tmp_path, RECORDS, gone, "-o", str(out))
    assert done.return_value == 2
    assert gone in done.stderr
    assert len(yaml.safe_load(out.read_text("utf-8"))["pairs"]) == 2
    before = out.read_bytes()
    nothing = CliRunner().invoke(commands, ["vocab", "mine", gone, "-o", str(out)], standalone_mode=False)
    assert (nothing.return_value, out.read_bytes()) == (2, before), "where nothing was read nothing is written"


def test_real_catalogues_give_pairs_that_everybody_knows(corpus: Path) -> None:
    paths = [str(corpus / name) for name in ("taoyuan-2018-07.csv", "taipei-2018-07.csv")]
    done = CliRunner().invoke(commands, ["vocab", "mine", *paths], standalone_mode=False)
    pairs = {(pair["short"], pair["long"]) for pair in yaml.safe_load(done.output)["pairs"]}
    assert {("都委會", "都市計畫委員會"), ("木博館", "木藝生態博物館")} <= pairs
