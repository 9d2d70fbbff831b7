"""A comparison for programs: JSON, JSON Lines, CSV; the same bytes for the same input."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from metalint.output import compared_words as say
from metalint.output.json_ import dump
from metalint.output.settings import Settings
from metalint.output.table import cell
from metalint.pointers import pointer_text
from metalint.snapshots.changes import Change
from metalint.snapshots.compared import RULE, Compared, Outcome
from metalint.snapshots.sides import Entry

_COLUMNS = (
    *("verdict", "record", "title", "agency", "old_record", "old_title", "old_agency"),
    *("successor_record", "successor_title", "fields", "breaking", "evidence", "similarity", "reason", "path", "line"),
)


def whole(found: Compared, settings: Settings) -> Iterator[str]:
    """Yield one object: version, added, changed, gone, summary."""
    yield '{"version": ' + dump(settings.version)
    for name, outcomes in (("added", found.added), ("changed", found.changed), ("gone", found.gone)):
        yield f',\n "{name}": ['
        for number, outcome in enumerate(outcomes):
            yield (",\n  " if number else "\n  ") + dump(_entry(outcome))
        yield "]"
    yield ',\n "summary": ' + dump(_summary(found)) + "}\n"


def lines(found: Compared, settings: Settings) -> Iterator[str]:  # noqa: ARG001
    """Yield one dataset a line: gone, changed, added."""
    for outcome in (*found.gone, *found.changed, *found.added):
        yield dump(_entry(outcome)) + "\n"


def table(found: Compared, settings: Settings) -> Iterator[str]:
    """Yield a row of headings, then a row a dataset, for a spreadsheet."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(_COLUMNS)
    yield "\ufeff" + _taken(out)
    for outcome in (*found.gone, *found.changed, *found.added):
        rows.writerow(cell(text) for text in _row(outcome, settings.lang))
        yield _taken(out)


def _row(outcome: Outcome, lang: str) -> Sequence[str]:
    entry, old = outcome.shown, outcome.old
    successor = outcome.new if outcome.verdict in ("merged", "superseded") else None
    fields = dict.fromkeys(say.label(one.field, lang) for one in outcome.changes)
    return (
        *(outcome.verdict, entry.record, entry.title, entry.agency),
        *((old.record, old.title, old.agency) if old is not None else ("", "", "")),
        *((successor.record, successor.title) if successor is not None else ("", "")),
        "; ".join(fields),
        "; ".join(outcome.breaking),
        outcome.how,
        "" if outcome.similarity is None else f"{outcome.similarity:.2f}",
        *(outcome.reason, entry.path, str(entry.line)),
    )


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _entry(outcome: Outcome) -> dict[str, object]:
    shown, old, new = outcome.shown, outcome.old, outcome.new
    entry: dict[str, object] = {
        "record": shown.record,
        "title": shown.title,
        "agency": shown.agency,
        "verdict": outcome.verdict,
        "path": shown.path,
        "line": shown.line,
    }
    if outcome.verdict == "vanished":
        entry["rule"] = RULE
    if outcome.changes:
        assert old is not None
        entry["was"] = _called(old)
        entry["changes"] = [_change(one) for one in outcome.changes]
    if new is not None and new is not shown:
        entry["series" if outcome.verdict == "vanished" else "successor"] = _called(new)
    if outcome.similarity is not None and outcome.how != "title":
        entry["similarity"] = round(outcome.similarity, 4)
    if outcome.how:
        entry["evidence"] = outcome.how
    if outcome.reason:
        entry["reason"] = outcome.reason
    return entry


def _called(entry: Entry) -> dict[str, object]:
    return {
        "record": entry.record,
        "title": entry.title,
        "agency": entry.agency,
        "path": entry.path,
        "line": entry.line,
    }


def _change(one: Change) -> dict[str, object]:
    return {
        "pointer": pointer_text(one.pointer),
        "field": one.field,
        "old": one.old,
        "new": one.new,
        "breaking": one.breaking or None,
    }


def _summary(found: Compared) -> dict[str, object]:
    lost = Counter(kind for outcome in found.changed for kind in outcome.breaking)
    verdicts = ("renamed", "relisted", "touched", "merged", "superseded", "announced", "vanished")
    return {
        "old": found.old._asdict(),
        "new": found.new._asdict(),
        "unchanged": found.unchanged,
        **{name: getattr(found.total, name) for name in ("added", "changed", "gone", "breaking")},
        **{name: found.counts.get(name, 0) for name in verdicts},
        "lost": dict(sorted(lost.items())),
        "by": found.by,
        "rows": [row._asdict() for row in found.rows],
    }
