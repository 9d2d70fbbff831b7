"""The part of a JSON file that is being looked at: no file has to fit into memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from metalint.formats import json_read, spans
from metalint.formats import json_scan as scan
from metalint.formats.growing import Growing
from metalint.model import Json

NEAR = 64  # characters from the end of what is read where a fault may be no fault but the end of what is read
FEW = 1 << 9  # characters in which the end of a broken record is always looked for
FAR = 1 << 17  # characters in which the key the next record may begin with is looked for; and kept behind it, at most
PATIENCE = 4 << 20  # characters that may be searched in vain for the ends of broken records


class Window(Growing):
    """The part of a file that is being looked at: it grows at its end and is let go at its beginning."""

    def __init__(self, chunks: Iterator[str]) -> None:
        super().__init__(chunks)
        self.patience = PATIENCE
        self._line, self._column, self._placed = 1, 1, 0
        self._gone = 0  # characters let go
        self._sought = ("", -1, 0)  # the pattern looked for last; where in the file it is; up to where it is not

    def skip(self, at: int) -> int:
        """Return the offset of the next character that is not white space; the text's length at the end."""
        at = scan.skip(self.text, at)
        while at >= len(self.text) and self.grow(at):
            at = scan.skip(self.text, at)
        return at

    def place(self, at: int) -> tuple[int, int]:
        """Return the line and column of an offset; offsets are asked in rising order."""
        if at < self._placed:
            return self._line, self._column
        self._line, self._column = spans.place(
            self.text[self._placed : at], at - self._placed, self._line, self._column
        )
        self._placed = at
        return self._line, self._column

    def let_go(self, at: int) -> int:
        """Forget what stands before an offset, if that is worth it; return the offset as it is now."""
        if at < max(FAR, len(self.text) >> 3):
            return at
        self.place(at)
        kept = NEAR  # the indentation of what stands there
        self.text, self._placed = self.text[at - kept :], kept
        self._gone += at - kept
        return kept

    def give_up(self) -> int:
        """Read no further; return the end."""
        self._chunks = iter(())
        return len(self.text)

    def find(self, pattern: re.Pattern[str], at: int) -> int | None:
        """Return where a pattern is next behind an offset; what was searched in vain is not searched again."""
        sought, found, searched = self._sought
        if sought != pattern.pattern:
            found, searched = -1, 0
        if found - self._gone > at:
            return found - self._gone
        match = pattern.search(self.text, max(at + 1, searched - self._gone))
        end = match.start() if match else max(len(self.text) - NEAR, 0)
        self._sought = (pattern.pattern, self._gone + end if match else -1, self._gone + end)
        return end if match else None

    def decode(self, at: int) -> tuple[Json, int]:
        """Return the value at an offset and its end, reading on as needed. Raises ValueError or RecursionError."""
        while True:
            try:
                value, end = json_read.decode(self.text, at)
            except (ValueError, StopIteration) as error:
                place = error.pos if isinstance(error, json.JSONDecodeError) else len(self.text)
                cut = place >= len(self.text) - NEAR or "Unterminated" in str(error)
                if not cut or not self.grow(at):
                    raise ValueError(str(error)) from error  # StopIteration would end a generator
            else:
                if end < len(self.text) or not self.grow(at):
                    return value, end
