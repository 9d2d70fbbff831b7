"""How tests compare two versions of a catalogue: records in, what became of them out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from metalint.run import Options
from metalint.snapshots import comparison
from metalint.snapshots.compared import Compared

Row = tuple[str, str]  # a title and an agency


def compared(old: Iterable[Mapping[str, str]], new: Iterable[Mapping[str, str]], folder: Path) -> Compared:
    for name, records in (("old.json", old), ("new.json", new)):
        (folder / name).write_text(json.dumps([*records], ensure_ascii=False), "utf-8")
    return comparison.compare(str(folder / "old.json"), str(folder / "new.json"), Options())


def records(rows: Iterable[Row]) -> list[dict[str, str]]:
    return [{"資料集名稱": title, "提供機關": agency} for title, agency in rows]
