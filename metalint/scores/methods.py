"""The methods: the files of `rules/scores/`, each a list of indicators with what earns their points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

from metalint import datafiles
from metalint.datafiles import DataError
from metalint.fields import FIELDS
from metalint.model import Json, Texts
from metalint.ruleset import bad_file, listed, mapped, nearest, texts
from metalint.scores.kinds import Indicator, Method
from metalint.shipped import shipped

# The kinds of test, each with its params; `online` cannot be told without the network.
TESTS: Mapping[str, frozenset[str]] = {
    "value": frozenset(("any", "vocabulary", "known", "facts", "not", "untold", "words", "rules")),
    "complete": frozenset(("each", "rules")),
    "fresh": frozenset(("periods", "grace")),
    "useful": frozenset(("least", "rules")),
    "found": frozenset(("searched",)),
    "online": frozenset(),
}
SEVERAL = ("all", "best")
_KEYS = frozenset(
    ("version", "label", "source", "several", "platforms", "dimensions", "ratings", "indicators")
)  # of a file
_OF_ONE = frozenset(
    ("id", "label", "points", "dimension", "help", "test", "fields", "needs", "platforms", "filled-by", "params")
)
_NONE = Texts("", "")


class Question(NamedTuple):
    """What earns an indicator's points: a kind of test, the fields that are asked, and the kind's own params.

    It cannot be evaluated where none of `fields`, or not all of `needs`, are exported, nor on other `platforms` than
    those named, if any; nor where nothing is there and the platform is one of those that fill it in themselves.
    """

    kind: str
    fields: tuple[str, ...]
    params: Mapping[str, Json]
    needs: tuple[str, ...]
    platforms: tuple[str, ...]
    filled_by: tuple[str, ...] = ()


class Scheme(NamedTuple):
    """A method with its tests, one an indicator.

    `several`: of several distributions the `best` one counts, or `all` must pass. `platforms`: it judges no others, if
    any are named. `bands` are the ratings, best first: each holds for shares above its number.
    """

    method: Method
    tests: tuple[Question, ...]
    several: str
    platforms: tuple[str, ...]
    bands: tuple[tuple[float, Texts], ...]


@cache
def schemes() -> Mapping[str, Scheme]:
    """Return the shipped methods with their tests, by name, in order. Raises RuleError."""
    return read(shipped("rules"))


def methods() -> tuple[Method, ...]:
    """Return the shipped methods, by name. Raises RuleError."""
    return tuple(scheme.method for scheme in schemes().values())


def rating(method: Method, share: float | None) -> Texts | None:
    """Return the word that a method has for a share; `None` where it has none, or nothing could be evaluated."""
    bands = schemes()[method.id].bands if method.id in schemes() else ()
    return next((label for above, label in bands if share is not None and share > above), None)


def read(folder: Path) -> Mapping[str, Scheme]:
    """Return the methods in the folder's `scores/*.yaml`, by name. Raises RuleError for a file that cannot be used."""
    try:
        files = datafiles.read(folder, "scores/*.yaml")
    except DataError as error:
        raise bad_file(error.path, error.reason) from error
    return {Path(file).stem: _scheme(Path(file).stem, folder / file, data) for file, data in sorted(files.items())}


def _scheme(name: str, path: Path, content: Json) -> Scheme:
    data = mapped(path, content)
    try:
        return _made(name, data)
    except KeyError as error:
        raise bad_file(path, f"{error.args[0]}: missing, or not one of its values") from error
    except (TypeError, ValueError, ZeroDivisionError) as error:
        raise bad_file(path, str(error)) from error


def _made(name: str, data: Mapping[str, Json]) -> Scheme:
    _no_other(data, _KEYS)
    dimensions = {str(key): value for key, value in _mapping(data.get("dimensions"), "dimensions").items()}
    asked = list(_asked(data["indicators"], {key: texts(dimensions, key) for key in dimensions}))
    ids = [indicator.id for indicator, _ in asked]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise ValueError(f"two indicators are named {twice}")
    source, version = tuple(map(str, listed(data["source"]))), _text(data["version"], "version")
    method = Method(name, version, texts(data, "label"), source, tuple(indicator for indicator, _ in asked))
    several = _one_of(data["several"], SEVERAL)
    return Scheme(method, tuple(question for _, question in asked), several, _names(data, "platforms"), _bands(data))


