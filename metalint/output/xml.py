"""Reports in XML, for servers that read test results or code styles: JUnit and Checkstyle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import quoteattr

from metalint.model import Severity
from metalint.output import places
from metalint.output.settings import Settings
from metalint.pointers import pointer_text
from metalint.report import Report
from metalint.terminal import safe

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CHECKSTYLE = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def junit(report: Report, settings: Settings) -> Iterator[str]:
    """Yield JUnit's XML: a suite a file, a failed case a problem; a file without problems is one case that passed."""
    counts = Counter(problem.path for problem in places.shown(report, settings))
    total = counts.total()
    clean = [seen.path for seen in report.files if seen.path not in counts]
    tests = total + len(clean) + len(report.unreadable)
    yield _HEAD + f'<testsuites name="metalint" tests="{tests}" failures="{total}" errors="{len(report.unreadable)}">\n'
    for path, problems in groupby(places.shown(report, settings), key=lambda problem: problem.path):
        count = counts[path]
        yield f'  <testsuite name={_quoted(path)} tests="{count}" failures="{count}" errors="0">\n'
        for problem in problems:
            where = f"{problem.line}:{problem.column}"
            name = f"{problem.rule} {problem.record} {pointer_text(problem.pointer)} ({where})"
            words = " — ".join(filter(None, (f"{places.relative(path)}:{where}", problem.message, problem.help)))
            yield f"    <testcase classname={_quoted(path)} name={_text(name)}>\n"
            yield f"      <failure type={_text(problem.severity.name.lower())} message={_text(problem.message)}>"
            yield f"{_escaped(words)}</failure>\n    </testcase>\n"
        yield "  </testsuite>\n"
    for path in clean:
        yield f'  <testsuite name={_quoted(path)} tests="1" failures="0" errors="0">\n'
        yield f'    <testcase classname={_quoted(path)} name="metalint"/>\n  </testsuite>\n'
    for path, why in report.unreadable:
        yield f'  <testsuite name={_quoted(path)} tests="1" failures="0" errors="1">\n    <testcase'
        yield f' classname={_quoted(path)} name="metalint">\n      <error message={_text(why[settings.lang])}/>\n'
        yield "    </testcase>\n  </testsuite>\n"
    yield "</testsuites>\n"


def checkstyle(report: Report, settings: Settings) -> Iterator[str]:
    """Yield Checkstyle's XML: a file with its errors."""
    yield _HEAD + '<checkstyle version="4.3">\n'
    for path, problems in groupby(places.shown(report, settings), key=lambda problem: problem.path):
        yield f"  <file name={_quoted(path)}>\n"
        for problem in problems:
            words = problem.message + (f" [{problem.record}]" if problem.record else "")
            yield (
                f'    <error line="{problem.line}" column="{problem.column}" severity="{_CHECKSTYLE[problem.severity]}"'
                f" message={_text(words)} source={_text(f'metalint.{problem.rule}')}/>\n"
            )
        yield "  </file>\n"
    for path, why in report.unreadable:
        yield f'  <file name={_quoted(path)}>\n    <error line="0" severity="error" message={_text(why[settings.lang])}'
        yield ' source="metalint"/>\n  </file>\n'
    yield "</checkstyle>\n"


def _quoted(path: str) -> str:
    return _text(places.relative(path))


def _text(text: str) -> str:
    """Return a text as an attribute's value: what XML does not have is spelt out."""
    return quoteattr(_allowed(text))


def _escaped(text: str) -> str:
    return _allowed(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _allowed(text: str) -> str:
    return safe(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
