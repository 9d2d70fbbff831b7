"""Rules of one's own, tried out before they are used: what is shipped is proved by its tests."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from metalint.checks import CHECKS
from metalint.checks.kinds import OfFile, OfSpelling, OfValue
from metalint.lexicon import Lexicon
from metalint.model import At, Rule
from metalint.reasons import explained
from metalint.ruleset import APART, bad_file, demands, nearest
from metalint.schemas import compile_schema

_MISPLACED = ("*.y*ml", "*/*.yml", "*/*/*.y*ml")  # near <family>/<name>.yaml, but read by nobody
_WORD = r"\{[a-z_]+\}"
# The triggers of all rules are put together in one class: no sign of one may mean something beside another.
_SIGNS = r"(?![\^-])(?:\\.|(?!--|&&|~~|\|\|)[^\\\[\]])+(?<!(?<!\\)-)"


def prove(folders: Sequence[Path], lexicon: Lexicon, platforms: Collection[str]) -> None:
    """Raise RuleError for a rule of the folders that cannot work, or that nobody would read.

    `platforms` are the names of those that there are.
    """
    for folder in folders:
        rules = list(demands(folder))
        for rule, path in rules:
            try:
                prove_rule(rule, lexicon)
            except re.error as error:
                raise bad_file(path, f"params: {error.pattern!r} is no pattern: {error}") from error
            except KeyError as error:
                raise bad_file(path, f"params: {error.args[0]} is missing, or not one of its values") from error
            except Exception as error:  # a file of anybody's may fail in any way
                raise bad_file(path, f"{error}") from error
            for name in rule.platforms:
                if name not in platforms:
                    raise bad_file(path, f"platforms: {name} is no platform; {nearest(name, platforms)}")
            explained(rule, path)
        for path in sorted(path for pattern in _MISPLACED for path in folder.glob(pattern)):
            inner = path.relative_to(folder).parts
            if path.is_file() and f"{inner[0]}/" not in APART and not any(part[0] == "." for part in inner):
                raise bad_file(path, "it would not be read: a rule lies in <family>/<name>.yaml")


def prove_rule(rule: Rule, lexicon: Lexicon) -> None:
    """Raise an exception of any kind for a rule that cannot work."""
    if rule.fix not in ("none", "safe", "unsafe", "shown"):
        raise ValueError(f"fix: {rule.fix} is none of none, safe, unsafe")
    for key, texts in (("summary", (rule.summary,)), ("message", (rule.message,)), ("help", rule.help)):
        if any(set("{}") & set(re.sub(_WORD, "", said)) for text in texts for said in (text.zh, text.en)):
            raise ValueError(f"{key}: braces hold a name and nothing else, such as {{field}}")
    trigger = rule.params.get("trigger")
    if trigger is not None and not re.fullmatch(_SIGNS, str(trigger)):
        raise ValueError(f"params: trigger: {trigger!r} cannot stand in [ ] beside other signs")
    if rule.check not in CHECKS:
        return
    check = CHECKS[rule.check]
    if not rule.given:
        raise ValueError("given: a field is wanted")
    prepared = check.prepare(rule.params, rule.given, lexicon)
    if isinstance(prepared, OfValue):
        re.compile(f"[{prepared.trigger or 'x'}]")
        list(prepared.judge("x"))  # patterns are made when they are first needed
        if "replace" in rule.params:
            re.sub(str(rule.params["refuse"]), str(rule.params["replace"]), "")
    elif isinstance(prepared, OfFile):
        prepared.keys(*[["x"] for _ in rule.given])
    elif isinstance(prepared, OfSpelling):
        prepared.means("x")
    else:
        list(prepared.judge({name: (At((name,), "x"),) for name in rule.given}, date(2000, 1, 1)))
    for error in compile_schema(dict(check.PARAMS))(dict(rule.params)):
        name = "/".join(map(str, error.pointer)) or rule.check
        raise ValueError(f"params: {name}: {error.keyword} ({', '.join(f'{k} {v}' for k, v in error.detail.items())})")
