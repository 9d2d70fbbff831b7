"""The YAML files of a folder as data. What was read once is kept, as Python keeps its bytecode: most runs are short.

Of each file the first document counts, up to a line `---`. What is kept stands in `$METALINT_CACHE_DIR`, else in
`$XDG_CACHE_HOME/metalint` or `~/.cache/metalint`. It is used only while every file and every folder that was looked
at has the times and the size that it had then. An empty `METALINT_CACHE_DIR` keeps nothing.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from metalint import __version__
from metalint.model import Json

_ALIAS = r"(?:^|[\s\[{,:-])\*\w"


class DataError(Exception):
    """A file that cannot be read, or is no YAML."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def read(folder: Path, pattern: str) -> Mapping[str, Json]:
    """Return the first document of each file of the folder that matches, by its path in the folder, in order.

    Raises DataError.
    """
    place = _place(folder / pattern)
    found = _kept(place, folder) if place else None
    if found is None:
        paths = sorted(folder.glob(pattern))
        states = dict(_states([folder, *filter(Path.is_dir, folder.glob("*")), *paths]))  # before they are read
        found = {path.relative_to(folder).as_posix(): parsed(path, 0) for path in paths}
        if place:
            _keep(place, {"version": __version__, "states": states, "data": found})
    return found


def parsed(path: Path, number: int) -> Json:
    """Return the first document of a file (0), or what follows its line `---` (1). Raises DataError."""
    import yaml

    try:
        first, _, rest = path.read_text("utf-8").partition("\n---\n")
        # What follows keeps its line numbers, so that a mistake in it is named by its line.
        text = first if number == 0 else "\n" * (first.count("\n") + 2) + rest
        if re.search(_ALIAS, text) and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise DataError(path, "an alias (*) is not read here: write the content out")
        data: Json = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  a safe one
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise DataError(path, " ".join(str(error).split())) from error
    return data


def _place(files: Path) -> Path | None:
    """Return where that which is read of some files is kept; `None` where nothing is to be kept."""
    chosen = os.environ.get("METALINT_CACHE_DIR")
    if chosen == "":
        return None
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:  # no home
        return None
    folder = Path(chosen) if chosen else home / "metalint"
    return folder / f"{zlib.crc32(os.fsencode(files.absolute())):08x}.json"


def _states(paths: Iterable[Path | str]) -> Iterable[tuple[str, list[int]]]:
    """Yield for each file or folder its times and size: a folder's times tell that a file has come or gone."""
    for path in paths:
        try:
            state = os.stat(path)  # noqa: PTH116  two hundred of them, at every start
            yield str(path), [state.st_mtime_ns, state.st_ctime_ns, state.st_size]
        except OSError:
            yield str(path), []


def _kept(place: Path, folder: Path) -> Mapping[str, Json] | None:
    """Return what was kept, if all is as it was; something else may stand there, or nothing."""
    try:
        kept = json.loads(place.read_bytes())
        states, data = kept["states"], kept["data"]
        named = {str(folder), *(str(folder / name) for name in data)}
        same = (
            named <= states.keys()
            and kept["version"] == __version__
            and isinstance(data, dict)
            and dict(_states(states)) == states
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return data if same else None


def _keep(place: Path, kept: Mapping[str, object]) -> None:
    """Keep what was read, whole or not at all; a folder that cannot be written to is no fault of the run's."""
    import tempfile

    try:
        text = json.dumps(kept, ensure_ascii=False).encode()  # a path that is no UTF-8 fails here, before any file
        if json.loads(text) != kept:  # numbers as keys: JSON has none
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=place.parent)
        try:
            with open(number, "wb") as file:  # noqa: PTH123
                file.write(text)
            os.replace(name, place)  # noqa: PTH105
        except OSError:  # a full disk, a folder in its place
            os.unlink(name)  # noqa: PTH108
    except (OSError, TypeError, ValueError, RecursionError):  # dates: JSON has none
        return
