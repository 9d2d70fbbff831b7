"""What the figures of all parts add up to. All that grows is the number of agencies."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from metalint.audit.counted import LISTED, weight
from metalint.audit.points import Points
from metalint.audit.result import Agency, Audited, RuleRow, Summary
from metalint.model import Severity, Texts
from metalint.report import FileSeen
from metalint.scores.kinds import Standing, Theme

_RULES = 10  # of an agency


class Files(NamedTuple):
    """The files of an audit, and what could not be read of it."""

    seen: tuple[FileSeen, ...]
    unreadable: tuple[tuple[str, Texts], ...]


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
    count = clean = minor = suppressed = 0
    worst: list[Audited] = []
    used: list[Audited] = []
    points: Points | None = None
    for part in parts:
        if part["points"] is not None:
            points = points or Points()
            points.merge(part["points"])
        count += part["datasets"]
        clean += part["clean"]
        minor += part["minor"]
        suppressed += part["suppressed"]
        elsewhere = [a + b for a, b in zip(elsewhere, part["elsewhere"], strict=True)]
        for rule, row in part["rules"].items():
            kept = rules.setdefault(rule, [row[0], 0, 0, 0, 0])
            kept[1:] = [a + b for a, b in zip(kept[1:], row[1:], strict=True)]
        for name, agency in part["agencies"].items():
            _add_agency(agencies.setdefault(name, {}), agency)
        worst = heapq.nsmallest(LISTED, [*worst, *map(revived, part["worst"])], key=_worse)
        used = heapq.nsmallest(LISTED, [*used, *map(revived, part["used"])], key=_more_used)
    found = [RuleRow(rule, Severity[row[0]], *row[1:]) for rule, row in rules.items()]
    totals = [sum(one["levels"][at] for one in agencies.values()) + elsewhere[at] for at in range(3)]
    return Summary(
        version=version,
        made=made,
        sources=files.seen,
        datasets=count,
        clean=clean,
        minor=minor,
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


def _standings(said: Iterable[Any]) -> tuple[Standing, ...]:
    return tuple(Standing(one[0], one[1], tuple(one[2]), tuple(one[3])) for one in said)


def _themes(said: Iterable[Any]) -> tuple[Theme, ...]:
    return tuple(Theme(one[0], one[1], tuple(one[2])) for one in said)


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
        gaps=points.gaps(name) if points is not None else (),
        **use,
    )


def _most_to_do(one: Agency) -> tuple[int, int, int, str]:
    return -(one.errors + one.warnings), -one.infos, -one.datasets, one.name


def _worse(one: Audited) -> tuple[int, str, int]:
    return -weight(one.errors, one.warnings, one.infos), one.path, one.line


def _more_used(one: Audited) -> tuple[int, int, str, int]:
    return -(one.downloads or 0), -(one.views or 0), one.path, one.line
