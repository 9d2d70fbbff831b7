"""The synonym vocabulary as a library: is it in order, and which pairs do catalogues have besides. Never prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metalint import enriching
from metalint.model import Texts, Unreadable
from metalint.run import CannotRun, Options
from metalint.shipped import shipped

if TYPE_CHECKING:
    from metalint.keywords.vocab_check import Proof


class Mined(NamedTuple):
    """The review file, how many pairs it proposes, how many it has that a person judged, and what was not read."""

    text: str
    proposed: int
    judged: int
    unread: tuple[Unreadable, ...]
    written: bool


def vocab_check(folders: Sequence[str]) -> Proof:
    """Prove the concepts in the folders' `synonyms/*.yaml`, of the shipped vocabulary if none. Raises CannotRun."""
    from metalint.keywords import vocab_check as checking
    from metalint.keywords.concepts import ConceptError

    try:
        return checking.check([*map(Path, folders)] or [shipped("vocab")])
    except ConceptError as error:
        raise CannotRun(Texts(f"詞彙無法檢查：{error}", f"this vocabulary cannot be checked: {error}")) from error


def vocab_mine(paths: Sequence[str], options: Options, out: str | None = None) -> Mined:
    """Look in catalogues for long forms and short ones that no concept has together.

    With `out` the review file is written, where anything could be read; what a person judged in it stays, and is not
    proposed again. Raises CannotRun.
    """
    from metalint.keywords import review, vocab_mine
    from metalint.keywords.evidence import Evidence

    place = Path(out) if out is not None else None
    try:
        if place is not None:
            review.read(place)  # before the long work: it must be one that may be written over
        kit = enriching.ready()
        evidence, unread, some = Evidence(kit.reader, kit.refused), list[Unreadable](), False
        for one in enriching.records(paths, options, kit.lexicon):
            if isinstance(one, Unreadable):
                unread.append(one)
            else:
                some = True
                evidence.add(one.name, one.subject)
        evidence.close()
        pairs = vocab_mine.pairs(evidence, kit.reader.concepts, kit.reader.segmenter)
        judged = review.read(place) if place is not None else []
        new = review.unjudged(pairs, judged)
        text = review.text(new, judged)
        if place is not None and (some or not unread):
            review.write(place, text)
    except review.ReviewError as error:
        raise CannotRun(error.texts) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotRun(Texts(f"無法寫入 {out}：{why}", f"{out} cannot be written: {why}")) from error
    return Mined(text, len(new), len(judged), tuple(unread), place is not None and (some or not unread))
