"""The figures of a part, and what they add up to over all parts. All that grows is the number of agencies."""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from metalint import entries
from metalint.audit.look import NOWHERE, Row
from metalint.audit.points import Points
from metalint.audit.result import Agency, Audited, RuleRow, Summary
from metalint.model import Problem, Severity, Texts
from metalint.report import FileSeen
from metalint.scores.kinds import Standing, Theme

LISTED = 50  # of the worst datasets, and of the most used
_RULES = 10  # of an agency
_WEIGHTS = (100, 10, 1)  # of an error, a warning, an advice where datasets are put in order


class Counted:
    """What a part has: for each of its records the problems by severity, for each rule what it found, and where."""

    def __init__(self, records: int, points: Points | None = None) -> None:
        """`points` counts how datasets score, where that is asked."""
        self._points = points
        self._levels = [[0, 0, 0] for _ in range(records)]
        self._rules: dict[str, list[Any]] = {}
        self._agencies: dict[str, dict[str, Any]] = {}
        self._worst: list[Audited] = []
        self._used: list[Audited] = []
        self._clean = self._datasets = 0
        self._elsewhere = [0, 0, 0]
        self._by_record: list[Counter[str]] = [Counter() for _ in range(records)]
        self._at = 0
        self.suppressed = 0

    def add(self, record: int, problem: Problem) -> None:
        """Count a problem."""
        level = Severity.ERROR - problem.severity
        row = self._rules.setdefault(problem.rule, [problem.severity.name, 0, 0, 0, 0])
        row[1] += 1
        if problem.fix is not None and not problem.fix.shown:
            row[3] += 1
            row[4] += problem.fix.safe
        if record == NOWHERE:
            self._elsewhere[level] += 1
            return
        self._levels[record][level] += 1
        row[2] += problem.rule not in self._by_record[record]
        self._by_record[record][problem.rule] += 1

    def levels(self, record: int) -> tuple[int, int, int]:
        """Return how many errors, warnings and advices a record has."""
        errors, warnings, infos = self._levels[record]
        return errors, warnings, infos

    def dataset(self, one: Audited) -> None:
        """Count a dataset, after its problems; in the order of the records."""
        agency = self._agencies.setdefault(one.agency, {"datasets": 0, "clean": 0, "levels": [0, 0, 0], "rules": {}})
        levels = (one.errors, one.warnings, one.infos)
        clean = not any(levels)
        self._datasets += 1
        self._clean += clean
        if self._points is not None:
            self._points.add(one)
        agency["datasets"] += 1
        agency["clean"] += clean
        agency["levels"] = [a + b for a, b in zip(agency["levels"], levels, strict=True)]
        for rule, count in self._by_record[self._at].items():
            agency["rules"][rule] = agency["rules"].get(rule, 0) + count
        self._at += 1
        for name, count_ in (("views", one.views), ("downloads", one.downloads)):
            if count_ is not None:
                agency[name] = agency.get(name, 0) + count_
        if not clean:
            self._worst.append(one)
        if one.downloads is not None or one.views is not None:
            self._used.append(one)
        if len(self._worst) > 4 * LISTED:
            self._worst = heapq.nsmallest(LISTED, self._worst, key=_worse)
        if len(self._used) > 4 * LISTED:
            self._used = heapq.nsmallest(LISTED, self._used, key=_more_used)

    def told(self) -> dict[str, Any]:
        """Return the figures as plain data."""
        return {
            "datasets": self._datasets,
            "clean": self._clean,
            "elsewhere": self._elsewhere,
            "rules": self._rules,
            "agencies": self._agencies,
            "worst": heapq.nsmallest(LISTED, self._worst, key=_worse),
            "used": heapq.nsmallest(LISTED, self._used, key=_more_used),
            "suppressed": self.suppressed,
            "points": self._points.told() if self._points is not None else None,
        }


class Files(NamedTuple):
    """The files of an audit, and what could not be read of it."""

    seen: tuple[FileSeen, ...]
    unreadable: tuple[tuple[str, Texts], ...]


def datasets(rows: Sequence[Row], counted: Counted, files: Sequence[Any]) -> Iterator[tuple[Audited, str]]:
    """Yield the datasets of a part, each with its line of JSON."""
    for record, row in enumerate(rows):
        path = files[row.file][0]
        levels = counted.levels(record)
        one = Audited(
            path,
            row.line,
            row.record,
            row.title,
            row.agency,
            *levels,
            standings=row.standings,
            themes=row.themes,
            views=row.views,
            downloads=row.downloads,
        )
        yield one, _line(one)


def revived(line: str) -> Audited:
    """Return the dataset that a line of JSON tells of."""
    said = json.loads(line)
    plain = {name: said[name] for name in Audited._fields if name in said and name not in _DEEP}
    return Audited(**plain, standings=_standings(said.get("standings", ())), themes=_themes(said.get("themes", ())))


