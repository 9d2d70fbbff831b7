"""One file: its format, its platform, its records one by one, and what shows only in all of them together."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from metalint import formats, platforms, pool, undecodable
from metalint import opened as opening
from metalint.engine import Keyed, Plan, Setting
from metalint.facts import Facts, Member, Spellings
from metalint.formats import Format
from metalint.formats.source import Source
from metalint.lexicon import Lexicon
from metalint.model import Extras, Fault, Pointer, Problem, Rule, Severity, Slice, Span, Texts
from metalint.opened import Opened
from metalint.platforms import Platform
from metalint.recognising import Choice
from metalint.report import FileSeen, Report
from metalint.suppression.given import Suppressing, needed

if TYPE_CHECKING:
    from metalint.suppression.stage import Suppressions

if TYPE_CHECKING:
    from metalint.baseline import Known

Names = tuple[str, str]  # of a record: its identifier, or its number, and its title
Suggest = Callable[[Opened, Container[Names]], Mapping[Names, tuple[str, ...]]]  # records of a file to what they lack
_KEYWORDS = "keyword/"


class Job(NamedTuple):
    """What a run asks of a file.

    `suggest` finds the keywords that its records lack, `known` the problems that are in the baseline. `severity` is how
    much rules weigh where that is said; `platform_why` by whom the platform is named.
    """

    rules: tuple[Rule, ...]
    platforms: tuple[Platform, ...]
    lexicon: Lexicon
    lang: str
    today: date
    platform: str | None = None
    format: str | None = None
    schema_engine: str = "auto"
    jobs: int = 1
    extras: Extras = Extras()
    suggest: Suggest | None = None
    known: Known | None = None
    encoding: str | None = None
    severity: Mapping[str, Severity] = {}
    platform_why: Texts | None = None
    suppressing: Suppressing = Suppressing()


def check(source: Source, job: Job, report: Report, advance: Callable[[int], None]) -> None:
    """Check one file and add what is found to the report. `advance` is told how many bytes are done."""
    if source.binary is not None:
        said, seen = not_text(source, job)
        report.add(said)
        report.files.append(seen)
        return
    opened = opened_for(source, job)
    setting = setting_of(opened, job)
    format_ = formats.named(opened.format)
    plan = Plan(setting, format_)
    found, facts, spellings = Report(), Facts(len(plan.whole)), Spellings(len(plan.spelt))
    found.add(of_file(plan, opened))
    records = 0
    share = source.bytes_per_character
    together: list[Problem] = []
    stopped = True
    try:
        for linted in pool.lint(plan, setting, opened.pieces, job.jobs):
            found.add(linted.problems)
            facts.add(records + 1, linted.keys)
            spellings.add(linted.spellings)
            records += linted.records
            advance(int(linted.size * share))
        homes = opening.homes(job.platforms)
        together = [
            *_together(plan, facts, source, format_, homes),
            *_spelt(plan, spellings, source, format_, homes),
        ]
        stopped = False
    finally:  # what was found before an interruption is shown
        together += bad_bytes(plan, source, found.problems)
        held = suppressions(source, opened.format, job)
        if held is not None and not stopped:
            together += held.complaints(itertools.chain(found.problems(), together), plan.fault_problem)
        problems: Iterable[Problem] = heapq.merge(found.in_order(), sorted(together, key=place_of), key=place_of)
        if held is not None:
            problems = held.applied(problems)
        if job.suggest is not None and not stopped:
            problems = _suggesting(problems, found, source, job)
        report.add(job.known.told(source.path, problems) if job.known is not None else problems)
        found.close()
        platform, why = opened.choice
        seen = FileSeen(source.path, opened.format, platform.name, why, source.encoding, source.bom, records)
        report.files.append(seen)


def opened_for(source: Source, job: Job) -> Opened:
    """Return a file with the format and platform that a job names, or that it tells itself."""
    opened = opening.opened(source, job.platforms, job.platform, job.format)
    if job.platform_why is not None:
        opened = opened._replace(choice=opened.choice._replace(why=job.platform_why))
    return opened


def suppressions(source: Source, format_name: str, job: Job) -> Suppressions | None:
    """Return what holds problems of a file back, if anything may."""
    if not needed(source, format_name, job.suppressing):
        return None
    from metalint.suppression.stage import Suppressions

    return Suppressions(source, format_name, job.suppressing, job.rules)


def setting_of(opened: Opened, job: Job) -> Setting:
    """Return what a file is asked, and how."""
    rules = job.rules if opened.format != "yaml" else tuple(map(_for_blocks, job.rules))
    return Setting(
        rules,
        opened.choice.platform,
        opened.format,
        opened.source.path,
        job.lang,
        opened.header,
        job.schema_engine,
        job.today,
        job.lexicon,
        job.extras,
        opened.source.undecodable > 0,
        job.severity,
    )


def _for_blocks(rule: Rule) -> Rule:
    """Return a rule for YAML, whose blocks of text end with a line end that nobody has written."""
    return rule._replace(params={**rule.params, "blocks": True}) if rule.check == "spacing" else rule


def _suggesting(problems: Iterable[Problem], found: Report, source: Source, job: Job) -> Iterator[Problem]:
    """Yield problems, those with keywords with what their records lack; for that the file is read again."""
    wanted = {(one.record, one.title) for one in found.problems() if one.rule.startswith(_KEYWORDS)}
    again = opening.opened(source, job.platforms, job.platform, job.format)
    lacks = job.suggest(again, wanted) if wanted and job.suggest is not None else {}
    for one in problems:
        asked = one.rule.startswith(_KEYWORDS)
        yield one._replace(suggested=lacks.get((one.record, one.title), ())) if asked else one


def bad_bytes(plan: Plan, source: Source, found: Callable[[], Iterator[Problem]]) -> Iterator[Problem]:
    """Yield the problem of the first bytes that are no text, where they stand in no record and nobody has said it."""
    if not source.undecodable:
        return
    fault = undecodable.first(source)
    problem = plan.fault_problem(fault) if fault is not None else None
    if problem is None:
        return
    place = (problem.line, problem.column)
    if not any((said.line, said.column) == place and said.rule == problem.rule for said in found()):
        yield problem


def not_text(source: Source, job: Job) -> tuple[list[Problem], FileSeen]:
    """Return what a file is that is no text, such as a spreadsheet under the name of a CSV file."""
    nothing = Choice(Platform(platforms.UNKNOWN, Texts("", ""), (), {}), Texts("不是文字檔", "no text"))
    setting = Setting(
        job.rules, nothing.platform, "json", source.path, job.lang, None, "python", job.today, job.lexicon
    )
    fault = Fault("unreadable", {"reason": "binary", "found": source.binary or ""}, Span(0, 0, 1, 1, 1, 1))
    problem = Plan(setting, formats.named("json")).fault_problem(fault)
    seen = FileSeen(source.path, source.binary or "", platforms.UNKNOWN, nothing.why, "binary", False, 0)
    return ([problem] if problem is not None else []), seen


def of_file(plan: Plan, opened: Opened) -> Iterator[Problem]:
    """Yield what is to be said once of the whole file, at its beginning."""
    source, (platform, why) = opened.source, opened.choice
    start = Span(0, 0, 1, 1, 1, 1)
    faults = []
    if platform.name == platforms.UNKNOWN and opened.keyed:
        faults.append(Fault("unknown-platform", {"why": why}, start))
    if source.encoding != "utf-8":
        faults.append(Fault("legacy-encoding", {"encoding": source.encoding.upper()}, start))
    if opened.header is not None and platform.name != platforms.UNKNOWN:
        places = {name: [str(place.pattern[0]) for place in found] for name, found in platform.fields.items()}
        lacking = [keys[0] for keys in places.values() if not any(key in opened.header for key in keys)]
        if lacking:
            faults.append(Fault("column-missing", {"columns": lacking, "count": len(lacking)}, start))
    for fault in sorted(faults, key=lambda fault: fault.kind):
        problem = plan.fault_problem(fault)
        if problem is not None:
            yield problem


def _together(plan: Plan, facts: Facts, source: Source, format_: Format, homes: Sequence[Pointer]) -> Iterator[Problem]:
    """Yield what shows only in all records together; the file is read again for the places, if there is any."""
    wanted: dict[int, list[Member]] = {}
    for number, (_, whole) in enumerate(plan.whole):
        for record, member in facts.groups(number, whole.least):
            if whole.every or member.first:
                wanted.setdefault(record, []).append(member)
    if not wanted:
        return
    first: dict[tuple[int, str], dict[str, object]] = {}
    pieces = (piece for piece in format_.split(source, homes) if isinstance(piece, Slice))
    for record, piece in enumerate(pieces, 1):
        members = wanted.pop(record, None)
        if members is None:
            continue
        keyed = plan.keyed(piece, [member.rule for member in members])
        for member in members:
            if member.rule not in keyed.keys:
                continue
            key, every = keyed.keys[member.rule][0], plan.whole[member.rule][1].every
            start = first.get((member.rule, key))
            if start is None:
                start = first[member.rule, key] = _described(piece, keyed)
            if not every or start["number"] != piece.number:
                yield plan.whole_problem(piece, keyed, member.rule, {**start, "count": member.size})
        if not wanted:
            return


def _spelt(
    plan: Plan, spellings: Spellings, source: Source, format_: Format, homes: Sequence[Pointer]
) -> Iterator[Problem]:
    """Yield the spellings that are rarer than others; the file is read again for the places, if there are any."""
    rarer = [spellings.rarer(number, kind.means, kind.times, kind.least) for number, (_, kind) in enumerate(plan.spelt)]
    if any(rarer):
        for piece in format_.split(source, homes):
            if isinstance(piece, Slice):
                yield from plan.spelt_problems(piece, rarer)


def _described(piece: Slice, keyed: Keyed) -> dict[str, object]:
    return {
        "number": piece.number,
        "first": keyed.record,
        "first_title": keyed.title,
        "first_line": piece.line,
    }


def place_of(problem: Problem) -> tuple[int, int, str, str]:
    """Return what problems of a file are sorted by."""
    return problem.line, problem.column, problem.rule, problem.message
