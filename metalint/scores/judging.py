"""Fields → standings: what each method makes of a record. Made ready once for a file, asked of each of its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from metalint import ruleset
from metalint.checks.kinds import Fields
from metalint.lexicon import Lexicon
from metalint.model import Pointer, Rule
from metalint.platforms import UNKNOWN, Platform, exported
from metalint.scores import asking, found
from metalint.scores.asking import JudgeRecord, JudgeValue, Kit, Told
from metalint.scores.kinds import Method, Standing
from metalint.scores.methods import Question, Scheme, schemes
from metalint.shipped import shipped

PART = "distribution."


class _Whole(NamedTuple):
    """An indicator of the record as a whole: its number, its points, what tells it."""

    number: int
    points: float
    told: JudgeRecord


class _Part(NamedTuple):
    """An indicator of each distribution: its number, its points, its fields, what tells one of their values.

    `filled`: the platform fills it in itself; where none of a record's distributions has it, nothing can be told.
    """

    number: int
    points: float
    names: tuple[str, ...]
    told: JudgeValue
    filled: bool


def judge(
    methods: Sequence[Method], platform: Platform, header: Sequence[str] | None, lexicon: Lexicon, today: date
) -> Callable[[Fields], tuple[Standing, ...]]:
    """Return what gives a record's standings, one a method, from its fields.

    `header` names the columns of a table, `None` where the file is none. Raises RuleError, ValueError and what a
    vocabulary raises for data that cannot be used.
    """
    kit = Kit(lexicon, _rules(), today)
    plans = [_plan(schemes()[method.id], platform, header, kit) for method in methods]
    return lambda fields: tuple([plan(fields) for plan in plans])


@cache
def _rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in ruleset.load([shipped("rules")])}


def _plan(scheme: Scheme, platform: Platform, header: Sequence[str] | None, kit: Kit) -> Callable[[Fields], Standing]:
    """Return what gives a record's standing by one method."""
    wholes: list[_Whole] = []
    parts: list[_Part] = []
    never: list[int] = []
    in_objects = "distribution" in platform.fields
    for number, (indicator, question) in enumerate(zip(scheme.method.indicators, scheme.tests, strict=True)):
        here, filled = _here(question, scheme, platform, header), platform.name in question.filled_by
        if here is None:
            never.append(number)
        elif all(name.startswith(PART) for name in here.fields):
            parts.append(_Part(number, indicator.points, here.fields, asking.value_judge(here, kit), filled))
        else:
            told = _record_judge(here, kit)
            wholes.append(_Whole(number, indicator.points, _if_there(told, here.fields) if filled else told))
    of_parts = _best if scheme.several == "best" else _all
    total = sum(one.points for one in wholes) + sum(one.points for one in parts) + 0.0
    unevaluated = tuple(never)

    def standing(fields: Fields) -> Standing:
        earned, possible = 0.0, total
        missed: list[int] = []
        unasked: list[int] = []
        for number, points, told in wholes:
            said = told(fields)
            if said:
                earned += points
            elif said is None:
                possible -= points
                unasked.append(number)
            else:
                missed.append(number)
        for part, outcome in of_parts(parts, fields, in_objects) if parts else ():
            said = None if part.filled and fields.keys().isdisjoint(part.names) else outcome
            if said:
                earned += part.points
            elif said is None:
                possible -= part.points
                unasked.append(part.number)
            else:
                missed.append(part.number)
        return Standing(earned, possible, tuple(sorted(missed)), _together(unevaluated, unasked))

    return standing


def _here(question: Question, scheme: Scheme, platform: Platform, header: Sequence[str] | None) -> Question | None:
    """Return a test with those of its fields that the file can have; `None` where it cannot be evaluated at all.

    What belongs to no platform may call anything by any name: of it nothing can be said to be missing.
    """
    platforms = [names for names in (scheme.platforms, question.platforms) if names]
    if question.kind == "online" or platform.name == UNKNOWN or any(platform.name not in names for names in platforms):
        return None
    fields = tuple(name for name in question.fields if exported(platform, name, header))
    if not fields or not all(exported(platform, name, header) for name in question.needs):
        return None
    if question.kind == "complete" and fields != question.fields:
        return None
    if question.kind == "fresh" and (fields[0] != question.fields[0] or len(fields) == 1):
        return None
    return question._replace(fields=fields)


def _record_judge(question: Question, kit: Kit) -> JudgeRecord:
    if question.kind == "found":
        return found.judge(question)
    makers = {"complete": asking.complete, "fresh": asking.fresh, "useful": asking.useful}
    return makers[question.kind](question, kit) if question.kind in makers else _of_values(question, kit)


def _if_there(told: JudgeRecord, names: tuple[str, ...]) -> JudgeRecord:
    """Return what tells the same, but nothing of a record that has none of some fields."""
    return lambda fields: None if fields.keys().isdisjoint(names) else told(fields)


def _of_values(question: Question, kit: Kit) -> JudgeRecord:
    """Return what tells that some value of a record earns the points, and no rule stands against it."""
    names, told, passes = question.fields, asking.value_judge(question, kit), asking.veto(question, kit)

    def judge(fields: Fields) -> Told:
        best: Told = False
        for name in names:
            for at in fields.get(name, ()):
                said = told(at.value)
                if said:
                    return passes is None or passes(fields)
                if said is None:
                    best = None
        return best

    return judge


def _best(parts: Sequence[_Part], fields: Fields, in_objects: bool) -> Iterator[tuple[_Part, Told]]:
    """Yield what is told of the distribution with most points, the first of several; without one all is missed."""
    said: dict[Pointer, list[Told]] = {}
    points: dict[Pointer, float] = {}
    for number, (_, worth, names, told, _) in enumerate(parts):
        for name in names:
            for at in fields.get(name, ()):
                where = at.pointer[:-1] if in_objects else ()
                row = said.get(where)
                if row is None:
                    row = said[where] = [False] * len(parts)
                    points[where] = 0.0
                if row[number]:
                    continue
                here = told(at.value)
                if here:
                    row[number] = True
                    points[where] += worth
                elif here is None:
                    row[number] = None
    if not said:
        return ((part, False) for part in parts)
    best = min(points, key=lambda where: (-points[where], where))
    return zip(parts, said[best], strict=True)


def _all(parts: Sequence[_Part], fields: Fields, in_objects: bool) -> Iterator[tuple[_Part, Told]]:
    """Yield what is told of all distributions together: one that fails is enough, else one that cannot be told."""
    wheres = [part.pointer for part in fields.get("distribution", ())] if in_objects else None
    for part in parts:
        if wheres is None:
            yield part, _better([_worst([part.told(at.value) for at in fields.get(name, ())]) for name in part.names])
            continue
        said: dict[Pointer, list[Told]] = {}
        for name in part.names:
            for at in fields.get(name, ()):
                said.setdefault(at.pointer[:-1], []).append(part.told(at.value))
        yield part, _worst([_better(said.get(where, [])) for where in wheres])


def _worst(told: Sequence[Told]) -> Told:
    return False if not told or False in told else None if None in told else True


def _better(told: Sequence[Told]) -> Told:
    return True if True in told else None if None in told else False


def _together(never: tuple[int, ...], now: list[int]) -> tuple[int, ...]:
    return tuple(sorted((*never, *now))) if now else never
