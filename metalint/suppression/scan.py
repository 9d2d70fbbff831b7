"""The comments of a file that hold problems back, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.formats.source import Source
from metalint.suppression.comments import Comment
from metalint.suppression.given import commented


def comments(source: Source, format_name: str) -> Iterator[Comment]:
    """Yield the comments of a file that begin with `metalint:`, in order; of JSON and CSV, which have none, nothing."""
    if not commented(source, format_name):
        return
    if format_name == "yaml":
        from metalint.suppression.yaml_comments import comments as in_yaml

        yield from in_yaml(source)
    else:
        from metalint.suppression.xml_comments import comments as in_xml

        yield from in_xml(source)
