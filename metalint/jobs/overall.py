"""What configuration and files of suppressions hold back, over all files of a run; and what of it is of no use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metalint import formats, inputs
from metalint.config.governing import absolute
from metalint.config.load import Config, Override
from metalint.config.patterns import file_pattern, relative
from metalint.filecheck import Job
from metalint.messages import Sayings
from metalint.model import Problem
from metalint.problems import Problems
from metalint.ruleset import ALWAYS, matches, nearest_rules
from metalint.suppression.held import Suppression, Written, written_in
from metalint.suppression.stage import complaint

if TYPE_CHECKING:
    from metalint.suppression.side_file import Entry, SideFile

Governed = Callable[[Path], tuple[Path | None, Path | None]]  # a file to its configuration and its side file


class _Held(NamedTuple):
    """A suppression, the first job that it is part of, and the override that it comes from (else of a side file)."""

    suppression: Suppression
    job: Job
    by: Path
    override: Override | None


class Overall:
    """Keeps what was said, so that each suppression is one thing in the whole run."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._holding: dict[tuple[Path, int], Suppression] = {}
        self._held: dict[int, _Held] = {}
        self._complaints: dict[tuple[str, int, int, str], tuple[Job, Written, str, Mapping[str, object]]] = {}
        self._sides: dict[Path, SideFile] = {}

    def excludes(self, config: Config, place: Path) -> bool:
        """Tell whether a configuration leaves a file out."""
        said = config.said.get(("exclude",))
        if said is None:
            return False
        name = relative(place, said.document.folder)
        return any(file_pattern(glob).fullmatch(name) for glob in config.texts("exclude"))

    def holding(self, config: Config, place: Path) -> tuple[int, ...]:
        """Return the numbers of the overrides that may hold in a file, those past their day too."""
        return tuple(number for number, one in enumerate(config.overrides) if _means(one, place))

    def in_force(self, override: Override) -> bool:
        """Tell whether an override still holds."""
        return override.expires is None or override.expires >= self._today

    def suppressing(self, job: Job, config: Config | None, numbers: Sequence[int], side: Path | None) -> Job:
        """Return a job with what holds problems back. Raises ConfigError."""
        held: list[Suppression] = []
        lighter: list[Override] = []
        for number in numbers if config is not None else ():
            assert config is not None
            one = config.overrides[number]
            if not self.in_force(one):
                where = written_in(one.document, (*one.pointer, "expires"))
                self._complain(job, where, "expired", {"expires": str(one.expires)})
                continue
            if one.ignore:
                held.append(self._suppression(job, config, number))
            if one.severity and not one.by_file:
                lighter.append(one)
        records = self._records(job, side) if side is not None else {}
        return job._replace(
            suppressing=job.suppressing._replace(overrides=tuple(held), lighter=tuple(lighter), records=records)
        )

    def complaints(self, checked: Collection[Path], governed: Governed) -> Iterator[Problem]:
        """Yield what is wrong, file by file. What is of no use is said only where all that it is about was checked."""
        whole: dict[tuple[Path, int], bool] = {}
        for one in self._held.values():
            unused = one.suppression.unused({rule.id for rule in one.job.rules}, one.job.suppressing.wanted)
            if not unused:
                continue
            key = (one.by, id(one.override))
            if key not in whole:
                whole[key] = _all_checked(one, checked, governed)
            if whole[key]:
                for name, written in unused:
                    self._complain(one.job, written, "unused", {"name": name})
        for _, said in sorted(self._complaints.items(), key=lambda item: item[0]):
            problem = _told(*said)
            if problem is not None:
                yield problem

    def _suppression(self, job: Job, config: Config, number: int) -> Suppression:
        one = config.overrides[number]
        key = (config.file, number)
        if key not in self._holding:
            held = Suppression(one.ignore, one.reason, partial(_written, one), one.records, one.pointers)
            self._holding[key] = held
            self._held[id(held)] = _Held(held, job, config.file, one)
        return self._holding[key]

    def _records(self, job: Job, side: Path) -> Mapping[str, tuple[Entry, ...]]:
        if side not in self._sides:
            from metalint.suppression.side_file import load

            self._sides[side] = load(side)
        known = job.suppressing.known
        found: dict[str, tuple[Entry, ...]] = {}
        for record, entries in self._sides[side].records.items():
            kept = []
            for entry in entries:
                one = entry.suppression
                for name, written in zip(one.selectors, one.where(), strict=True):
                    if name == ALWAYS or not any(matches(name, rule) for rule in known):
                        near = nearest_rules(name, known)
                        self._complain(job, written, "unknown-rule", {"name": name, "nearest": near})
                if entry.expires is not None and entry.expires < self._today:
                    self._complain(job, one.where()[0], "expired", {"expires": str(entry.expires)})
                    continue
                self._held.setdefault(id(one), _Held(one, job, side, None))
                kept.append(entry)
            found[record] = tuple(kept)
        return found

    def _complain(self, job: Job, written: Written, kind: str, detail: Mapping[str, object]) -> None:
        key = (written.path, written.span.line, written.span.column, kind)
        self._complaints.setdefault(key, (job, written, kind, detail))


def _written(override: Override) -> list[Written]:
    pointers = [(*override.pointer, "ignore", at) for at in range(len(override.ignore))]
    return [written_in(override.document, pointer) for pointer in pointers]


def _means(override: Override, place: Path) -> bool:
    name = relative(place, override.document.folder)
    return not override.files or any(pattern.fullmatch(name) for pattern in override.files)


def _all_checked(one: _Held, checked: Collection[Path], governed: Governed) -> bool:
    """Tell whether all files that a suppression may be about were checked, as far as they lie in its folder."""
    for name in inputs.expand([str(one.by.parent)]).files:
        place = absolute(name)
        if place in checked or (one.override is not None and not _means(one.override, place)):
            continue
        if one.by in governed(place):
            return False
    return True


def _told(job: Job, written: Written, kind: str, detail: Mapping[str, object]) -> Problem | None:
    fault, line = complaint(kind, detail, written)
    sayings = Sayings(job.lang, job.lexicon)
    problems = Problems(written.path, job.rules, job.severity, sayings, formats.named("yaml"), job.extras)
    return problems.of_fault(fault, line)
