"""The second look at a part, when all are known: its problems with those that show only together, and its figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from metalint import entries, filecheck
from metalint.audit import figures, store
from metalint.audit.asked import Ask, Part, Ready, ready
from metalint.audit.look import LOOKED, found_of, rows_of
from metalint.audit.together import Wanted
from metalint.checks.kinds import Fields
from metalint.fields import names_of
from metalint.formats import stretch
from metalint.formats.source import Source
from metalint.model import At, Problem, Slice

DONE = "done"
Owned = tuple[int, Problem]  # a problem and the record of the part that it stands in


def key_of(part: Part, wanted: Wanted) -> str:
    """Return the name of a part's outcome."""
    said = json.dumps(wanted, sort_keys=True)
    return f"{part.key}-{blake2b(said.encode(), digest_size=6).hexdigest()}"


def finish(ask: Ask, part: Part, wanted: Wanted) -> str:
    """Make a part's outcome and return its name. Raises OSError where the folder cannot be written."""
    folder, key = Path(ask.folder), key_of(part, wanted)
    if not store.place(folder, DONE, key).is_dir():
        with store.making(folder, DONE, key) as new:
            _finish(ask, part, wanted, new)
    return key


def _finish(ask: Ask, part: Part, wanted: Wanted, new: Path) -> None:
    folder = Path(ask.folder)
    rows = list(rows_of(folder, part.key))
    head = store.read_json(store.place(folder, LOOKED, part.key) / "head.json")
    found: dict[int, list[Owned]] = {}
    for number, record, problem in found_of(folder, part.key):
        found.setdefault(number, []).append((record, problem))
    counted = figures.Counted(head["records"])
    with (
        (new / "found.jsonl").open("w", encoding="utf-8", newline="\n") as kept,
        (new / "problems.jsonl").open("w", encoding="utf-8", newline="\n") as told,
    ):
        first = 0
        for number, (source, seen) in enumerate(zip(part.sources, head["files"], strict=True)):
            one = ready(ask, stretch.whole(source))
            if seen is None or one is None:
                continue
            more = _more(one, source, wanted, first, seen[6])
            problems = sorted([*found.get(number, ()), *more], key=_place)
            for record, problem in _held_back(one, source, problems):
                if problem.suppressed is None:
                    kept.write(json.dumps(problem) + "\n")
                    told.write(entries.dump(entries.entry(problem)) + "\n")
                    counted.add(record, problem)
                else:
                    counted.suppressed += 1
            first += seen[6]
    with (new / "datasets.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for one_row, line in figures.datasets(rows, counted, head["files"]):
            counted.dataset(one_row)
            file.write(line)
    store.write_json(new / "figures.json", counted.told())


def _more(one: Ready, source: Source, wanted: Wanted, first: int, size: int) -> Iterator[Owned]:
    """Yield the problems of a file that show only together with others; the file is read again if there are any."""
    mine: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    for record, rule, detail in wanted.records:
        if first <= record < first + size:
            mine.setdefault(record, []).append((rule, detail))
    rarer = {rule: found for catalogue, rule, found in wanted.rarer if catalogue == one.catalogue}
    spelt = [rarer.get(rule.id, {}) for rule, _ in one.plan.spelt]
    if not mine and not any(spelt):
        return
    numbers = {rule.id: number for number, (rule, _) in enumerate(one.plan.whole)}
    record = first - 1
    for piece in stretch.pieces(source, one.format, one.homes):
        if not isinstance(piece, Slice):
            continue
        record += 1
        if any(spelt):
            yield from ((record, problem) for problem in one.plan.spelt_problems(piece, spelt))
        if record in mine:
            yield from ((record, problem) for problem in _of_groups(one, piece, mine[record], numbers))


def _of_groups(
    one: Ready, piece: Slice, mine: list[tuple[str, dict[str, Any]]], numbers: dict[str, int]
) -> Iterator[Problem]:
    keyed = one.plan.keyed(piece, [numbers[rule] for rule, _ in mine if rule in numbers])
    rules = {rule.id: rule for rule in one.job.rules}
    fields: Fields | None = None
    for rule, detail in mine:
        number = numbers.get(rule)
        if number is not None and number in keyed.keys:
            yield one.plan.whole_problem(piece, keyed, number, detail)
        elif number is None and rule in rules:
            if fields is None:
                value = one.format.parse(piece).value
                fields = one.fields(value) if isinstance(value, dict) else {}
            name, index = detail.get("at", ("title", 0))
            at = fields[name][index] if name in fields else At((), None)
            words = {**detail, "value": at.value}
            yield one.problems.of_group(piece, names_of(piece, fields), rules[rule], at, words)


def _held_back(one: Ready, source: Source, problems: Iterable[Owned]) -> Iterator[Owned]:
    """Yield the problems of a file, those that somebody holds back with the reason."""
    held = filecheck.suppressions(stretch.whole(source), one.opened.format, one.job)
    if held is None:
        yield from problems
        return
    some = list(problems)
    applied = held.applied(problem for _, problem in some)
    yield from zip((record for record, _ in some), applied, strict=True)


def _place(owned: Owned) -> tuple[int, int, str, str]:
    return filecheck.place_of(owned[1])
