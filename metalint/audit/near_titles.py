"""What a title says, apart from how it says it: the key under which two titles name one dataset.

Titles of a catalogue differ by one sign and mean two things (國民中學, 國民小學; 預算, 決算): of 73 pairs one sign
apart on real catalogues one was a duplicate. So a key keeps every sign but those that are known to say nothing: width,
case, punctuation, 台 for 臺, 2020年 for 109年, 第一季 for 第1季, endings such as 一覽表, where a year or a place
stands, and the order of what is joined by 及.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from metalint.lexicon import Lexicon
from metalint.model import Json

PLACED = 1  # the title names a county or city
NAMED = 2  # the title names the agency, or the one above it
OWN = 4  # the title is of what every agency publishes of itself


class Title(NamedTuple):
    """What a title comes to. All are texts to compare, empty where there is too little to tell.

    `same`: what it names; `numbered`: itself with its numbers masked; `series`: with its places masked too, but no
    place of a body's name; `body`: the agency above the one that provides it, itself where there is none. `flags` are
    PLACED, NAMED and OWN.
    """

    same: str
    numbered: str
    series: str
    body: str
    flags: int


class Titles:
    """Reads titles with the words of a lexicon: places, endings that say nothing, what every agency publishes."""

    def __init__(self, lexicon: Lexicon) -> None:
        names = [
            (name, term.id + "*" * (name == term.facts.get("pattern")))
            for term in lexicon.vocabulary("places").terms[1:]
            for name in (term.label.zh, *_listed(term.facts, "plain"), *_listed(term.facts, "pattern"))
            if not name.isascii()
        ]
        self._ids = dict(names)
        self._places = _any_of(self._ids)
        self._masked = re.compile(f"{self._places.pattern}|{_DISTRICT}|{_NUMBER.pattern}")
        self._endings = re.compile(f"(?<=.)(?:{_any_of(lexicon.words('fillers')).pattern})+$")
        self._own = _any_of(lexicon.words("own-affairs"))
        branch = _any_of(lexicon.words("branches")).pattern
        self._branch = re.compile(f"(?:{self._places.pattern})[市縣]?(?:{branch})")

    def read(self, title: str, agency: str) -> Title:
        """Return what a title of an agency comes to."""
        text, provider = _plain(title), _plain(agency)
        bare = _SIGNS.sub("", text)
        if len(bare) < _LEAST:
            return Title("", "", "", _body(provider), 0)
        numbered = f"{_NUMBER.sub('#', bare)}\x1f{provider}"
        series = f"{bare if self._branch.search(bare) else self._masked.sub(_mask, bare)}\x1f{provider}"
        placed = self._places.findall(text)
        places = sorted(map(self._ids.__getitem__, placed or dict.fromkeys(self._places.findall(provider))))
        rest = self._places.sub("", text)
        times = sorted(map(_time, _TIME.findall(rest)))
        rest = _TIME.sub("", rest)
        parts = sorted(self._told(part) for part in _JOINED.split(rest))
        told = "|".join(filter(None, parts))
        body = _body(provider)
        flags = (
            PLACED * bool(placed)
            | NAMED * (len(body) > 2 and (body in text or provider in text))
            | OWN * bool(self._own.search(text))
        )
        same = "\x1f".join([told, *places, "", *times]) if len(told) >= _LEAST else ""
        return Title(same, numbered, series, body, flags)

    def _told(self, part: str) -> str:
        bare = _SIGNS.sub("", part).removeprefix("政府").replace("之", "").replace("的", "")
        return self._endings.sub("", bare)


_LEAST = 4  # signs
_SIGNS = re.compile(r"[^0-9a-z\u3400-\u9fff\uf900-\ufaff#+→←↔<>=~]+")
_NUMBER = re.compile(r"[0-9]+")
_HANZI_NUMBER = re.compile("[〇零一二三四五六七八九十]+(?=[年月季期次屆批階梯季])|(?<=第)[〇零一二三四五六七八九十]+")
_WESTERN = re.compile(r"(?:19[2-9][0-9]|20[0-9]{2})(?=年)")
_TIME = re.compile(r"[0-9]{1,4}(?:年度?|月份?|日|季)")
_JOINED = re.compile("[及與和暨、]")
_VARIANTS = str.maketrans("台裏佔劃鍊週座", "臺裡占畫鏈周坐")
# 園區 and the like are no districts of a county.
_DISTRICT = (
    r"(?:[\u4e00-\u9fff]{1,2}(?<![地社園學校市郊特港轄選災專分各該工漁])[區鄉鎮]|[\u4e00-\u9fff]{2}[村里](?!程|長))"
)
_BODY = re.compile("^.*?(?:政府|[部院會署局所校館])")
_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}


def _plain(text: str) -> str:
    """Return a text in one width, case, spelling, calendar and kind of digits."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_VARIANTS)
    folded = _HANZI_NUMBER.sub(lambda match: _arabic(match[0]), folded)
    return _WESTERN.sub(lambda match: str(int(match[0]) - 1911), folded)


def _arabic(text: str) -> str:
    """Return a Chinese number up to 99, or digits in a row, in Arabic digits."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return "".join(str(_DIGITS[sign]) for sign in text)
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return text
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))


def _time(text: str) -> str:
    """Return a year, month, day or quarter in its shortest form: 106年 for 106年度, 3月 for 03月份."""
    return text.lstrip("0").removesuffix("度").removesuffix("份")


def _mask(match: re.Match[str]) -> str:
    return "#" if match[0].isdecimal() else "@"


def _body(agency: str) -> str:
    found = _BODY.match(agency)
    return found[0] if found else agency


def _listed(facts: Mapping[str, Json], key: str) -> Sequence[str]:
    value = facts.get(key)
    return [value] if isinstance(value, str) else [str(item) for item in value] if isinstance(value, list) else []


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))
