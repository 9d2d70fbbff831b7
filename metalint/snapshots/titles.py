"""What a title is made of: its subject, its numbers, its places, and the words that would make it another dataset."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from metalint.later import pattern
from metalint.snapshots.words import Words

_UNIT = "學年度|會計年度|年度|學年|年|個月|月份|月|季|期|屆|週|日|號|次"
_UNITS = {"學年度": "年", "會計年度": "年", "年度": "年", "學年": "年", "月份": "月", "個月": "個月"}
_CHINESE = "〇零一二三四五六七八九十百"
# A number with its unit; Chinese ones only before a unit of time, or they are part of a name.
_TIMES = _UNIT.replace("|日", "").replace("|號", "")
_NUMBER = pattern(
    rf"(?<![a-z0-9])(?:民國|西元|第)?(?:([0-9]+)(?:\.[0-9]+)?({_UNIT})?|([{_CHINESE}]+)({_TIMES})(?:份|底|止|初)?)"
)
_RANGE = pattern(
    r"(?:民國)?([0-9]{2,4})(?:年度?|學年度?)?[-~－～至到起\u2013\u2014]+(?:([0-9]{2,4})(?:年度?|學年度?)?|今|迄今)"
    r"(?![0-9]|\s*(?:歲|人|元|公|級|分|%|樓|號|月|日|床|坪|萬|億|次|個|週))"
)
_ALL_YEARS = pattern(r"歷年來?|各年度?(?!齡)各?月?份?|各月份?|近[0-9一二三四五六七八九十]*年度?|年度別")
_MONTHS = pattern(r"[0-9]{1,2}月?份?[-~－～至到]+([0-9]{1,2}月)")
_BEFORE, _AFTER = pattern(r"([0-9]{2,4})年度?(?:及?以前|前)"), pattern(r"([0-9]{2,4})年度?(?:及?以後|後)")
# What tells no dataset: the number of an item, the code of a table, a head before a county, by what it comes.
_LISTED = pattern(r"^\s*[0-9]{1,2}[.、](?![0-9])|^[0-9]{4,5}(?:-[0-9]{1,2}){3}|縣市別[:：]|[(（]按[年月季日週][)）]")
_ZERO = pattern(rf"(?<=[{_CHINESE}])[○o0](?=[{_CHINESE}○年])")
_LETTERS = pattern(r"[a-z]+[0-9]*")
_PARTS = pattern(r"[-－—–─_＿()（）\[\]【】:：、,，/／\s]+")
_OF_COUNTY = pattern(r".{2,3}[市縣]政府(.{1,8}?[局處會])(.*)$")
_DIGITS = {sign: str(at) for at, sign in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_TIME = ("年", "月", "季", "期", "屆", "週", "日")
_BARE_TIME = pattern(r"(?:[89][0-9]|1[0-2][0-9]|13[0-5])(?:0[1-9]|1[0-2])?$|(?:19[89]|20[0-4])[0-9](?:0[1-9]|1[0-2])?$")

Spans = tuple[tuple[int, int], ...]
_END = 9999
ALL_YEARS = (0, _END)


class Title(NamedTuple):
    """A title taken apart; all texts are folded.

    `core` is what remains without agency, counties, numbers and words that may be missing. `times` are its numbers that
    are of time, with their units; `numbers` the others, sorted. `spans` are the spans of years in it, ALL_YEARS among
    them. `places` are the counties that it names, `home` is that of its agency. `hinges` are the words of each group
    that turns the meaning. `stem` is the core of what stands before the last part of the title, `facet` that part;
    empty where there is one part. `named`: the agency stands in it. `said` is all of it, agencies by their names of
    today.
    """

    key: str
    core: str
    numbers: tuple[str, ...]
    times: frozenset[tuple[str, str]]
    spans: Spans
    kinds: frozenset[str]
    places: frozenset[str]
    home: str
    hinges: tuple[tuple[str, ...], ...]
    letters: frozenset[str]
    stem: str
    facet: str
    named: bool
    said: str

    @property
    def where(self) -> frozenset[str]:
        """The counties that it is about: those named, else that of its agency."""
        return self.places or frozenset([self.home] if self.home else [])

    @property
    def years(self) -> tuple[int, ...]:
        """The years that it is of, as they are written: 民國 or not; of spans both ends."""
        single = (int(number[:3] if len(number) == 5 else number[:4]) for number, unit in self.times if unit == "年")
        return tuple(sorted({*single, *(year for span in self.spans for year in span)}))


def taken_apart(text: str, agency: str, words: Words) -> Title:
    """Return what a title is made of; `agency` is the folded name of today of the agency that it stands under."""
    plain = _ZERO.sub("〇", unicodedata.normalize("NFKC", text).casefold().replace("台", "臺").translate(words.signs))
    key = words.folded(text)
    names, today = words.agencies
    same, first = words.same
    said = same.sub(lambda match: first[match.group()], names.sub(lambda match: today[match.group()], key))
    core, numbers, spans, full = _core(plain, agency, words)
    pieces = [piece for piece in _PARTS.split(plain) if piece]
    stem = facet = ""
    if len(pieces) > 1:
        facet = pieces[-1]
        stem, _, _, _ = _core(plain[: plain.rindex(facet)], agency, words)
    return Title(
        key,
        core,
        tuple(sorted(number for number, unit in numbers if unit not in _TIME)),
        frozenset((number, unit) for number, unit in numbers if unit in _TIME),
        spans,
        frozenset(name for name, one in words.kinds.items() if one.search(key)),
        frozenset(places_in(key, words)),
        next(places_in(agency, words), ""),
        tuple(tuple(sorted(set(group.pattern.findall(full)))) for group in words.groups),
        frozenset(_LETTERS.findall(core)),
        stem,
        words.folded(facet),
        any(name in said for name in own_names(agency)),
        said,
    )


def places_in(text: str, words: Words) -> Iterator[str]:
    """Yield the counties that a folded text names, by their names of today."""
    pattern_, names = words.counties
    for match in pattern_.finditer(text):
        yield names[match.group()]
    short, short_names = words.short_counties
    for match in short.finditer(pattern_.sub("\x01", text)):
        yield short_names[match.group()]


def _core(plain: str, agency: str, words: Words) -> tuple[str, list[tuple[str, str]], Spans, str]:
    """Return the core of a text, its numbers with their units, its spans of years, and the core with all words."""
    bare, spans = _spans(_MONTHS.sub(r"\1", _LISTED.sub("", plain)))
    numbers = [_number(match) for match in _NUMBER.finditer(bare)]
    bare = words.folded(_NUMBER.sub("", bare).replace("\x01", ""))
    names, today = words.agencies
    bare = names.sub(lambda match: today[match.group()], bare)
    for name in own_names(agency):
        bare = bare.replace(name, "")
    counties, _ = words.counties
    bare = counties.sub("", bare.replace("市政府", "市").replace("縣政府", "縣"))
    same, first = words.same
    bare = same.sub(lambda match: first[match.group()], bare)
    return words.spare.sub("", bare) or bare, numbers, spans, bare


def _spans(plain: str) -> tuple[str, Spans]:
    """Return a text without the spans of years in it, and these."""
    spans = [(int(first), int(last) if last else _END) for first, last in _RANGE.findall(plain)]
    bare = _RANGE.sub("\x01", plain)
    spans += [(0, int(last)) for last in _BEFORE.findall(bare)]
    bare = _BEFORE.sub("\x01", bare)
    spans += [(int(first), _END) for first in _AFTER.findall(bare)]
    bare = _AFTER.sub("\x01", bare)
    if _ALL_YEARS.search(bare):
        spans, bare = [*spans, ALL_YEARS], _ALL_YEARS.sub("", bare)
    return bare, tuple(spans)


def own_names(agency: str) -> tuple[str, ...]:
    """Return the ways in which an agency's titles call itself: in full, and without what stands above it."""
    if agency.endswith("股份有限公司"):
        bare = agency.removesuffix("股份有限公司")
        return agency, bare + "公司", bare
    if match := _OF_COUNTY.match(agency):
        return tuple(dict.fromkeys((agency, match[1] + match[2], match[1])))
    for above in ("部", "院", "委員會"):
        head, _, own = agency.partition(above)
        if head and len(own) > 2 and len(head) < 12:
            return agency, own, head + above
    return (agency,) if agency else ()


def _number(match: re.Match[str]) -> tuple[str, str]:
    """Return a number in digits and its unit: without one, what looks like a year (and month) is one."""
    digits, unit, chinese, other = match.groups()
    unit = _UNITS.get(unit or other or "", unit or other or "")
    number = (digits.lstrip("0") or "0") if digits else _arabic(chinese)
    return (number, "年") if not unit and _BARE_TIME.match(number) else (number, unit)


def _arabic(chinese: str) -> str:
    """Return a Chinese number in digits: 一〇七 → 107, 十二 → 12, 一百零七 → 107."""
    if not set(chinese) & set("十百"):
        return "".join(_DIGITS[sign] for sign in chinese)
    total, digit = 0, 0
    for sign in chinese:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = int(_DIGITS[sign])
    return str(total + digit)
