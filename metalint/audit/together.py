"""What shows only in all parts together: the facts of each part, grouped by what they have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from metalint.audit import near, references, rows, store
from metalint.audit.asked import Ask, Part, jobs_of
from metalint.audit.facts import FACTS, Where, load
from metalint.audit.look import HEAD
from metalint.audit.marks import Marks
from metalint.audit.near_groups import places, runs
from metalint.checks import CHECKS
from metalint.checks.kinds import OfFile, OfSpelling
from metalint.facts import Commoner, Spellings, spelling
from metalint.model import Rule
from metalint.outcome import LOOKED

Detail = dict[str, Any]
Some = tuple[int, int, list[int]]  # records of a catalogue: a part, the number of its facts there, their numbers
Rules = Mapping[str, Mapping[str, Rule]]  # of each catalogue those that are on in a file of it, by name


class Wanted(NamedTuple):
    """What a part is to say when all are known: for its records the rules that found them, with the words for it.

    `rarer` are for each catalogue and rule the spellings of the part beside which there are far commoner ones.
    """

    records: tuple[tuple[int, str, Detail], ...] = ()
    rarer: tuple[tuple[str, str, Mapping[str, Commoner]], ...] = ()


class _Member(NamedTuple):
    """A record that is a problem, with the other one that its message names, or its reference: field and place."""

    part: int
    record: int
    rule: str
    size: int
    other: tuple[int, int] | None = None  # a part and a record of it
    at: tuple[str, int] = ("title", 0)


def together(ask: Ask, parts: Sequence[Part]) -> Iterator[Wanted]:
    """Yield what each part is to say, in order. Memory: 30 bytes a record, and what there is to say."""
    folder = Path(ask.folder)
    heads = [store.read_json(store.place(folder, LOOKED, part.key) / HEAD) for part in parts]
    rules = _rules(ask, heads)
    lexicon = jobs_of(ask).plain.lexicon
    prepared = {
        (catalogue, rule.id): CHECKS[rule.check].prepare(rule.params, rule.given, lexicon)
        for catalogue, some in rules.items()
        for rule in some.values()
        if rule.check in ("unique", "series", "variant")
    }
    found = [*_members(folder, parts, heads, prepared), *_across(folder, parts, heads, rules)]
    named = _Named(folder, parts, heads, {one.other for one in found if one.other is not None})
    rarer = _rarer(heads, prepared)
    wanted: dict[int, list[_Member]] = {}
    for one in sorted(found):
        wanted.setdefault(one.part, []).append(one)
    for number, head in enumerate(heads):
        records = [(one.record, one.rule, named.detail(one)) for one in wanted.get(number, ())]
        yield Wanted(tuple(records), tuple(_rare_here(head, rarer)))


def _rules(ask: Ask, heads: Sequence[Any]) -> Rules:
    """Return the rules as the configuration of each catalogue's files has them; where those differ, of the first."""
    jobs = jobs_of(ask)
    met: dict[str, dict[int, Mapping[str, Rule]]] = {}
    for path, catalogue in dict.fromkeys(
        (one[0], one[7]) for head in heads for one in head["files"] if one is not None
    ):
        job = jobs.of(path)
        some = met.setdefault(catalogue, {})
        if job is not None and id(job) not in some:
            some[id(job)] = {rule.id: rule for rule in job.rules}
    return {name: _merged(reversed(some.values())) for name, some in met.items()}


def _merged(some: Iterable[Mapping[str, Rule]]) -> dict[str, Rule]:
    return {name: rule for rules in some for name, rule in rules.items()}


def _members(
    folder: Path, parts: Sequence[Part], heads: Sequence[Any], prepared: Mapping[tuple[str, str], object]
) -> Iterator[_Member]:
    """Yield the records of groups that are problems: of each group the first, or all the others."""
    kinds: dict[tuple[str, str], list[tuple[int, Where]]] = {}
    for number, head in enumerate(heads):
        for kind, where in head["facts"]:
            kinds.setdefault((kind[0], kind[1]), []).append((number, Where(*where)))
    for (catalogue, rule), stretches in sorted(kinds.items()):
        check = prepared.get((catalogue, rule))
        if isinstance(check, OfFile):
            facts = [load(store.place(folder, LOOKED, parts[part].key) / FACTS, one) for part, one in stretches]
            for group in _groups([marks for marks, _ in facts], check.least):
                members = [(stretches[part][0], int(facts[part][1][row])) for part, row in group]
                for member in members[1:] if check.every else members[:1]:
                    yield _Member(*member, rule, len(members), members[0])


