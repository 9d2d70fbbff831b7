"""Proves the synonym vocabulary: nothing said twice, nothing that contradicts, nothing that leads in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from metalint.keywords import concept_nodes
from metalint.keywords.concept_nodes import Mistake, Placed
from metalint.keywords.concepts import Concept, ConceptError, leads, level
from metalint.model import Texts

AGENCIES = "agencies"  # the file of agencies: the name of one also names its task (環境保護局, 環境保護)


class Proof(NamedTuple):
    """How many concepts in how many files were looked at, and what is wrong with them, by file and line."""

    concepts: int
    files: int
    mistakes: tuple[Mistake, ...]


def check(folders: Sequence[Path]) -> Proof:
    """Prove the `synonyms/*.yaml` of folders; a concept of a later one replaces one that is preferred the same.

    Raises ConceptError for a folder without such files, and for a file that cannot be opened.
    """
    mistakes: list[Mistake] = []
    found: dict[str, Placed] = {}
    files = 0
    for folder in folders:
        paths = sorted(folder.glob("synonyms/*.yaml"))
        if not paths:
            raise ConceptError(f"{folder}: no synonyms/*.yaml")
        files += len(paths)
        own: dict[str, Placed] = {}
        for path in paths:
            placed, wrong = concept_nodes.read(path)
            mistakes += wrong
            for one in placed:
                first = own.setdefault(level(one.concept.preferred), one)
                if first is not one:
                    mistakes.append(_again(one, first))
        found.update(own)
    kept = [*found.values()]
    mistakes += (mistake for one in kept for mistake in (*_names(one), *_words(one)))
    circles = [*_circles(kept)]
    round_about = {level(name) for circle in circles for name in circle.names}
    mistakes += (circle.mistake for circle in circles)
    mistakes += (mistake for mistake in _shared(kept) if level(mistake.name) not in round_about)
    return Proof(len(kept), files, tuple(sorted(mistakes, key=lambda one: (one.path, one.line))))


def _again(one: Placed, first: Placed) -> Mistake:
    what = Texts(f"這個概念已在 {_at(first)}", f"this concept stands at {_at(first)} already")
    return _mistake(one, one.concept.preferred, what, Texts("兩處合併成一個概念", "make one concept of both"))


def _names(one: Placed) -> Iterator[Mistake]:
    """Yield what is wrong with the names of a concept by themselves."""
    seen: dict[str, str] = {}
    for kind, name in _kinds(one.concept):
        first = seen.setdefault(level(name), "")
        if not first:
            seen[level(name)] = kind
        elif kind == "dated" != first:
            what = Texts(f"既是 {first} 又是 dated", f"it is both {first} and dated")
            yield _mistake(one, name, what, Texts("不再使用才列 dated，否則刪去", "leave one: dated is out of use"))
        else:
            what = Texts(f"同一個名稱列了兩次（{first}、{kind}）", f"the same name twice ({first}, {kind})")
            yield _mistake(one, name, what, Texts(f"只留 {first} 的那一個", f"leave the one in {first}"))
    if not (one.concept.everyday or one.concept.official):
        what = Texts("只有一個名稱，什麼也建議不出來", "it has one name only, from which nothing follows")
        yield _mistake(one, one.concept.preferred, what, Texts("加上 everyday 或 official", "add everyday or official"))


def _words(one: Placed) -> Iterator[Mistake]:
    """Yield what is wrong with the words of a concept that are not it (`not`)."""
    names = {level(name) for name in one.concept.names}
    for number, word in enumerate(one.concept.but):
        flat = level(word)
        if flat in names:
            what = Texts("既是名稱又在 not：永遠找不到", "it is a name and in `not`: it is never found")
            yield _mistake(one, word, what, Texts("只留其中一處", "leave one of the two"))
        elif not any(name in flat for name in names):
            what = Texts("not 的這個詞不含任何名稱，沒有作用", "this word of `not` holds none of the names")
            yield _mistake(one, word, what, Texts("刪去，或寫成含有名稱的詞", "take it away, or one that holds a name"))
        elif flat in map(level, one.concept.but[:number]):
            what = Texts("not 的同一個詞列了兩次", "the same word of `not` twice")
            yield _mistake(one, word, what, Texts("只留一個", "leave one"))


def _shared(placed: Sequence[Placed]) -> Iterator[Mistake]:
    """Yield the names that lead to the preferred names of several concepts.

    A word of the public may stand for several things (菜價) if it leads to one at most. The official name of one may
    have an entry of its own (職業安全衛生法), and an agency's name also names its task.
    """
    for leading in _leading(placed).values():
        kinds = [kind for kind, _, _ in leading]
        entry = kinds.count("preferred") == 1 and kinds.count("official") == len(kinds) - 1
        task = {*kinds} == {"official"} and sum(one.concept.file == AGENCIES for _, _, one in leading) == 1
        if len(leading) > 1 and not entry and not task:
            _, _, first = leading[0]
            for kind, name, one in leading[1:]:
                if first.concept.preferred == one.concept.preferred:
                    continue
                what = Texts(
                    f"同一個名稱通往兩個概念，另一個是「{first.concept.preferred}」（{_at(first)}）",
                    f"one name leads to two concepts; the other is “{first.concept.preferred}” ({_at(first)})",
                )
                right = Texts(f"{kind} 的名稱只留在它所指的那一個概念", "leave it with the one that it means")
                yield _mistake(one, name, what, right)


class _Circle(NamedTuple):
    """The names that lead from concept to concept and back, and what is said of them."""

    names: tuple[str, ...]
    mistake: Mistake


def _circles(placed: Sequence[Placed]) -> Iterator[_Circle]:
    """Yield where the public's words for a thing lead from concept to concept and back."""
    leading = _leading(placed)
    ways: dict[int, list[tuple[str, Placed]]] = {}
    for one in placed:
        met = ((name, to) for name in one.concept.everyday for to in leading.get(level(name), ()))
        # That two share a word of the public is no way from one to the other.
        ways[id(one)] = [(name, other) for name, (kind, _, other) in met if other is not one and kind != "everyday"]
    done: set[int] = set()
    for one in placed:
        yield from _back(one, ways, done)


