"""What a YAML parser complains of, in the words of this program."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import yaml

SHOWN = 20  # characters of what was found


class Mark(NamedTuple):
    """A place in a document: characters, lines and columns from 0."""

    offset: int
    line: int
    column: int


class _Words(NamedTuple):
    expected: str = ""
    hint: str = ""
    reason: str = "syntax"
    opening: bool = False  # the place to look at is where the thing began


# By what the parser's sentence contains; of several, the first.
_KNOWN = {
    "unexpected end of stream": _Words(hint="unclosed-string", opening=True),
    "unexpected document indicator": _Words(hint="unclosed-string", opening=True),
    "expected ',' or ']'": _Words("',' ']'", "missing-comma"),
    "expected ',' or '}'": _Words("',' '}'", "missing-comma"),
    "mapping values are not allowed": _Words(hint="indent"),
    "could not find expected ':'": _Words("':'", opening=True),
    "expected key": _Words("key"),
    "expected <block end>": _Words("key"),
    "expected '-' indicator": _Words("'-'"),
    "escape c": _Words(hint="bad-escape"),
    "hexdec": _Words(hint="bad-escape"),
    "exceeded m": _Words(reason="too-deep"),
    "undefined tag handle": _Words(reason="unknown-tag"),
    "tab character": _Words(hint="tab-indent"),
    "'\\t' that cannot start": _Words(hint="tab-indent"),
    "alphabetic or numeric character": _Words(hint="quote-needed"),
    "expected <document start>": _Words(reason="trailing-text"),
}


def explain(error: yaml.YAMLError, text_at: Callable[[int, int], str]) -> tuple[Mark, dict[str, object]]:
    """Return where an error is and the words for it; `text_at` gives a stretch of the text, as far as it is known.

    Hints beyond those of other formats: `indent`, `quote-needed` (a sign that a plain text may not hold), `bad-escape`.
    """
    problem = str(getattr(error, "problem", None) or "")
    words = next((words for part, words in _KNOWN.items() if part in problem), _Words())
    place = _mark(getattr(error, "problem_mark", None))
    begun = _mark(getattr(error, "context_mark", None))
    mark, hint = (begun or place) if words.opening else (place or begun), words.hint
    mark = mark or Mark(0, 0, 0)
    if hint == "missing-comma" and begun is not None and not text_at(mark.offset, mark.offset + SHOWN).strip():
        mark, hint = begun, "unclosed"
    if hint == "indent" and ": " in text_at(mark.offset - mark.column, mark.offset):
        hint = "quote-needed"
    found = _first_line(text_at(mark.offset, mark.offset + SHOWN))
    if words.reason == "syntax" and not hint and found:
        hint = "tab-indent" if found[0] == "\t" else "quote-needed" if found[0] in "@`%*&!" else ""
    detail = {"reason": words.reason, "found": found, "expected": words.expected, "hint": hint}
    return mark, {key: word for key, word in detail.items() if word}


def _mark(mark: yaml.Mark | None) -> Mark | None:
    return Mark(mark.index, mark.line, mark.column) if mark is not None else None


def _first_line(text: str) -> str:
    lines = text.splitlines()
    return lines[0] if lines else ""
