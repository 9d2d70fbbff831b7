"""`agree`: the format that a distribution names and its media type are the same format, or formats of one ending.

Media types that are given to anything (`text/plain`, `application/xml`, Excel's, which Windows gives to CSV too), and
what holds or hands over other formats, agree with all. Formats that match `unless` are too vague to differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from metalint.checks.kinds import Fields, OfRecord, Params, Peers, Words
from metalint.model import Finding
from metalint.vocabulary import Term

PARAMS: Params = {
    "type": "object",
    "properties": {"unless": {"type": "string"}},
    "additionalProperties": False,
}
_SILENT = ("archive", "service", "page")
_ANYTHING = frozenset(("text/plain", "text/xml", "application/xml", "application/vnd.ms-excel"))


def prepare(params: Params, given: Sequence[str], words: Words) -> OfRecord:
    """Return the judge: the format first, then the media type."""
    formats = words.vocabulary("formats")
    vague = re.compile(str(params.get("unless", "(?!)")))
    named, typed = given

    @lru_cache(maxsize=4096)
    def differ(said: str, media: str) -> bool:
        media = media.partition(";")[0].strip().lower()
        if "/" not in media or media in _ANYTHING or vague.search(said):
            return False
        one, two = formats.find(said), formats.find(media)
        if one is None or two is None or one.id == two.id:
            return False
        silent = any(term.facts.get(fact) for term in (one, two) for fact in _SILENT)
        return not silent and _endings(one).isdisjoint(_endings(two))

    def judge(fields: Fields, today: date) -> Iterator[Finding]:  # noqa: ARG001
        types = {at.pointer[:-1]: at.value for at in fields.get(typed, ())}
        for at in fields.get(named, ()):
            media = types.get(at.pointer[:-1])
            if media is not None and differ(str(at.value), str(media)):
                yield Finding({"said": at.value, "found": media}, pointer=at.pointer)

    def doubt(peers: Peers) -> Iterator[int]:
        types = {place[:-1]: values for place, values in zip(peers.places(typed), peers.values(typed), strict=True)}
        for place, said in zip(peers.places(named), peers.values(named), strict=True):
            pairs = zip(said, types.get(place[:-1], ()), strict=False)
            yield from (number for number, (one, two) in enumerate(pairs) if differ(str(one), str(two)))

    return OfRecord(judge, (named,), looks=tuple(given), doubt=doubt)


def _endings(term: Term) -> set[str]:
    endings = term.facts.get("extensions")
    return set(map(str, endings)) if isinstance(endings, list) else set()