def added(parts: Iterable[Mapping[str, Any]], files: Files, version: str, made: str, sample: str = "") -> Summary:
    """Return the summary of an audit from the figures of its parts, in order."""
    rules: dict[str, list[Any]] = {}
    agencies: dict[str, dict[str, Any]] = {}
    elsewhere = [0, 0, 0]
    count = clean = suppressed = 0
    worst: list[Audited] = []
    used: list[Audited] = []
    points: Points | None = None
    for part in parts:
        if part["points"] is not None:
            points = points or Points()
            points.merge(part["points"])
        count += part["datasets"]
        clean += part["clean"]
        suppressed += part["suppressed"]
        elsewhere = [a + b for a, b in zip(elsewhere, part["elsewhere"], strict=True)]
        for rule, row in part["rules"].items():
            kept = rules.setdefault(rule, [row[0], 0, 0, 0, 0])
            kept[1:] = [a + b for a, b in zip(kept[1:], row[1:], strict=True)]
        for name, agency in part["agencies"].items():
            _add_agency(agencies.setdefault(name, {}), agency)
        worst = heapq.nsmallest(LISTED, [*worst, *map(_listed, part["worst"])], key=_worse)
        used = heapq.nsmallest(LISTED, [*used, *map(_listed, part["used"])], key=_more_used)
    found = [RuleRow(rule, Severity[row[0]], *row[1:]) for rule, row in rules.items()]
    totals = [sum(one["levels"][at] for one in agencies.values()) + elsewhere[at] for at in range(3)]
    return Summary(
        version=version,
        made=made,
        sources=files.seen,
        datasets=count,
        clean=clean,
        errors=totals[0],
        warnings=totals[1],
        infos=totals[2],
        rules=tuple(sorted(found, key=lambda row: (-row.problems, row.rule))),
        agencies=tuple(sorted((_agency(one, points) for one in agencies.items()), key=_most_to_do)),
        scores=points.scores() if points is not None else (),
        gaps=points.gaps() if points is not None else (),
        themes=points.theme_rows() if points is not None else (),
        worst=tuple(worst),
        used=tuple(used),
        unreadable=files.unreadable,
        seconds=0.0,
        sample=sample,
        suppressed=suppressed,
    )


_DEEP = ("standings", "themes")


def _line(one: Audited) -> str:
    """Return a dataset as a line of JSON."""
    said = {name: value for name, value in zip(one._fields, one, strict=True) if value is not None}
    for name in _DEEP:
        if not said[name]:
            del said[name]
    return entries.dump(said) + "\n"


def _standings(said: Iterable[Any]) -> tuple[Standing, ...]:
    return tuple(Standing(one[0], one[1], tuple(one[2]), tuple(one[3])) for one in said)


def _themes(said: Iterable[Any]) -> tuple[Theme, ...]:
    return tuple(Theme(one[0], one[1], tuple(one[2])) for one in said)


def _listed(row: Sequence[Any]) -> Audited:
    one = Audited(*row)
    return one._replace(standings=_standings(one.standings), themes=_themes(one.themes))


def _add_agency(kept: dict[str, Any], more: Mapping[str, Any]) -> None:
    for name in ("datasets", "clean", "views", "downloads"):
        if name in more:
            kept[name] = kept.get(name, 0) + more[name]
    kept["levels"] = [a + b for a, b in zip(kept.get("levels", (0, 0, 0)), more["levels"], strict=True)]
    rules = kept.setdefault("rules", {})
    for rule, count in more["rules"].items():
        rules[rule] = rules.get(rule, 0) + count


def _agency(item: tuple[str, Mapping[str, Any]], points: Points | None) -> Agency:
    name, kept = item
    rules = sorted(kept["rules"].items(), key=lambda row: (-row[1], row[0]))[:_RULES]
    errors, warnings, infos = kept["levels"]
    use = {"views": kept.get("views"), "downloads": kept.get("downloads")}
    return Agency(
        name,
        kept["datasets"],
        kept["clean"],
        errors,
        warnings,
        infos,
        means=points.means(name) if points is not None else (),
        rules=tuple((rule, count) for rule, count in rules),
        gaps=points.gaps(name)[:_RULES] if points is not None else (),
        **use,
    )


def _most_to_do(one: Agency) -> tuple[int, int, int, str]:
    return -(one.errors + one.warnings), -one.infos, -one.datasets, one.name


def _worse(one: Audited) -> tuple[int, str, int]:
    levels = (one.errors, one.warnings, one.infos)
    return -sum(count * weight for count, weight in zip(levels, _WEIGHTS, strict=True)), one.path, one.line


def _more_used(one: Audited) -> tuple[int, int, str, int]:
    return -(one.downloads or 0), -(one.views or 0), one.path, one.line