def _asked(entries: Json, dimensions: Mapping[str, Texts]) -> Iterator[tuple[Indicator, Question]]:
    """Yield each indicator with its test. Raises ValueError that names the entry at fault."""
    if not isinstance(entries, list) or not entries:
        raise TypeError("indicators: a list is wanted")
    for number, entry in enumerate(entries):
        try:
            one = _mapping(entry, "an indicator")
            yield _indicator(one, dimensions), _test(one)
        except KeyError as error:
            why = f"{error.args[0]}: missing, or not one of its values"
            raise ValueError(f"/indicators/{number}: {why}") from error
        except (TypeError, ValueError) as error:
            raise ValueError(f"/indicators/{number}: {error}") from error


def _indicator(data: Mapping[str, Json], dimensions: Mapping[str, Texts]) -> Indicator:
    _no_other(data, _OF_ONE)
    points = data["points"]
    if isinstance(points, bool) or not isinstance(points, (int, float)) or not 0 < points < 1e6:
        raise ValueError(f"points: {points} is no number of points")
    dimension = data.get("dimension")
    if dimension is not None and dimension not in dimensions:
        raise ValueError(f"dimension: {dimension} is none; {nearest(str(dimension), dimensions)}")
    own = dimensions[str(dimension)] if dimension is not None else _NONE
    return Indicator(_text(data["id"], "id"), texts(data, "label"), float(points), texts(data, "help"), own)


def _test(data: Mapping[str, Json]) -> Question:
    kind = _one_of(data["test"], TESTS)
    test = Question(
        kind,
        _names(data, "fields"),
        _mapping(data.get("params"), "params"),
        _names(data, "needs"),
        _names(data, "platforms"),
        _names(data, "filled-by"),
    )
    _no_other(test.params, TESTS[kind])
    for name in (*test.fields, *test.needs, *_names(test.params, "each"), *_names(test.params, "searched")):
        if name not in FIELDS:
            raise ValueError(f"{name} is no field; {nearest(name, FIELDS)}")
    if not test.fields and kind != "online":
        raise ValueError("fields: at least one is wanted")
    return test


def _bands(data: Mapping[str, Json]) -> tuple[tuple[float, Texts], ...]:
    bands = []
    for entry in listed(data.get("ratings")):
        one = _mapping(entry, "a rating")
        _no_other(one, frozenset(("above", "label")))
        bands.append((float(Fraction(str(one["above"]))) if "above" in one else -1.0, texts(one, "label")))
    if [above for above, _ in bands] != sorted({above for above, _ in bands}, reverse=True):
        raise ValueError("ratings: the best one comes first, and the worst one says no `above`")
    return tuple(bands)


def _names(data: Mapping[str, Json], key: str) -> tuple[str, ...]:
    value = data.get(key)
    if value is not None and not (isinstance(value, list) and all(isinstance(name, str) for name in value)):
        raise TypeError(f"{key}: a list of names is wanted")
    return tuple(map(str, listed(value)))


def _mapping(value: Json, name: str) -> Mapping[str, Json]:
    if value is not None and not isinstance(value, dict):
        raise TypeError(f"{name}: a mapping is wanted")
    return value or {}


def _text(value: Json, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(f"{name}: a text is wanted (put numbers in quotes)")
    return value


def _one_of(value: Json, names: Sequence[str] | Mapping[str, object]) -> str:
    if not isinstance(value, str) or value not in names:
        raise ValueError(f"{value} is none of {', '.join(names)}")
    return value


def _no_other(data: Mapping[str, Json], known: frozenset[str]) -> None:
    if strange := {str(key) for key in data} - known:
        key = min(strange)
        raise ValueError(f"{key}: unknown key; {nearest(key, known)}")
