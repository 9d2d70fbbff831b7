"""The program as a library, its scores: paths in, how each dataset stands by each method out. Never prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from metalint import datasets
from metalint.checks.kinds import Fields
from metalint.datasets import Dataset
from metalint.keywords.concepts import ConceptError
from metalint.lexicon import Lexicon
from metalint.model import Texts, Unreadable
from metalint.ruleset import RuleError, nearest
from metalint.run import CannotRun, Options
from metalint.scores import judging, methods, themes
from metalint.scores.gaps import Misses
from metalint.scores.kinds import Method, Standing, Theme
from metalint.shipped import shipped
from metalint.vocabulary import VocabularyError

HIGH_VALUE = "high-value"  # no method: it gives themes, not points

_Judge: TypeAlias = Callable[[Fields], tuple[Standing, ...]]


class Scored(NamedTuple):
    """A dataset, its standings (one a method, in their order) and the high-value themes it seems to belong to."""

    dataset: Dataset
    standings: tuple[Standing, ...]
    themes: tuple[Theme, ...]


class Wanted(NamedTuple):
    """The methods to score by, and whether themes are wanted too."""

    methods: tuple[Method, ...]
    themes: bool


def wanted(names: Sequence[str]) -> Wanted:
    """Return what is meant by the names of methods; without any all that there is. Raises CannotRun."""
    try:
        known = methods.methods()
    except RuleError as error:
        raise CannotRun(error.texts) from error
    there = [*(method.id for method in known), HIGH_VALUE]
    for name in names:
        if name not in there:
            near = nearest(name, there)
            raise CannotRun(
                Texts(f"沒有名為 {name} 的評分方法；可用：{'、'.join(there)}", f"no method is named {name}; {near}")
            )
    chosen = tuple(method for method in known if not names or method.id in names)
    return Wanted(chosen, not names or HIGH_VALUE in names)


def score(paths: Sequence[str], options: Options, ask: Wanted) -> Iterator[Scored | Unreadable]:
    """Yield the datasets of files in the order of their paths, scored; between them what cannot be read.

    Raises CannotRun.
    """
    today = options.today or date.today()  # noqa: DTZ011  the day where the user is
    lexicon = Lexicon((shipped("vocab"),))
    judges: dict[tuple[str, tuple[str, ...] | None], _Judge] = {}
    try:
        themed = themes.theme_judge(lexicon) if ask.themes else None
        for one in datasets.read(paths, options):
            if isinstance(one, Unreadable):
                yield one
                continue
            key = one.platform.name, one.header
            if key not in judges:
                judges[key] = judging.judge(ask.methods, one.platform, one.header, lexicon, today)
            yield Scored(one, judges[key](one.fields), themed(one.fields) if themed is not None else ())
    except RuleError as error:
        raise CannotRun(error.texts) from error
    except (ConceptError, VocabularyError) as error:
        raise CannotRun(Texts(f"詞彙檔無法使用：{error}", f"this vocabulary cannot be used: {error}")) from error


class Row(NamedTuple):
    """What is kept of a scored dataset."""

    path: str
    line: int
    record: str
    title: str
    agency: str
    standings: tuple[Standing, ...]
    themes: tuple[Theme, ...]


class Board(NamedTuple):
    """What the scores come to: counts by agency, datasets by theme and sub-category, and some or all datasets.

    A dataset of two sub-categories counts once for their theme. `labels` say what themes are called, in order.
    """

    ask: Wanted
    datasets: int
    misses: Misses
    themes: Mapping[tuple[str, str], int]
    labels: Mapping[tuple[str, str], Texts]
    rows: tuple[Row, ...]
    unread: tuple[Unreadable, ...]


def board(found: Iterable[Scored | Unreadable], ask: Wanted, kept: int | None) -> Board:
    """Return what some scored datasets come to, with the first `kept` of them, `None` for all. Raises CannotRun."""
    misses, counts = Misses(ask.methods), Counter[tuple[str, str]]()
    rows: list[Row] = []
    unread: list[Unreadable] = []
    number = 0
    for one in found:
        if isinstance(one, Unreadable):
            unread.append(one)
            continue
        number += 1
        data = one.dataset
        misses.add(data.agency, one.standings)
        counts.update(
            {(theme.theme, "") for theme in one.themes} | {(theme.theme, theme.category) for theme in one.themes}
        )
        if kept is None or number <= kept:
            rows.append(Row(data.path, data.line, data.record, data.title, data.agency, one.standings, one.themes))
    return Board(ask, number, misses, counts, theme_labels() if ask.themes else {}, tuple(rows), tuple(unread))


def theme_labels() -> dict[tuple[str, str], Texts]:
    """Return what each theme and sub-category is called, in order. Raises CannotRun."""
    try:
        return themes.labels(Lexicon((shipped("vocab"),)))
    except VocabularyError as error:
        raise CannotRun(Texts(f"詞彙檔無法使用：{error}", f"this vocabulary cannot be used: {error}")) from error
