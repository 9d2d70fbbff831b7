"""What of an audit goes into one page: all of a catalogue like the national one, a fair part of a greater one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from metalint.audit.result import Audited, Result
from metalint.model import Problem
from metalint.output.audit_join import joined, quota
from metalint.output.audit_words import problems_of

MOST_DATASETS = 150_000  # beyond, a browser is slow to open a page and to search it
MOST_PROBLEMS = 150_000


class Most(NamedTuple):
    """How much a page may hold."""

    datasets: int = MOST_DATASETS
    problems: int = MOST_PROBLEMS


ALL = Most()


class Chosen(NamedTuple):
    """A dataset that a page holds (`None`: a file itself), how often each rule found it, and the problems shown."""

    dataset: Audited | None
    rules: Counter[str]
    problems: list[Problem]


class _Quotas(NamedTuple):
    """How many an agency may give: datasets with problems, datasets without, problems of one rule."""

    faulty: int
    clean: int
    problems: int


def chosen(result: Result, most: Most) -> Iterator[Chosen]:
    """Yield what goes into a page, in order.

    Where not all does, each agency may give as many datasets as any other, those with problems before those without,
    and of each rule as many problems as of any other: its first.
    """
    given = _quotas(result, most)
    datasets: Counter[tuple[str, bool]] = Counter()
    problems: Counter[tuple[str, str]] = Counter()
    for dataset, found in joined(result):
        agency = "" if dataset is None else dataset.agency
        if dataset is not None and given is not None:
            faulty = bool(found)
            if datasets[agency, faulty] >= (given.faulty if faulty else given.clean):
                continue
            datasets[agency, faulty] += 1
        shown = []
        for problem in found:
            if given is None or problems[agency, problem.rule] < given.problems:
                problems[agency, problem.rule] += 1
                shown.append(problem)
        if dataset is not None or shown:
            yield Chosen(dataset, Counter(problem.rule for problem in found), shown)


def _quotas(result: Result, most: Most) -> _Quotas | None:
    """Return what each may give; `None` where all of it fits."""
    summary = result.summary
    if summary.datasets <= most.datasets and problems_of(summary) <= most.problems:
        return None
    faulty: Counter[str] = Counter()
    clean: Counter[str] = Counter()
    problems: Counter[tuple[str, str]] = Counter()
    for dataset, found in joined(result):
        agency = "" if dataset is None else dataset.agency
        if dataset is not None:
            (faulty if found else clean)[agency] += 1
        problems.update((agency, problem.rule) for problem in found)
    room = max(0, most.datasets - faulty.total())
    return _Quotas(
        quota(list(faulty.values()), most.datasets),
        quota(list(clean.values()), room),
        quota(list(problems.values()), most.problems),
    )
