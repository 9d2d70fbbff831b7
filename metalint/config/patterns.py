"""Patterns of files, of records' identifiers and of pointers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from metalint.model import Pointer

_GLOB = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|\[!?[^\]]+\]|.", re.DOTALL)
_SIGNS = {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def file_pattern(glob: str) -> re.Pattern[str]:
    """Return a pattern of the paths, relative to a configuration file, that a glob means.

    As in .gitignore: one without `/` fits a file or a folder at any depth, and a folder means all that is in it.
    """
    plain = glob.removeprefix("./").rstrip("/")
    body = "".join(_glob_part(part) for part in _GLOB.findall(plain.removeprefix("/")))
    return re.compile(rf"{'' if '/' in plain else '(?:.*/)?'}{body}(?:/.*)?", re.DOTALL)


def _glob_part(part: str) -> str:
    if part in _SIGNS:
        return _SIGNS[part]
    if part.startswith("[") and len(part) > 1:
        inner = part[1:-1].replace("\\", "\\\\")
        return f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    return re.escape(part)


def record_pattern(text: str) -> re.Pattern[str]:
    """Return a pattern of the identifiers that are meant; `*` stands for any signs."""
    return re.compile(".*".join(map(re.escape, text.split("*"))), re.DOTALL)


def pointer_pattern(text: str) -> Pointer:
    """Return the steps of a pointer; `*` and nothing mean the whole record. Raises ValueError for what is none."""
    if text in ("", "*"):
        return ()
    if not text.startswith("/"):
        raise ValueError(text)
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:])


def within(pointer: Pointer, patterns: Sequence[Pointer]) -> bool:
    """Tell whether a pointer leads to what one of the patterns means, or to something in there."""
    return any(
        len(pattern) <= len(pointer)
        and all(wanted in ("*", str(step)) for wanted, step in zip(pattern, pointer, strict=False))
        for pattern in patterns
    )


def relative(path: Path, folder: Path) -> str:
    """Return how a folder calls a path, with `/` between its parts."""
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:  # it lies elsewhere: only patterns without `/` can fit
        return path.as_posix().lstrip("/")
