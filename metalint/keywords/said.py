"""What a text itself says to be short for what: 木藝生態博物館（以下簡稱木博館）."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from metalint.keywords.concepts import is_among

_SAYS = re.compile(
    r"(?P<long>[一-鿿]{3,40})[」』》]?\s*"
    r"[（(﹙,，]\s*(?:以?下?簡稱|以下稱|下稱|俗稱|又稱)(?:為|作)?\s*[:：]?\s*"
    r"[「『《“\"]?(?P<short>[一-鿿]{2,8}|[A-Za-z][A-Za-z0-9-]{1,9})[」』》”\"]?\s*[）)﹚,，。]"
)
_OWN = ("本", "該", "此", "貴", "全")  # 以下簡稱本局: a name for this text alone
_LONGEST = 12  # Hanzi of a long form


def said(text: str, words: Callable[[str], Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield each long form and the short one that a text says it has. `words` cuts a text."""
    for match in _SAYS.finditer(text) if "稱" in text else ():
        long, short = match["long"], match["short"]
        if short.startswith(_OWN) or short in long:
            continue
        ends = [*_ends(words(long))]
        likely = next(
            (end for end in ends if len(end) > len(short) and end[0] == short[0] and is_among(short, end)), None
        )
        # What shares no signs with its short name has to be all that stands before: 體外受精（俗稱試管嬰兒）
        if likely is None and not set(short) & set(long) and len(long) <= _LONGEST:
            likely = long
        if likely is not None and len(likely) <= _LONGEST:
            yield likely, short


def _ends(words: Sequence[str]) -> Iterator[str]:
    """Yield what a text ends with, by whole words, the shortest first."""
    return ("".join(words[at:]) for at in range(len(words) - 1, -1, -1))
