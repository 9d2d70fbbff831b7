"""The datasets of the agencies that were asked for, by a part of their names. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from metalint.model import Texts
from metalint.run import CannotRun
from metalint.usage.gathered import Entry
from metalint.vocabulary import fold

_NEAR = 3  # names that are offered
_ALIKE = 0.4  # the least likeness of these, as difflib counts it: 職安署 is to find 勞動部職業安全衛生署


def kept(entries: Sequence[Entry], agency: Sequence[str]) -> Sequence[Entry]:
    """Return the datasets of agencies whose names, as they are compared, have one of some texts; without texts all.

    Raises CannotRun for a text that no agency has in its name.
    """
    if not agency or not entries:
        return entries
    names = Counter(entry.row.agency for entry in entries)
    folded = {name: fold(name) for name in names}
    wanted: set[str] = set()
    for text in agency:
        part = fold(text)
        found = {name for name, own in folded.items() if part in own}
        if not found:
            raise CannotRun(_nobody(text, names))
        wanted |= found
    return tuple(entry for entry in entries if entry.row.agency in wanted)


def _nobody(text: str, names: Counter[str]) -> Texts:
    """Return why nothing is found, with the names that are nearest, else those of the agencies with most datasets."""
    import difflib

    most = [name for name, _ in names.most_common() if name]
    if not most:
        zh, en = "檔案沒有提供機關，不能依機關篩選", "the files name no agencies"
        return Texts(f"--agency {text}：{zh}", f"--agency {text}: {en}")
    near = difflib.get_close_matches(text, most, _NEAR, _ALIKE)
    shown = near or most[:_NEAR]
    zh, en = "最接近的是", "the nearest"
    if not near:
        zh, en = f"共有 {len(most):,} 個機關，例如", f"there are {len(most):,}, such as"
    return Texts(
        f"--agency {text}：沒有提供機關的名稱含這幾個字；{zh}：{'、'.join(shown)}",
        f"--agency {text}: no agency has this in its name; {en}: {', '.join(shown)}",
    )
