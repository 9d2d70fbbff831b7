"""What words mean: a list of terms, each with its labels, the spellings it is met in, and facts about it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from metalint.model import Json, Texts

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SIGNS = re.compile(r"[\s_\-‐-―−－/\\.,，、。．·・:：;；'\"“”‘’「」『』()（）\[\]【】《》<>〈〉|]+")
_NUMBERS = re.compile(r"[0-9]+")
_NEAR = 0.75  # difflib's ratio for texts of eight characters and more
_NEAR_SHORT = 0.66  # for shorter ones: one character of three may differ


class VocabularyError(Exception):
    """A vocabulary file that cannot be used: its name, the place and the reason."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its name, the spelling to propose in each language, and what else its file says of it."""

    id: str
    label: Texts
    facts: Mapping[str, Json]


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one file, found by any of their spellings."""

    name: str
    terms: tuple[Term, ...]
    _by_spelling: Mapping[str, Term] = field(repr=False)
    _canonical: frozenset[str] = field(repr=False)

    def find(self, text: str) -> Term | None:
        """Return the term of which the text is a spelling; case, width, signs and 台/臺 do not count."""
        return self._by_spelling.get(fold(text))

    def is_canonical(self, text: str) -> bool:
        """Tell whether the text is a term's name, its label, or a spelling that is listed as `plain`."""
        return text in self._canonical

    def nearest(self, text: str) -> Term | None:
        """Return the term that the text nearly spells; `None` where nothing is near or numbers differ."""
        folded = fold(text)
        if len(folded) < 3:
            return None
        ratio = _NEAR if len(folded) >= 8 else _NEAR_SHORT
        same_length = [spelling for spelling in self._by_spelling if abs(len(spelling) - len(folded)) <= 2]
        for near in difflib.get_close_matches(folded, same_length, 3, ratio):
            if len(folded) <= 3 and not _one_sign_apart(folded, near):
                continue  # of three characters, one more or two exchanged is another word
            if _numbers(near) in ("", _numbers(folded)) or not _numbers(folded):
                return self._by_spelling[near]
        return None


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """Return a text as it is compared: NFKC, small letters, 臺 for 台, no spaces and signs. For comparison only."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold()).replace("台", "臺")


def load(name: str, folders: Sequence[Path]) -> Vocabulary:
    """Return the vocabulary `<name>.yaml` of the folders; a later folder's term replaces one of the same name.

    Raises VocabularyError for a file that cannot be used.
    """
    terms: dict[str, Term] = {}
    paths = [path for folder in folders if (path := folder / f"{name}.yaml").is_file()]
    if not paths:
        raise VocabularyError(f"no vocabulary {name}.yaml in {', '.join(map(str, folders))}")
    for path in paths:
        for term in _terms(path):
            terms[term.id] = term
    spellings: dict[str, Term] = {}
    for term in terms.values():
        for spelling in _spellings(term):
            known = spellings.setdefault(fold(spelling), term)
            if known is not term:
                raise VocabularyError(f"{paths[-1]}: {spelling} is a spelling of two terms, {known.id} and {term.id}")
    canonical = {
        spelling for term in terms.values() for spelling in (term.id, term.label.zh, term.label.en, *_plain(term))
    }
    return Vocabulary(name, tuple(terms.values()), spellings, frozenset(canonical))


def words(name: str, folders: Sequence[Path]) -> frozenset[str]:
    """Return the lines of `words/<name>.txt` of the folders; `#` begins a remark."""
    found: set[str] = set()
    for folder in folders:
        path = folder / "words" / f"{name}.txt"
        if path.is_file():
            lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
            found.update(word for line in lines for word in line.split())
    return frozenset(found)


def _terms(path: Path) -> Iterable[Term]:
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506  a safe loader, the C one
        for entry in data["terms"]:
            label = entry["label"]
            both = label if isinstance(label, dict) else {"zh-TW": label, "en": label}
            texts = Texts(str(both["zh-TW"]), str(both["en"]))
            yield Term(str(entry["id"]), texts, entry)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise VocabularyError(f"{path}: {' '.join(str(error).split())}") from error
    except (KeyError, TypeError) as error:
        raise VocabularyError(f"{path}: a list of terms with id and label is wanted ({error})") from error


def _spellings(term: Term) -> Iterable[str]:
    yield from (term.id, term.label.zh, term.label.en)
    aliases = term.facts.get("aliases")
    yield from (str(alias) for alias in (aliases if isinstance(aliases, list) else []))
    yield from _plain(term)


def _plain(term: Term) -> Iterable[str]:
    plain = term.facts.get("plain")
    return [str(spelling) for spelling in plain] if isinstance(plain, list) else []


def _one_sign_apart(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _numbers(text: str) -> str:
    return " ".join(_NUMBERS.findall(text))
