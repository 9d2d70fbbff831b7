"""Rules × records → problems: the only place where a finding becomes a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from metalint import fields as places
from metalint import frames
from metalint.checks import CHECKS
from metalint.checks.kinds import Fields, OfFile, OfRecord, OfValue
from metalint.formats import Format
from metalint.messages import Sayings
from metalint.model import (
    UNREAD,
    At,
    Fault,
    Finding,
    Fix,
    Json,
    Keep,
    Parsed,
    Pointer,
    Problem,
    Rule,
    Slice,
    Span,
)
from metalint.platforms import UNKNOWN, Platform
from metalint.ruleset import Lexicon
from metalint.schemas import SchemaError, compile_schema, unknown_keys
from metalint.secrets import masked

_NO_TEXT = re.compile("[\udc80-\udcff]+")  # what `surrogateescape` made of bytes that are no text
REMEMBERED = 20_000  # values a field; more are judged anew, so that memory does not grow with the catalogue


class Hit(NamedTuple):
    """A finding with its words said: what is the same for every record that has the same value."""

    rule: Rule
    finding: Finding
    message: str
    help: str


class Gathered(NamedTuple):
    """What a rule over the whole file needs of one record: the rule's number, its key, and the value's place."""

    rule: int
    key: str
    at: At


class Linted(NamedTuple):
    """One record's problems and what it adds to the rules over the whole file."""

    problems: list[Problem]
    gathered: list[Gathered]


@dataclass(frozen=True)
class Setting:
    """Everything that a plan depends on; small enough to be sent to another process."""

    rules: tuple[Rule, ...]
    platform: Platform
    format: str
    path: str
    lang: str
    header: tuple[str, ...] | None
    schema_engine: str
    today: date
    lexicon: Lexicon
    excerpts: bool = True
    undecodable: bool = False


