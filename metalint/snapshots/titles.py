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
    rf"(?<![a-z0-9])(?:(?:中華)?民國|西元|第)?(?:([0-9]+)(?:\.[0-9]+)?({_UNIT})?|([{_CHINESE}]+)({_TIMES})(?:份|底|止|初)?)"
)
_RANGE = pattern(
    r"自?(?:(?:中華)?民國)?([0-9]{2,4})(?:年度?|學年度?)?[-~－～至到起\u2013\u2014]+(?:([0-9]{2,4})(?:年度?|學年度?)?|今|迄今)"
    r"(?![0-9]|\s*(?:歲|人|元|公|級|分|%|樓|號|月|日|床|坪|萬|億|次|個|週))"
)
_ALL_YEARS = pattern(r"歷年(?:來(?!臺))?|各學?年度?(?!齡)各?月?份?|各月份?|近[0-9一二三四五六七八九十]*年度?|年度別")
_MONTHS = pattern(r"[0-9]{1,2}月?份?[-~－～至到]+([0-9]{1,2}月)")
_BEFORE, _AFTER = (
    pattern(r"([0-9]{2,4})年度?(?:及?以前|前)"),
    pattern(r"自?([0-9]{2,4})年度?(?:及?以後|後|起(?=[^\u4e00-\u9fff]|$|新|統計|迄今|至今))"),
)
# Days in full: the day of the last update tells no dataset; of a span of days the years count.
_DAY = r"(?<![0-9])([89][0-9]|1[0-4][0-9]|(?:19|20)[0-9]{2})[./年]([0-9]{1,2})[./月]([0-9]{1,2})(?![0-9.])日?"
_UPDATED = pattern(_DAY + r"(?:更新|修正|版)")
_DAYS = pattern(_DAY + r"\s*[-~－～至到–—]+\s*" + _DAY.replace("(?<![0-9])", ""))
_DOTTED = pattern(_DAY)
# What stands at the end of a title and says no more than when it was last brought up to date.
_AS_OF = pattern(r"[-－_(（]\s*(?:更新至|最後更新|截至)[^()（）]*[)）]?\s*$")
# From one month to another of a later year, and from one on: of these too the years count.
_MONTH = r"(?<![0-9])([89][0-9]|1[0-4][0-9])(?:年|\.)\s*[0-9]{1,2}(?:月|\.)(?:\s*[0-9]{1,2}日?)?"
_MONTHS_OF_YEARS = pattern(
    _MONTH + r"起?[-~－～至到]+(?:民國)?(?!\1年)" + _MONTH.replace("(?<![0-9])", "") + "止?(?:適用)?"
)
_FROM_MONTH = pattern(_MONTH + r"(?:起適用|適用|起(?=\s*[)）]?\s*$))")
_ENGLISH = pattern(
    r"[(（](?=.{12})[a-z][a-z'-]+(?:[\s&,/]+[a-z][a-z'-]+)+[)）]"
)  # the title once more: two words or more
# What tells no dataset: the number of an item, the code of a table, a head before a county, by what it comes.
_LISTED = pattern(
    r"^\s*(?:[0-9]{1,2}[.、](?![0-9])|0[0-9](?=[\u4e00-\u9fff]{2})(?![年月日季]))|^[0-9]{4,5}(?:-[0-9]{1,2}){3}|縣市別[:：]|[(（]表[一二三四五六七八九十0-9]+[)）]|[(（]按[年月季日週][)）]"
)
_ZERO = pattern(rf"(?<=[{_CHINESE}])[○o0](?=[{_CHINESE}○年])")
_LETTERS = pattern(r"[a-z]+[0-9]*")
_NOW = pattern(r"[(（]現(?:為)?[^()（）]{1,12}(?:[署局處會部院所室府]|中心|公司)[)）]")  # an agency's name of today
_TOWN = pattern(r"(?:[縣市]|^)(?![各所本全])([\u4e00-\u9fff]{2}[鄉鎮區])")
_PARTS = pattern(r"[-－—–─_＿()（）\[\]【】:：、,，/／\s]+")
_OF_COUNTY = pattern(r".{2,3}[市縣]政府(.{1,8}?[局處會])(.*)$")
_FUND = pattern(r"([^()（）]+?)\(([^()（）]{2,12}基金)\)\s*$")  # 決算(安置基金): 安置基金決算
_SHORT = pattern(r"([\u4e00-\u9fff]{2,3}[局署處會部館])(?!議|員|計)")
_DOUBLED = pattern(r"(.{3,8})\1")  # 單位預算(單位預算): said twice
_DIGITS = {sign: str(at) for at, sign in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_TIME = ("年", "月", "季", "期", "屆", "週", "日")
_BARE_TIME = pattern(r"(?:[89][0-9]|1[0-2][0-9]|13[0-5])(?:0[1-9]|1[0-2])?$|(?:19[89]|20[0-4])[0-9](?:0[1-9]|1[0-2])?$")

Hinges = tuple[tuple[str, ...], ...]
Spans = tuple[tuple[int, int], ...]
_END = 9999
_LAST_TIME = pattern("[0-9年月季度]+$")
_ENDING = 3  # signs
_LAST = 12  # signs of a title in which its ending is looked for
_REPUBLIC = 1911  # the year before its first
_OFFICE = 8  # signs of an office's name at most, and of what follows it at least
ALL_YEARS = (0, _END)


class Title(NamedTuple):
    """A title taken apart; all texts are folded.

    `core` is what remains without agency, counties, numbers and words that may be missing; `whole` is the core with the
    agency's own name left in. `times` are its numbers that are of time, with their units; `numbers` the others, sorted.
    `spans` are the spans of years in it, ALL_YEARS among them. `places` are the counties that it names, `towns` what
    it names within one; `home` is the county of its agency, `site` that in whose domain its distributions stand (empty
    where none, or where the agency says it). `hinges` are the words of each group that turns the meaning. `stem` is
    the core of what stands before the last part of the title (where it is asked for), `facet` that part; empty where
    there is one part. `named`: the agency stands in it. `said` is all of it, agencies by their names of today.
    """

    key: str
    core: str
    whole: str
    numbers: tuple[str, ...]
    times: frozenset[tuple[str, str]]
    spans: Spans
    kinds: frozenset[str]
    places: frozenset[str]
    towns: frozenset[str]
    home: str
    hinges: Hinges
    letters: frozenset[str]
    stem: str
    facet: str
    named: bool
    said: str
    site: str

    @property
    def where(self) -> frozenset[str]:
        """The counties that it is about: those named, else that of its agency."""
        return self.places or frozenset([self.home] if self.home else [])

    @property
    def years(self) -> tuple[int, ...]:
        """The years that it is of, as they are written: 民國 or not; of spans both ends."""
        single = (int(number[:3] if len(number) == 5 else number[:4]) for number, unit in self.times if unit == "年")
        return tuple(sorted({*single, *(year for span in self.spans for year in span)}))

    @property
    def when(self) -> tuple[int, int, int]:
        """The last time that it tells of: the year of the republic, the session, the month or quarter; 0 for none."""
        told = [year for year in self.years if year != _END] or self.years  # from a year on, or of a month of all years
        years = [year - _REPUBLIC if year > _REPUBLIC else year for year in told if year]
        return max(years, default=0), self._most("期屆次"), self._most("月季週")

    def _most(self, units: str) -> int:
        return max((int(number) for number, unit in self.times if unit in units), default=0)


def are_apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two spans of years have no year in common."""
    return one[1] < other[0] or other[1] < one[0]


def taken_apart(text: str, agency: str, words: Words, site: str = "", *, stem: bool = False) -> Title:
    """Return what a title is made of; `agency` is the folded name of today of the agency that it stands under.

    With `stem` what stands before its last part is taken apart too: that takes as long again.
    """
    text = _without_office(text, agency, words)
    plain = _ZERO.sub("〇", unicodedata.normalize("NFKC", text).casefold().replace("台", "臺").translate(words.signs))
    key = words.folded(text)
    names, today = words.agencies
    same, first = words.same
    said = same.sub(lambda match: first[match.group()], names.sub(lambda match: today[match.group()], key))
    said = key if said == key else said  # one text in memory, not two
    core, whole, numbers, spans, full = _core(plain, agency, words)
    whole = core if whole == core else whole
    pieces = [piece for piece in _PARTS.split(plain) if piece]
    head = facet = ""
    counties, county = words.counties
    if len(pieces) > 1:
        facet = pieces[-1]
        head = _core(plain[: plain.rindex(facet)], agency, words)[0] if stem else ""
    return Title(
        key,
        core,
        whole,
        tuple(sorted(number for number, unit in numbers if unit not in _TIME)),
        frozenset((number, unit) for number, unit in numbers if unit in _TIME),
        spans,
        frozenset(name for name, one in words.kinds.items() if one.search(key)),
        _places(key, words),
        frozenset(_TOWN.findall(key)),
        next(places_in(agency, words), ""),
        _hinges(full, words),
        frozenset(_LETTERS.findall(core)),
        head,
        counties.sub(lambda match: county[match.group()], words.folded(facet)),
        any(name in said for name in own_names(agency)),
        said,
        site,
    )


def _places(key: str, words: Words) -> frozenset[str]:
    """Return the counties that a folded title names: not those of another name for something (臺中港園區)."""
    found = frozenset(places_in(key, words))
    same, first = words.same
    return found and frozenset(places_in(same.sub(lambda match: first[match.group()], key), words))


def _hinges(text: str, words: Words) -> Hinges:
    """Return the words of each group that stand in a folded text. Of most groups no word can: none begins so."""
    found: list[tuple[str, ...]] = [()] * len(words.groups)
    for at in {at for sign in set(text) for at in words.begun.get(sign, ())}:
        found[at] = tuple(sorted(set(words.groups[at].pattern.findall(text))))
    return tuple(found)


def ending(title: str, words: Words) -> str:
    """Return how a folded title ends, without times and words that may be missing: the same subject ends the same."""
    return _LAST_TIME.sub("", words.spare.sub("", title[-_LAST:]))[-_ENDING:]


def _without_office(text: str, agency: str, words: Words) -> str:
    """Return a title without a head that names an office of its agency: 經濟部統計處_, 經濟部中部辦公室_."""
    head, line, rest = text.partition("_")
    folded = words.folded(head)
    inner = folded.removeprefix(agency) if agency and folded.startswith(agency) else ""
    return rest if line and 0 < len(inner) <= _OFFICE and len(rest.strip()) >= _OFFICE else text


def places_in(text: str, words: Words) -> Iterator[str]:
    """Yield the counties that a folded text names, by their names of today."""
    pattern_, names = words.counties
    for match in pattern_.finditer(text):
        yield names[match.group()]
    short, short_names = words.short_counties
    for match in short.finditer(pattern_.sub("\x01", text)):
        yield short_names[match.group()]


def _core(plain: str, agency: str, words: Words) -> tuple[str, str, list[tuple[str, str]], Spans, str]:
    """Return the core of a text, the whole of it, its numbers, its spans of years, and the core with all words.

    Numbers have their units; the whole is the core with the agency's own name.
    """
    plain = _NOW.sub("", _ENGLISH.sub("", _AS_OF.sub("", plain)))
    if "月" in plain or "適用" in plain:
        plain = _FROM_MONTH.sub(r"\1年以後", _MONTHS_OF_YEARS.sub(r"\1-\2年", plain))
    plain = _FUND.sub(r"\2\1", plain) if "基金)" in plain else plain
    plain = _DOTTED.sub(r"\1年\2月\3日", _DAYS.sub(r"\1-\4年", _UPDATED.sub("", plain)))
    bare, spans = _spans(_MONTHS.sub(r"\1", _LISTED.sub("", plain)))
    numbers = [_number(match) for match in _NUMBER.finditer(bare)]
    bare = words.folded(_NUMBER.sub("", bare).replace("\x01", ""))
    names, today = words.agencies
    named = names.sub(lambda match: today[match.group()], bare)
    bare = named
    for name in own_names(agency):
        bare = bare.removeprefix("公告" + name).replace(name, "")
    bare, whole = (_of_no_place(text, agency, words) for text in (bare, named))
    bare = _without_short(bare, agency)
    core, long_ = (_DOUBLED.sub(r"\1", words.spare.sub("", text) or text) for text in (bare, whole))
    return core, long_, numbers, spans, bare


def _without_short(text: str, agency: str) -> str:
    """Return a folded text without a head that is short for its agency: 文資局 for 文化資產局."""
    match = _SHORT.match(text)
    if not match or agency[-1:] != match[1][-1] or len(text) < len(match[1]) + 3:
        return text
    signs = iter(agency)
    return text[match.end() :] if all(sign in signs for sign in match[1]) else text


def _of_no_place(text: str, agency: str, words: Words) -> str:
    """Return a folded text without counties, each word by the first of those that mean the same."""
    counties, _ = words.counties
    short, of = words.short_counties
    head = short.match(text)
    town = head and text[head.end() : head.end() + 1] in ("區", "鄉", "鎮", "市", "縣")
    if head and not town and of[head.group()] in agency:  # 臺東 of the county 臺東縣
        text = text[head.end() :]
    same, first = words.same
    text = counties.sub("", text.replace("市政府", "市").replace("縣政府", "縣"))
    return same.sub(lambda match: first[match.group()], text)


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
