"""What shows only in all parts together: the facts of each part, grouped by what they have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from metalint.audit import store
from metalint.audit.asked import Ask, Part, jobs_of
from metalint.audit.look import LOOKED, Row, rows_of
from metalint.checks import CHECKS
from metalint.checks.kinds import OfFile, OfSpelling
from metalint.facts import Commoner, Spellings

Detail = dict[str, Any]


class Wanted(NamedTuple):
    """What a part is to say when all are known: for its records the rules that found them, with the words for it.

    `rarer` are for each catalogue and rule the spellings beside which there are far commoner ones.
    """

    records: tuple[tuple[int, str, Detail], ...] = ()
    rarer: tuple[tuple[str, str, Mapping[str, Commoner]], ...] = ()


class _Member(NamedTuple):
    part: int
    record: int
    rule: str
    size: int
    first: tuple[int, int]  # the part and record that its group begins with


def together(ask: Ask, parts: Sequence[Part]) -> Iterator[Wanted]:
    """Yield what each part is to say, in order. Memory: 22 bytes a record and rule, and what there is to say."""
    folder = Path(ask.folder)
    heads = [store.read_json(store.place(folder, LOOKED, part.key) / "head.json") for part in parts]
    job = jobs_of(ask).plain
    prepared = {
        rule.id: CHECKS[rule.check].prepare(rule.params, rule.given, job.lexicon)
        for rule in job.rules
        if rule.check in ("unique", "series", "variant")
    }
    wanted: dict[int, list[_Member]] = {}
    for member in _members(folder, parts, heads, prepared):
        wanted.setdefault(member.part, []).append(member)
    rarer = _rarer(heads, prepared)
    firsts = _Firsts(folder, parts, heads)
    for number, head in enumerate(heads):
        records = [(one.record, one.rule, firsts.detail(one)) for one in sorted(wanted.get(number, ()))]
        here = {seen[7] for seen in head["files"] if seen is not None}
        spelt = tuple((catalogue, rule, found) for (catalogue, rule), found in rarer.items() if catalogue in here)
        yield Wanted(tuple(records), spelt)


def _members(
    folder: Path, parts: Sequence[Part], heads: Sequence[Any], prepared: Mapping[str, object]
) -> Iterator[_Member]:
    """Yield the records of groups that are problems: of each group the first, or all the others."""
    import numpy as np

    names = sorted({(catalogue, rule) for head in heads for catalogue, rule in head["kinds"]})
    numbers = {name: number for number, name in enumerate(names)}
    columns: list[list[Any]] = [[], [], [], []]
    for number, (part, head) in enumerate(zip(parts, heads, strict=True)):
        with np.load(store.place(folder, LOOKED, part.key) / "facts.npz", allow_pickle=False) as facts:
            own = np.array([numbers[catalogue, rule] for catalogue, rule in head["kinds"]], np.uint32)
            columns[0].append(own[facts["kind"]] if len(own) else np.zeros(0, np.uint32))
            columns[1].append(np.full(len(facts["kind"]), number, np.uint32))
            columns[2].append(facts["record"])
            columns[3].append(facts["mark"])
    if not columns[0]:
        return
    kind, part_of, record, mark = (np.concatenate(column) for column in columns)
    order = np.lexsort((record, part_of, mark, kind))  # a group's members in the order of the catalogue
    kind, part_of, record, mark = kind[order], part_of[order], record[order], mark[order]
    begins = np.flatnonzero(np.r_[True, (kind[1:] != kind[:-1]) | (mark[1:] != mark[:-1])]) if len(kind) else kind[:0]
    sizes = np.diff(np.r_[begins, len(kind)])
    for begin, size in zip(begins[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        rule = names[int(kind[begin])][1]
        check = prepared.get(rule)
        if not isinstance(check, OfFile) or size < check.least:
            continue
        first = (int(part_of[begin]), int(record[begin]))
        for at in range(begin + 1, begin + size) if check.every else (begin,):
            yield _Member(int(part_of[at]), int(record[at]), rule, size, first)


def _rarer(heads: Sequence[Any], prepared: Mapping[str, object]) -> Mapping[tuple[str, str], Mapping[str, Commoner]]:
    kept: dict[tuple[str, str], Spellings] = {}
    for head in heads:
        for catalogue, rule, counts in head["spellings"]:
            kept.setdefault((catalogue, rule), Spellings(1)).add([counts])
    found = {}
    for (catalogue, rule), spellings in kept.items():
        check = prepared.get(rule)
        if isinstance(check, OfSpelling):
            rare = spellings.rarer(0, check.means, check.times, check.least)
            if rare:
                found[catalogue, rule] = rare
    return found


class _Firsts:
    """The records that groups begin with, read where they are asked for; one part's at a time."""

    def __init__(self, folder: Path, parts: Sequence[Part], heads: Sequence[Any]) -> None:
        self._folder, self._parts, self._heads = folder, parts, heads
        self._known: dict[tuple[int, int], tuple[Row, str]] = {}
        self._kept: tuple[int, list[Row]] = (-1, [])

    def detail(self, one: _Member) -> Detail:
        """Return the words that say with what a record is in a group; a record of another file is named with it."""
        if one.first not in self._known:
            self._known[one.first] = self._row(*one.first)
        row, path = self._known[one.first]
        line: int | str = row.line if path == _path_of(self._heads[one.part], one.record) else f"{path}:{row.line}"
        named = {"number": row.number, "first": row.record, "first_title": row.title, "first_line": line}
        return {**named, "count": one.size}

    def _row(self, part: int, record: int) -> tuple[Row, str]:
        if self._kept[0] != part:
            self._kept = (part, list(islice(rows_of(self._folder, self._parts[part].key), None)))
        row = self._kept[1][record]
        return row, self._heads[part]["files"][row.file][0]


def _path_of(head: Any, record: int) -> str:
    """Return the path of the file that a record of a part stands in."""
    for seen in head["files"]:
        if seen is not None:
            if record < seen[6]:
                return str(seen[0])
            record -= seen[6]
    raise ValueError(record)
