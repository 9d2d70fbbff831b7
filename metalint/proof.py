"""Rules of one's own, tried out before they are used: what is shipped is proved by its tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from metalint.checks import CHECKS
from metalint.checks.kinds import OfFile, OfValue
from metalint.lexicon import Lexicon
from metalint.model import At, Rule
from metalint.ruleset import RuleError, bad_file, demands
from metalint.schemas import compile_schema

_BRACES = r"\{(?![a-z_]+\})[^}]*\}?|(?<!\w)\}"


def prove(folders: Sequence[Path], lexicon: Lexicon) -> None:
    """Raise RuleError for a rule of the folders that cannot work."""
    for rule, path in (demand for folder in folders for demand in demands(folder)):
        try:
            _prove(rule, lexicon)
        except RuleError:
            raise
        except re.error as error:
            raise bad_file(path, f"params: {error.pattern!r} is no pattern: {error}") from error
        except KeyError as error:
            raise bad_file(path, f"params: {error.args[0]} is missing, or not one of its values") from error
        except Exception as error:  # a file of anybody's may fail in any way
            raise bad_file(path, f"{error}") from error


def _prove(rule: Rule, lexicon: Lexicon) -> None:
    if rule.fix not in ("none", "safe", "unsafe"):
        raise ValueError(f"fix: {rule.fix} is none of none, safe, unsafe")
    for text in (rule.message, rule.summary, *rule.help):
        for said in (text.zh, text.en):
            if (odd := re.search(_BRACES, said)) is not None:
                raise ValueError(f"{odd.group()!r}: a word in braces is a name, such as {{field}}")
    if rule.check not in CHECKS:
        return
    check = CHECKS[rule.check]
    if not rule.given:
        raise ValueError("given: a field is wanted")
    prepared = check.prepare(rule.params, rule.given, lexicon)
    if isinstance(prepared, OfValue):
        trigger = prepared.trigger
        if trigger is not None and (not trigger or trigger[0] == "^" or trigger[-1] == "-"):
            raise ValueError(f"params: trigger: {trigger!r} is no list of signs")
        re.compile(f"[{trigger or 'x'}]")
        list(prepared.judge("x"))  # patterns are made when they are first needed
        if "replace" in rule.params:
            re.sub(str(rule.params["refuse"]), str(rule.params["replace"]), "")
    elif isinstance(prepared, OfFile):
        prepared.keys(*[["x"] for _ in rule.given])
    else:
        list(prepared.judge({name: (At((name,), "x"),) for name in rule.given}, date(2000, 1, 1)))
    for error in compile_schema(dict(check.PARAMS))(dict(rule.params)):
        name = "/".join(map(str, error.pointer)) or rule.check
        raise ValueError(f"params: {name}: {error.keyword} ({', '.join(f'{k} {v}' for k, v in error.detail.items())})")
