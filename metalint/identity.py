"""What tells a problem from all others, whatever its place: its record, where in the record, its rule, its value.

Neither lines nor counts are part of it, so that it survives when records, or items within them, change their order. See
decision 13.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b

from metalint.model import Json, Pointer, Unread
from metalint.pointers import ABSENT, Absent, pointer_text, value_at

# What names an item of a list, such as a resource of a dataset, on the platforms that there are.
_NAMES = (
    *("identifier", "@id", "id", "resourceID", "資源識別碼", "accessURL", "downloadURL", "resourceDownloadUrl"),
    *("downloadUrl", "url", "name", "title", "resourceDescription", "resourceTitle"),
)
_PLACES = frozenset(("line", "first_line", "number", "first"))  # words of a finding that say where something stands
_SIZE = 10  # bytes: of a million problems no two are the same by chance


def identity(record: str, rule: str, pointer: Pointer, raw: Json | Unread, depth: int = 0) -> str:
    """Return a hash; `raw` is the value that the first `depth` steps of the pointer lead to, a record for 0."""
    if isinstance(raw, Unread):
        anchor, value = pointer_text(pointer), ""
    else:
        anchor = pointer_text(pointer) if depth else _anchor(raw, pointer)
        found = value_at(raw, pointer[depth:])
        value = "" if isinstance(found, Absent) else _written(found)
    return _hash(f"{record}\0{rule}\0{anchor}\0{value}")


def of_detail(detail: Mapping[str, object]) -> Json:
    """Return the words of a finding that say what it is about, and not where that stands."""
    return {key: str(value) for key, value in detail.items() if key not in _PLACES}


def _anchor(raw: Json, pointer: Pointer) -> str:
    """Return a pointer in which items of lists are named by what they are, as long as that tells them apart."""
    steps: list[str] = []
    here: Json | Absent = raw
    for step in pointer:
        inner = value_at(here, (step,)) if not isinstance(here, Absent) else ABSENT
        if isinstance(step, int) and isinstance(here, list):
            steps.append(_item(here, step))
        else:
            steps.append(str(step))
        here = inner
    return pointer_text(tuple(steps))


def _item(items: Sequence[Json], at: int) -> str:
    """Return a name of a list's item: its own, if no other has it; of a text nothing, for its value is told anyhow."""
    item = items[at] if at < len(items) else None
    if not isinstance(item, dict):
        return "*"
    for key in _NAMES:
        name = item.get(key)
        if name and not isinstance(name, (dict, list)):
            twins = sum(isinstance(other, dict) and other.get(key) == name for other in items)
            return f"*{_hash(f'{key}={name}')}" if twins == 1 else f"*{at}"
    return f"*{at}"


def _written(value: Json) -> str:
    """Return a value as text; of objects nothing: what is wrong with one is what it lacks, not what it has."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict) for item in value)):
        return ""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).hexdigest()
