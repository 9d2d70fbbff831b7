"""Facts of a partition as a file: arrays side by side, the same bytes for the same facts, nothing to be executed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from metalint.writing import replace_file


def save(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays, whole or not at all. Raises OSError and CannotReplace."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), member.getvalue())  # of 1980: no time of day
    replace_file(str(path), packed.getbuffer().tobytes())


def load(path: Path, names: Sequence[str]) -> list[NDArray[Any]]:
    """Return the named arrays of a file. Raises OSError, and ValueError for a file that does not hold them."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            return [_array(archive.read(f"{name}.npy")) for name in names]
    except (KeyError, EOFError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path}: does not hold the facts {', '.join(names)}") from error


def _array(member: bytes) -> NDArray[Any]:
    array: NDArray[Any] = np.lib.format.read_array(io.BytesIO(member), allow_pickle=False)
    return array
