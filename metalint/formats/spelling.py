"""Signs that a file's encoding lacks, spelt as its format spells them; what comes of it is read again anyhow."""

from __future__ import annotations

import json
from collections.abc import Callable

_HANDLERS = {"yaml": "backslashreplace", "xml": "xmlcharrefreplace"}


def speller(format_name: str, encoding: str) -> Callable[[str], str]:
    """Return a function that spells what an encoding lacks. In CSV nothing can be: it raises UnicodeEncodeError."""

    def spelt(text: str) -> str:
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            if format_name in ("json", "jsonl"):
                return "".join(sign if _has(encoding, sign) else json.dumps(sign)[1:-1] for sign in text)
            handler = _HANDLERS.get(format_name, "strict")
            return text.encode(encoding, handler).decode(encoding)
        return text

    return spelt


def _has(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
