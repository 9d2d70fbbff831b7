"""What every output may be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from metalint.model import Texts
from metalint.reasons import Explanation
from metalint.report import Report


class Settings(NamedTuple):
    """How to say it: language, colour, width in cells, and what is wanted beside the problems.

    `summaries` are those of rules, by name; `explained` are rules with their reasons, where a format tells these.
    """

    lang: str = "en"
    color: bool = False
    width: int = 100
    statistics: bool = False
    max_problems: int | None = None
    version: str = ""
    summaries: Mapping[str, Texts] = {}
    explained: Mapping[str, Explanation] = {}


Render: TypeAlias = Callable[[Report, Settings], Iterator[str]]