class Plan:
    """The rules made ready for one file: what each field is asked, what the record, what the whole file."""

    def __init__(self, setting: Setting, format_: Format) -> None:
        self._setting = setting
        self._format = format_
        self._sayings = Sayings(setting.lang, setting.lexicon)
        self._read = places.reader(setting.platform.fields)
        self._by_id = {rule.id: rule for rule in setting.rules}
        self._values: dict[str, _Asked] = {}
        self._records: list[tuple[tuple[str, ...], Rule, Callable[[Fields, date], Iterable[Finding]]]] = []
        self._absences: list[tuple[Rule, OfRecord]] = []
        self._usual: frozenset[str] = (
            frozenset()
        )  # the fields that rules miss where they are not: a record that has them all is asked no more
        self.whole: list[tuple[Rule, OfFile]] = []
        for rule in setting.rules:
            if rule.check in CHECKS and self._concerns(rule):
                self._prepare(rule)
        schema = _without_missing(setting.platform.schema, setting.header)
        self._validate = compile_schema(schema, setting.schema_engine) if self._has_schema() else None
        self._known = setting.platform.known_keys if "schema/unknown-key" in self._by_id else frozenset()

    def lint(self, piece: Slice) -> Linted:
        """Return the problems of one record, sorted by place, and what it adds to the rules over the whole file."""
        parsed = self._format.parse(piece)
        if self._setting.undecodable:
            parsed = _decoded(piece, parsed)
        if parsed.value is UNREAD or not isinstance(parsed.value, dict):
            return Linted(self._unread(piece, parsed), [])
        raw = parsed.value
        fields = self._read(raw)
        said = self._schema(raw)
        found = self._found(fields, {error.pointer for error in said} if said else ())
        gathered = [
            Gathered(number, *keyed)
            for number, (_, whole) in enumerate(self.whole)
            if (keyed := whole.key(fields)) is not None
        ]
        if not (found or said or parsed.faults):
            return Linted([], gathered)
        return Linted(self._problems(piece, fields, parsed, said, found), gathered)

    def name(self, piece: Slice) -> tuple[str, str]:
        """Return a record's identifier (else its number) and its title."""
        parsed = self._format.parse(piece)
        return _names(piece, self._read(parsed.value) if isinstance(parsed.value, dict) else {})

    def whole_problem(self, piece: Slice, number: int, at: At, detail: Mapping[str, object]) -> Problem:
        """Return the problem that a rule over the whole file has with one record."""
        rule = self.whole[number][0]
        message, help_ = self._sayings.say(rule, detail, at.value, rule.given[0])
        identifier, title = self.name(piece)
        span = self._format.locate(piece, at.pointer)
        return self._problem(rule, piece, span, identifier, title, at.pointer, message, help_, None)

    def fault_problem(self, fault: Fault) -> Problem | None:
        """Return the problem of a stretch of the file that is no record."""
        rule = self._by_id.get(f"record/{fault.kind}")
        if rule is None:
            return None
        message, help_ = self._sayings.say(rule, fault.detail, None)
        return self._problem(rule, None, fault.span, "", "", fault.pointer, message, help_, None)

    def _has_schema(self) -> bool:
        return self._setting.platform.schema is not True and any(name.startswith("schema/") for name in self._by_id)

    def _concerns(self, rule: Rule) -> bool:
        """Tell whether a rule can say anything about this file: the platform is meant, and has the fields."""
        platform, header = self._setting.platform, self._setting.header
        if rule.platforms and platform.name not in rule.platforms and platform.name != UNKNOWN:
            return False
        if rule.check == "present":
            # No standard demands anything of a file that belongs to none; a column that a table
            # does not have was not exported: neither is a missing value.
            return platform.name != UNKNOWN and any(_exported(platform, name, header) for name in rule.given)
        return any(name in platform.fields for name in rule.given)

    def _prepare(self, rule: Rule) -> None:
        prepared = CHECKS[rule.check].prepare(rule.params, rule.given, self._setting.lexicon)
        if isinstance(prepared, OfRecord):
            if prepared.absence:
                self._absences.append((rule, prepared))
                self._usual |= set(prepared.absence)
            else:
                self._records.append((prepared.needs, rule, prepared.judge))
        elif isinstance(prepared, OfFile):
            self.whole.append((rule, prepared))
        else:
            for name in rule.given:
                self._values.setdefault(name, _Asked()).add(rule, prepared)

    def _schema(self, raw: dict[str, Json]) -> list[SchemaError]:
        errors = self._validate(raw) if self._validate is not None else []
        if self._known and not raw.keys() <= self._known:
            errors = errors + unknown_keys(self._known, raw, report=self._setting.platform.report_unknown)
        return errors

    def _found(self, fields: Fields, spoken: Container[Pointer]) -> list[tuple[At, Hit]]:
        """Return what the rules find, each with the value it is about; where the schema has spoken they are silent."""
        found: list[tuple[At, Hit]] = []
        values = self._values
        for name, ats in fields.items():
            asked = values.get(name)
            if asked is None:
                continue
            known = asked.known
            for at in ats:
                text = at[1]
                if text.__class__ is str:
                    hits = known.get(text)
                    if hits is None:
                        hits = asked.ask(text, name, self._say)
                    if hits:
                        found += [(at, hit) for hit in hits]
        keys, today = fields.keys(), self._setting.today
        for needs, rule, judge in self._records:
            if not keys.isdisjoint(needs):
                for finding in judge(fields, today):
                    found.append(self._placed(rule, finding, fields))
        if not self._usual <= keys:
            for rule, prepared in self._absences:
                if keys.isdisjoint(prepared.absence):
                    found += [self._placed(rule, finding, fields) for finding in prepared.judge(fields, today)]
        return _one_for_a_cause(found, spoken) if found else found

    def _placed(self, rule: Rule, finding: Finding, fields: Fields) -> tuple[At, Hit]:
        """Return a finding of a whole record with the place and value that it is about."""
        name = finding.field or rule.given[0]
        if name not in self._setting.platform.fields:
            name = next((other for other in rule.given if other in self._setting.platform.fields), name)
        pointer = finding.pointer if finding.pointer is not None else self._absent(name)
        value = next((at.value for at in fields.get(name, ()) if at.pointer == pointer), None)
        return At(pointer, value), self._say(rule, finding, name, value)

    def _say(self, rule: Rule, finding: Finding, name: str, value: Json) -> Hit:
        message, help_ = self._sayings.say(rule, finding.detail, value, name)
        return Hit(rule, finding, message, help_)

    def _absent(self, name: str) -> Pointer:
        """Return where a field that is not there would stand: the first of its places that the table has, if any."""
        options = self._setting.platform.fields.get(name, ())
        header = self._setting.header
        place = next((p for p in options if header and p.pattern[0] in header), options[0] if options else None)
        if place is None:
            return (name,)
        pattern = place.pattern
        return pattern[: pattern.index("*")] if "*" in pattern else pattern

    def _problems(
        self,
        piece: Slice,
        fields: Fields,
        parsed: Parsed,
        said: Sequence[SchemaError],
        found: Sequence[tuple[At, Hit]],
    ) -> list[Problem]:
        identifier, title = _names(piece, fields)
        problems = []
        locate = self._format.locate
        spans: dict[Pointer, Span] = {}
        for at, hit in found:
            span = spans.get(at.pointer)
            if span is None:
                span = spans[at.pointer] = locate(piece, at.pointer)
            fix = _fix(hit, at)
            problems.append(
                self._problem(hit.rule, piece, span, identifier, title, at.pointer, hit.message, hit.help, fix)
            )
        for error in said:
            rule = self._by_id.get(f"schema/{error.keyword}")
            if rule is not None:
                message, help_ = self._sayings.say(rule, error.detail, None, _last(error.pointer))
                span = locate(piece, error.pointer, key=error.key)
                problems.append(
                    self._problem(rule, piece, span, identifier, title, error.pointer, message, help_, None)
                )
        problems.extend(self._faults(piece, parsed, identifier, title))
        problems.sort(key=_place)
        return problems

    def _unread(self, piece: Slice, parsed: Parsed) -> list[Problem]:
        """Return the problems of a record that could not be read, or that is no object."""
        if parsed.value is UNREAD:
            return sorted(self._faults(piece, parsed, str(piece.number), ""), key=_place)
        fault = Fault("unreadable", {"reason": "not-an-object"}, self._format.locate(piece, ()))
        return sorted(self._faults(piece, Parsed(UNREAD, (fault,)), str(piece.number), ""), key=_place)

    def _faults(self, piece: Slice, parsed: Parsed, identifier: str, title: str) -> Iterator[Problem]:
        for fault in parsed.faults:
            rule = self._by_id.get(f"record/{fault.kind}")
            if rule is not None:
                message, help_ = self._sayings.say(rule, fault.detail, None)
                yield self._problem(rule, piece, fault.span, identifier, title, fault.pointer, message, help_, None)

    def _problem(
        self,
        rule: Rule,
        piece: Slice | None,
        span: Span,
        identifier: str,
        title: str,
        pointer: Pointer,
        message: str,
        help_: str,
        fix: Fix | None,
    ) -> Problem:
        setting = self._setting
        return Problem(
            setting.path,
            span.line,
            span.column,
            rule.id,
            span.end_line,
            span.end_column,
            setting.platform.severity.get(rule.id, rule.severity),
            message,
            help_,
            identifier,
            title,
            pointer,
            fix,
            frames.excerpt(piece.text, span) if setting.excerpts and piece is not None else None,
        )


