"""A file of concepts as it is written: each concept with its line, and what is no concept with the reason."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from metalint.keywords.concepts import KEYS, Concept, ConceptError
from metalint.model import Texts

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
_ALL = ("preferred", *KEYS)


class Placed(NamedTuple):
    """A concept and the line of its file, from 1, on which it begins."""

    concept: Concept
    path: str
    line: int


class Mistake(NamedTuple):
    """What is wrong with a concept or one of its names, and what would be right; `concept` is its preferred name."""

    path: str
    line: int
    concept: str
    name: str
    what: Texts
    right: Texts


def read(path: Path) -> tuple[list[Placed], list[Mistake]]:
    """Return the concepts of a file, and what in it is none. Raises ConceptError for one that cannot be opened.

    As elsewhere its first document counts. Of a concept with a mistake what is right remains.
    """
    import yaml

    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return [], [_broken(path, line, f"不是 UTF-8（{error.object[error.start]:#x}）", "this is no UTF-8")]
    except OSError as error:
        raise ConceptError(f"{path}: {error.strerror or error}") from error
    first = text.replace("\r\n", "\n").partition("\n---\n")[0]
    try:
        for event in yaml.parse(first) if "*" in first else ():
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 1
                return [], [_broken(path, line, "這裡不讀別名（*）", "an alias (*) is not read here")]
        root = yaml.compose(first, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = error.problem or error.context or ""
        return [], [_broken(path, mark.line + 1 if mark else 1, f"不是 YAML：{why}", f"no YAML: {why}")]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        line = first.count("\n", 0, getattr(error, "position", 0)) + 1
        why = " ".join(str(error).split())
        return [], [_broken(path, line, f"不是 YAML：{why}", f"no YAML: {why}")]
    return _Reading(path).concepts(root)


class _Reading:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._mistakes: list[Mistake] = []

    def concepts(self, root: Node | None) -> tuple[list[Placed], list[Mistake]]:
        listed = None
        if _is_mapping(root):
            listed = dict(self._entries(root, "")).get("concepts")
        if not _is_list(listed):
            line = _line(listed or root) if root is not None else 1
            self._mistake(line, "", "", "沒有 concepts 清單", "it has no list `concepts`", *_CONCEPTS)
            return [], self._mistakes
        return [placed for node in listed.value if (placed := self._concept(node)) is not None], self._mistakes

    def _concept(self, node: Node) -> Placed | None:
        line = _line(node)
        if not _is_mapping(node):
            self._mistake(line, "", _shown(node), "不是概念", "this is no concept", *_CONCEPT)
            return None
        named = next((value for key, value in node.value if key.value == "preferred"), None)
        preferred = named.value if _is_text(named) else ""
        found = dict(self._entries(node, preferred))
        for key in sorted(found.keys() - {*_ALL}):
            near = difflib.get_close_matches(key, _ALL, 1)
            right = f"{near[0]}：" if near else "、".join(_ALL), f"{near[0]}:" if near else ", ".join(_ALL)
            self._mistake(line, preferred, key, "不認得的欄位", "unknown key", *right)
        if not preferred:
            self._mistake(line, "", "preferred", "沒有首選詞", "it has no preferred name", *_CONCEPT)
            return None
        listed = {key: tuple(self._texts(found[key], line, preferred, key)) if key in found else () for key in KEYS}
        everyday, official, en, dated, but = (listed[key] for key in KEYS)
        concept = Concept(preferred, everyday, official, en, dated, but, self._path.stem)
        return Placed(concept, str(self._path), line)

    def _texts(self, node: Node, line: int, preferred: str, key: str) -> Iterator[str]:
        if not _is_list(node):
            self._mistake(line, preferred, key, "不是清單", "this is no list", f"{key}: [甲, 乙]", f"{key}: [甲, 乙]")
            return
        for item in node.value:
            if _is_text(item):
                yield item.value
            else:
                quoted = f'"{_shown(item)}"' if _shown(item) else "甲"
                what = f"「{_shown(item)}」不是文字", f"“{_shown(item)}” is no text"
                self._mistake(line, preferred, key, *what, quoted, quoted)

    def _entries(self, node: MappingNode, preferred: str) -> Iterator[tuple[str, Node]]:
        seen = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                what = "同一個欄位寫了兩次，只有最後一個算數", "the same key twice: only the last one counts"
                self._mistake(_line(key), preferred, name, *what, "合併成一個", "make one of them")
            seen.add(name)
            yield name, value

    def _mistake(self, line: int, concept: str, name: str, zh: str, en: str, right_zh: str, right_en: str) -> None:
        self._mistakes.append(Mistake(str(self._path), line, concept, name, Texts(zh, en), Texts(right_zh, right_en)))


_CONCEPTS = ("concepts: 之下每行一個概念", "concepts: with a concept on each line below")
_CONCEPT = ("{preferred: 職業災害, everyday: [職災], en: [occupational accident]}",) * 2


def _broken(path: Path, line: int, zh: str, en: str) -> Mistake:
    right = Texts("UTF-8 的 YAML，內容直接寫出", "YAML in UTF-8, written out")
    return Mistake(str(path), line, "", "", Texts(zh, en), right)


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _shown(node: Node) -> str:
    return node.value if isinstance(node.value, str) else ""


def _is_text(node: Node | None) -> TypeGuard[ScalarNode]:
    return node is not None and node.tag == _STR and isinstance(node.value, str) and bool(node.value.strip())


def _is_list(node: Node | None) -> TypeGuard[SequenceNode]:
    return node is not None and node.tag == _SEQ


def _is_mapping(node: Node | None) -> TypeGuard[MappingNode]:
    return node is not None and node.tag == _MAP
