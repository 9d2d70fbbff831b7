"""Keys and passwords in web addresses: they never reach a screen, a log or a report."""

from __future__ import annotations

import re

NAMES = "api[_-]?key|apikey|authorization|access[_-]?token|token|passw(?:or)?d|pwd|secret|signature|sig"
_SECRET = rf"(?i)(?P<name>[?&;](?:{NAMES})=)(?P<secret>[^&;\s\"'<>#]{{4,}})"


def masked(text: str) -> str:
    """Return a text with `*` in place of each character of a secret, so that all places stay what they are."""
    if "=" not in text:
        return text
    return re.sub(_SECRET, lambda match: match["name"] + "*" * len(match["secret"]), text)
