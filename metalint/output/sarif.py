"""SARIF 2.1.0, as code scanning reads it: relative addresses, fingerprints, pointers, fixes, help in two languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from metalint.entries import dump
from metalint.model import Problem, Severity, Span
from metalint.output import places
from metalint.output.places import text
from metalint.output.settings import Settings
from metalint.output.summary import proposed
from metalint.pointers import pointer_text
from metalint.report import Report

MOST = 5_000  # results that GitHub keeps of one run
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LANGS = ("zh-TW", "en")


def render(report: Report, settings: Settings) -> Iterator[str]:
    """Yield one log with one run."""
    most = min(settings.max_problems or MOST, MOST)
    shown = places.by_severity(report, most)
    found = report.listed
    rules = sorted({problem.rule for problem in shown})
    numbers = {rule: number for number, rule in enumerate(rules)}
    driver = {
        "name": "metalint",
        "version": settings.version or "0",
        "rules": [_rule(name, settings, shown) for name in rules],
    }
    yield '{"version": "2.1.0", "$schema": ' + dump(_SCHEMA) + ', "runs": [{"tool": {"driver": '
    yield dump(driver) + '},\n "columnKind": "unicodeCodePoints", "invocations": ['
    yield dump(_invocation(report, found - len(shown), settings)) + '],\n "results": ['
    seen: dict[str, int] = {}
    for number, problem in enumerate(shown):
        key = problem.digest or f"{problem.rule}:{pointer_text(problem.pointer)}"
        seen[key] = seen.get(key, 0) + 1
        yield (",\n  " if number else "\n  ") + dump(_result(problem, numbers, f"{key}:{seen[key]}", settings, report))
    yield "]}]}\n"


def _invocation(report: Report, hidden: int, settings: Settings) -> dict[str, object]:
    """Return how the run went: what could not be read, and how much is not shown."""
    zh = settings.lang == "zh-TW"
    said: list[tuple[str, str]] = []
    for path, why in report.unreadable:
        said.append(("error", f"{text(places.relative(path))}: {text(why[settings.lang])}"))
    if hidden > 0:
        more = f"另有 {hidden:,} 個問題未列出，先列最嚴重的。"
        said.append(("warning", more if zh else f"{hidden:,} more problems are not listed: the gravest come first."))
    if report.interrupted:
        said.append(("error", "中斷" if zh else "interrupted"))
    notes = [{"level": level, "message": {"text": words}} for level, words in said]
    done = not (report.unreadable or report.interrupted)
    return {"executionSuccessful": done, **({"toolExecutionNotifications": notes} if notes else {})}


def _rule(name: str, settings: Settings, shown: Sequence[Problem]) -> dict[str, object]:
    """Return a rule with its help in both languages, the user's first: readers show one text, and no translations."""
    level = _LEVELS[next(problem.severity for problem in shown if problem.rule == name)]
    made: dict[str, object] = {
        "id": name,
        "defaultConfiguration": {"level": level},
        "properties": {"tags": ["metadata", name.partition("/")[0]], "precision": "high"},
    }
    one = settings.explained.get(name)
    if one is None:
        return made
    langs = sorted(_LANGS, key=lambda lang: lang != settings.lang)
    plain = "\n\n".join(f"{one.summary[lang]}\n{one.why[lang].strip()}" for lang in langs)
    source = "\n".join(f"- {text(source)}" for source in one.source)
    marked = "\n\n".join(f"**{one.summary[lang]}**\n\n{one.why[lang].strip()}" for lang in langs)
    return {
        **made,
        "shortDescription": {"text": one.summary[settings.lang]},
        "fullDescription": {"text": one.why[settings.lang].strip()},
        "help": {"text": f"{plain}\n\n{source}", "markdown": f"{marked}\n\n{source}"},
    }


def _result(
    problem: Problem, numbers: dict[str, int], fingerprint: str, settings: Settings, report: Report
) -> dict[str, object]:
    pointer = text(pointer_text(problem.pointer))
    where = {"uri": places.uri(problem.path), "uriBaseId": "SRCROOT"}
    if where["uri"].startswith("file:"):
        del where["uriBaseId"]
    said = problem.message + (f"\n{problem.help}" if problem.help else "")
    name = f"{problem.record} {problem.title}".strip()
    location: dict[str, object] = {
        "physicalLocation": {"artifactLocation": where, "region": _region(places.span_of(problem))},
        "logicalLocations": [{"name": text(problem.record), "fullyQualifiedName": pointer, "kind": "member"}],
    }
    made: dict[str, object] = {
        "ruleId": problem.rule,
        "ruleIndex": numbers[problem.rule],
        "level": _LEVELS[problem.severity],
        "message": {"text": text(said + (f"\n[{name}]" if name else "")) or problem.rule},
        "locations": [location],
        "partialFingerprints": {"metalint/v1": text(fingerprint)},
        "properties": {"record": text(problem.record), "title": text(problem.title), "pointer": pointer},
    }
    if report.known is not None:
        made["baselineState"] = "unchanged" if problem.known else "new"
    if problem.suppressed is not None:
        held = problem.suppressed
        kind = "inSource" if held.path == problem.path else "external"
        made["suppressions"] = [{"kind": kind, "justification": text(held.reason or f"{held.path}:{held.line}")}]
    if problem.fix is not None and problem.edits and not problem.fix.shown:
        replacements = [
            {"deletedRegion": _region(edit.span), "insertedContent": {"text": text(edit.text)}}
            for edit in problem.edits
        ]
        what = text(proposed(problem.fix, settings.lang))
        made["fixes"] = [
            {
                "description": {"text": what or problem.rule},
                "artifactChanges": [{"artifactLocation": where, "replacements": replacements}],
            }
        ]
    return made


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": max(span.line, 1),
        "startColumn": max(span.column, 1),
        "endLine": max(span.end_line, 1),
        "endColumn": max(span.end_column, 1),
    }
