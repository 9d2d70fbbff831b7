"""Which configuration holds for a file. What reads one is imported only where there is one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from metalint.config.find import Finder

if TYPE_CHECKING:
    from metalint.config.load import Config


class Governing:
    """Configurations by folder: the nearest one upwards, or the one that is `named` for all; `isolated`: none."""

    def __init__(self, named: str | None = None, *, isolated: bool = False) -> None:
        self._named = Path(os.path.abspath(named)) if named is not None else None  # noqa: PTH100  nothing is resolved
        self._isolated = isolated
        self._finder = Finder()
        self._loaded: dict[Path, Config] = {}

    def of(self, folder: Path) -> Config | None:
        """Return the configuration that holds for the files of a folder. Raises ConfigError."""
        if self._named is None and self._isolated:
            return None
        found = (self._named,) if self._named is not None else self._finder.configs(folder)
        if not found:
            return None
        from metalint.config.load import load, one_of

        file = one_of(found)
        if file not in self._loaded:
            self._loaded[file] = load(file)
        return self._loaded[file]

    def of_run(self, paths: Sequence[str], stdin: str = "-") -> Config | None:
        """Return the configuration that holds for a run as a whole: that of the first path. Raises ConfigError."""
        first = absolute(paths[0] if paths else ".", stdin)
        return self.of(first if first.is_dir() else first.parent)

    def side(self, folder: Path) -> Path | None:
        """Return the file of suppressions that holds for the files of a folder. Raises ConfigError."""
        if self._isolated:
            return None
        config = self.of(folder)
        return self._finder.side(folder, config.file.parent if config is not None and config.root else None)


def absolute(path: str, stdin: str = "-") -> Path:
    """Return a path from the root on; `stdin` is what standard input is called."""
    return Path(os.path.abspath(stdin if path == "-" else path))  # noqa: PTH100  links are not followed
