"""The dictionary read on demand says what one that is read whole says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metalint.keywords import words as module
from metalint.keywords.words import Words, WordsError
from metalint.shipped import shipped

SEGMENTS = shipped("vocab") / "words" / "segments.txt"
HEAD = "# a remark\n# total 100\n"


def plain(path: Path) -> dict[str, int]:
    lines = [line.split(" ") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    counts = {word: int(count) for word, count in lines}
    for word in [*counts]:
        for end in range(1, len(word)):
            counts.setdefault(word[:end], 0)
    return counts


def test_shipped_words_are_found_one_by_one() -> None:
    counts, words = plain(SEGMENTS), Words(SEGMENTS)
    for word in [*counts][:: len(counts) // 4000]:
        assert words.get(word) == counts[word]
        assert (word in words, words[word]) == (True, counts[word])
        assert words.get(word + "龘") == counts.get(word + "龘")


@given(st.lists(st.text(alphabet="ab台臺職業😀", min_size=1, max_size=4), unique=True), st.data())
def test_any_dictionary(tmp_path_factory: pytest.TempPathFactory, listed: list[str], data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("words") / "words.txt"
    path.write_text(HEAD + "".join(f"{word} {at + 1}\n" for at, word in enumerate(sorted(listed))), "utf-8")
    counts, words = plain(path), Words(path)
    assert words.total == 100
    asked = data.draw(st.lists(st.one_of(st.text(max_size=5), st.text(alphabet="ab台臺職業😀", max_size=5))))
    assert [words.get(word) for word in asked] == [counts.get(word) for word in asked]


def test_after_many_questions_all_of_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", 50)
    counts, words = plain(SEGMENTS), Words(SEGMENTS)
    asked = [*[*counts][:300], "龘龘", "\ud800", "", "a b", "職\n業"]
    assert [words.get(word) for word in asked] == [counts.get(word) for word in asked]


@pytest.mark.parametrize("text", ["", "職業 3\n", "# total x\n", "# total 3"])
def test_what_is_no_dictionary_is_refused_or_empty(tmp_path: Path, text: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text(text, "utf-8")
    if text == "# total 3":
        assert Words(path).get("職業") is None
    else:
        with pytest.raises(WordsError, match=r"words\.txt"):
            Words(path)


def test_a_dictionary_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WordsError, match=r"none\.txt"):
        Words(tmp_path / "none.txt")
