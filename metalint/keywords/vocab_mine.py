"""Pairs of a long form and what it is called for short, for a person to judge: those for which enough speaks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from metalint.keywords.concepts import Concepts
from metalint.keywords.evidence import LEAST, Evidence, Key, Titles
from metalint.keywords.segment import Segmenter
from metalint.vocabulary import fold

# The kinds of evidence, and what a doubling of each weighs.
KINDS: Mapping[str, float] = {"said": 3, "keywords": 3, "texts": 1, "places": 1, "agencies": 1}
EXAMPLES = 2
MEANINGS = 2  # long forms of one short form
ORDINARY = 400  # times that the dictionary has met a word which is one of its own: 機車 is not short for 機動車輛
_STRONG = {"said", "keywords"}  # evidence that is enough by itself


class Pair(NamedTuple):
    """A long form and a short one, the counts of what speaks for it by kind of evidence, and two records at most.

    `known` are the concepts that one side names already, by side.
    """

    long: str
    short: str
    counts: Mapping[str, int]
    records: tuple[str, ...]
    known: Mapping[str, Sequence[str]]


def pairs(evidence: Evidence, concepts: Concepts, segmenter: Segmenter) -> list[Pair]:
    """Return what is proposed, that for which most speaks first: no pair of which a concept has both."""
    names: dict[str, list[str]] = {}
    for concept in concepts.all:
        for name in dict.fromkeys(map(fold, concept.names)):
            names.setdefault(name, []).append(concept.preferred)
    by_short: dict[str, list[Key]] = {}
    for key, found in evidence.found.items():
        if _is_enough(key, found, evidence, segmenter):
            by_short.setdefault(key[1], []).append(key)
    kept = []
    for rivals in by_short.values():
        for key in _best(rivals, evidence):
            known = {side: names[text] for side, text in zip(("long", "short"), key, strict=True) if text in names}
            if not {*known.get("long", ())} & {*known.get("short", ())}:
                kept.append((_score(key, evidence), _pair(key, evidence, known)))
    return [pair for _, pair in sorted(kept, key=lambda one: (-one[0], one[1].short, one[1].long))]


def _is_enough(key: Key, found: Mapping[str, Titles], evidence: Evidence, segmenter: Segmenter) -> bool:
    if found.keys() & _STRONG:
        return True
    fit, short = evidence.fit(key), key[1]
    if fit is None or (len(short) == 2 and segmenter.count(short)[0] >= ORDINARY):
        return False
    together = len({*found.get("texts", ()), *found.get("agencies", ())}) >= LEAST
    return "places" in found or (together and (fit.is_usual or (fit.agency and "texts" in found)))


def _best(rivals: Sequence[Key], evidence: Evidence) -> list[Key]:
    """Return the long forms of a short one: said or listed ones, else those that it passes over fewest words of.

    Where a record has a long form and the short one, no agency that only might be called so is proposed besides.
    """
    found = evidence.found
    strong = [key for key in rivals if found[key].keys() & _STRONG]
    least = min(_skipped(key, evidence) for key in rivals)
    others = [key for key in rivals if key not in strong and _skipped(key, evidence) == least]
    if any("texts" in found[key] for key in others):
        others = [key for key in others if found[key].keys() != {"agencies"}]
    others.sort(key=lambda key: (-_score(key, evidence), len(key[0]), key))
    return [*strong, *others[: max(0, MEANINGS - len(strong))]]


def _skipped(key: Key, evidence: Evidence) -> int:
    fit = evidence.fit(key)
    return fit.skipped if fit is not None else 0


def _score(key: Key, evidence: Evidence) -> float:
    fit, found = evidence.fit(key), evidence.found[key]
    made = 1.0 if fit is not None and fit.is_usual else 0.0
    return made + sum(weight * math.log2(1 + len(found.get(kind, ()))) for kind, weight in KINDS.items())


def _pair(key: Key, evidence: Evidence, known: Mapping[str, Sequence[str]]) -> Pair:
    found, kinds = evidence.found[key], [kind for kind in KINDS if kind in evidence.found[key]]
    together = (record for kind in kinds for record in found[kind].values() if record)
    records = dict.fromkeys((*together, *evidence.firsts.get(key, ())))
    return Pair(*key, {kind: len(found[kind]) for kind in kinds}, tuple(records)[:EXAMPLES], known)
