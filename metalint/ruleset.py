"""Rule files to rules: reads a folder, refuses a bad file with its name, its place and the reason, and selects.

A rule file has two parts with `---` between them: the demand, which every run reads, and its reasons (why, source,
good and bad examples), which `metalint.reasons` reads for `explain`, frames and the tests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from metalint import datafiles
from metalint.checks import CHECKS
from metalint.datafiles import DataError
from metalint.fields import FIELDS
from metalint.model import Json, Rule, Severity, Texts

# Checks that are no module of `metalint.checks`: the readers, the platform's schema, what is held back, catalogues.
OUTSIDE = ("reader", "schema", "suppression", "catalogue")
APART = ("platforms/", "scores/")  # folders of `rules/` whose files are no rules
ALWAYS = "record/unreadable"  # what could not be read was not checked: no selection silences that
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
        if not any(matches(selector, rule.id) for rule in rules):
            raise unknown(selector, rules)
    return tuple(rule for rule in rules if rule.id == ALWAYS or _is_on(rule, chosen, ignored))


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
        if not file.startswith(APART):
            path = folder / file
            yield _rule(file.removesuffix(".yaml"), path, demand), path


def mapped(path: Path, data: Json) -> Mapping[str, Json]:
    """Return a part of a rule file. Raises RuleError if it is no mapping."""
    if not isinstance(data, dict):
        raise bad_file(path, "a mapping is wanted, in two parts with --- between them")
    return data


def _rule(name: str, path: Path, demand: Json) -> Rule:
    data = mapped(path, demand)
    try:
        rule = Rule(
            id=name,
            severity=_severity(data["severity"]),
            check=str(data["check"]),
            given=tuple(map(str, listed(data.get("given")))),
            params=_params(data.get("params")),
            summary=texts(data, "summary"),
            message=texts(data, "message"),
            help=tuple(_helps(data.get("help"))),
            fix=str(data.get("fix", "none")),
            default=_switch(data.get("default", True)),
            platforms=tuple(map(str, listed(data.get("platforms")))),
            yields=tuple(map(str, listed(data.get("yields")))),
        )
    except KeyError as error:
        raise bad_file(path, f"{error.args[0]}: missing, or not one of its values") from error
    except (TypeError, ValueError) as error:
        raise bad_file(path, str(error)) from error
    if rule.check not in CHECKS and rule.check not in OUTSIDE:
        raise bad_file(path, f"check: {rule.check} is no check; {nearest(rule.check, CHECKS)}")
    for field in rule.given:
        if field not in FIELDS:
            raise bad_file(path, f"given: {field} is no field; {nearest(field, FIELDS)}")
    if strange := set(data) - _DEMAND:
        key = min(map(str, strange))
        raise bad_file(path, f"{key}: unknown key; {nearest(key, _DEMAND)}")
    if rule.check in CHECKS and (wrong := set(rule.params) - set(_mapping(CHECKS[rule.check].PARAMS["properties"]))):
        raise bad_file(path, f"params: the check {rule.check} takes no {min(wrong)}")
    return rule


def _severity(value: Json) -> Severity:
    level = str(value).upper()
    if level not in Severity.__members__:
        raise ValueError(f"severity: {level} is none of {', '.join(Severity.__members__).lower()}")
    return Severity[level]


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
        zh, en = listed(value["zh-TW"]), listed(value["en"])
        if len(zh) != len(en):
            raise TypeError(f"help: {len(zh)} in zh-TW, but {len(en)} in en")
        for one, other in zip(zh, en, strict=True):
            yield Texts(str(one), str(other))


def texts(data: Mapping[str, Json], key: str) -> Texts:
    """Return what a key says in both languages. Raises TypeError if it does not."""
    value = data[key]
    zh, en = (value.get("zh-TW"), value.get("en")) if isinstance(value, dict) else (None, None)
    if not isinstance(zh, str) or not isinstance(en, str) or not zh.strip() or not en.strip():
        raise TypeError(f"{key}: a text in both languages is wanted: {{zh-TW: …, en: …}}")
    return Texts(zh.strip(), en.strip())


def listed(value: Json) -> list[Json]:
    """Return a list, or one value as a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _params(value: Json) -> Mapping[str, Json]:
    if value is not None and not isinstance(value, dict):
        raise TypeError(f"params: {value} is no mapping")
    return _mapping(value)


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _is_on(rule: Rule, chosen: Sequence[str], ignored: Sequence[str]) -> bool:
    on = max((len(s) for s in chosen if matches(s, rule.id)), default=-1)
    off = max((len(s) for s in ignored if matches(s, rule.id)), default=-1)
    if on < 0:
        return not chosen and rule.default and off < 0
    return on > off


def matches(selector: str, name: str) -> bool:
    """Tell whether a selector means a rule."""
    return selector.lower() == "all" or name == selector or name.startswith(selector.rstrip("/") + "/")


def weight(severity: Mapping[str, Severity], rule: str) -> Severity | None:
    """Return how much a rule weighs by a table of rules and families: the longest name that fits counts."""
    fitting = [name for name in severity if matches(name, rule)]
    return severity[max(fitting, key=len)] if fitting else None


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the end of a refusal: the name that was probably meant, or all that there are."""
    import difflib

    near = difflib.get_close_matches(name, list(names), 1)
    return f"did you mean {near[0]}?" if near else f"there are: {', '.join(sorted(names))}"


def unknown(name: str, rules: Sequence[Rule]) -> RuleError:
    """Return the refusal of a name that no rule has, with the nearest ones."""
    shown = ", ".join(nearest_rules(name, [rule.id for rule in rules]))
    return RuleError(
        Texts(f"沒有名為 {name} 的規則；最接近的是：{shown}", f"no rule is named {name}; the nearest: {shown}")
    )


def nearest_rules(name: str, ids: Collection[str]) -> list[str]:
    """Return the rules and families that were probably meant; where none was, all families."""
    import difflib

    families = sorted({rule_id.split("/")[0] for rule_id in ids})
    ends = {rule_id.split("/")[1]: rule_id for rule_id in sorted(ids)}
    near = difflib.get_close_matches(name, [*sorted(ids), *families], 3, 0.5)
    near += [ends[end] for end in difflib.get_close_matches(name.rsplit("/", maxsplit=1)[-1], list(ends), 2, 0.7)]
    return list(dict.fromkeys(near)) or families


def bad_file(path: Path, reason: str) -> RuleError:
    """Return the refusal of a rule file."""
    return RuleError(Texts(f"規則檔 {path} 無法使用：{reason}", f"{path}: this rule file cannot be used: {reason}"))
