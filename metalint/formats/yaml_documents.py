"""A YAML file cut into its documents as it is read, so that an error in one does not cost the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metalint.formats.disguise import disguise

RECORD = 32 << 20  # characters that may have to be kept: of one record, or of one line
BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_BREAKS = "\n\r\x85\u2028\u2029"
# Comments, blank lines and directives: they belong to the document that follows.
_PREAMBLE = re.compile(f"(?:(?:[ \t\ufeff]*(?:#[^{_BREAKS}]*)?|%[^{_BREAKS}]*)(?:\r\n|[{_BREAKS}]))*+")
_MARK = re.compile(rf"(?:\A|(?<=[{_BREAKS}]))(?:---|\.\.\.)(?=[ \t{_BREAKS}]|\Z)")


class TooLarge(Exception):
    """More has to be kept than `RECORD`."""


class Document:
    """One document of a file, read by a parser as a stream; offsets count from its beginning, lines from the file's."""

    def __init__(self, file: _File) -> None:
        self._file = file
        self.line = file.line
        self._text, self._base, self._keep = "", 0, 0

    def read(self, _size: int = 0) -> str:
        """Return some more of the text, of any size; empty at the end. Raises TooLarge."""
        part = self._file.take()
        kept = self._text[self._keep - self._base :] if self._keep > self._base else self._text
        self._base += len(self._text) - len(kept)
        if len(kept) > RECORD:
            raise TooLarge
        self._text = kept + part
        return disguise(part)

    def keep(self, start: int) -> None:
        """Let what stands before an offset be forgotten."""
        self._keep = start

    def text(self, start: int, end: int) -> str:
        """Return a stretch of what is kept."""
        return self._text[max(start - self._base, 0) : max(end - self._base, 0)]

    def whole(self) -> str:
        """Return the text up to the end. Raises TooLarge."""
        while self.read():
            pass
        return self._text


def documents(chunks: Iterator[str]) -> Iterator[Document]:
    """Yield the documents of a file; what is not read of one is passed over. Raises TooLarge."""
    file = _File(chunks)
    while file.begin():
        yield Document(file)
        while file.take():
            pass


class _File:
    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._ahead = ""  # begins at the beginning of a line, unless `_from` says what is taken with it
        self._ended = False  # no more chunks
        self._over = True  # no more of this document
        self._from = 0  # where a mark may end the document
        self.line = 1

    def begin(self) -> bool:
        """Go to the next document; say whether there is one."""
        start = self._after_preamble()
        while not self._ended and not BREAK.search(self._ahead, start, len(self._ahead) - 1):
            if len(self._ahead) > RECORD:
                break
            self._load()
            start = self._after_preamble()
        if not self._ahead[start:].strip():
            return False
        opened = self._ahead.startswith("---", start) and _MARK.match(self._ahead, start) is not None
        self._from = start + 3 if opened else start
        self._over = False
        return True

    def take(self) -> str:
        """Return the next whole lines of the document; empty where it is over. Raises TooLarge."""
        if self._over:
            return ""
        while (cut := self._whole_lines()) <= self._from and not self._ended:
            if len(self._ahead) > RECORD:
                raise TooLarge
            self._load()
        text = self._ahead
        mark = _MARK.search(text, self._from, cut)
        if mark is not None:
            self._over = True
            cut = mark.start()
            if mark.group() == "...":
                line_end = BREAK.search(text, mark.end())
                cut = line_end.end() if line_end else len(text)
        elif self._ended:
            self._over = True
        self._from = 0
        self._ahead = text[cut:]
        self.line += len(BREAK.findall(text, 0, cut))
        return text[:cut]

    def _whole_lines(self) -> int:
        if self._ended:
            return len(self._ahead)
        end = len(self._ahead) - self._ahead.endswith("\r")  # a line feed may follow
        return max(self._ahead.rfind(sign, 0, end) for sign in _BREAKS) + 1

    def _after_preamble(self) -> int:
        match = _PREAMBLE.match(self._ahead)
        return match.end() if match else 0

    def _load(self) -> None:
        chunk = next(self._chunks, "")
        self._ahead += chunk
        self._ended = not chunk
