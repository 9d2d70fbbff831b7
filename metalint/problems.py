"""Findings of one file to its problems: the only place where one becomes the other."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from metalint import frames
from metalint.asked import Hit
from metalint.formats import Format
from metalint.messages import Sayings
from metalint.model import (
    UNREAD,
    At,
    Extras,
    Fault,
    Finding,
    Fix,
    Json,
    Parsed,
    Pointer,
    Problem,
    Rule,
    Severity,
    Slice,
    Span,
    Unread,
)
from metalint.schemas import SchemaError
from metalint.secrets import masked

if TYPE_CHECKING:
    from metalint.rewriting import Editor


class Problems:
    """Says what is found, finds its place, and puts both together."""

    def __init__(
        self,
        path: str,
        rules: Sequence[Rule],
        severity: Mapping[str, Severity],
        sayings: Sayings,
        format_: Format,
        extras: Extras,
        editor: Editor | None = None,
    ) -> None:
        """`severity` is what the file's platform says, by the rule's name, where it differs from the rule's own.

        `editor` tells what a fix does to the file, where that is asked.
        """
        self._path = path
        self._by_id = {rule.id: rule for rule in rules}
        self._severity = severity
        self._sayings = sayings
        self._format = format_
        self._extras = extras
        self._editor = editor
        self._identities: ModuleType | None = None
        if extras.digests:
            from metalint import identity

            self._identities = identity

    def say(self, rule: Rule, finding: Finding, name: str, value: Json) -> Hit:
        """Return a finding about the value of a field, with its words."""
        message, help_ = self._sayings.say(rule, finding.detail, value, name)
        return Hit(rule, finding, message, help_)

    def of_fault(self, fault: Fault, piece: Slice | None = None) -> Problem | None:
        """Return the problem of a stretch of the file that is no record; `None` where its rule is off.

        `piece` is what the line is shown from. A `kind` with a family is the rule's own name.
        """
        return next(self._of_faults(piece, [fault], "", ""), None)

    def of_group(
        self, piece: Slice, names: tuple[str, str], rule: Rule, at: At, detail: Mapping[str, object]
    ) -> Problem:
        """Return the problem that a rule over the whole file has with one record."""
        message, help_ = self._sayings.say(rule, detail, at.value, rule.given[0])
        span = self._format.locate(piece, at.pointer)
        return self._problem(rule, piece, span, names, at.pointer, message, help_, raw=at.value, depth=len(at.pointer))

    def of_unread(self, piece: Slice, parsed: Parsed) -> list[Problem]:
        """Return the problems of a record that could not be read, or that is no object."""
        faults: Sequence[Fault] = parsed.faults
        if parsed.value is not UNREAD:
            faults = (Fault("unreadable", {"reason": "not-an-object"}, self._format.locate(piece, ())),)
        return sorted(self._of_faults(piece, faults, str(piece.number), ""), key=_place)

    def of_record(
        self,
        piece: Slice,
        names: tuple[str, str],
        parsed: Parsed,
        said: Sequence[SchemaError],
        found: Sequence[tuple[At, Hit]],
    ) -> list[Problem]:
        """Return what the rules, the schema and the reader found in one record, sorted by place."""
        locate = self._format.locate
        problems = list(self._of_faults(piece, parsed.faults, *names))
        spans: dict[Pointer, Span] = {}
        for at, hit in found:
            span = spans.get(at.pointer)
            if span is None:
                span = spans[at.pointer] = locate(piece, at.pointer)
            problems.append(
                self._problem(
                    hit.rule, piece, span, names, at.pointer, hit.message, hit.help, _fix(hit, at), parsed.value
                )
            )
        for error in said:
            rule = self._by_id.get(f"schema/{error.keyword}")
            if rule is not None:
                message, help_ = self._sayings.say(rule, error.detail, None, _last(error.pointer))
                span = locate(piece, error.pointer, key=error.key)
                pointer, raw = error.pointer, parsed.value
                problems.append(self._problem(rule, piece, span, names, pointer, message, help_, raw=raw))
        problems.sort(key=_place)
        return problems

    def _of_faults(
        self, piece: Slice | None, faults: Sequence[Fault], identifier: str, title: str
    ) -> Iterator[Problem]:
        for fault in faults:
            rule = self._by_id.get(fault.kind if "/" in fault.kind else f"record/{fault.kind}")
            if rule is not None:
                message, help_ = self._sayings.say(rule, fault.detail, None)
                raw = self._identities.of_detail(fault.detail) if self._identities else None
                place, names = fault.pointer, (identifier, title)
                yield self._problem(rule, piece, fault.span, names, place, message, help_, None, raw, len(place))

    def _problem(
        self,
        rule: Rule,
        piece: Slice | None,
        span: Span,
        names: tuple[str, str],
        pointer: Pointer,
        message: str,
        help_: str,
        fix: Fix | None = None,
        raw: Json | Unread = None,
        depth: int = 0,
    ) -> Problem:
        """Return a problem; `raw` is the value that the first `depth` steps of the pointer lead to."""
        return Problem(
            self._path,
            span.line,
            span.column,
            rule.id,
            span.end_line,
            span.end_column,
            self._severity.get(rule.id, rule.severity),
            message,
            help_,
            *names,
            pointer,
            fix,
            frames.excerpt(piece.text, span) if self._extras.excerpts and piece is not None else None,
            edits=self._editor.edits(piece, fix, raw) if self._editor is not None and fix and piece else (),
            digest=self._digest(piece, names, rule.id, pointer, raw, depth) if self._identities else "",
        )

    def _digest(
        self, piece: Slice | None, names: tuple[str, str], rule: str, pointer: Pointer, raw: Json | Unread, depth: int
    ) -> str:
        """Return a problem's identity. A record that is named by its number alone goes by its title: numbers change."""
        record, title = names
        numbered = piece is not None and record == str(piece.number)
        assert self._identities is not None
        name = f"\1{title}" if numbered and title else record
        return str(self._identities.identity(name, rule, pointer, raw, depth))


def one_for_a_cause(found: list[tuple[At, Hit]], spoken: Container[Pointer]) -> list[tuple[At, Hit]]:
    """Return what is found without what the schema, or a rule that says the same better, has said of the same value."""
    said = {(at.pointer, hit.rule.id) for at, hit in found}
    # The pieces of a joined cell stand at one place: the same fault of several of them is said once.
    once = {(at.pointer, hit.rule.id, hit.message): (at, hit) for at, hit in reversed(found)}
    return [
        (at, hit)
        for at, hit in reversed(once.values())
        if at.pointer not in spoken and not any((at.pointer, better) in said for better in hit.rule.yields)
    ]


def _place(problem: Problem) -> tuple[int, int, str, str]:
    return problem.line, problem.column, problem.rule, problem.message


def _last(pointer: Pointer) -> str:
    return next((str(step) for step in reversed(pointer) if isinstance(step, str)), "")


def _fix(hit: Hit, at: At) -> Fix | None:
    """Return what would mend a problem; nothing that carries a secret: a report that carries the fix would too."""
    values = hit.finding.instead
    if hit.rule.fix == "none" or values is None or (at.part is not None and len(values) != 1):
        return None
    if any(isinstance(value, str) and masked(value) != value for value in values):
        return None
    safe = hit.rule.fix == "safe" and not hit.finding.look
    return Fix(at.pointer, values, safe, at.part, hit.rule.fix == "shown")
