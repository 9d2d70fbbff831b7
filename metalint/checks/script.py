"""`script`: a text that is said to be Chinese has Chinese signs in it, and one that is said to be English is Latin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from metalint.checks.kinds import Fields, OfRecord, Params, Words
from metalint.model import Finding

PARAMS: Params = {"type": "object", "properties": {}, "additionalProperties": False}
_HANZI = re.compile(r"[㐀-鿿豈-﫿]")


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge: the language field first, then the texts it speaks for."""
    languages = words.vocabulary("languages")
    said, texts = given[0], given[1:]

    def judge(fields: Fields, today: date) -> Iterable[Finding]:  # noqa: ARG001
        tags = fields.get(said)
        if not tags or len(tags) != 1:
            return ()
        term = languages.find(str(tags[0].value))
        if term is None:
            return ()
        text = "".join(str(at.value) for name in texts for at in fields.get(name, ()))
        hanzi, size = len(_HANZI.findall(text)), len(text)
        if size < 20:
            return ()
        code = term.id.split("-")[0].lower()
        wrong = (code == "zh" and not hanzi) or (code == "en" and hanzi > size / 2)
        return (Finding({"said": tags[0].value}, pointer=tags[0].pointer),) if wrong else ()

    return OfRecord(judge, (said,))
