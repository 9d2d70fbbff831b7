"""The reports of an audit that are files: which there are, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from metalint.cli.outputs import to_file

if TYPE_CHECKING:
    from metalint.audit.result import Result
    from metalint.output import Settings

_FILES = {"html": "report.html", "xlsx": "report.xlsx", "markdown": "report.md"}


def prove(*, parquet: bool, xlsx: bool) -> None:
    """Raise CannotRun for what needs a package that is not installed: before the work, not after it."""
    if parquet:
        from metalint.audit import parquet as in_parquet

        in_parquet.prove()
    if xlsx:
        from metalint.output import sheets

        sheets.prove()


def write(result: Result, folder: str, forms: Sequence[str], settings: Settings) -> Iterator[str]:
    """Write reports into the folder of an audit, and yield their paths. Raises CannotRun."""
    for form in forms:
        path = str(Path(folder, _FILES[form]))
        to_file(path, _bytes(form, result, settings._replace(color=False, width=100)))
        yield path


def _bytes(form: str, result: Result, settings: Settings) -> Iterable[bytes]:
    if form == "xlsx":
        from metalint.output import audit_sheets, sheets

        return sheets.workbook(audit_sheets.sheets(result, settings), settings.lang)
    from metalint.output import audit_html, audit_markdown

    module = audit_html if form == "html" else audit_markdown
    return (piece.encode("utf-8", "backslashreplace") for piece in module.render(result, settings))
