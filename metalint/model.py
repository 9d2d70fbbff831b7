"""The types every room speaks: a record, what is demanded of it, what is found, what would mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple, TypeAlias

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"
Pointer: TypeAlias = tuple[str | int, ...]  # RFC 6901, not yet written as text; () is the record itself


class Severity(IntEnum):
    """How much a problem weighs: mandatory → error, recommended → warning, advice → info."""

    INFO = 1
    WARNING = 2
    ERROR = 3


class Span(NamedTuple):
    """A stretch of a record: offsets in its text from 0, half open; lines and columns of the file, from 1."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


class Fault(NamedTuple):
    """What a reader found wrong with the file itself, before any rule looked.

    `kind` is the defect part of a rule `record/<kind>`; `span` is absolute in lines and columns, and relative to the
    record's text in its offsets.
    """

    kind: str
    detail: Mapping[str, object]
    span: Span
    pointer: Pointer = ()


class Parsed(NamedTuple):
    """One record as plain data, and what its reader had to say; `UNREAD` where nothing came of it."""

    value: Json | Unread
    faults: tuple[Fault, ...] = ()


class Unread:
    """The type of `UNREAD`, the value of a record that could not be read."""


UNREAD: Final = Unread()


class Slice(NamedTuple):
    """The text of one record as it stands in its file: enough to read it again and to find every value in it.

    `line` and `column` are those of the text's first character, from 1. `home` is where the record stands in the
    file's own tree. `header` names the columns where the format keeps names apart from values. `parsed` is there only
    if the reader had to read the record to find its end.
    """

    number: int
    text: str
    line: int = 1
    column: int = 1
    home: Pointer = ()
    header: tuple[str, ...] | None = None
    parsed: Parsed | None = None


class At(NamedTuple):
    """A value and where it stands. `part` is set where the value is one piece of a joined cell: its offsets there."""

    pointer: Pointer
    value: Json
    part: tuple[int, int] | None = None


class Finding(NamedTuple):
    """All that a check may say: where, the words its message needs, and perhaps what would be right.

    `instead` is what is to stand there: one value, several in its place, or none (it goes). A check of one value leaves
    the place to the engine (`pointer` is `None`: that value). `part` are offsets in a joined cell. `field` names an
    absent field. `look`: what is proposed needs a look, though the rule's fixes are safe.
    """

    detail: Mapping[str, object] = {}
    instead: tuple[Json, ...] | None = None
    pointer: Pointer | None = None
    field: str | None = None
    part: tuple[int, int] | None = None
    look: bool = False


class Fix(NamedTuple):
    """What is to stand at a pointer: one value, several in its place in a list, or none (it goes).

    `part` is set where one piece of a joined cell is meant: its offsets there. Safe: the meaning is kept. `shown`: no
    command makes it, it is only shown.
    """

    pointer: Pointer
    values: tuple[Json, ...]
    safe: bool
    part: tuple[int, int] | None = None
    shown: bool = False


class Operation(NamedTuple):
    """A change of a record, as RFC 6902 has it: `op` is `replace`, `remove` or `add`."""

    op: str
    pointer: Pointer
    value: Json = None


class Splice(NamedTuple):
    """What is to stand in the place of a stretch of a record's text: offsets from 0, half open."""

    start: int
    end: int
    text: str


class Edit(NamedTuple):
    """A stretch of a file and what is to stand there, as it is written in the file's format."""

    span: Span
    text: str


class Excerpt(NamedTuple):
    """The line a problem starts on, cut to a window; `start` and `end` mark the problem inside `text`."""

    line: int
    text: str
    start: int
    end: int
    cut_left: bool
    cut_right: bool


class Suppressed(NamedTuple):
    """Why a problem does not count: the reason that somebody gave, and where that is written."""

    reason: str
    path: str
    line: int


class Problem(NamedTuple):
    """All that an output may read. Lines and columns count code points from 1; the end is exclusive.

    `suggested` are keywords that the record lacks, `edits` what `fix` does to the file, `digest` what tells the
    problem from others wherever it stands: each only where that was asked. `known`: it is in the baseline;
    `suppressed`: it is held back. Neither counts.
    """

    path: str
    line: int
    column: int
    rule: str
    end_line: int
    end_column: int
    severity: Severity
    message: str
    help: str
    record: str
    title: str
    pointer: Pointer
    fix: Fix | None = None
    excerpt: Excerpt | None = None
    suggested: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    digest: str = ""
    known: bool = False
    suppressed: Suppressed | None = None

    @property
    def aside(self) -> bool:
        """Whether it does not count: it is known, or suppressed."""
        return self.known or self.suppressed is not None


class Extras(NamedTuple):
    """What a problem carries only where that is asked, for it takes time: see `Problem`."""

    excerpts: bool = True
    edits: bool = False
    digests: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """The same sentence in both languages."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh-TW" else self.en


class Rule(NamedTuple):
    """A demand, as data: one file of `rules/`, whose path is its name."""

    id: str
    severity: Severity
    check: str
    given: tuple[str, ...]
    params: Mapping[str, Json]
    summary: Texts
    message: Texts
    help: tuple[Texts, ...] = ()  # the first whose words a finding brings is said
    fix: str = "none"
    default: bool = True
    platforms: tuple[str, ...] = ()  # none named: all
    yields: tuple[str, ...] = ()  # rules that say the same better: where one of them speaks, this one is silent


class Reason(NamedTuple):
    """Why a keyword is suggested: what its sentence says is in `detail`.

    `kind` is `synonym` (its `relation`: `everyday`, `preferred`), `text`, `neighbours`, `agency`, or `catalogue`.
    """

    kind: str
    detail: Mapping[str, str | int | list[str]]


class Suggestion(NamedTuple):
    """A keyword with its score (0 to 1) and at least one reason."""

    term: str
    score: float
    reasons: tuple[Reason, ...]


class Enriched(NamedTuple):
    """A record with the keywords that it has and those it lacks.

    `texts` are those that a search looks into, by field; `raw` is all of it; `key` is the key of its keywords, `None`
    where it has none.
    """

    path: str
    record: str
    title: str
    present: tuple[str, ...]
    keywords: tuple[Suggestion, ...]
    texts: Mapping[str, str]
    raw: Mapping[str, Json]
    key: str | None


class Unreadable(NamedTuple):
    """A stretch of a file, from a line and column on (0: all of it), that is no record, and why."""

    path: str
    line: int
    column: int
    why: Texts


class Found(NamedTuple):
    """What comes of a query: the word, its thing, how many records are about it, and are found before and after."""

    word: str
    thing: str
    about: int
    before: int
    after: int

    @property
    def gained(self) -> int:
        """Return how many more are found."""
        return self.after - self.before
