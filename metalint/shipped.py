"""Where `rules/` and `vocab/` stand: inside an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """Return the folder `rules` or `vocab`."""
    package = Path(__file__).parent
    inside = package / "_data" / name
    return inside if inside.is_dir() else package.parent / name
