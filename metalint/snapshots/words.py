"""The words by which titles are told apart or held to be the same; data of `vocab/`, made ready to look up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from metalint.lexicon import Lexicon
from metalint.model import Json
from metalint.vocabulary import Term, fold

_NOT_A_WORD = re.compile(r"[\W_]+")
_SPARE_MARK = "\x01"  # what stands where a word was taken out: no two signs come together that were apart


class Group(NamedTuple):
    """Words of which each makes another dataset. `loose`: that one side alone says one is no difference."""

    pattern: re.Pattern[str]
    loose: bool


class Words(NamedTuple):
    """All that the analysis of titles and agencies looks up. Patterns take folded text."""

    signs: Mapping[int, str]
    spare: re.Pattern[str]
    kinds: Mapping[str, re.Pattern[str]]
    same: tuple[re.Pattern[str], Mapping[str, str]]
    groups: tuple[Group, ...]
    begun: Mapping[str, frozenset[int]]  # a sign → the groups of which a word begins with it
    counties: tuple[re.Pattern[str], Mapping[str, str]]
    short_counties: tuple[re.Pattern[str], Mapping[str, str]]
    hosts: Mapping[str, str]
    agencies: tuple[re.Pattern[str], Mapping[str, str]]
    successors: Mapping[str, frozenset[str]]
    absorbed: Mapping[str, frozenset[str]]  # what went into another agency and is not called by its name

    def folded(self, text: str) -> str:
        """Return a text as it is compared: folded, look-alike characters mended, letters and digits alone."""
        return _NOT_A_WORD.sub("", fold(text).translate(self.signs))


def load(lexicon: Lexicon) -> Words:
    """Return the words of the shipped vocabularies. Raises VocabularyError."""
    titles = lexicon.vocabulary("title-words").terms
    groups = tuple(
        Group(_any(_folded(t, "opposites")), bool(t.facts.get("loose"))) for t in titles if "opposites" in t.facts
    )
    same = {other: fold(t.label.zh) for t in titles for other in _folded(t, "same")}
    kinds = {t.id: _any(_folded(t, "kind")) for t in titles if "kind" in t.facts}
    spare = [word for t in titles for key in ("spare", "kind") for word in _folded(t, key)]
    counties, short = _counties(lexicon)
    names, successors = _agencies(lexicon)
    signs = {
        ord(seen): term.label.zh
        for term in lexicon.vocabulary("confusables").terms
        for seen in _listed(term.facts.get("seen"))
        if len(seen) == len(term.label.zh) == 1
    }
    return Words(
        signs,
        _any(spare),
        kinds,
        (_any(same), same),
        groups,
        _begun(titles),
        (_any(counties), counties),
        (_any(short), short),
        _hosts(lexicon),
        (_any(names), names),
        successors,
        _absorbed(lexicon),
    )


def _begun(titles: Sequence[Term]) -> dict[str, frozenset[int]]:
    """Return a sign → the numbers of the groups of which a word begins with it."""
    groups = [_folded(term, "opposites") for term in titles if "opposites" in term.facts]
    signs = {word[0] for words in groups for word in words}
    return {sign: frozenset(at for at, words in enumerate(groups) if sign in {w[0] for w in words}) for sign in signs}


def _counties(lexicon: Lexicon) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of counties and their former ones, and the short names: each with the name of today."""
    full: dict[str, str] = {}
    short: dict[str, str] = {}
    for term in lexicon.vocabulary("places").terms:
        if term.id == "TW":
            continue
        name = fold(term.label.zh)
        full[name] = name
        if "pattern" in term.facts:
            full[fold(str(term.facts["pattern"]))] = name
        short.update((fold(one), name) for one in _listed(term.facts.get("plain")))
    return full, short


def _hosts(lexicon: Lexicon) -> dict[str, str]:
    """Return the domain of the sites of a county's agencies → the county."""
    terms = lexicon.vocabulary("places").terms
    return {host: fold(term.label.zh) for term in terms for host in _listed(term.facts.get("hosts"))}


def _agencies(lexicon: Lexicon) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Return the names of agencies, former and short ones too, with the name of today; and who followed on whom."""
    names: dict[str, str] = {}
    after: dict[str, set[str]] = {}
    for term in lexicon.vocabulary("agencies").terms:
        today = fold(term.label.zh)
        names[today] = today
        for former in _folded(term, "former"):
            names.setdefault(former, today)
            after.setdefault(former, set()).add(today)
        for short in _folded(term, "short"):
            names.setdefault(short, today)
    return names, {name: frozenset(later) for name, later in after.items()}


def _absorbed(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Return the agencies that went into others, which list their datasets under the names that they had."""
    into: dict[str, set[str]] = {}
    for term in lexicon.vocabulary("agencies").terms:
        for name in _folded(term, "absorbed"):
            into.setdefault(name, set()).add(fold(term.label.zh))
    return {name: frozenset(agencies) for name, agencies in into.items()}


def _any(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of some words, the longest first."""
    ordered = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)) or "(?!)")


def _folded(term: Term, key: str) -> list[str]:
    return [folded for word in _listed(term.facts.get(key)) if (folded := fold(word))]


def _listed(value: Json) -> Sequence[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