class _Asked:
    """What one field's values are asked; most values repeat, so what was found of one is remembered."""

    def __init__(self) -> None:
        self._always: list[tuple[Rule, OfValue]] = []
        self._gated: list[tuple[Rule, OfValue]] = []
        self._doubted: dict[str, tuple[re.Pattern[str], list[tuple[Rule, OfValue]]]] = {}
        self._gate: re.Pattern[str] | None = None
        self.known: dict[Json, tuple[Hit, ...]] = {}

    def add(self, rule: Rule, prepared: OfValue) -> None:
        if prepared.innocent is not None:
            pattern = re.compile(prepared.innocent)
            self._doubted.setdefault(prepared.innocent, (pattern, []))[1].append((rule, prepared))
        elif prepared.trigger is None:
            self._always.append((rule, prepared))
        else:
            self._gated.append((rule, prepared))
            self._gate = re.compile(f"[{''.join(dict.fromkeys(p.trigger or '' for _, p in self._gated))}]")

    def ask(self, text: str, name: str, say: Callable[[Rule, Finding, str, Json], Hit]) -> tuple[Hit, ...]:
        rules = self._always
        if self._gate is not None and self._gate.search(text):
            rules = rules + self._gated
        for innocent, doubted in self._doubted.values():
            if innocent.match(text) is None:
                rules = rules + doubted
        hits = tuple([say(rule, finding, name, text) for rule, prepared in rules for finding in prepared.judge(text)])
        if len(self.known) >= REMEMBERED:
            self.known.clear()
        self.known[text] = hits
        return hits


