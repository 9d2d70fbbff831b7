"""Rule files to rules: reads a folder, refuses a bad file with its name, its place and the reason, and selects.

A rule file has two parts with `---` between them: the demand, which every run reads, and its reasons (why, source,
good and bad examples), which only `explain`, the tests and the documentation need.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from types import NoneType
from typing import NamedTuple

from metalint import datafiles
from metalint.checks import CHECKS
from metalint.datafiles import DataError
from metalint.fields import FIELDS
from metalint.model import Json, Rule, Severity, Texts

OUTSIDE = ("reader", "schema")  # checks that are no module of `metalint.checks`: the readers and the platform's schema
_MISPLACED = ("*.y*ml", "*/*.yml", "*/*/*.y*ml")  # near <family>/<name>.yaml, but read by nobody
_WORD = r"\{[a-z_]+\}"
# The triggers of all rules are put together in one class: no sign of one may mean something beside another.
_SIGNS = r"(?![\^-])(?:\\.|(?!--|&&|~~|\|\|)[^\\\[\]])+(?<!(?<!\\)-)"
ALWAYS = "record/unreadable"  # what could not be read was not checked: no selection silences that
_TEXTS = {"platform", "text", "format", "encoding", "today"}  # of an example
_DEMAND = {
    "summary",
    "severity",
    "given",
    "check",
    "params",
    "message",
    "help",
    "fix",
    "default",
    "platforms",
    "yields",
}


class RuleError(Exception):
    """A rule file that cannot be used, or a name that no rule has."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts.en)
        self.texts = texts


class Example(NamedTuple):
    """A record (or a file's records, or a file's own text) that a rule passes or finds at fault.

    `schema` stands in for that of a platform, where no platform's schema shows the fault.
    """

    record: Json = None
    fixed: Json = None
    platform: str | None = None
    text: str | None = None
    format: str = "json"
    encoding: str = "utf-8"
    today: str | None = None
    schema: Json = None


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


def load(folders: Sequence[Path]) -> tuple[Rule, ...]:
    """Return the rules of the folders, by name; a later folder's rule replaces one of the same name.

    Raises RuleError for a file that cannot be used.
    """
    found: dict[str, Rule] = {}
    for folder in folders:
        found.update((rule.id, rule) for rule, _ in demands(folder))
    return tuple(found[name] for name in sorted(found))


