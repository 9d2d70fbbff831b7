"""The part of a file that is being looked at: no file has to fit into memory."""

from __future__ import annotations

from collections.abc import Iterator

RECORD = 32 << 20  # characters of one record


class Growing:
    """A text that grows at its end as it is read."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self.text = next(chunks, "")

    def grow(self, start: int) -> bool:
        """Read on, about as much again as there is from `start`; say whether there was more."""
        wanted = max(len(self.text) - start, 1)
        if wanted > RECORD:
            return False
        parts, got = [self.text], 0
        for chunk in self._chunks:
            parts.append(chunk)
            got += len(chunk)
            if got >= wanted:
                break
        self.text = "".join(parts)
        return got > 0
