"""`mixed`: a record keeps to one spelling of a sign (台 or 臺 in the same place name, in all given fields)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from metalint.checks.kinds import Fields, OfRecord, Params, Peers, Words
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {"signs": {"type": "string"}, "before": {"type": "string"}},
    "required": ["signs", "before"],
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:  # noqa: ARG001
    """Return the judge: `signs` are the two spellings, the better one second; `before` is what follows them."""
    one, two = list(str(params["signs"]))
    name = re.compile(f"[{one}{two}](?={params['before']})")

    def judge(fields: Fields, today: date) -> Iterable[Finding]:  # noqa: ARG001
        better = set()
        for field in given:
            for at in fields.get(field, ()):
                if isinstance(at.value, str) and two in at.value:
                    better |= {at.value[m.start() + 1 : m.start() + 2] for m in name.finditer(at.value) if m[0] == two}
        if not better:
            return ()
        for field in given:
            for at in fields.get(field, ()):
                text = at.value
                if isinstance(text, str) and one in text:
                    for match in name.finditer(text):
                        if match[0] == one and text[match.end() : match.end() + 1] in better:
                            found = text[match.start() : match.end() + 1]
                            mended = name.sub(two, text)
                            return (
                                Finding(
                                    {"found": found, "instead": two + found[1:]}, (mended,), at.pointer, part=at.part
                                ),
                            )
        return ()

    def doubt(peers: Peers) -> Iterator[int]:
        for field in given:
            for texts in peers.values(field):
                yield from (number for number, text in enumerate(texts) if isinstance(text, str) and one in text)

    return OfRecord(judge, (given[0],), looks=tuple(given), doubt=doubt)
