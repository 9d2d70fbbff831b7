"""Which configuration file, and which file of suppressions, a folder belongs to: the nearest one upwards.

The search ends at a folder with `.git`. This is all that a run without configuration pays: a few calls a folder, once.
"""

from __future__ import annotations

import re
from pathlib import Path

NAMES = ("metalint.toml", ".metalint.toml", "metalint.yaml")
PROJECT = "pyproject.toml"  # only with a table `[tool.metalint]`
SIDE = ".metalint-ignore.yaml"
_TABLE = rb"(?m)^[ \t]*\[{1,2}[ \t]*tool[ \t]*\.[ \t]*metalint[ \t]*[\].]"


class Finder:
    """Looks upwards, once a folder."""

    def __init__(self) -> None:
        self._configs: dict[Path, tuple[Path, ...]] = {}
        self._sides: dict[tuple[Path, Path | None], Path | None] = {}

    def configs(self, folder: Path) -> tuple[Path, ...]:
        """Return the configuration files of the nearest folder that has any; that they are several is a mistake."""
        found = self._configs.get(folder)
        if found is None:
            found = configured(folder) or (() if _ends(folder) else self.configs(folder.parent))
            self._configs[folder] = found
        return found

    def side(self, folder: Path, top: Path | None = None) -> Path | None:
        """Return the nearest file of suppressions; above the folder `top` nothing is looked for."""
        key = (folder, top)
        if key not in self._sides:
            file = folder / SIDE
            if file.is_file():
                self._sides[key] = file
            else:
                self._sides[key] = None if folder == top or _ends(folder) else self.side(folder.parent, top)
        return self._sides[key]


def configured(folder: Path) -> tuple[Path, ...]:
    """Return the configuration files that lie in a folder itself."""
    found = [file for name in NAMES if (file := folder / name).is_file()]
    project = folder / PROJECT
    if project.is_file() and has_table(project):
        found.append(project)
    return tuple(found)


def has_table(project: Path) -> bool:
    """Tell whether a `pyproject.toml` has something to say to metalint."""
    try:
        return re.search(_TABLE, project.read_bytes()) is not None
    except OSError:
        return False


def _ends(folder: Path) -> bool:
    return folder.parent == folder or (folder / ".git").exists()
