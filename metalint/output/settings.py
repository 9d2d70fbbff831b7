"""What every output may be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from metalint.model import Texts
from metalint.report import Report


class Settings(NamedTuple):
    """How to say it: language, colour, width in cells, and what is wanted beside the problems.

    `summaries` and `sources` are those of rules, by name.
    """

    lang: str = "en"
    color: bool = False
    width: int = 100
    statistics: bool = False
    max_problems: int | None = None
    version: str = ""
    summaries: Mapping[str, Texts] = {}
    sources: Mapping[str, str] = {}


Render: TypeAlias = Callable[[Report, Settings], Iterator[str]]
