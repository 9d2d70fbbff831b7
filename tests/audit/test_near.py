"""Near-duplicates across a catalogue: what is found, what is let pass, and that order and partitions change nothing."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from linting import lexicon

from metalint.audit.near import NEAR_DUPLICATE, SERIES, TEMPLATE, reconcile
from metalint.audit.near_facts import Described, Facts, observe
from metalint.audit.near_signatures import HASHES, LEAST, agreement, bands, signatures
from metalint.audit.near_titles import Titles

TITLES = Titles(lexicon())
HUALIEN, LABOUR = "花蓮縣政府", "勞動部職業安全衛生署"
LONG = "收錄各事業單位通報之職業災害類型、媒介物、罹災部位及損失日數，依行業別與規模別統計，供研究與防災規劃運用。"


def groups(*records: Described, rule: str = NEAR_DUPLICATE) -> list[list[int]]:
    return [[row for _, row in one.records] for one in reconcile([observe(records, TITLES)]) if one.rule == rule]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("職業災害統計資料", "職業災害統計"),
        ("事業單位名冊", "事業單位名冊一覽表"),
        ("花蓮縣112年度勞動檢查結果", "112年花蓮縣勞動檢查結果"),
        ("2023年勞動檢查結果", "112年勞動檢查結果"),
        ("112年第一季勞動檢查結果", "112年第1季勞動檢查結果"),
        ("公告地價及公告土地現值", "公告土地現值與公告地價"),
        ("ＡＥＤ設置地點清冊", "AED設置地點"),
        ("台灣職業災害統計", "臺灣職業災害統計表"),
        ("花蓮縣事業單位名冊", "事業單位名冊"),
    ],
)
def test_titles_of_one_agency_that_say_the_same(one: str, other: str) -> None:
    assert groups(Described(one, HUALIEN), Described(other, HUALIEN)) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("國民小學職業安全衛生訓練名冊", "國民中學職業安全衛生訓練名冊"),
        ("112年度單位預算表", "112年度單位決算表"),
        ("112年勞動檢查結果", "113年勞動檢查結果"),
        ("112年上半年勞動檢查結果", "112年下半年勞動檢查結果"),
        ("他轄代發本機關作業統計", "本機關代發他轄作業統計"),
        ("公車路線 (花蓮→壽豐)", "公車路線 (壽豐→花蓮)"),
        ("玉里鎮公園清冊", "鳳林鎮公園清冊"),
        ("花蓮縣公告現值", "花蓮縣公告現值-花蓮"),
        ("10K+181護岸工程", "10K+558護岸工程"),
        ("設置要點", "設置要點與名冊"),
        ("資料", "名冊"),
        ("", ""),
    ],
)
def test_one_sign_may_be_another_dataset(one: str, other: str) -> None:
    assert groups(Described(one, HUALIEN, LONG), Described(other, HUALIEN, LONG)) == []


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        # The title names the place.
        (Described("花蓮縣機車定檢站", "環境部"), Described("花蓮縣機車定檢站一覽表", "花蓮縣環境保護局"), True),
        # An agency and the one above it, of a thing that there is once.
        (Described("死亡職災統計", "勞動部"), Described("死亡職災統計", LABOUR), True),
        # What every agency has of its own.
        (Described("年度施政計畫", "勞動部"), Described("年度施政計畫", LABOUR), False),
        # Two agencies of which nothing tells that it is one thing; the same of two counties.
        (Described("輔具服務單位", "社會處"), Described("輔具服務單位", "衛生局"), False),
        (Described("輔具服務單位", "花蓮縣政府"), Described("輔具服務單位", "臺東縣政府"), False),
        # The same description, or the same file.
        (Described("職災類型分析", "勞動部", LONG), Described("職災類型分析", "衛生福利部", LONG[:-3]), True),
        (Described("職災類型分析", "勞動部", LONG), Described("職災類型分析", "衛生福利部", "另一種" * 20), False),
        (Described("職災類型", "甲會", links=["https://a.example/1"]), Described("職災類型", "乙會", links=["https://a.example/1"]), True),
        # Rule dataset/duplicate finds these.
        (Described("職災類型分析", LABOUR, LONG), Described("職災類型分析", LABOUR, "別的描述"), False),
    ],
)  # fmt: skip
def test_two_agencies(one: Described, other: Described, found: bool) -> None:
    assert groups(one, other) == ([[0, 1]] if found else [])


def test_what_many_agencies_list_is_a_kind_of_dataset() -> None:
    few = [Described("花蓮縣避難收容處所", f"花蓮縣{name}局", LONG) for name in ("消防", "社會", "衛生")]
    assert groups(*few) == [[0, 1, 2]]
    assert groups(*few, Described("花蓮縣避難收容處所", "花蓮縣教育局", LONG)) == []


def test_a_series_is_one_finding_and_no_pair() -> None:
    series = [Described(f"{year}年花蓮縣{town}公園清冊", HUALIEN, LONG) for year in (111, 112) for town in TOWNS]
    assert groups(*series) == []
    assert groups(*series, rule=SERIES) == [list(range(10))]
    years = [Described(f"{year}年花蓮縣公園清冊", HUALIEN) for year in range(100, 110)]
    assert groups(*years, rule=SERIES) == [], "by number alone: rule dataset/series finds that"
    prisons = [Described(f"{city}監獄預算", "法務部矯正署") for city in ("臺北", "臺中", "臺南", "高雄", "花蓮")]
    assert groups(*prisons, rule=SERIES) == [], "places in the names of bodies"


TOWNS = ("玉里鎮", "鳳林鎮", "壽豐鄉", "光復鄉", "秀林鄉")


def test_descriptions_made_from_one_text() -> None:
    made = [
        Described(f"{name}清冊", HUALIEN, f"{name}清冊，{LONG}")
        for name in ("公園", "路燈", "橋梁", "停車場", "人行道")
    ]
    assert groups(*made, rule=TEMPLATE) == [[0, 1, 2, 3, 4]]
    assert groups(*made[:4], rule=TEMPLATE) == []
    equal = [Described(one.title, HUALIEN, LONG) for one in made]
    assert groups(*equal, rule=TEMPLATE) == [], "rule description/repeated finds that"


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_compare(count: int) -> None:
    assert reconcile([observe([Described("公園清冊", HUALIEN)] * count, TITLES)]) == []
    assert reconcile([]) == []


def test_five_thousand_alike() -> None:
    alike = [Described("社區公園清冊資料集", f"第{number}鄰辦公處", LONG) for number in range(5_000)]
    assert groups(*alike, rule=TEMPLATE) == [list(range(5_000))]
    assert groups(*alike) == []
    mine = [Described("社區公園清冊", HUALIEN, LONG)] * 4_999 + [Described("社區公園", HUALIEN, LONG)]
    assert groups(*mine) == [list(range(5_000))]
    assert groups(*mine[:-1]) == [], "rule dataset/duplicate finds that"


def catalogue(chance: random.Random) -> list[Described]:
    """Return records of which some are near-duplicates, in series, equal, or without a description."""
    made = []
    for number in range(150):
        kind, what = (
            chance.choice(["公園", "路燈", "職災", "廟宇", "水質"]),
            chance.choice(["檢查", "登記", "陳情", "補助"]),
        )
        subject = f"{chance.choice('甲乙丙丁戊己庚辛')}類{kind}{what}"
        agency = chance.choice([HUALIEN, "花蓮縣環境保護局", LABOUR, "勞動部", ""])
        place = chance.choice(["花蓮縣", "", "花蓮縣玉里鎮"])
        title = chance.choice(
            [f"{place}{subject}", f"{place}{subject}資料", f"{number % 7 + 100}年{place}{subject}一覽表"]
        )
        made.append(Described(title, agency, chance.choice(["", f"{subject}，{LONG}", LONG + subject])))
    return made


@pytest.mark.parametrize("seed", range(8))
def test_neither_order_nor_partitions_change_what_is_found(seed: int) -> None:
    chance = random.Random(seed)
    records = catalogue(chance)

    def found(order: list[int], cuts: list[int]) -> set[tuple[str, frozenset[int]]]:
        bounds = [0, *sorted(cuts), len(order)]
        pieces = [order[start:stop] for start, stop in pairwise(bounds)]
        parts = [observe([records[number] for number in piece], TITLES) for piece in pieces]
        return {(g.rule, frozenset(pieces[part][row] for part, row in g.records)) for g in reconcile(parts)}

    plain = list(range(len(records)))
    expected = found(plain, [])
    assert expected
    for _ in range(4):
        shuffled = chance.sample(plain, len(plain))
        assert found(shuffled, chance.choices(plain, k=chance.randrange(6))) == expected


def test_groups_come_in_order() -> None:
    facts = observe(catalogue(random.Random(1)), TITLES)
    found = reconcile([facts, facts])
    for rule in (NEAR_DUPLICATE, SERIES, TEMPLATE):
        firsts = [group.records[0] for group in found if group.rule == rule]
        assert firsts == sorted(firsts)
    assert all(list(group.records) == sorted(group.records) and len(group.records) > 1 for group in found)


def test_facts_are_kept_in_a_file(tmp_path: Path) -> None:
    facts = observe(catalogue(random.Random(2)), TITLES)
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    facts.save(one)
    observe(catalogue(random.Random(2)), TITLES).save(other)
    assert one.read_bytes() == other.read_bytes()
    assert all(np.array_equal(kept, had) for kept, had in zip(Facts.load(one), facts, strict=True))
    assert reconcile([one, facts]) == reconcile([facts, other])
    for broken in (b"", b"PK\x03\x04", one.read_bytes()[:500]):
        other.write_bytes(broken)
        with pytest.raises(ValueError, match=r"other\.npz"):
            Facts.load(other)


def test_signatures_are_the_same_in_every_process() -> None:
    code = f"from metalint.audit.near_signatures import signatures; print(signatures([{LONG!r}])[0].tolist())"
    environment = {"PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == str(signatures([LONG])[0].tolist())
    # Kept in files of facts: another number here is another format.
    assert signatures([LONG])[0][0, :4].tolist() == FIRST


FIRST = [24661, 17621, 20762, 25174]


def test_signatures_estimate_what_is_common() -> None:
    chance = random.Random(3)
    signs = "".join(map(chr, range(0x4E00, 0x5200)))
    for share in (0.2, 0.5, 0.8, 1.0):
        texts = []
        for _ in range(60):
            base = chance.sample(signs, 120)
            texts += [
                "".join(base),
                "".join(base[: round(120 * share)]) + "".join(chance.sample(signs, round(120 * (1 - share)))),
            ]
        made, whole = signatures(texts)
        assert whole.all()
        common = [_jaccard(one, other) for one, other in zip(texts[::2], texts[1::2], strict=True)]
        told = agreement(made, np.arange(0, 120, 2), np.arange(1, 120, 2))
        assert abs(float(np.mean(told)) - float(np.mean(common))) < 0.03


def _jaccard(one: str, other: str) -> float:
    left, right = ({text[at : at + 3] for at in range(len(text) - 2)} for text in (one, other))
    return len(left & right) / len(left | right)


def test_width_case_signs_and_tai_make_no_difference() -> None:
    texts = [
        "ＡＢＣ：台灣職業安全衛生署，資料（112年）",
        "abc 臺灣職業安全衛生署 資料112年",
        "abc臺灣職業安全衛生署\n資料\u3000112年。",
    ]
    made, whole = signatures(texts)
    assert whole.all()
    assert (made == made[0]).all()
    assert bands(made).shape == (3, 16)
    assert (bands(made) == bands(made)[0]).all()


def test_short_and_strange_texts() -> None:
    texts = ["", "\0\0\0", "一" * (LEAST - 1), "一" * LEAST, "\ud800" * 20, "。" * 500, "𠀀" * 20]
    made, whole = signatures(texts)
    assert whole.tolist() == [False, False, False, True, True, False, True]
    assert made.shape == (7, HASHES)
    assert not made[~whole].any()
    assert signatures([])[0].shape == (0, HASHES)


def test_a_text_has_one_signature_whatever_stands_beside_it() -> None:
    texts = [LONG[start:] + str(start) for start in range(30)] + ["", "\u0301" + LONG, LONG + "\0"]
    together, _ = signatures(texts)
    for text, row in zip(texts, together, strict=True):
        assert np.array_equal(signatures([text])[0][0], row)
