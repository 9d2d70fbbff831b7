"""YAML: one record, a list of records, several documents, or an object that holds the list."""

from __future__ import annotations

from metalint.formats.yaml_read import locate, parse
from metalint.formats.yaml_split import split

__all__ = ["locate", "parse", "split"]
