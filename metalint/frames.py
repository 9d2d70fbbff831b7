"""The line a problem starts on, cut to a window: what an output shows of the source."""

from __future__ import annotations

from metalint.model import Excerpt, Span
from metalint.secrets import masked

AROUND = 160  # characters kept on each side of a problem
SECRET = 2_000  # characters that a key in an address may have


def excerpt(text: str, span: Span) -> Excerpt:
    """Return the first line of a span in a record's text, with at most `AROUND` characters on each side."""
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    stop = min((at for at in (text.find("\n", span.start), text.find("\r", span.start)) if at >= 0), default=len(text))
    left = max(start, span.start - AROUND)
    end = min(span.end, stop)
    right = min(stop, max(end, span.start) + AROUND, span.start + 3 * AROUND)
    end = min(end, right)
    # A secret may begin before the window: what is cut is masked with what stands around it.
    around = max(start, left - SECRET)
    shown = masked(text[around : min(stop, right + SECRET)])[left - around :][: right - left]
    return Excerpt(span.line, shown, span.start - left, end - left, left > start, right < stop)
