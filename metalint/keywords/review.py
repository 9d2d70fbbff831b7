"""The file in which a person judges pairs: proposals, and what was accepted or refused, as the person left it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metalint.keywords.vocab_mine import Pair
from metalint.model import Texts
from metalint.vocabulary import fold

if TYPE_CHECKING:
    from yaml import SequenceNode

STATES = ("proposed", "accepted", "refused")
_HEAD = """\
# 候選的長詞與簡稱，由人判斷：把 state 改成 accepted（可寫入 vocab/synonyms/）或 refused（不再提出）。
# 判斷過的項目會原樣保留（備註請寫在項目之內），其他的每次重新產生。
# Pairs of a long form and a short one, for a person to judge: set `state` to accepted (fit for vocab/synonyms/) or
# refused (never proposed again). What was judged stays as it is, remarks inside it too; the rest is made anew.
pairs:
"""


class ReviewError(Exception):
    """A file that is no review; the reason, in both languages."""

    def __init__(self, path: Path, zh: str, en: str) -> None:
        super().__init__(f"{path}: {en}")
        self.texts = Texts(f"{path}：{zh}", f"{path}: {en}")


class Judged(NamedTuple):
    """A pair that was judged, folded, and its text as it stands in the file."""

    key: tuple[str, str]
    text: str


def read(path: Path) -> list[Judged]:
    """Return what was judged in a file, in order; nothing where there is no file. Raises ReviewError."""
    import yaml

    try:
        text = path.read_text("utf-8-sig")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        why = error.strerror if isinstance(error, OSError) else " ".join(str(error).split())
        raise ReviewError(path, f"無法讀取：{why}", f"cannot be read: {why}") from error
    listed = data.get("pairs") if isinstance(data, dict) else None
    if not isinstance(data, dict) or "pairs" not in data or not isinstance(listed, list | None):
        raise ReviewError(
            path, "不是 metalint vocab mine 的檔案：沒有 pairs 清單", "it has no list `pairs`, as such files do"
        )
    assert isinstance(root, yaml.MappingNode)
    sequence = next(value for key, value in root.value if key.value == "pairs")
    judged = []
    for number, (entry, node) in enumerate(zip(listed or [], sequence.value if listed else (), strict=True)):
        long, short, state = (entry.get(key) if isinstance(entry, dict) else None for key in ("long", "short", "state"))
        if not isinstance(long, str) or not isinstance(short, str) or state not in STATES:
            line, wanted = node.start_mark.line + 1, ", ".join(STATES)
            zh = f"第 {line} 行（/pairs/{number}）需要 long、short 與 state（{wanted}）"
            raise ReviewError(path, zh, f"line {line} (/pairs/{number}): long, short and a state ({wanted}) are wanted")
        if state != "proposed":
            judged.append(Judged((fold(long), fold(short)), _entry(text, sequence, number)))
    return judged


def unjudged(pairs: Sequence[Pair], judged: Sequence[Judged]) -> list[Pair]:
    """Return the pairs that were not judged yet, in their order."""
    known = {one.key for one in judged}
    return [pair for pair in pairs if (fold(pair.long), fold(pair.short)) not in known]


def text(new: Sequence[Pair], judged: Sequence[Judged]) -> str:
    """Return the file: the proposals, then what was judged."""
    listed = "".join((*map(_proposed, new), *(one.text for one in judged)))
    return _HEAD + listed if listed else _HEAD.replace("pairs:", "pairs: []")


def write(path: Path, content: str) -> None:
    """Write a file, whole or not at all; a link stays one. Raises OSError."""
    place = Path(os.path.realpath(path))
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o644
    number, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with open(number, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)  # noqa: PTH101
        os.replace(name, place)  # noqa: PTH105
    except BaseException:  # an interruption too
        os.unlink(name)  # noqa: PTH108
        raise


def _proposed(pair: Pair) -> str:
    import yaml

    entry = {"long": pair.long, "short": pair.short, "evidence": dict(pair.counts), "examples": [*pair.records]}
    known = {side: [*concepts] for side, concepts in pair.known.items()}
    whole = {**entry, **({"known": known} if known else {}), "state": "proposed"}
    dumped = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000)
    return _item(dumped.splitlines())


def _entry(text: str, sequence: SequenceNode, number: int) -> str:
    """Return an item of the list as it is written, with its remarks, moved to the column where ours stand."""
    start, end, following = sequence.value[number].start_mark, sequence.value[number].end_mark.index, number + 1
    if not sequence.flow_style:  # up to the line of the next one, or what follows all of them
        last = following == len(sequence.value)
        end = sequence.end_mark.index if last else text.rfind("\n", 0, sequence.value[following].start_mark.index)
    lines = text[start.index : end].rstrip().splitlines()
    return _item([lines[0], *(_moved(line, start.column) for line in lines[1:])])


def _moved(line: str, column: int) -> str:
    return line[column:] if not line[:column].strip() else line.lstrip()


def _item(lines: Sequence[str]) -> str:
    return "".join(f"{'    ' if number else '  - '}{line}".rstrip() + "\n" for number, line in enumerate(lines))
