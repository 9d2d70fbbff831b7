"""`pattern`: the text matches `match`, or nothing in it matches `refuse` (which `replace` mends).

With `mend` all that matches that is replaced instead. Groups of `refuse` that have a name are words of the message;
`found` is what matched. With `fold`, full-width letters, digits and signs count as the half-width ones. A text of
more than `max` characters is left alone. `parts` matches what parts the text; what stands between is the word `parts`
of the message. Where `split` alone, of which there is no doubt, parts it so, its parts are proposed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from metalint.checks.kinds import OfValue, Params, Words, longer_than
from metalint.model import Finding

PARAMS: Params = {
    "type": "object",
    "properties": {
        "match": {"type": "string"},
        "refuse": {"type": "string"},
        "replace": {"type": "string"},
        "mend": {"type": "string"},
        "fold": {"type": "boolean"},
        "max": {"type": "integer", "minimum": 2},
        "parts": {"type": "string"},
        "split": {"type": "string"},
        "trigger": {"type": "string", "description": "characters of which `refuse` needs one, as in [ ]"},
    },
    "oneOf": [{"required": ["match"]}, {"required": ["refuse"]}],
    "additionalProperties": False,
}

_FLAGS = re.compile(r"(?:\(\?([ims]+)\))?(?!\(\?[aiLmsux]+\))")
_NAMED = re.compile(r"(?<!\\)\(\?P<\w+>")
_NAMED_IN_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\(\?P<")
_REFERENCE = re.compile(r"\(\?P=|\(\?\(|\\[1-9]")


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    fold, longest = bool(params.get("fold")), int(str(params.get("max", 0)))
    if "match" in params:
        source = str(params["match"])

        @cache
        def wanted() -> re.Pattern[str]:
            return re.compile(source)

        def missing(text: str) -> Iterable[Finding]:
            seen = unicodedata.normalize("NFKC", text) if fold else text
            return () if wanted().search(seen) else (Finding(),)

        return OfValue(missing, innocent=_innocent("(?s:.*?){}", source, fold=fold))
    source, replace, parts = str(params["refuse"]), params.get("replace"), params.get("parts")

    @cache
    def refused() -> re.Pattern[str]:
        return re.compile(source)

    @cache
    def mending() -> re.Pattern[str]:
        return re.compile(str(params.get("mend", source)))

    def unwanted(text: str) -> Iterable[Finding]:
        if longest and len(text) > longest and len(text.strip()) > longest:
            return ()
        seen = unicodedata.normalize("NFKC", text) if fold else text
        match = refused().search(seen)
        if match is None:
            return ()
        mended: tuple[str, ...] | None = (mending().sub(str(replace), seen),) if replace is not None else None
        detail: dict[str, object] = {"found": match.group(), **match.groupdict("")}
        if parts is not None:
            detail["parts"] = bare = _parted(str(parts), text)
            if "split" in params and _parted(str(params["split"]), text) == bare:
                mended = tuple(bare)
        return (Finding(detail, mended),)

    if "trigger" in params and not fold:
        return OfValue(unwanted, str(params["trigger"]))
    if longest:
        return OfValue(unwanted, innocent=longer_than(longest))
    return OfValue(unwanted, innocent=_innocent("(?!(?s:.*?){})", source, fold=fold))


def _parted(pattern: str, text: str) -> list[str]:
    return [part.strip() for part in re.split(pattern, text) if part.strip()]


def _innocent(frame: str, pattern: str, *, fold: bool) -> str | None:
    """Return a pattern put into a frame, as part of a larger one: groups without names, flags for itself alone.

    Nothing for a pattern that cannot be such a part.
    """
    flags = _FLAGS.match(pattern)
    if flags is None or _REFERENCE.search(pattern) or _NAMED_IN_CLASS.search(pattern):
        return None
    inner = _NAMED.sub("(?:", pattern[flags.end() :])
    source = frame.replace("{}", f"(?{flags[1] or ''}:{inner})")
    return rf"(?=[ -~]*\Z){source}" if fold else source
