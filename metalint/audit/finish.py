"""The second look at a part, when all are known: its problems with those that show only together, and its figures."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from metalint.audit import held, kept, pieces, rows, store
from metalint.audit.asked import Ask, Part, Ready, ready
from metalint.audit.counted import Counted
from metalint.audit.kept import Kept
from metalint.audit.look import HEAD, Owned, in_order
from metalint.audit.states import unchanged
from metalint.audit.together import Wanted
from metalint.checks.kinds import Fields
from metalint.fields import names_of
from metalint.formats import stretch
from metalint.formats.source import Source
from metalint.model import At, Problem, Slice
from metalint.outcome import DONE, LOOKED

FOUND, PROBLEMS, DATASETS, FIGURES = "found.jsonl", "problems.jsonl", "datasets.jsonl", "figures.json"


def key_of(part: Part, wanted: Wanted) -> str:
    """Return the name of a part's outcome."""
    said = json.dumps(wanted, sort_keys=True)
    return f"{part.key}-{blake2b(said.encode(), digest_size=6).hexdigest()}"


def finish(ask: Ask, part: Part, wanted: Wanted) -> str:
    """Make a part's outcome and return its name. Raises Changed, and OSError where the folder cannot be written."""
    folder, key = Path(ask.folder), key_of(part, wanted)
    if not store.is_whole(folder, DONE, key):
        with store.making(folder, DONE, key) as new, unchanged(part.sources, part.states):
            _finish(ask, part, wanted, new)
    return key


def _finish(ask: Ask, part: Part, wanted: Wanted, new: Path) -> None:
    looked = store.place(Path(ask.folder), LOOKED, part.key)
    head = store.read_json(looked / HEAD)
    counted = Counted(list(rows.read(looked)), head["agencies"])
    more, held_back = _more(ask, part, wanted, head["files"], list(held.read(looked)))
    held.write(new, held_back)
    with (
        (new / FOUND).open("w", encoding="utf-8", newline="\n") as whole,
        (new / PROBLEMS).open("w", encoding="utf-8", newline="\n") as told,
    ):
        for one in heapq.merge(kept.read(looked), more, key=kept.place_of):
            whole.write(one.whole + "\n")
            told.write(one.told + "\n")
            counted.add(one)
    with (new / DATASETS).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in counted.lines())
    store.write_json(new / FIGURES, counted.told(head["points"], head["suppressed"] + len(held_back)))


def _more(
    ask: Ask, part: Part, wanted: Wanted, files: Sequence[Any], before: Sequence[tuple[int, Problem]]
) -> tuple[list[Kept], list[tuple[int, Problem]]]:
    """Return the problems of a part that show only together with others, in order, and those that are held back.

    `before` are those that were held back at the first look.
    """
    looked = store.place(Path(ask.folder), LOOKED, part.key)
    found: list[Kept] = []
    suppressed: list[tuple[int, Problem]] = []
    first = 0
    for number, (source, seen) in enumerate(zip(part.sources, files, strict=True)):
        one = ready(ask, stretch.whole(source)) if seen is not None else None
        if one is not None:
            earlier = [problem for at, problem in before if at == number]
            owned = list(_of_file(one, source, looked, wanted, first, seen[6]))
            free, held_back = in_order(one, source, number, owned, earlier)
            found += free
            suppressed += held_back
            first += seen[6]
    return found, suppressed


def _of_file(one: Ready, source: Source, looked: Path, wanted: Wanted, first: int, size: int) -> Iterator[Owned]:
    """Yield those problems of one file; it is read again if there are any. `looked` is the part's first look."""
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
    for piece in stretch.pieces(pieces.whole(looked, source), one.format, one.homes):
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
