"""`script`: a text that is said to be Chinese has Chinese signs in it, and one that is said to be English is Latin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from metalint.checks.kinds import Fields, OfRecord, Params, Peers, Words
from metalint.hanzi import count_hanzi, has_hanzi
from metalint.model import Finding
from metalint.vocabulary import Term

PARAMS: Params = {"type": "object", "properties": {}, "additionalProperties": False}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge: the language field first, then the texts it speaks for."""
    languages = words.vocabulary("languages")
    said, texts = given[0], given[1:]
    if not texts:
        raise ValueError("given: a language, then the texts it speaks for")

    def judge(fields: Fields, today: date) -> Iterable[Finding]:  # noqa: ARG001
        tags = fields.get(said)
        if not tags or len(tags) != 1:
            return ()
        term = languages.find(str(tags[0].value))
        if term is None:
            return ()
        text = "".join(str(at.value) for name in texts for at in fields.get(name, ()))
        hanzi, size = count_hanzi(text), len(text)
        if size < 20:
            return ()
        code = _code(term)
        wrong = (code == "zh" and not hanzi) or (code == "en" and hanzi > size / 2)
        return (Finding({"said": tags[0].value}, pointer=tags[0].pointer),) if wrong else ()

    def doubt(peers: Peers) -> Iterable[int]:
        tags, spoken = peers.values(said), peers.values(texts[0])
        if len(tags) != 1:
            return ()
        if not spoken:
            return range(len(tags[0]))
        codes = {tag: _code(languages.find(str(tag))) for tag in set(tags[0])}
        rows = enumerate(zip(tags[0], spoken[0], strict=True))
        return [
            number
            for number, (tag, text) in rows
            if (code := codes[tag]) == "en" or (code == "zh" and not has_hanzi(str(text)))
        ]

    return OfRecord(judge, (said,), looks=tuple(given), doubt=doubt)


def _code(term: Term | None) -> str:
    return "" if term is None else term.id.split("-")[0].lower()
