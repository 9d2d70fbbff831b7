"""What every worker of an audit is asked, and what it keeps ready between two pieces of work."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from metalint import fields as places
from metalint import formats
from metalint import opened as opening
from metalint.audit import near_part, parquet_read
from metalint.audit.near_facts import LINKS
from metalint.audit.states import State
from metalint.checks.kinds import Fields
from metalint.engine import Plan
from metalint.fields import Place
from metalint.filecheck import Job, of_file, opened_for, setting_of
from metalint.formats import Format
from metalint.formats.source import Source
from metalint.jobs import Jobs
from metalint.messages import Sayings
from metalint.model import Json, Pointer, Problem
from metalint.opened import Opened
from metalint.problems import Problems
from metalint.run import Options
from metalint.scores.kinds import Standing, Theme

# Fields that say which dataset a record is, whose, and how much it is used.
_NAMING = ("identifier", "title", "publisher", "organization", "views", "downloads")


class Ask(NamedTuple):
    """What an audit is asked: options with the day filled in, the paths as they were given, and its folder.

    `each`: each file is a catalogue by itself, even beside others of its platform. `sample`: so many records, chosen by
    `seed`; 0: all. `scores`: how datasets score is told too. `run` is another one in every run: a worker of a cluster
    outlives them, and would take what it made ready in an earlier one for what holds now.
    """

    options: Options
    paths: tuple[str, ...]
    folder: str
    each: bool = False
    sample: int = 0
    seed: int = 0
    scores: bool = False
    run: str = ""


class Scored(NamedTuple):
    """How a dataset stands by each method, and the high-value themes that it seems to belong to."""

    standings: tuple[Standing, ...] = ()
    themes: tuple[Theme, ...] = ()


class Part(NamedTuple):
    """What is looked at by itself, the unit of work: a stretch of a file, or several small files. `key` names it.

    `states` are those that the files were in when the part was listed.
    """

    key: str
    sources: tuple[Source, ...]
    states: tuple[State, ...]


class Ready(NamedTuple):
    """A file made ready: what it is asked, how it is read, and what is to be said of it as a whole.

    `catalogue` names the files that are one catalogue: of one folder, of one platform, with the same columns.
    """

    job: Job
    opened: Opened
    format: Format
    plan: Plan
    homes: tuple[Pointer, ...]
    fields: Callable[[Json], Fields]
    problems: Problems
    score: Callable[[Fields], Scored]
    of_file: tuple[Problem, ...]
    catalogue: str


@lru_cache(2)
def jobs_of(ask: Ask) -> Jobs:
    """Return what files are asked. Raises CannotRun."""
    return Jobs(ask.options, ask.paths)


@lru_cache(2)
def ready(ask: Ask, source: Source) -> Ready | None:
    """Return a file made ready; `None` for one that its configuration leaves out. Raises CannotRun and OSError."""
    job = jobs_of(ask).of(source.file or source.path)  # a worker of a cluster may be in another folder
    if job is None:
        return None
    opened = parquet_read.opened(source, job) if parquet_read.is_parquet(source) else opened_for(source, job)
    format_ = formats.named(opened.format)
    plan = Plan(setting_of(opened, job), format_)
    said = tuple(of_file(plan, opened))
    platform = opened.choice.platform
    folder = source.path if ask.each else str(Path(source.path).parent)
    name = "\0".join((folder, platform.name, *(opened.header or ())))
    bare = opened._replace(pieces=iter(()))
    names = platform.fields.keys() & {*_NAMING, *near_part.fields_of(job)}
    wanted = {
        name: tuple(Place(one.pattern) for one in at) if name in LINKS else at  # compared as a cell has them
        for name, at in platform.fields.items()
        if name in names
    }
    read = places.reader(platform.fields if ask.scores else wanted)
    problems = Problems(
        source.path,
        job.rules,
        {**platform.severity, **job.severity},
        Sayings(job.lang, job.lexicon),
        format_,
        job.extras,
    )
    return Ready(
        job, bare, format_, plan, opening.homes(job.platforms), read, problems, _scorer(ask, opened, job), said, name
    )


def _scorer(ask: Ask, opened: Opened, job: Job) -> Callable[[Fields], Scored]:
    """Return what scores a record of a file. Raises CannotRun."""
    if not ask.scores:
        return lambda fields: Scored()  # noqa: ARG005
    from metalint.scores import judging, methods, themes

    judge = judging.judge(methods.methods(), opened.choice.platform, opened.header, job.lexicon, job.today)
    themed = themes.theme_judge(job.lexicon)
    return lambda fields: Scored(judge(fields), themed(fields))