def select(rules: Sequence[Rule], chosen: Sequence[str], ignored: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules that are on: the default ones or those chosen, less those ignored.

    A selector is a rule's name, a family (`title`) or `all`; the longer one wins. Raises RuleError for an unknown one.
    """
    for selector in (*chosen, *ignored):
        if not any(_matches(selector, rule.id) for rule in rules):
            raise _unknown(selector, rules)
    return tuple(rule for rule in rules if rule.id == ALWAYS or _is_on(rule, chosen, ignored))


def sources(folders: Sequence[Path], names: Collection[str]) -> dict[str, str]:
    """Return of each named rule the first source of its demand, if it gives any.

    Raises RuleError for a file that cannot be used.
    """
    found = {rule.id: (rule, path) for folder in folders for rule, path in demands(folder) if rule.id in names}
    explained = (_explained(rule, path) for rule, path in found.values())
    return {one.rule.id: one.source[0] for one in explained if one is not None}


def explain(folders: Sequence[Path], name: str) -> Explanation:
    """Return a rule with its reasons. Raises RuleError for an unknown name."""
    for rule, path in (demand for folder in reversed(folders) for demand in demands(folder)):
        if rule.id == name:
            explained = _explained(rule, path)
            if explained is None:
                raise bad_file(path, "it has no second part, after ---, with why and source")
            return explained
    raise _unknown(name, load(folders))


def prove(folders: Sequence[Path], platforms: Collection[str]) -> None:
    """Raise RuleError for what would be overlooked in a folder, or be noticed only when a rule finds something."""
    for folder in folders:
        for path in sorted(path for pattern in _MISPLACED for path in folder.glob(pattern)):
            inner = path.relative_to(folder).parts
            if path.is_file() and inner[0] != "platforms" and not any(part[0] == "." for part in inner):
                raise bad_file(path, "it would not be read: a rule lies in <family>/<name>.yaml")
        for rule, path in demands(folder):
            for name in rule.platforms:
                if name not in platforms:
                    raise bad_file(path, f"platforms: {name} is no platform; {_nearest(name, platforms)}")
            for key, texts in (("summary", (rule.summary,)), ("message", (rule.message,)), ("help", rule.help)):
                if any(set("{}") & set(re.sub(_WORD, "", said)) for text in texts for said in (text.zh, text.en)):
                    raise bad_file(path, f"{key}: braces hold a name and nothing else, such as {{field}}")
            trigger = rule.params.get("trigger")
            if trigger is not None and not re.fullmatch(_SIGNS, str(trigger)):
                raise bad_file(path, f"params: trigger: {trigger!r} cannot stand in [ ] beside other signs")
            _explained(rule, path)


def _explained(rule: Rule, path: Path) -> Explanation | None:
    """Return a rule with its reasons, if its file has any: one's own rule may go without."""
    try:
        data = datafiles.parsed(path, 1)
        if data is None:
            return None
        reasons = _whole(path, data)
        return Explanation(
            rule,
            _texts(reasons, "why"),
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


def demands(folder: Path) -> Iterator[tuple[Rule, Path]]:
    """Yield the rules of a folder, each with its file."""
    if not folder.is_dir():
        raise RuleError(Texts(f"{folder}：沒有這個資料夾", f"{folder}: no such folder"))
    try:
        read = datafiles.read(folder, "*/*.yaml")
    except DataError as error:
        raise bad_file(error.path, error.reason) from error
    if not read:
        zh = f"{folder}：沒有規則檔；規則檔放在 <類別>/<名稱>.yaml，例如 title/house.yaml"
        raise RuleError(
            Texts(zh, f"{folder}: no rule file; they lie in <family>/<name>.yaml, such as title/house.yaml")
        )
    for file, demand in read.items():
        if not file.startswith("platforms/"):
            path = folder / file
            yield _rule(file.removesuffix(".yaml"), path, demand), path


def _whole(path: Path, data: Json) -> Mapping[str, Json]:
    if not isinstance(data, dict):
        raise bad_file(path, "a mapping is wanted, in two parts with --- between them")
    return data


def _rule(name: str, path: Path, demand: Json) -> Rule:
    data = _whole(path, demand)
    try:
        rule = Rule(
            id=name,
            severity=_severity(data["severity"]),
            check=str(data["check"]),
            given=tuple(map(str, _list(data.get("given")))),
            params=_params(data.get("params")),
            summary=_texts(data, "summary"),
            message=_texts(data, "message"),
            help=tuple(_helps(data.get("help"))),
            fix=str(data.get("fix", "none")),
            default=_switch(data.get("default", True)),
            platforms=tuple(map(str, _list(data.get("platforms")))),
            yields=tuple(map(str, _list(data.get("yields")))),
        )
    except KeyError as error:
        raise bad_file(path, f"{error.args[0]}: missing, or not one of its values") from error
    except (TypeError, ValueError) as error:
        raise bad_file(path, str(error)) from error
    if rule.check not in CHECKS and rule.check not in OUTSIDE:
        raise bad_file(path, f"check: {rule.check} is no check; {_nearest(rule.check, CHECKS)}")
    for field in rule.given:
        if field not in FIELDS:
            raise bad_file(path, f"given: {field} is no field; {_nearest(field, FIELDS)}")
    if strange := set(data) - _DEMAND:
        key = min(map(str, strange))
        raise bad_file(path, f"{key}: unknown key; {_nearest(key, _DEMAND)}")
    if rule.check in CHECKS and (wrong := set(rule.params) - set(_mapping(CHECKS[rule.check].PARAMS["properties"]))):
        raise bad_file(path, f"params: the check {rule.check} takes no {min(wrong)}")
    return rule


def _severity(value: Json) -> Severity:
    level = str(value).upper()
    if level not in Severity.__members__:
        raise ValueError(f"severity: {level} is none of {', '.join(Severity.__members__).lower()}")
    return Severity[level]


def _sources(value: Json) -> tuple[str, ...]:
    named = tuple(map(str, _list(value)))
    if not named:
        raise TypeError("source: it says nothing")
    return named


def _switch(value: Json) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"default: {value} is neither true nor false")
    return value


def _helps(value: Json) -> Iterator[Texts]:
    if value is not None and not isinstance(value, dict):
        raise TypeError("help: {zh-TW: […], en: […]} is wanted")
    if isinstance(value, dict):
        if not {"zh-TW", "en"} <= set(value):
            raise TypeError("help: {zh-TW: […], en: […]} is wanted")
        zh, en = _list(value["zh-TW"]), _list(value["en"])
        if len(zh) != len(en):
            raise TypeError(f"help: {len(zh)} in zh-TW, but {len(en)} in en")
        for one, other in zip(zh, en, strict=True):
            yield Texts(str(one), str(other))


def _texts(data: Mapping[str, Json], key: str) -> Texts:
    value = data[key]
    zh, en = (value.get("zh-TW"), value.get("en")) if isinstance(value, dict) else (None, None)
    if not isinstance(zh, str) or not isinstance(en, str) or not zh.strip() or not en.strip():
        raise TypeError(f"{key}: a text in both languages is wanted: {{zh-TW: …, en: …}}")
    return Texts(zh.strip(), en.strip())


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _params(value: Json) -> Mapping[str, Json]:
    if value is not None and not isinstance(value, dict):
        raise TypeError(f"params: {value} is no mapping")
    return _mapping(value)


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _examples(reasons: Mapping[str, Json], key: str) -> Iterator[Example]:
    for entry in map(_plain, _list(reasons.get(key)), repeat(key)):
        known = isinstance(entry, dict) and set(entry) <= set(Example._fields) and {"record", "text"} & set(entry)
        if isinstance(entry, dict) and known:
            for name in set(entry) & _TEXTS:
                if not isinstance(entry[name], (str, NoneType)):
                    raise TypeError(f"{key}: {name}: {entry[name]} is no text; in quotes it is one")
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


def _is_on(rule: Rule, chosen: Sequence[str], ignored: Sequence[str]) -> bool:
    on = max((len(s) for s in chosen if _matches(s, rule.id)), default=-1)
    off = max((len(s) for s in ignored if _matches(s, rule.id)), default=-1)
    if on < 0:
        return not chosen and rule.default and off < 0
    return on > off


def _matches(selector: str, name: str) -> bool:
    return selector.lower() == "all" or name == selector or name.startswith(selector.rstrip("/") + "/")


def _nearest(name: str, names: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, list(names), 1)
    return f"did you mean {near[0]}?" if near else f"there are: {', '.join(sorted(names))}"


def _unknown(name: str, rules: Sequence[Rule]) -> RuleError:
    import difflib

    ids = [rule.id for rule in rules]
    families = sorted({rule_id.split("/")[0] for rule_id in ids})
    ends = {rule_id.split("/")[1]: rule_id for rule_id in ids}
    near = difflib.get_close_matches(name, [*ids, *families], 3, 0.5)
    near += [ends[end] for end in difflib.get_close_matches(name.rsplit("/", maxsplit=1)[-1], list(ends), 2, 0.7)]
    shown = ", ".join(dict.fromkeys(near)) or ", ".join(families)
    return RuleError(
        Texts(f"沒有名為 {name} 的規則；最接近的是：{shown}", f"no rule is named {name}; the nearest: {shown}")
    )


def bad_file(path: Path, reason: str) -> RuleError:
    """Return the refusal of a rule file."""
    return RuleError(Texts(f"規則檔 {path} 無法使用：{reason}", f"{path}: this rule file cannot be used: {reason}"))
