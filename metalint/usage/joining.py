"""Use and problems together: which datasets are used most and described worst, so that repair pays most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from metalint import api, datasets
from metalint.model import Extras, Severity, Texts, Unreadable
from metalint.run import Options, Progress
from metalint.usage import groups
from metalint.usage.result import Joined, Usage, Use
from metalint.vocabulary import fold

_NO_METADATA = Texts(
    "沒有檢查詮釋資料（檔案只是統計表，或來自標準輸入）；請用 --catalogue 指定資料集清單",
    "No metadata was checked (the files are tables of figures, or standard input); name the list by --catalogue",
)


class Found(NamedTuple):
    """How many errors and warnings a dataset has."""

    errors: int
    warnings: int


def join(
    usage: Usage, catalogue: Sequence[str], options: Options, progress: Progress | None = None
) -> tuple[Usage, list[Unreadable]]:
    """Return the usage with the problems of each dataset, and what of the catalogue cannot be read. Raises CannotRun.

    Without a catalogue the files of the last period are checked themselves, where they describe datasets.
    """
    paths = tuple(catalogue) or _described(usage, options.stdin_filename)
    if not paths:
        return usage._replace(unjoined=_NO_METADATA), []
    report = api.check(paths, options._replace(extras=Extras(excerpts=False)), progress)
    counts: Counter[tuple[str, str, Severity]] = Counter()
    for problem in report.problems():
        if not problem.aside:
            counts[problem.path, problem.record, problem.severity] += 1
    unreadable = [Unreadable(path, 0, 0, why) for path, why in report.unreadable] if catalogue else []
    report.close()
    if report.interrupted:
        raise KeyboardInterrupt
    found = _catalogue(paths, options, counts)
    uses = [_joined(use, found) for use in usage.datasets]
    known = sum(use.errors is not None for use in uses)
    told = Joined(paths, known, len(uses) - known)
    agencies = groups.agencies(uses, usage.present)
    return usage._replace(datasets=tuple(uses), agencies=agencies, joined=told), unreadable


class _Catalogue(NamedTuple):
    """The problems of datasets by file and record number, by identifier, and by title and agency as compared."""

    places: Mapping[tuple[str, int], Found]
    ids: Mapping[str, Found]
    names: Mapping[tuple[str, str], Sequence[Found]]


def _catalogue(paths: Sequence[str], options: Options, counts: Counter[tuple[str, str, Severity]]) -> _Catalogue:
    places: dict[tuple[str, int], Found] = {}
    ids: dict[str, Found] = {}
    names: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in datasets.read(paths, options):
        if isinstance(one, Unreadable):
            continue
        found = Found(*(counts[one.path, one.record, level] for level in (Severity.ERROR, Severity.WARNING)))
        places[one.path, one.number] = found
        if one.record != str(one.number):
            ids.setdefault(one.record, found)
        names[fold(one.title), fold(one.agency)].append(found)
    return _Catalogue(places, ids, names)


def _joined(use: Use, found: _Catalogue) -> Use:
    """Return a dataset with its problems; of several of the same name those of the worst."""
    one = found.places.get((use.path, use.number)) or (found.ids.get(use.record) if use.record else None)
    if one is None and use.title:
        one = max(found.names.get((fold(use.title), fold(use.agency)), ()), default=None)
    return use._replace(errors=one.errors, warnings=one.warnings) if one is not None else use


def _described(usage: Usage, stdin: str) -> tuple[str, ...]:
    """Return the files of the last period that describe datasets; standard input cannot be read twice."""
    described = [source for source in usage.sources if source.metadata and source.path != stdin]
    dated = [source.last for source in usage.sources if source.last is not None]
    last = max(dated, default=None)
    return tuple(source.path for source in described if source.last == last)
