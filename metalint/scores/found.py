"""Whether a dataset is found by the public's own word for each thing that it names: portals look for the very words."""

from __future__ import annotations

from functools import cache, lru_cache

from metalint.checks.kinds import Fields
from metalint.keywords.concepts import Concept, Concepts, level, read, searched_by
from metalint.scores.asking import JudgeRecord, listed
from metalint.scores.methods import Question
from metalint.shipped import shipped

_REMEMBERED = 4096  # keywords come again and again
_SHORT = 2  # signs of a name that stands inside other words too (國保 in 全國保育): only a keyword by itself counts


@cache
def concepts() -> Concepts:
    """Return the shipped concepts, read once. Raises ConceptError."""
    return read([shipped("vocab")])


def things(text: str, known: Concepts, *, whole: bool) -> list[Concept]:
    """Return the things that a text names, each once; by a name of two signs only if it is the `whole` text."""
    size = len(text) if whole else -1
    named = (
        one for one in known.named(text) if not one.inside and (len(one.name) > _SHORT or len(one.written) == size)
    )
    return list(dict.fromkeys(one.concept for one in named))


def judge(question: Question) -> JudgeRecord:
    """Return what tells that a search by the public's words finds the record; `None` where it names no such thing."""
    known = concepts()
    searched = listed(question.params, "searched")

    @lru_cache(_REMEMBERED)
    def words_of(text: str, whole: bool) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for one in things(text, known, whole=whole) if (word := searched_by(one))))

    def told(fields: Fields) -> bool | None:
        wanted = [
            word
            for name in question.fields
            for at in fields.get(name, ())
            if isinstance(at.value, str)
            for word in words_of(at.value, name == "keyword")
        ]
        if not wanted:
            return None
        texts = (at.value for name in searched for at in fields.get(name, ()) if isinstance(at.value, str))
        there = level("\n".join(texts))
        return all(level(word) in there for word in wanted)

    return told
