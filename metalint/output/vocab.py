"""What is wrong with the synonym vocabulary, a line each, and what was mined."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.keywords.concept_nodes import Mistake
from metalint.keywords.vocab_check import Proof
from metalint.terminal import safe

_ONE = {"zh-TW": "{place}: {about}{what}。應：{right}\n", "en": "{place}: {about}{what}; right: {right}\n"}
_LAST = {
    "zh-TW": "{files} 個檔案、{concepts} 個概念：{mistakes} 個錯誤\n",
    "en": "{concepts} concepts in {files} files, mistakes: {mistakes}\n",
}
_MINED = {
    "zh-TW": "{path}：提出 {proposed} 對，保留已判斷的 {judged} 對\n",
    "en": "{path}: {proposed} pairs proposed, {judged} that were judged kept\n",
}


def proof(found: Proof, lang: str) -> Iterator[str]:
    """Yield each mistake with its place, its concept and its name, and how much was looked at."""
    for one in found.mistakes:
        yield _ONE[lang].format(
            place=safe(f"{one.path}:{one.line}"),
            about=_about(one, lang),
            what=safe(one.what[lang]),
            right=safe(one.right[lang]),
        )
    yield _LAST[lang].format(files=found.files, concepts=found.concepts, mistakes=len(found.mistakes))


def mined(path: str, proposed: int, judged: int, lang: str) -> Iterator[str]:
    """Yield what was written."""
    yield _MINED[lang].format(path=safe(path), proposed=proposed, judged=judged)


def _about(one: Mistake, lang: str) -> str:
    """Return the concept and the name that a mistake is about."""
    named = dict.fromkeys(filter(None, (one.concept, one.name)))
    quoted = "".join(f"「{name}」" for name in named) if lang == "zh-TW" else ", ".join(f"“{name}”" for name in named)
    return safe(quoted) + ("：" if lang == "zh-TW" else ": ") if named else ""
