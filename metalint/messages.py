"""What a finding says in the reader's language: the rule's sentence with the finding's words in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from metalint.lexicon import Lexicon
from metalint.model import Json, Rule, Texts
from metalint.secrets import masked
from metalint.shipped import shipped

_WORD = re.compile(r"\{([a-z_]+)\}")  # no more than a name: a rule file may come from anywhere
_END = Texts("檔案結尾", "the end of the text")
_FIELDS = ("other", "needed")  # words of a finding that name a field
SHOWN = 60  # characters of a value in a message
_TYPES = {
    "text": Texts("文字", "text"),
    "number": Texts("數字", "a number"),
    "integer": Texts("整數", "an integer"),
    "boolean": Texts("真假值", "true or false"),
    "list": Texts("清單", "a list"),
    "object": Texts("物件", "an object"),
    "null": Texts("空值 null", "null"),
}


def no_text(found: str) -> Texts:
    """Return why a file that looks like something else than text is not read, and what to do with it."""
    lexicon, detail = Lexicon((shipped("vocab"),)), {"reason": "binary", "found": found}
    return Texts(*(Sayings(lang, lexicon).unreadable(detail) for lang in ("zh-TW", "en")))


class Sayings:
    """The sentences of one language."""

    def __init__(self, lang: str, lexicon: Lexicon) -> None:
        self._lang = lang
        self._lexicon = lexicon

    def say(self, rule: Rule, detail: Mapping[str, object], value: Json, field: str = "") -> tuple[str, str]:
        """Return the message and the help of a finding. A word that a sentence lacks is shown as `…`."""
        known = {key: item for key, item in detail.items() if item is not None or key == "value"}
        given = {"value": value, **known, "field": field}
        helps = [text[self._lang] for text in rule.help]
        words: dict[str, str] = {}
        if "reason" in detail:
            words = {key: self._word(item) for key, item in known.items()}
            words["reason_text"], hint = self._reason(detail, words)
            helps = [hint, *helps] if hint else helps
        types = rule.id == "schema/type"
        message, text = rule.message[self._lang], next((text for text in helps if _needs(text) <= {*given, *words}), "")
        for key in _needs(message) | _needs(text):
            if key in given and key not in words:
                words[key] = self._told(key, given[key], types=types)
        return _fill(message, words), _fill(text, words)

    def unreadable(self, detail: Mapping[str, object]) -> str:
        """Return why something could not be read."""
        return self._reason(detail, {key: self._word(item) for key, item in detail.items()})[0]

    def label(self, field: str) -> str:
        """Return a field's name in the reader's language; a portal's own key stays as it is."""
        term = self._lexicon.vocabulary("fields").find(field) if field else None
        return term.label[self._lang] if term is not None else field

    def _reason(self, detail: Mapping[str, object], words: Mapping[str, str]) -> tuple[str, str]:
        """Return why something could not be read, and what would help, in the sentences of `vocab/faults.yaml`."""
        faults = self._lexicon.vocabulary("faults")
        if words.get("found") == "":
            words = {**words, "found": _END[self._lang]}
        term, hint = faults.find(str(detail["reason"])), faults.find(str(detail.get("hint", "")))
        text = _fill(term.label[self._lang], words) if term is not None else str(detail["reason"])
        return text, _fill(hint.label[self._lang], words) if hint is not None else ""

    def _types(self, names: object) -> str:
        """Return the names of types in the reader's language."""
        listed = names if isinstance(names, (list, tuple)) else [names]
        texts = [_TYPES[str(name)][self._lang] if str(name) in _TYPES else str(name) for name in listed]
        return ("或" if self._lang == "zh-TW" else " or ").join(texts)

    def _told(self, key: str, item: object, *, types: bool) -> str:
        """Return a word of a sentence: a field by its label, a type by its name, any other value as it is shown."""
        if types and key in ("wanted", "found"):
            return self._types(item)
        return self.label(str(item)) if key == "field" or key in _FIELDS else self._word(item)

    def _word(self, item: object) -> str:
        if isinstance(item, Texts):
            return item[self._lang]
        if isinstance(item, (list, tuple)):
            return ("、" if self._lang == "zh-TW" else ", ").join(self._word(one) for one in item)
        if isinstance(item, str):
            return shorten(item)
        if item is None or isinstance(item, bool):
            return {None: "null", True: "true", False: "false"}[item]
        return shorten(str(item))


def shorten(text: str) -> str:
    """Return a value as a message shows it: one line, its middle left out where it is long."""
    text = masked(text)
    flat = " ".join(text.split()) if "\n" in text or "\r" in text else text
    return flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 20]}…{flat[-18:]}"


@lru_cache(maxsize=1024)
def _needs(template: str) -> frozenset[str]:
    return frozenset(_WORD.findall(template))


def _fill(template: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: words.get(match[1], "…"), template) if "{" in template else template
