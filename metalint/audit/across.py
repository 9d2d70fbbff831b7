"""What is found across records as problems: the same sentences, places and severities as in a check of one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from metalint.audit.near import NEAR_DUPLICATE
from metalint.messages import Sayings
from metalint.model import Pointer, Problem, Rule


class Named(NamedTuple):
    """What is said of a record of a catalogue: its file, the line it begins on, its identifier, title and agency."""

    path: str
    line: int
    record: str
    title: str
    agency: str


def of_group(rule: Rule, members: Sequence[Named], sayings: Sayings) -> Iterator[Problem]:
    """Yield the problems of records that a rule finds together: near-duplicates each at its own, others at the first.

    A near-duplicate names the first of its group, the first of a series or a template the second.
    """
    first, second = members[0], members[1]
    found = [(member, first) for member in members[1:]] if rule.id == NEAR_DUPLICATE else [(first, second)]
    for member, other in found:
        detail = {"number": other.record, "name": other.title, "agency": other.agency, "count": len(members)}
        yield _problem(rule, member, ("title",), detail, sayings)


def of_reference(rule: Rule, member: Named, pointer: Pointer, reference: str, sayings: Sayings) -> Problem:
    """Return the problem of a reference that no record answers."""
    return _problem(rule, member, pointer, {"value": reference}, sayings)


def _problem(rule: Rule, member: Named, pointer: Pointer, detail: Mapping[str, object], sayings: Sayings) -> Problem:
    message, help_ = sayings.say(rule, detail, None)
    return Problem(
        path=member.path,
        line=member.line,
        column=1,
        rule=rule.id,
        end_line=member.line,
        end_column=1,
        severity=rule.severity,
        message=message,
        help=help_,
        record=member.record,
        title=member.title,
        pointer=pointer,
    )
