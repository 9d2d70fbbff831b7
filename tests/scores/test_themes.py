"""High-value themes: told by words, with their evidence; words that only look like one are let go."""

from __future__ import annotations

from pathlib import Path

import pytest
from scoring_records import LEXICON

from metalint.lexicon import Lexicon
from metalint.model import At
from metalint.scores import themes
from metalint.vocabulary import VocabularyError

JUDGE = themes.theme_judge(LEXICON)


def told(title: str, keywords: tuple[str, ...] = (), columns: str = "") -> set[str]:
    fields = {"title": (At(("title",), title),)}
    if keywords:
        fields["keyword"] = tuple(At(("keyword", at), word) for at, word in enumerate(keywords))
    if columns:
        fields["columns"] = (At(("columns",), columns),)
    return {theme.category or theme.theme for theme in JUDGE(fields)}


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("桃園市空氣品質監測站每小時資料", {"climate/monitoring"}),
        ("鄉鎮天氣預報-屏東縣未來3天天氣預報", {"climate/weather"}),
        ("土石流潛勢溪流圖", {"disaster/natural"}),
        ("高雄市防空疏散避難設施", {"disaster/resources"}),
        ("市區公車站牌位置", {"transport/public"}),
        ("台鐵列車時刻表", {"transport/public"}),
        ("臺中市電動機車充電站", {"transport/low-carbon"}),
        ("新竹市ＹｏｕＢｉｋｅ租賃站", {"transport/low-carbon"}),
        ("登革熱每日確定病例", {"health/infectious"}),
        ("再生能源發電量年資料", {"energy/power", "energy/renewable"}),
        ("老人福利機構名冊", {"welfare/elderly"}),
        ("農產品批發市場交易行情", {"agriculture"}),
        ("村里界圖", {"spatial"}),
        ("上市公司企業ESG資訊揭露", {"business"}),
        # of no theme
        ("職業安全衛生教育訓練單位名冊", set()),
        ("勞工保險職業災害給付按月統計", set()),
        ("交通局公車業務預算書", set()),
        ("捷運工程採購招標公告", set()),
        # hidden by a longer word
        ("臺灣通用電子地圖", {"spatial"}),  # 用電 is not in it
        ("中央氣象署組織職掌", set()),
        ("台灣電力公司營業據點", set()),
        ("動物用藥品販賣業者", set()),
        ("", set()),
    ],
)
def test_what_a_title_says(title: str, wanted: set[str]) -> None:
    assert told(title) == wanted


def test_keywords_and_columns_count_too() -> None:
    assert told("觀測紀錄", ("空氣品質",)) == {"climate/monitoring"}
    assert told("各站觀測紀錄", (), "測站、時間、氣溫、相對濕度") == {"climate/weather"}
    assert told("各站觀測紀錄", (), "測站、時間、數值") == set()


def test_the_evidence_is_the_words_as_the_vocabulary_has_them() -> None:
    (theme,) = JUDGE({"title": (At(("title",), "高雄市pm2.5即時數值"),)})
    assert (theme.theme, theme.category, theme.evidence) == ("climate", "climate/monitoring", ("PM2.5",))


def test_latin_words_do_not_count_inside_others() -> None:
    assert told("NESGAED代碼") == set()


def test_every_theme_has_its_sub_categories_and_a_label() -> None:
    labels = themes.labels(LEXICON)
    assert len({theme for theme, _ in labels}) == 9
    assert sum(1 for _, category in labels if category) == 20
    assert all((theme, "") in labels for theme, _ in labels)
    assert len({label.zh for label in labels.values()}) == len(labels)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("terms: [{id: a, label: A, words: [雨]}]", "too short"),
        ("terms: [{id: a, label: A, theme: b, words: [雨量]}]", "theme: b is no term"),
        ("terms: [{id: a, label: A, words: 雨量}]", "a list of texts is wanted"),
    ],
)
def test_a_bad_vocabulary_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "themes.yaml").write_text(text, "utf-8")
    with pytest.raises(VocabularyError, match=reason):
        themes.theme_judge(Lexicon((tmp_path,)))


def test_values_that_are_no_text_are_let_be() -> None:
    fields = {"title": (At(("title",), 5),), "columns": (At(("columns",), [{"name": "氣溫"}, 3]),)}
    assert {theme.category for theme in JUDGE(fields)} == {"climate/weather"}
