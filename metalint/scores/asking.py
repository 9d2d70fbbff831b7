"""How an indicator is told: each kind of test made ready for one file, its values judged by themselves or together.

What is told is `True` (earned), `False` (missed) or `None`: it cannot be told of this value or record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from metalint import dates, frequency
from metalint.checks import CHECKS
from metalint.checks.kinds import Fields, OfRecord, OfValue
from metalint.lexicon import Lexicon
from metalint.model import Finding, Json, Rule
from metalint.scores.methods import Question
from metalint.vocabulary import Vocabulary, fold

Told: TypeAlias = "bool | None"
JudgeValue: TypeAlias = Callable[[Json], Told]
JudgeRecord: TypeAlias = Callable[[Fields], Told]
_REMEMBERED = 4096  # values whose verdict is kept: licences, formats, agencies come again and again
_LONGEST = 24  # signs of a placeholder


class Kit(NamedTuple):
    """What tests are made of: the words, the rules by name, the day."""

    lexicon: Lexicon
    rules: Mapping[str, Rule]
    today: date


class Asked(NamedTuple):
    """The rules that a test names, made ready: those of a value, by the fields they are about, those of a record."""

    values: tuple[tuple[tuple[str, ...], OfValue], ...]
    records: tuple[Callable[[Fields, date], Iterable[Finding]], ...]


def value_judge(question: Question, kit: Kit) -> JudgeValue:
    """Return what tells whether a value earns the points; a placeholder never does."""
    params = question.params
    name = params.get("vocabulary")
    terms = kit.lexicon.vocabulary(str(name)) if name is not None else None
    words = kit.lexicon.words(str(params["words"])) if "words" in params else frozenset()
    wanted, refused, untold = (listed(params, key) for key in ("facts", "not", "untold"))
    must = bool(wanted or words or params.get("known"))
    sound = _sound([prepared for _, prepared in rules_of(question, kit).values])
    filler = None if params.get("any") else kit.lexicon.vocabulary("placeholders")

    @lru_cache(_REMEMBERED)
    def told(text: str) -> Told:
        if filler is not None and is_filler(filler, text):
            return False
        if terms is not None:
            term = terms.find(text)
            facts = term.facts if term is not None else {"unknown": True}
            if any(facts.get(fact) for fact in refused):
                return False
            if any(facts.get(fact) for fact in untold):
                return None
            listed = term is not None and (not wanted or any(facts.get(fact) for fact in wanted))
            if must and not listed and text.strip().lower() not in words:
                return False
        return sound is None or sound(text)

    def judge(value: Json) -> Told:
        if isinstance(value, str):
            return told(value)
        named = _names(value) if sound is not None else ""
        return told(named or str(value)) if named or terms is not None else True

    return judge


def veto(question: Question, kit: Kit) -> JudgeRecord | None:
    """Return what tells that a record as a whole passes the rules that a test names; `None` where none is so."""
    records, today = rules_of(question, kit).records, kit.today
    return (lambda fields: not any(_finds(judge(fields, today)) for judge in records)) if records else None


def complete(question: Question, kit: Kit) -> JudgeRecord:
    """Return what tells that all of the fields are there, one of `each` in every distribution, and rules are kept."""
    each, filler = listed(question.params, "each"), kit.lexicon.vocabulary("placeholders")
    rules = rules_of(question, kit)
    of_field: dict[str, list[OfValue]] = {}
    for names, prepared in rules.values:
        for name in names:
            of_field.setdefault(name, []).append(prepared)
    sounds = [(name, sound) for name, some in of_field.items() if (sound := _sound(some)) is not None]

    def judge(fields: Fields) -> Told:
        for name in question.fields:
            if not any(_says(filler, at.value) for at in fields.get(name, ())):
                return False
        having = {at.pointer[:-1] for name in each for at in fields.get(name, ())}
        if any(part.pointer not in having for part in fields.get("distribution", ())):
            return False
        for name, sound in sounds:
            if not all(sound(at.value) for at in fields.get(name, ()) if isinstance(at.value, str)):
                return False
        return not any(_finds(record(fields, kit.today)) for record in rules.records)

    return judge


def fresh(question: Question, kit: Kit) -> JudgeRecord:
    """Return what tells that the latest change is no further back than the frequency promises.

    The frequency is the first field, dates are the others. Without a period or a date nothing can be told.
    """
    promised, changed = question.fields[0], question.fields[1:]
    periods, grace = float(str(question.params.get("periods", 2))), int(str(question.params.get("grace", 0)))

    def judge(fields: Fields) -> Told:
        said = fields.get(promised)
        period = frequency.period(str(said[0].value)) if said else None
        if period is None:
            return None
        days = [day for name in changed for at in fields.get(name, ()) if (day := dates.read(str(at.value)).day)]
        return (kit.today - max(days)).days <= period * periods + grace if days else None

    return judge


def useful(question: Question, kit: Kit) -> JudgeRecord:
    """Return what tells that a field has `least` different values or more that none of the rules finds fault with."""
    (name, *_), least = question.fields, int(str(question.params.get("least", 1)))
    rules, one = rules_of(question, kit), value_judge(question, kit)

    def judge(fields: Fields) -> Told:
        values = {
            fold(at.value): at.value for at in fields.get(name, ()) if isinstance(at.value, str) and one(at.value)
        }
        if len(values) < least:
            return False
        refused = {str(found.detail.get("value")) for record in rules.records for found in record(fields, kit.today)}
        return sum(value not in refused for value in values.values()) >= least

    return judge


def rules_of(question: Question, kit: Kit) -> Asked:
    """Return the rules that a test names, made ready. Raises ValueError for one that is none, or looks at files."""
    values, records = [], []
    for name in listed(question.params, "rules"):
        rule = kit.rules.get(name)
        if rule is None or rule.check not in CHECKS:
            raise ValueError(f"rules: {name} is no rule that a score can ask")
        prepared = CHECKS[rule.check].prepare(rule.params, rule.given, kit.lexicon)
        if isinstance(prepared, OfValue):
            values.append((rule.given, prepared))
        elif isinstance(prepared, OfRecord):
            records.append(prepared.judge)
        else:
            raise ValueError(f"rules: {name} looks at a whole file; a score is one record's")  # noqa: TRY004
    return Asked(tuple(values), tuple(records))


def listed(params: Mapping[str, Json], key: str) -> tuple[str, ...]:
    """Return a param that is a list of names; empty where it is not there."""
    value = params.get(key)
    return tuple(map(str, value)) if isinstance(value, list) else ()


def is_filler(filler: Vocabulary, text: str) -> bool:
    """Tell whether a text only fills its place: 無, N/A, signs alone."""
    return len(text) <= _LONGEST and filler.find(text) is not None


def _sound(rules: Sequence[OfValue]) -> Callable[[str], bool] | None:
    """Return what tells that no rule finds anything in a text, the innocent ones unasked; `None` for no rules."""
    groups: dict[str, list[OfValue]] = {}
    for rule in rules:
        groups.setdefault(rule.innocent or "(?!)", []).append(rule)
    ready = [
        (
            re.compile(innocent).match,
            [(re.compile(f"[{one.trigger}]" if one.trigger else "").search, one.judge) for one in some],
        )
        for innocent, some in groups.items()
    ]

    def sound(text: str) -> bool:
        for innocent, some in ready:
            if innocent(text):
                continue
            for may_find, judge in some:
                if may_find(text) and _finds(judge(text)):
                    return False
        return True

    return sound if rules else None


def _says(filler: Vocabulary, value: Json) -> bool:
    return not (isinstance(value, str) and is_filler(filler, value))


def _names(value: Json) -> str:
    """Return the names in a list of objects, such as columns, as one list in a text; of other values nothing."""
    items: Sequence[Json] = value if isinstance(value, list) else ()
    return "、".join(
        f"{item['name']}({item.get('description', '')})" for item in items if isinstance(item, dict) and "name" in item
    )


def _finds(found: Iterable[Finding]) -> bool:
    return next(iter(found), None) is not None
