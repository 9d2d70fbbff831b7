"""A CSV file cut into its rows as it is read: a quoted cell may hold line ends, and a quote may never be closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from metalint.formats.growing import RECORD, Growing

AHEAD = 100  # lines in which the end of a row with an unclosed quote is looked for
DELIMITERS = ",;\t|"
_BREAK = re.compile(r"\r\n|\r|\n")
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*+")
_HEAD = re.compile(r'(?:"[^"]*"|[^"\r\n])*+')
_QUOTED = re.compile(r'"[^"]*"')


class Row(NamedTuple):
    """A row without its line end, and its line; of one that is too large there is no text."""

    text: str
    line: int
    too_large: bool = False


class Window(Growing):
    """The part of a file that is being looked at; `columns` is how many cells a row should have, once it is known."""

    def __init__(self, chunks: Iterator[str]) -> None:
        super().__init__(chunks)
        self.columns = 0

    def let_go(self, at: int) -> int:
        """Forget what stands before an offset, if that is worth it; return the offset as it is now."""
        if at < 1 << 20 and at < len(self.text):
            return at
        self.text = self.text[at:]
        return 0

    def line_end(self, at: int) -> int:
        """Pass over the rest of a line, forgetting it; return the offset of its end."""
        while True:
            match = _BREAK.search(self.text, at)
            if match is not None:
                return match.start()
            self.text, at = next(self._chunks, ""), 0
            if not self.text:
                return 0


def delimiter_of(window: Window) -> str:
    """Return the sign that stands most often in the first row, outside quotes; the comma if none does."""
    while True:
        match = _HEAD.match(window.text, _begin(window.text))
        assert match is not None
        if window.text[match.end() : match.end() + 1] not in ("", '"') or not window.grow(0):
            break
    head = _QUOTED.sub("", match.group())
    return max(DELIMITERS, key=head.count)  # of several, the first


def rows(window: Window, delimiter: str) -> Iterator[Row]:
    """Yield the rows from the first that is not blank. Where a quote goes wrong, the row ends as `_resumed` tells."""
    grammar = _Grammar(delimiter)
    at = _begin(window.text)
    line = 1 + len(_BREAK.findall(window.text, 0, at))
    while at < len(window.text) or window.grow(at):
        end = _row_end(window, at, grammar)
        if end - at > RECORD:
            end = window.line_end(end)
            yield Row("", line, too_large=True)
            inside = 0
        else:
            text = window.text[at:end]
            yield Row(text, line)
            inside = len(_BREAK.findall(text)) if '"' in text and ("\n" in text or "\r" in text) else 0
        if end + 1 >= len(window.text) and window.text[end:] == "\r":
            window.grow(end)
        line += 1 + inside
        at = window.let_go(end + (2 if window.text.startswith("\r\n", end) else 1))


class _Grammar:
    """What a row looks like with a given delimiter. Possessive throughout: a match costs one pass."""

    def __init__(self, delimiter: str) -> None:
        sign = re.escape(delimiter)
        cell = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{sign}\r\n][^{sign}\r\n]*+)?+'
        self.delimiter = delimiter
        self.cells = re.compile(rf"{cell}(?:{sign}{cell})*+")
        self.cell = re.compile(cell)


def _begin(text: str) -> int:
    match = _BLANK_LINES.match(text)
    return match.end() if match else 0


def _row_end(window: Window, at: int, grammar: _Grammar) -> int:
    while True:
        match = grammar.cells.match(window.text, at)
        assert match is not None
        end, text = match.end(), window.text
        if end < len(text) and text[end] in "\r\n":
            return end
        # A quote that is not closed yet may be closed by what follows; the end of what is read ends no row.
        if end < len(text) and text[end] != '"':
            return _resumed(window, at, grammar)
        if not window.grow(at):
            return end if end == len(text) else _resumed(window, at, grammar)


def _resumed(window: Window, at: int, grammar: _Grammar) -> int:
    """Return where a row ends whose quotes go wrong: where it has the cells it should have, else with the line."""
    opening, cells = _wrong_cell(window.text, at, grammar)
    while True:
        position, count, first = opening, cells, None
        for number, match in enumerate(_BREAK.finditer(window.text, opening)):
            first = match.start() if first is None else first
            count += window.text.count(grammar.delimiter, position, match.start())
            position = match.start()
            if count == window.columns:
                return position
            if count > window.columns or number == AHEAD:
                return first
        if not window.grow(at):
            break
    count += window.text.count(grammar.delimiter, position)
    return len(window.text) if first is None or count == window.columns else first


def _wrong_cell(text: str, at: int, grammar: _Grammar) -> tuple[int, int]:
    """Return where the first cell whose quotes go wrong begins, and how many cells there are up to it."""
    cells = 1
    while True:
        match = grammar.cell.match(text, at)
        assert match is not None
        if not text.startswith(grammar.delimiter, match.end()):
            return at, cells
        at, cells = match.end() + 1, cells + 1
