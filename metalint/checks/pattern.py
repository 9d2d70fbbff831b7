"""`pattern`: the text matches `match`, or nothing in it matches `refuse` (which `replace` mends).

Groups of `refuse` that have a name are words of the message; `found` is what matched. With `fold`, full-width
letters, digits and signs count as the half-width ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from metalint.checks.kinds import OfValue, Params, Words
from metalint.model import KEEP, Finding

PARAMS: Params = {
    "type": "object",
    "properties": {
        "match": {"type": "string"},
        "refuse": {"type": "string"},
        "replace": {"type": "string"},
        "fold": {"type": "boolean"},
        "trigger": {"type": "string", "description": "characters of which `refuse` needs one, as in [ ]"},
    },
    "oneOf": [{"required": ["match"]}, {"required": ["refuse"]}],
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    fold = bool(params.get("fold"))
    if "match" in params:
        wanted = re.compile(str(params["match"]))

        def missing(text: str) -> Iterable[Finding]:
            seen = unicodedata.normalize("NFKC", text) if fold else text
            return () if wanted.search(seen) else (Finding(),)

        return OfValue(missing)
    source = str(params["refuse"])
    refused, replace = re.compile(source), params.get("replace")

    def unwanted(text: str) -> Iterable[Finding]:
        seen = unicodedata.normalize("NFKC", text) if fold else text
        match = refused.search(seen)
        if match is None:
            return ()
        mended = refused.sub(str(replace), seen) if replace is not None else KEEP
        return (Finding({"found": match.group(), **match.groupdict("")}, mended),)

    return OfValue(unwanted, None if fold else str(params["trigger"]) if "trigger" in params else None)
