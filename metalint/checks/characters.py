"""`characters`: no sign stands in the text that only looks like the one that is meant.

`report`: `compatibility` (CJK compatibility ideographs), `width` (full-width letters and digits), `invisible`
(zero-width and direction marks), `confusable` (look-alikes of `vocab/confusables.yaml`), `mojibake` (traces of a wrong
decoding), `private` (private-use signs, which other machines show as boxes), `control` (control characters), `entity`
(HTML entities), `escape` (a line break spelt as backslash and letter), `markup` (HTML tags), `decomposed` (a letter and
its accent as two signs where there is one for both: not Unicode's NFC).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from metalint.checks.kinds import OfValue, Params, Words
from metalint.model import Finding

_TAGS = "a|b|br|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|script|span|strong|style|sub|sup|table|tbody|td|th|tr|u|ul"
_DEFECTS: dict[str, tuple[str, Callable[[re.Match[str]], str] | None]] = {
    "compatibility": (
        "[\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufad9\U0002f800-\U0002fa1d⺀-⿕]",
        lambda match: unicodedata.normalize("NFKC", match.group()),
    ),
    "width": (
        "[０-９Ａ-Ｚａ-ｚ]+(?:[＆＋－．／＿][０-９Ａ-Ｚａ-ｚ]+)*",
        lambda match: unicodedata.normalize("NFKC", match.group()),
    ),
    "invisible": ("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]", lambda match: ""),  # noqa: ARG005
    "mojibake": (
        "\ufffd|(?:Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|â€[\u0080-\u00bf™œ\u009d“”˜¦]|Â[\u00a0-\u00bf]|ï»¿|ï¿½){1,}",
        None,
    ),
    "control": ("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", lambda match: ""),  # noqa: ARG005
    "private": ("[\ue000-\uf8ff\U000f0000-\U000ffffd]", None),
    "entity": (
        "&(?:amp|lt|gt|quot|apos|nbsp|hellip|mdash|ndash|[lr][sd]quo|copy|reg|#[0-9]{2,6}|#x[0-9A-Fa-f]{2,6});",
        lambda match: _meant(match.group()),
    ),
    "escape": (r"\\r\\n|\\n|\\r|\\t|_x000[dDaA]_", lambda match: "\t" if match.group() == r"\t" else "\n"),
    "markup": (rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", lambda match: "\n" if match.group()[:3].lower() == "<br" else ""),
    "decomposed": (
        "[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?",
        lambda match: unicodedata.normalize("NFC", match.group()),
    ),
}
# One of these characters must be there; the other defects are classes of characters themselves.
_TRIGGERS = {
    "decomposed": "\u0300-\u036f\u3099\u309a\u1161-\u1175",
    "width": "０-９Ａ-Ｚａ-ｚ",
    "mojibake": "\ufffdÃâÂï",
    "entity": "&",
    "escape": r"\\_",
    "markup": "<",
}
PARAMS: Params = {
    "type": "object",
    "properties": {"report": {"enum": ["confusable", *sorted(_DEFECTS)]}},
    "required": ["report"],
    "additionalProperties": False,
}


def _meant(entity: str) -> str:
    import html

    return html.unescape(entity).replace("\u00a0", " ")


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    report = str(params["report"])
    source, mend = _confusables(words) if report == "confusable" else _DEFECTS[report]

    # The colour of an entity's letters is fixed; a tag's is not. An inline flag would leak into the engine's gate.
    @cache
    def defect() -> re.Pattern[str]:
        return re.compile(f"(?i:{source})" if report == "markup" else source)

    def judge(text: str) -> Iterable[Finding]:
        match = defect().search(text)
        if report == "decomposed" and mend is not None:
            match = next((one for one in defect().finditer(text) if mend(one) != one.group()), None)
        if match is None:
            return ()
        found = match.group()
        code = " ".join(f"U+{ord(sign):04X}" for sign in found[:3])
        detail = {"found": found[:40], "code": code, "instead": mend(match) if mend else ""}
        mended = (defect().sub(mend, text),) if mend else None
        # \n alone may be the end of a path, such as C:\new; nobody writes \r\n but a program.
        look = report == "escape" and any(one.group() in (r"\n", r"\r", r"\t") for one in defect().finditer(text))
        return (Finding(detail, mended, look=look),)

    return OfValue(
        judge, _TRIGGERS.get(report) or source.strip("[]+") if report != "confusable" else source.replace("|", "")
    )


def _confusables(words: Words) -> tuple[str, Callable[[re.Match[str]], str]]:
    """Return a pattern of the look-alikes and what is meant by each: a term's aliases are mistaken for its id."""
    meant: dict[str, str] = {}
    for term in words.vocabulary("confusables").terms:
        seen = term.facts.get("seen")
        meant.update((str(sign), term.id) for sign in (seen if isinstance(seen, list) else []))
    source = "|".join(re.escape(sign) for sign in sorted(meant, key=lambda sign: (-len(sign), sign))) or "(?!)"
    return source, lambda match: meant[match.group()]
