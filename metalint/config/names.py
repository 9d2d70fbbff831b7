"""What a configuration names exists: rules, their params, platforms, encodings."""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Collection, Iterator, Sequence

from metalint.checks import CHECKS
from metalint.config import validity
from metalint.config.document import Document
from metalint.config.load import Config, Override
from metalint.config.validity import table, texts
from metalint.model import Json, Pointer, Rule
from metalint.ruleset import ALWAYS, matches, unknown

_LISTS = ("select", "ignore", "safe", "unsafe")  # of rules or families
_STRICT = "additionalProperties"


def prove(config: Config, rules: Sequence[Rule], platforms: Collection[str]) -> None:
    """Raise ConfigError for a name that nothing has, with the nearest ones, and for a param that a check refuses."""
    for said in config.said.values():
        _prove(said.document, said.pointer, said.value, rules, platforms)
    for override in config.overrides:
        for pointer, value in _of_override(override):
            _prove(override.document, pointer, value, rules, platforms)


def prove_rule(document: Document, pointer: Pointer, name: str, rules: Sequence[Rule], *, key: bool = False) -> None:
    """Raise ConfigError if no rule has a name and no family either, or if it is the one that is always on."""
    if not any(matches(name, rule.id) for rule in rules):
        refused = unknown(name, rules).texts
        raise document.error(pointer, refused.zh, refused.en, key=key)


def _of_override(override: Override) -> Iterator[tuple[Pointer, Json]]:
    listed = override.document.data["overrides"]
    data = table(listed[int(override.pointer[1])] if isinstance(listed, list) else None)
    for name, value in data.items():
        if name == "severity":
            yield from (((*override.pointer, name, rule), level) for rule, level in table(value).items())
        elif name == "options":
            for rule, params in table(value).items():
                if not table(params):
                    yield (*override.pointer, name, rule, ""), None
                yield from (((*override.pointer, name, rule, param), one) for param, one in table(params).items())
        else:
            yield (*override.pointer, name), value


def _prove(document: Document, pointer: Pointer, value: Json, rules: Sequence[Rule], names: Collection[str]) -> None:
    last = pointer[-1]
    if len(pointer) > 1 and pointer[-2] == "severity":
        prove_rule(document, pointer, str(last), rules, key=True)
        if last == ALWAYS:
            raise _always(document, pointer, key=True)
    elif len(pointer) > 1 and "options" in pointer[:-1]:
        _prove_param(document, pointer, value, rules)
    elif last in _LISTS:
        for number, name in enumerate(texts(value)):
            prove_rule(document, (*pointer, number), name, rules)
            if last == "ignore" and name == ALWAYS:
                raise _always(document, (*pointer, number))
    elif last == "platform" and value not in names:
        near = ", ".join(difflib.get_close_matches(str(value), names, 3)) or ", ".join(names)
        zh, en = f"沒有名為 {value} 的平臺；可用：{near}", f"no platform is named {value}; there is: {near}"
        raise document.error(pointer, zh, en)
    elif last == "encoding":
        try:
            b"a".decode(str(value))
            codecs.lookup(str(value))
        except (LookupError, UnicodeError) as error:
            zh, en = f"沒有這種編碼：{value}", f"no such encoding: {value}"
            raise document.error(pointer, zh, en) from error


def _prove_param(document: Document, pointer: Pointer, value: Json, rules: Sequence[Rule]) -> None:
    *above, name, param = pointer
    rule = next((rule for rule in rules if rule.id == name), None)
    if rule is None:
        refused = unknown(str(name), rules).texts
        raise document.error((*above, name), refused.zh, refused.en, key=True)
    if rule.check not in CHECKS:
        zh, en = f"規則 {name} 沒有參數", f"the rule {name} takes no params"
        raise document.error((*above, name), zh, en, key=True)
    if param:
        schema = {
            key: part for key, part in CHECKS[rule.check].PARAMS.items() if key in ("type", "properties", _STRICT)
        }
        validity.prove(document, schema, {str(param): value}, (*above, name))


def _always(document: Document, pointer: Pointer, *, key: bool = False) -> Exception:
    zh = f"讀不出來的紀錄（{ALWAYS}）沒有檢查，不能略過或降級"
    en = f"what could not be read ({ALWAYS}) was not checked: it can neither be held back nor made to weigh less"
    return document.error(pointer, zh, en, key=key)
