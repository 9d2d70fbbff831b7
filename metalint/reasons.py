"""The second part of a rule file: why, source, good and bad examples. Only `explain`, frames and the tests need it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from types import NoneType
from typing import NamedTuple

from metalint import datafiles
from metalint.datafiles import DataError
from metalint.model import Json, Rule, Texts
from metalint.ruleset import bad_file, demands, listed, load, mapped, texts, unknown

_TEXTS = {"platform", "text", "format", "encoding", "today"}  # of an example


class Example(NamedTuple):
    """A record (or a file's records, or a file's own text) that a rule passes or finds at fault.

    `beside` are other files in its folder, by name: configuration, suppressions. `schema` stands in for that of a
    platform, where no platform's schema shows the fault.
    """

    record: Json = None
    fixed: Json = None
    platform: str | None = None
    text: str | None = None
    format: str = "json"
    encoding: str = "utf-8"
    today: str | None = None
    schema: Json = None
    beside: Mapping[str, str] = {}


class Explanation(NamedTuple):
    """A rule with its reasons."""

    rule: Rule
    why: Texts
    source: tuple[str, ...]
    good: tuple[Example, ...]
    bad: tuple[Example, ...]

    @property
    def summary(self) -> Texts:
        """The rule's demand in one sentence."""
        return self.rule.summary


def several(folders: Sequence[Path], names: Collection[str]) -> dict[str, Explanation]:
    """Return the named rules with their reasons, if they give any. Raises RuleError for a file that cannot be used."""
    found = {rule.id: (rule, path) for folder in folders for rule, path in demands(folder) if rule.id in names}
    reasons = (explained(rule, path) for rule, path in found.values())
    return {one.rule.id: one for one in reasons if one is not None}


def explain(folders: Sequence[Path], name: str) -> Explanation:
    """Return a rule with its reasons. Raises RuleError for an unknown name."""
    for rule, path in (demand for folder in reversed(folders) for demand in demands(folder)):
        if rule.id == name:
            reasons = explained(rule, path)
            if reasons is None:
                raise bad_file(path, "it has no second part, after ---, with why and source")
            return reasons
    raise unknown(name, load(folders))


def explained(rule: Rule, path: Path) -> Explanation | None:
    """Return a rule with its reasons, if its file has any: one's own rule may go without."""
    try:
        data = datafiles.parsed(path, 1)
        if data is None:
            return None
        reasons = mapped(path, data)
        return Explanation(
            rule,
            texts(reasons, "why"),
            _sources(reasons["source"]),
            tuple(_examples(reasons, "good")),
            tuple(_examples(reasons, "bad")),
        )
    except DataError as error:
        raise bad_file(path, error.reason) from error
    except KeyError as error:
        raise bad_file(path, f"{error.args[0]}: missing in its second part, after ---") from error
    except TypeError as error:
        raise bad_file(path, f"{error}") from error


def _sources(value: Json) -> tuple[str, ...]:
    named = tuple(map(str, listed(value)))
    if not named:
        raise TypeError("source: it says nothing")
    return named


def _examples(reasons: Mapping[str, Json], key: str) -> Iterator[Example]:
    for entry in map(_plain, listed(reasons.get(key)), repeat(key)):
        known = isinstance(entry, dict) and set(entry) <= set(Example._fields) and {"record", "text"} & set(entry)
        if isinstance(entry, dict) and known:
            for name in set(entry) & _TEXTS:
                if not isinstance(entry[name], (str, NoneType)):
                    raise TypeError(f"{key}: {name}: {entry[name]} is no text; in quotes it is one")
            if not isinstance(entry.get("beside", {}), dict):
                raise TypeError(f"{key}: beside: texts by the names of their files are wanted")
            yield Example(**entry)  # type: ignore[arg-type]  # its keys are those of Example, just tested
        else:
            yield Example(entry)


def _plain(value: Json, key: str) -> Json:
    """Return a value of an example if JSON has its like; YAML also has dates, sets and bytes."""
    if isinstance(value, dict):
        return {str(_plain(name, key)): _plain(item, key) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, key) for item in value]
    if not isinstance(value, (str, int, float, NoneType)):
        raise TypeError(f"{key}: {value} is nothing that JSON has; in quotes it is a text")
    return value
