"""Rules × records → problems: which records are looked at closely, what each is asked, and what comes of it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from metalint import fields as places
from metalint import undecodable
from metalint.asked import Asked, Hit
from metalint.checks import CHECKS
from metalint.checks.kinds import Fields, OfFile, OfRecord, OfSpelling
from metalint.facts import Commoner, spelling
from metalint.formats import Format
from metalint.lexicon import Lexicon
from metalint.messages import Sayings
from metalint.model import (
    At,
    Extras,
    Fault,
    Finding,
    Json,
    Parsed,
    Problem,
    Rule,
    Severity,
    Slice,
    Unread,
)
from metalint.platforms import UNKNOWN, Platform, exported
from metalint.problems import Problems, one_for_a_cause
from metalint.schemas import SchemaError, compile_schema, unknown_keys, without_missing
from metalint.sieve import Doubt, Sieve, Sifted

TOO_LONG, CONTROL = "max-length", "text/control-character"


class Linted(NamedTuple):
    """What comes of some pieces of a file: their characters, how many are records, and the problems, in order.

    `owners` tells of each problem in which piece it stands, from 0.
    `keys` are the records' keys for each rule over the whole file, one a record, `None` for none; `spellings` are how
    often each spelling stands in them, for each rule that counts some.
    """

    size: int
    records: int
    problems: list[Problem]
    keys: list[list[str | None]]
    spellings: list[Counter[str]]
    owners: list[int]


class Keyed(NamedTuple):
    """A record's names, and its keys for the rules over the whole file: by the rule's number, with what it is about."""

    record: str
    title: str
    keys: dict[int, tuple[str, At]]


class Setting(NamedTuple):
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
    extras: Extras = Extras()
    undecodable: bool = False
    severity: Mapping[str, Severity] = {}


class Plan:
    """The rules made ready for one file: what each field is asked, what the record, what the whole file."""

    def __init__(self, setting: Setting, format_: Format) -> None:
        self._setting = setting
        self._format = format_
        self._parsed = undecodable.parser(format_) if setting.undecodable else format_.parse
        sayings, severity = Sayings(setting.lang, setting.lexicon), {**setting.platform.severity, **setting.severity}
        editor = None
        if setting.extras.edits:
            from metalint.rewriting import Editor

            editor = Editor(setting.format)
        self._problems = Problems(setting.path, setting.rules, severity, sayings, format_, setting.extras, editor)
        self._read = places.reader(setting.platform.fields)
        ids = {rule.id for rule in setting.rules}
        self._values: dict[str, Asked] = {}
        self._records: list[tuple[Rule, OfRecord]] = []
        self.whole: list[tuple[Rule, OfFile]] = []
        self.spelt: list[tuple[Rule, OfSpelling]] = []
        for rule in setting.rules:
            if rule.check in CHECKS and self._concerns(rule):
                self._prepare(rule)
        known = {"identifier", "title", *(name for rule, _ in self.whole for name in rule.given)}
        self._read_keys = places.reader({name: at for name, at in setting.platform.fields.items() if name in known})
        schema = without_missing(setting.platform.schema, setting.header)
        asked = schema is not True and any(name.startswith("schema/") for name in ids)
        self._validate = compile_schema(schema, setting.schema_engine) if asked else None
        self._texts = [places.texts(rule.given[0], setting.platform.fields) for rule, _ in self.spelt]
        spelt, named = {rule.given[0] for rule, _ in self.spelt}, {"identifier", "title"}
        self._read_spelt = places.reader({name: at for name, at in setting.platform.fields.items() if name in spelt})
        self._read_names = places.reader({name: at for name, at in setting.platform.fields.items() if name in named})
        self._known = setting.platform.known_keys if "schema/unknown-key" in ids else frozenset()
        self._inner = setting.platform.inner_keys if self._known else {}
        self._sieve = self._sieve_of(setting)

    def lint(self, pieces: Sequence[Slice | Fault]) -> Linted:
        """Return what comes of some pieces of a file. Most records are clean: they are let go many at a time."""
        read = [self._parsed(piece) for piece in pieces if isinstance(piece, Slice)]
        parsed = iter(read)
        values = [one.value for one in read]
        sifted = self._sift(values)
        problems: list[Problem] = []
        owners: list[int] = []
        number = size = 0
        for at, piece in enumerate(pieces):
            if isinstance(piece, Fault):
                problem = self._problems.of_fault(piece)
                if problem is not None:
                    problems.append(problem)
                    owners.append(at)
                continue
            found = self._lint(piece, next(parsed), sifted, number)
            if found:
                problems += found
                owners += [at] * len(found)
            number += 1
            size += len(piece.text)
        return Linted(size, number, problems, sifted.keys, self._spellings(values), owners)

    def keyed(self, piece: Slice, numbers: Iterable[int]) -> Keyed:
        """Return a record's names, and its keys for some of the rules over the whole file."""
        value = self._parsed(piece).value
        fields = self._read_keys(value) if isinstance(value, dict) else {}
        keys = ((number, self._key(fields, number)) for number in numbers)
        about = {number: (key, fields[self.whole[number][0].given[0]][0]) for number, key in keys if key is not None}
        return Keyed(*places.names_of(piece, fields), about)

    def spelt_problems(self, piece: Slice, rarer: Sequence[Mapping[str, Commoner]]) -> Iterator[Problem]:
        """Yield the problems that a record has with spellings that are rarer than others, for each rule."""
        value = self._parsed(piece).value
        if not isinstance(value, dict):
            return
        fields = self._read_spelt(value)
        for (rule, _), found in zip(self.spelt, rarer, strict=True):
            values = [(at, spelling(at.value)) for at in fields.get(rule.given[0], ()) if isinstance(at.value, str)]
            here = {text for _, text in values}
            for at, text in values:
                common = found.get(text)
                if common is not None and common.text not in here:  # who has both writes for those who search for both
                    detail = {"value": text, "common": common.text, "count": common.times, "own": common.own}
                    names = places.names_of(piece, self._read_names(value))
                    yield self._problems.of_group(piece, names, rule, at, detail)

    def _spellings(self, values: Sequence[Json | Unread]) -> list[Counter[str]]:
        read = [value for value in values if isinstance(value, dict)] if self.spelt else []
        return [Counter(itertools.chain.from_iterable(map(texts, read))) for texts in self._texts]

    def fault_problem(self, fault: Fault, piece: Slice | None = None) -> Problem | None:
        """Return the problem of a stretch of the file that is no record; `None` where its rule is off."""
        return self._problems.of_fault(fault, piece)

    def whole_problem(self, piece: Slice, keyed: Keyed, number: int, detail: Mapping[str, object]) -> Problem:
        """Return the problem that a rule over the whole file has with one record."""
        rule, (_, at) = self.whole[number][0], keyed.keys[number]
        return self._problems.of_group(piece, (keyed.record, keyed.title), rule, at, detail)

    def _concerns(self, rule: Rule) -> bool:
        """Tell whether a rule can say anything about this file: the platform is meant, and has the fields."""
        platform, header = self._setting.platform, self._setting.header
        if rule.platforms and platform.name not in rule.platforms and platform.name != UNKNOWN:
            return False
        if rule.check == "present":
            # No standard demands anything of a file that belongs to none; a column that a table
            # does not have was not exported: neither is a missing value.
            return platform.name != UNKNOWN and any(exported(platform, name, header) for name in rule.given)
        return any(name in platform.fields for name in rule.given)

    def _prepare(self, rule: Rule) -> None:
        prepared = CHECKS[rule.check].prepare(rule.params, rule.given, self._setting.lexicon)
        if isinstance(prepared, OfRecord):
            self._records.append((rule, prepared))
        elif isinstance(prepared, OfFile):
            self.whole.append((rule, prepared))
        elif isinstance(prepared, OfSpelling):
            self.spelt.append((rule, prepared))
        else:
            for name in rule.given:
                self._values.setdefault(name, Asked(name)).add(rule, prepared)

    def _sieve_of(self, setting: Setting) -> Sieve | None:
        """Return the sieve; none for a platform that it cannot sift: its records are all looked at closely."""
        fields, today = setting.platform.fields, setting.today
        try:
            return Sieve(
                fields, self._known, self._inner, self._values, self._records, self.whole, today, self._problems.say
            )
        except ValueError:
            return None

    def _sift(self, values: Sequence[Json | Unread]) -> Sifted:
        if self._sieve is not None:
            return self._sieve.sift(values)
        return Sifted({}, [[None] * len(values) for _ in self.whole], range(len(values)))

    def _lint(self, piece: Slice, parsed: Parsed, sifted: Sifted, number: int) -> list[Problem]:
        """Return the problems of one record, sorted by place; complete the keys of one that was not sifted."""
        raw = parsed.value
        if not isinstance(raw, dict):
            return self._problems.of_unread(piece, parsed)
        said = self._validate(raw) if self._validate is not None else []
        doubt = sifted.doubts.get(number)
        if number in sifted.unsifted:
            doubt = self._doubt(self._read(raw))
            for rule, keys in enumerate(sifted.keys):
                keys[number] = self._key(doubt.fields, rule)
        if doubt is not None:
            if self._known:
                said = said + unknown_keys(self._known, raw, self._inner, report=self._setting.platform.report_unknown)
        elif said or parsed.faults:
            doubt = Doubt(self._read_keys(raw), (), ())
        else:
            return []
        found = self._found(doubt, said)
        if parsed.faults:  # the reader has said it
            raw_signs = {fault.pointer for fault in parsed.faults if fault.kind == "control-character"}
            found = [(at, hit) for at, hit in found if at.pointer not in raw_signs or hit.rule.id != CONTROL]
        if not (found or said or parsed.faults):
            return []
        return self._problems.of_record(piece, places.names_of(piece, doubt.fields), parsed, said, found)

    def _doubt(self, fields: Fields) -> Doubt:
        """Return the doubt about a record of which nothing is known: all that can be asked of it."""
        keys, rules = fields.keys(), []
        for number, (_, prepared) in enumerate(self._records):
            if keys.isdisjoint(prepared.absence) and not (prepared.needs and keys.isdisjoint(prepared.needs)):
                rules.append(number)
        return Doubt(fields, keys, rules)

    def _key(self, fields: Fields, number: int) -> str | None:
        """Return a record's key for a rule over the whole file."""
        rule, whole = self.whole[number]
        return whole.keys(*[[fields[name][0].value if name in fields else None] for name in rule.given])[0]

    def _found(self, doubt: Doubt, said: Sequence[SchemaError]) -> list[tuple[At, Hit]]:
        """Return what the rules find, each with the value it is about; where the schema has spoken they are silent."""
        found: list[tuple[At, Hit]] = []
        for name in doubt.named:
            asked = self._values.get(name)
            if asked is None:
                continue
            for at in doubt.fields[name]:
                if isinstance(at.value, str):
                    found += [(at, hit) for hit in asked.ask(at.value, self._problems.say)]
        for number in doubt.rules:
            rule, prepared = self._records[number]
            for finding in prepared.judge(doubt.fields, self._setting.today):
                found.append(self._placed(rule, finding, doubt.fields))
        # What is too long is text all the same: of its words the rules still speak.
        spoken = {error.pointer for error in said if error.keyword != TOO_LONG}
        found = [(at, hit) for at, hit in found if not (said and self._is_said(at, hit.rule, said))]
        return one_for_a_cause(found, spoken) if found else found

    def _is_said(self, at: At, rule: Rule, said: Sequence[SchemaError]) -> bool:
        """Tell whether the schema has spoken of the very value that a rule misses, or finds too long."""
        if rule.check != "present":
            return rule.check == "length" and any(error.pointer == at.pointer for error in said)
        places_of = self._setting.platform.fields
        patterns = [place.pattern for name in rule.given for place in places_of.get(name, ())]
        inside = [error.pointer for error in said if error.pointer[: len(at.pointer)] == at.pointer]
        return any(places.fits(pointer, pattern) for pointer in inside for pattern in patterns)

    def _placed(self, rule: Rule, finding: Finding, fields: Fields) -> tuple[At, Hit]:
        """Return a finding of a whole record with the place and value that it is about."""
        stand = self._setting.platform.fields
        name = finding.field or rule.given[0]
        if name not in stand:
            name = next((other for other in rule.given if other in stand), name)
        pointer = finding.pointer
        if pointer is None:
            pointer = places.absent(name, stand, self._setting.header)
        value = next((at.value for at in fields.get(name, ()) if at.pointer == pointer), None)
        return At(pointer, value, finding.part), self._problems.say(rule, finding, name, value)