def _one_for_a_cause(found: list[tuple[At, Hit]], spoken: Container[Pointer]) -> list[tuple[At, Hit]]:
    """Return what is found without what the schema, or a rule that says the same better, has said of the same value."""
    said = {(at.pointer, hit.rule.id) for at, hit in found}
    # The pieces of a joined cell stand at one place: the same fault of several of them is said once.
    once = {(at.pointer, hit.rule.id, hit.message): (at, hit) for at, hit in reversed(found)}
    return [
        (at, hit)
        for at, hit in reversed(once.values())
        if at.pointer not in spoken and not any((at.pointer, better) in said for better in hit.rule.yields)
    ]


def _decoded(piece: Slice, parsed: Parsed) -> Parsed:
    """Return a record as unread if bytes in it are no text; the first of them is named."""
    match = _NO_TEXT.search(piece.text)
    if match is None:
        return parsed
    lines = re.split(r"\r\n|\r|\n", piece.text[: match.start()])
    line = piece.line + len(lines) - 1
    column = len(lines[-1]) + (piece.column if len(lines) == 1 else 1)
    size = match.end() - match.start()
    span = Span(match.start(), match.end(), line, column, line, column + size)
    shown = " ".join(f"{ord(sign) - 0xDC00:02X}" for sign in match.group()[:4])
    return Parsed(UNREAD, (Fault("unreadable", {"reason": "undecodable", "found": shown}, span),))


def _place(problem: Problem) -> tuple[int, int, str, str]:
    return problem.line, problem.column, problem.rule, problem.message


def _last(pointer: Pointer) -> str:
    return next((str(step) for step in reversed(pointer) if isinstance(step, str)), "")


def _names(piece: Slice, fields: Fields) -> tuple[str, str]:
    identifier, title = fields.get("identifier"), fields.get("title")
    return str(identifier[0].value if identifier else piece.number), str(title[0].value if title else "")


def _fix(hit: Hit, at: At) -> Fix | None:
    """Return the replacement of a whole value: of a piece of a joined cell, the cell with that piece replaced."""
    value = hit.finding.replacement
    if hit.rule.fix == "none" or isinstance(value, Keep) or at.part is not None:
        return None
    if isinstance(value, str) and masked(value) != value:
        return None  # a report that carries the fix would carry the secret
    return Fix(at.pointer, value, hit.rule.fix == "safe")


def _exported(platform: Platform, name: str, header: Sequence[str] | None) -> bool:
    options = platform.fields.get(name, ())
    return any(header is None or place.pattern[0] in header for place in options)


def _without_missing(schema: Json, header: Sequence[str] | None) -> Json:
    """Return the schema of a table's rows: a column that the table does not have is asked of none of them."""
    if header is None or not isinstance(schema, dict):
        return schema
    required = schema.get("required")
    kept: list[Json] = [name for name in required if name in header] if isinstance(required, list) else []
    return {**schema, "required": kept}
