"""`url`: the text is a web address fit for a public catalogue.

`report` names one defect: `malformed` (no address at all), `space`, `scheme` (not http, https, ftp or what the portal
knows), `private` (an address that only the agency can reach), `secret` (a key in the query), `shortened`,
`personal` (a personal file-sharing service), `doubled` (two addresses in one value), `slashes`, `insecure` (http),
`escape` (a percent sign without its two digits), `test` (a machine for tests), `number` (a public machine by its number
instead of its name). A placeholder is no address, and no
address gone wrong: other rules speak of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from metalint.checks.kinds import OfValue, Params, Words
from metalint.model import Finding

# One pattern a defect: what it matches is shown, except a secret.
_DEFECTS = {
    "space": r"(?<=\S)[ \t\u3000\u00a0]+(?=\S)",
    "scheme": (
        r"^(?!https?:|ftps?:|sftp:)(?:(?P<found>[A-Za-z][A-Za-z0-9+.-]*):(?=//)"
        r"|(?P<local>file|javascript|data|[A-Za-z]):(?=[\\/A-Za-z]))"
    ),
    "private": (
        r"://(?:[^/@]*@)?(?P<found>localhost|127\.[0-9.]+|10\.[0-9]+\.[0-9]+\.[0-9]+|192\.168\.[0-9.]+"
        r"|172\.(?:1[6-9]|2[0-9]|3[01])\.[0-9.]+|[A-Za-z0-9.-]+\.(?:local|lan|intranet|internal|localhost))(?=[:/?#]|$)"
    ),
    "secret": (
        r"[?&;](?P<found>api[_-]?key|apikey|authorization|access[_-]?token|token|passw(?:or)?d|pwd|secret)=[^&;\s]{6,}"
    ),
    "shortened": r"://(?:www\.)?(?P<found>goo\.gl|bit\.ly|reurl\.cc|tinyurl\.com|lihi\d?\.(?:cc|com|tv)|pse\.is|ppt\.cc|0rz\.tw|t\.co|is\.gd)/",
    "personal": r"://(?:[A-Za-z0-9-]+\.)*(?P<found>dropbox\.com|dropboxusercontent\.com|drive(?:\.usercontent)?\.google\.com|docs\.google\.com|1drv\.ms|onedrive\.live\.com|mega\.nz)(?=[:/?#]|$)",
    "doubled": r"^\S+?(?<![,、，;；])[\s,、，;；]++(?P<found>https?://)|^https?:/*(?P<again>https?)(?=:?//)",
    "slashes": r"(?<=[^:/])(?P<found>//+)(?!https?:)[^?#]*",
    "insecure": r"^(?P<found>http)://",
    "escape": r"(?P<found>%(?![0-9A-Fa-f]{2}).{0,3})",
    "number": (
        r"://(?:[^/@]*@)?(?P<found>(?!0|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.)"
        r"[0-9]{1,3}(?:\.[0-9]{1,3}){3})(?=[:/?#]|$)"
    ),
    "test": (
        r"://(?:[^/@]*@)?(?P<found>(?:[A-Za-z0-9-]+[.-])*(?:test|testsoa|uat|sit|staging|preprod)[0-9]*[.-][A-Za-z0-9.-]+)"
    ),
}
_TRIGGERS = {"space": " \t\u3000\u00a0", "secret": "?&;", "escape": "%"}
_ADDRESS = r"(?i)[A-Z][A-Z0-9+.-]*://[^\s/?#]+|mailto:[^\s@]+@\S+|(?:doi|urn):\S+"
# What nearly every address looks like: a public host no part of which begins like one of the special ones, a path and
# a query without anything to look at twice. Most parts begin with a letter that no special one has.
_SPECIAL = (
    r"goo\.gl|google\.|bit\.ly|reurl\.|pse\.is|ppt\.cc|0rz\.|is\.gd|d(?:ropbox|rive\.)|1drv\.|onedrive\.|mega\."
    r"|l(?:ihi|an(?![a-z0-9-])|ocal(?:host)?(?![a-z0-9-]))|int(?:ranet|ernal)(?![a-z0-9-])"
    r"|t(?:inyurl\.|\.co|est(?:soa)?[0-9]*[.-])|(?:uat|sit|staging|preprod)[0-9]*[.-]"
)
_PART = rf"(?:[acefhjknqvwxyz2-9]|(?!{_SPECIAL})[a-z0-9])[a-z0-9]*+"
_KEY = r"(?!(?i:api|auth|access|token|passw|pwd|secret))"
_PLAIN = (
    rf"https?://(?:{_PART}[.-])++(?<=\.)(?!{_SPECIAL})[a-z]{{2,}}+"
    r"(?:/++(?:[\w.~()@=+!-]++|%[0-9A-Fa-f]{2})++)*+/?"
    rf"(?:\?{_KEY}(?:[\w.~()@=+!-]++|/(?!/)|&{_KEY}|%[0-9A-Fa-f]{{2}})*+)?\Z"
)
_INNOCENT = {"insecure": None, "slashes": rf"(?!.*[^:]//){_PLAIN}"}
PARAMS: Params = {
    "type": "object",
    "properties": {"report": {"enum": ["malformed", *sorted(_DEFECTS)]}},
    "required": ["report"],
    "additionalProperties": False,
}


def prepare(params: Params, given: Sequence[str], words: Words) -> OfValue:  # noqa: ARG001
    """Return the judge."""
    report = str(params["report"])
    innocent = _INNOCENT.get(report, _PLAIN)
    if report == "malformed":
        placeholders = words.vocabulary("placeholders")
        return OfValue(
            lambda text: () if _is_plain(text) or placeholders.find(text) else _malformed(text), innocent=_PLAIN
        )

    def judge(text: str) -> Iterable[Finding]:
        if innocent is _PLAIN and _is_plain(text):
            return ()
        match = _defect(report).search(text.strip())
        if match is None or (report == "space" and _defect("doubled").search(text.strip())):
            return ()
        found = next((part for part in match.groups() if part), match.group())
        fix = re.sub(r"[ \t\u3000\u00a0]", "%20", text.strip()) if report == "space" else None
        if report == "insecure":
            fix = re.sub("^http:", "https:", text.strip(), flags=re.IGNORECASE)
        return (Finding({"found": found}, (fix,) if fix is not None else None),)

    return OfValue(judge, _TRIGGERS.get(report), innocent)


@cache
def _defect(report: str) -> re.Pattern[str]:
    return re.compile(_DEFECTS[report], re.IGNORECASE)


def _is_plain(text: str) -> bool:
    """Tell of one address what the engine tells of many: one pattern in the place of ten."""
    return re.match(_PLAIN, text) is not None


def _malformed(text: str) -> Iterable[Finding]:
    """Find a text that is no address; propose the scheme that only its front lacks."""
    bare = text.strip()
    if re.match(_ADDRESS, bare) or _defect("scheme").match(bare):
        return ()
    if re.match(
        r"(?:www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov|edu|org|com|net|tw)(?:\.tw)?(?:[:/?]|$))", bare, re.IGNORECASE
    ):
        return (Finding({"nearest": "https://" + bare}, ("https://" + bare,)),)
    return (Finding(),)
