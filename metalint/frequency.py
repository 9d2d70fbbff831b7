"""How long the period of an update frequency is, in whatever way it is written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DAYS = {
    **dict.fromkeys(("秒", "sec", "second", "s"), 1 / 86_400),
    **dict.fromkeys(("分", "分鐘", "min", "minute"), 1 / 1440),
    **dict.fromkeys(("時", "小時", "鐘頭", "hour", "h"), 1 / 24),
    **dict.fromkeys(("日", "天", "day", "d", "工作日", "工作天"), 1.0),
    **dict.fromkeys(("週", "周", "星期", "禮拜", "week", "w"), 7.0),
    **dict.fromkeys(("旬",), 10.0),
    **dict.fromkeys(("半月", "半個月"), 15.25),
    **dict.fromkeys(("月", "個月", "month"), 30.5),
    **dict.fromkeys(("季", "quarter"), 91.5),
    **dict.fromkeys(("半年", "學期"), 183.0),
    **dict.fromkeys(("年", "學年", "學年度", "year", "y", "年度"), 365.25),
}
_WORDS = {
    "即時": 0.0, "即時更新": 0.0, "realtime": 0.0, "continuous": 0.0, "continual": 0.0,
    "daily": 1.0, "weekly": 7.0, "biweekly": 14.0, "fortnightly": 14.0, "monthly": 30.5, "bimonthly": 61.0,
    "quarterly": 91.5, "semiannual": 183.0, "semiannually": 183.0, "biannual": 183.0, "annual": 365.25,
    "annually": 365.25, "yearly": 365.25, "biennial": 730.5, "triennial": 1096.0, "decennial": 3652.5,
    "hourly": 1 / 24, "每年一次": 365.25,
}  # fmt: skip
_NUMERALS = {"一": 1, "二": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_UNITS = "|".join(sorted(_DAYS, key=lambda unit: (-len(unit), unit)))
_EVERY = (
    rf"(?:每隔?|every|按|逐)?([0-9]+|[一二兩三四五六七八九十])?(?:個)?({_UNITS})s?"
    r"(?:[刊報]|(?:定期)?(?:更新)?(?:[1一]次(?:以上)?)?(?:更新)?)$"
)
_PER = rf"(?:([0-9]+|[一二兩三四五六七八九十])次)(?:/|每)({_UNITS})$"
_ON_A_DAY = (
    rf"每({_UNITS})(?:[初底末]|[上中下]旬|(?:[0-9]+月)?(?:[0-9]+[日號]|[初底份])?|(?:結束)?後[0-9]+[日天])(?:更新)?$"
)
_TIMES = rf"[每一]({_UNITS})([0-9]+|[一二兩三四五六七八九十])次$"
_ISO = (
    r"r[0-9]*/p(?:([0-9.]+)y)?(?:([0-9.]+)m)?(?:([0-9.]+)w)?(?:([0-9.]+)d)?"
    r"(?:t(?:([0-9.]+)h)?(?:([0-9.]+)m)?(?:([0-9.]+)s)?)?$"
)
_ISO_DAYS = (365.25, 30.5, 7.0, 1.0, 1 / 24, 1 / 1440, 1 / 86_400)


@lru_cache(maxsize=4096)
def period(text: str) -> float | None:
    """Return the days between two updates; `None` for an irregular frequency, or one that cannot be told."""
    said = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
    if said in _WORDS:
        return _WORDS[said]
    if match := re.match(_ISO, said):
        days = sum(
            float(part) * unit for part, unit in zip(match.groups(), _ISO_DAYS, strict=True) if part and part != "."
        )
        return days or None
    if match := re.match(_EVERY, said):
        return _number(match[1]) * _DAYS[match[2]]
    if match := re.match(_PER, said):
        return _DAYS[match[2]] / (_number(match[1]) or 1)
    if match := re.match(_TIMES, said):
        return _DAYS[match[1]] / (_number(match[2]) or 1)
    if match := re.match(_ON_A_DAY, said):
        return _DAYS[match[1]]
    return None


def _number(text: str | None) -> float:
    return 1.0 if not text else float(_NUMERALS.get(text, text))
