"""Tokens are those of jieba with the same dictionary, and nothing of jieba's is left behind."""

from __future__ import annotations

import logging
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metalint import api, enriching
from metalint.keywords.segment import RUN, Segmenter
from metalint.shipped import shipped

SEGMENTS = shipped("vocab") / "words" / "segments.txt"
CHINESE = (
    "taipei-2016-06.csv",
    "taipei-2018-07.csv",
    "taoyuan-2018-07.csv",
    "depositar-2023-08.jsonl",
    "data-gov-tw-usage-2018-07.csv",
    "data-gov-tw-2026-03.csv",
)
SAMPLE = Path(__file__).parent.parent / "sample"


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(SEGMENTS)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> jieba.Tokenizer:
    """Jieba as its manual has it: a dictionary file, read by itself."""
    lines = [line for line in SEGMENTS.read_text("utf-8").splitlines() if not line.startswith("#")]
    total = int(SEGMENTS.read_text("utf-8").partition("# total ")[2].partition("\n")[0])
    folder = tmp_path_factory.mktemp("dict")
    (folder / "dict.txt").write_text("\n".join(lines) + "\n", "utf-8")
    tokenizer = jieba.Tokenizer(str(folder / "dict.txt"))
    tokenizer.tmp_dir = str(folder)
    jieba.setLogLevel(logging.ERROR)
    tokenizer.initialize()
    tokenizer.total = total  # words that were left out count in the sum
    return tokenizer


def real_texts(corpus: Path) -> list[str]:
    options = api.Options()
    texts: dict[str, None] = {}
    for name in CHINESE:
        for one in enriching.enrich([str(corpus / name)], options, 1, 1.0, model=None):
            if isinstance(one, enriching.Enriched):
                texts.update((str(value), None) for value in one.raw.values() if value)
    return [*texts]


def test_real_texts_are_cut_as_jieba_cuts_them(corpus: Path, segmenter: Segmenter, reference: jieba.Tokenizer) -> None:
    for text in real_texts(corpus):
        tokens = segmenter.cut(text)
        if any("一" <= sign <= "鿿" for sign in text) and len(text) < RUN:
            assert [token.text for token in tokens] == reference.lcut(text)


@given(st.text(alphabet="臺北市職業安全衛生法公告 aB3.，😀\n", max_size=60))
def test_tokens_cover_a_chinese_text(text: str) -> None:
    tokens = Segmenter(SEGMENTS).cut(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))
    if any("一" <= sign <= "鿿" for sign in text):
        assert "".join(token.text for token in tokens) == text


@pytest.mark.parametrize("text", ["", " ", "\ud800職\udfff", "😀" * 100, "職" * 20_000, "\x00", "word " * 10_000])
def test_odd_texts_are_cut(segmenter: Segmenter, text: str) -> None:
    tokens = segmenter.cut(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_names_of_concepts_stay_whole(segmenter: Segmenter) -> None:
    for name in ("職業安全衛生", "職安", "身心障礙", "長期照顧", "勞動基準法", "性平"):
        assert name in [token.text for token in segmenter.cut(f"臺北市{name}統計")]


def run(text: str, folder: Path) -> str:
    code = (
        "import sys; from metalint.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('jieba' in sys.modules, 'pkg_resources' in sys.modules, 'sklearn' in sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "enrich", "-f", "jsonl", "-"]
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, encoding="utf-8", check=True, env=environment(folder)
    )
    return done.stderr.strip()


def environment(folder: Path) -> dict[str, str]:
    import os

    return {**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder), "PYTHONUTF8": "1"}


def test_jieba_is_imported_for_chinese_alone_and_leaves_no_file(tmp_path: Path) -> None:
    assert run('{"title": "Air quality", "identifier": "1"}', tmp_path) == "False False False"
    assert run('{"title": "職業安全衛生", "identifier": "1"}', tmp_path) == "True False False"
    assert [*tmp_path.iterdir()] == []