def _back(start: Placed, ways: Mapping[int, Sequence[tuple[str, Placed]]], done: set[int]) -> Iterator[_Circle]:
    """Follow the ways from a concept, each once, and yield those that meet what has been passed on the way there."""
    passed: list[tuple[str, Placed]] = []  # each with the name that led there
    todo: list[tuple[int, str, Placed]] = [(0, "", start)]
    while todo:
        depth, name, one = todo.pop()
        del passed[depth:]
        at = next((number for number, (_, other) in enumerate(passed) if other is one), None)
        if at is not None:
            yield _circle([other for _, other in passed[at:]], (*(by for by, _ in passed[at + 1 :]), name))
        elif id(one) not in done:
            done.add(id(one))
            passed.append((name, one))
            todo += [(depth + 1, *way) for way in reversed(ways[id(one)])]


def _circle(around: Sequence[Placed], names: tuple[str, ...]) -> _Circle:
    first = min(range(len(around)), key=lambda at: (around[at].path, around[at].line))
    way = " → ".join(one.concept.preferred for one in (*around[first:], *around[: first + 1]))
    what = Texts(f"日常用語繞了一圈：{way}", f"the public's words lead in a circle: {way}")
    right = Texts("同一件事就合併，否則拿掉其中一個詞", "merge what is one thing, or take one of the words away")
    return _Circle(names, _mistake(around[first], names[first], what, right))


def _leading(placed: Sequence[Placed]) -> dict[str, list[tuple[str, str, Placed]]]:
    """Return for each name the concepts to whose preferred names it leads, with its kind and as it is written there."""
    found: dict[str, list[tuple[str, str, Placed]]] = {}
    for one in placed:
        for flat, (kind, name) in {level(name): (kind, name) for kind, name in reversed(_kinds(one.concept))}.items():
            if leads(name, one.concept):
                found.setdefault(flat, []).append((kind, name, one))
    return found


def _kinds(concept: Concept) -> list[tuple[str, str]]:
    listed = {"official": concept.official, "everyday": concept.everyday, "dated": concept.dated}
    return [("preferred", concept.preferred), *((kind, name) for kind, names in listed.items() for name in names)]


def _at(one: Placed) -> str:
    return f"{Path(one.path).name}:{one.line}"


def _mistake(one: Placed, name: str, what: Texts, right: Texts) -> Mistake:
    return Mistake(one.path, one.line, one.concept.preferred, name, what, right)
