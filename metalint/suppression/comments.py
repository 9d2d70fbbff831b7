"""Comments of YAML and XML that hold problems back: `# metalint: ignore[rule, family] reason`.

Beside a key or a value, a comment is about what stands on its line, or is the value of that key. By itself, on the line
before, it is about the next key or item and all that is in it; in XML, about the next element.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from metalint.suppression.held import Reach

_IGNORE = re.compile(r"\s*ignore\s*\[([^\]]*)\]\s*(.*)", re.DOTALL)


class Comment(NamedTuple):
    """What stands behind `metalint:`, where (line and column from 1), and what it is about.

    `whole` is its line, in which it begins at `start`; of XML, the comment itself. `reach` is `None` where nothing
    follows that it could be about.
    """

    text: str
    line: int
    column: int
    length: int
    whole: str
    start: int
    reach: Reach | None


class Said(NamedTuple):
    """What a comment asks for."""

    rules: tuple[str, ...]
    reason: str


def read(comment: Comment) -> Said | None:
    """Return what a comment asks for; `None` where it is not to be understood."""
    match = _IGNORE.fullmatch(comment.text)
    rules = tuple(part.strip() for part in match[1].split(",") if part.strip()) if match is not None else ()
    return Said(rules, " ".join(match[2].split())) if match is not None and rules else None
