"""The comments of a file that hold problems back, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.formats.source import Source
from metalint.suppression.comments import MARK, Comment


def comments(source: Source, format_name: str) -> Iterator[Comment]:
    """Yield the comments of a file that begin with `metalint:`, in order; of JSON and CSV, which have none, nothing."""
    if format_name not in ("yaml", "xml") or not _has_any(source):
        return
    if format_name == "yaml":
        from metalint.suppression.yaml_comments import comments as in_yaml

        yield from in_yaml(source)
    else:
        from metalint.suppression.xml_comments import comments as in_xml

        yield from in_xml(source)


def _has_any(source: Source) -> bool:
    """Tell whether a file may have such a comment: most have none, and are read no further."""
    before = ""
    for text in source.text():
        if MARK in text or MARK in before + text[: len(MARK)]:
            return True
        before = text[-len(MARK) :]
    return False