def _groups(found: Sequence[Marks], least: int) -> Iterator[list[tuple[int, int]]]:
    """Yield where marks of several parts are equal, `least` times at least: the numbers of part and row, ascending."""
    import numpy as np

    begins = np.cumsum([0, *map(len, found)])
    marks = np.concatenate(found)
    order = np.argsort(marks, kind="stable")
    ends = runs(marks[order])
    many = np.flatnonzero(np.diff(ends) >= max(least, 2))
    for begin, end in zip(ends[many].tolist(), ends[many + 1].tolist(), strict=True):
        yield places(order[begin:end], begins)


def _rarer(
    heads: Sequence[Any], prepared: Mapping[tuple[str, str], object]
) -> Mapping[tuple[str, str], Mapping[str, Commoner]]:
    kept: dict[tuple[str, str], Spellings] = {}
    for head in heads:
        for catalogue, rule, counts in head["spellings"]:
            kept.setdefault((catalogue, rule), Spellings(1)).add([counts])
    found = {}
    for (catalogue, rule), spellings in kept.items():
        check = prepared.get((catalogue, rule))
        if isinstance(check, OfSpelling):
            rare = spellings.rarer(0, check.means, check.times, check.least)
            if rare:
                found[catalogue, rule] = rare
    return found


def _rare_here(
    head: Any, rarer: Mapping[tuple[str, str], Mapping[str, Commoner]]
) -> Iterator[tuple[str, str, Mapping[str, Commoner]]]:
    """Yield what is rarer of the spellings that a part has: one that has none need not be read again."""
    for catalogue, rule, counts in head["spellings"]:
        rare = rarer.get((catalogue, rule))
        here = {text: rare[text] for text in map(spelling, counts) if text in rare} if rare else None
        if here:
            yield catalogue, rule, here


def _across(folder: Path, parts: Sequence[Part], heads: Sequence[Any], rules: Rules) -> Iterator[_Member]:
    """Yield what rules over whole catalogues find."""
    catalogues: dict[str, list[Some]] = {}
    for number, head in enumerate(heads):
        for at, (catalogue, records) in enumerate(head["across"]):
            catalogues.setdefault(catalogue, []).append((number, at, records))
    for catalogue, some in catalogues.items():
        on = rules[catalogue].keys()

        def facts(name: str, some: Sequence[Some] = some) -> tuple[list[Path], list[Some]]:
            """Return the files of facts, and whose they are; a part has none where no file of it has such a rule on."""
            files = [store.place(folder, LOOKED, parts[number].key) / f"{name}-{at}.npz" for number, at, _ in some]
            there = [one for one in zip(files, some, strict=True) if one[0].exists()]
            return [file for file, _ in there], [one for _, one in there]

        if near.RULES & on:
            files, whose = facts("near")
            for group in near.reconcile(files, on):
                yield from _group(group.rule, [(whose[part][0], whose[part][2][row]) for part, row in group.records])
        if references.RULE in on:
            files, whose = facts("references")
            for one in references.reconcile(files):
                number, _, records = whose[one.part]
                yield _Member(number, records[one.row], references.RULE, 1, None, (one.field, one.number))


def _group(rule: str, members: Sequence[tuple[int, int]]) -> Iterator[_Member]:
    """Yield the problems of a group: near-duplicates each but the first; of others the first, naming the second."""
    first, second = members[0], members[1]
    for one, other in [(one, first) for one in members[1:]] if rule == near.NEAR_DUPLICATE else [(first, second)]:
        yield _Member(*one, rule, len(members), other)


class _Named:
    """The records that messages name; each part that has some is read once."""

    def __init__(
        self, folder: Path, parts: Sequence[Part], heads: Sequence[Any], wanted: Collection[tuple[int, int]]
    ) -> None:
        self._heads = heads
        self._rows: dict[tuple[int, int], rows.Named] = {}
        for part, some in groupby(sorted(wanted), key=itemgetter(0)):
            numbers = {record for _, record in some}
            for record, row in enumerate(rows.read(store.place(folder, LOOKED, parts[part].key))):
                if record in numbers:
                    self._rows[part, record] = rows.named(row)

    def detail(self, one: _Member) -> Detail:
        """Return the words that say with what a record is in a group; a record of another file is named with it."""
        if one.other is None:
            return {"at": one.at}
        row, path = self._rows[one.other], _path_of(self._heads[one.other[0]], one.other[1])
        same = path == _path_of(self._heads[one.part], one.record)
        if one.rule in near.RULES:
            name = row.record if same else f"{path}:{row.line}"
            return {"number": name, "name": row.title, "agency": row.agency, "count": one.size}
        line = row.line if same else f"{path}:{row.line}"
        named = {"number": row.number, "first": row.record, "first_title": row.title, "first_line": line}
        return {**named, "count": one.size}


def _path_of(head: Any, record: int) -> str:
    """Return the path of the file that a record of a part stands in."""
    for seen in head["files"]:
        if seen is not None:
            if record < seen[6]:
                return str(seen[0])
            record -= seen[6]
    raise ValueError(record)
