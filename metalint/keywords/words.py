"""The dictionary of the segmentation, read on demand: one record asks for a few hundred of its words.

A file of lines `word count`, sorted by the words' UTF-8, after a head of remarks of which one says `# total N`.
"""

from __future__ import annotations

from pathlib import Path

MANY = 20_000  # questions after which reading all of it is cheaper than looking up
_TOTAL = b"# total "


class WordsError(Exception):
    """A dictionary that cannot be used."""


class Words:
    """Counts of words as jieba asks for them: the beginning of a word is there too, with the count 0."""

    def __init__(self, path: Path) -> None:
        """Raise WordsError for a file that is no dictionary."""
        try:
            self._text = path.read_bytes()
        except OSError as error:
            raise WordsError(f"{path}: {error.strerror or error}") from error
        self._start, total = 0, b""
        while self._text.startswith(b"#", self._start):
            end = self._text.find(b"\n", self._start) + 1 or len(self._text)
            line = self._text[self._start : end].rstrip()
            total = line[len(_TOTAL) :] if line.startswith(_TOTAL) else total
            self._start = end
        if not total.isdigit():
            raise WordsError(f"{path}: its head lacks a line “# total N”")
        self.total = int(total)
        self._known: dict[str, int | None] = {}
        self._whole = False

    def get(self, word: str, default: int | None = None) -> int | None:
        """Return a word's count, 0 for the beginning of one, `default` for what is neither."""
        try:
            count = self._known[word]
        except KeyError:
            count = self._ask(word)
        return default if count is None else count

    def __contains__(self, word: str) -> bool:
        return self.get(word) is not None

    def __getitem__(self, word: str) -> int:
        count = self.get(word)
        if count is None:
            raise KeyError(word)
        return count

    def _ask(self, word: str) -> int | None:
        if self._whole:
            return None
        if len(self._known) >= MANY:
            self._read()
            return self._known.get(word)
        count = self._known[word] = self._look_up(word)
        return count

    def _look_up(self, word: str) -> int | None:
        """Return the count on the first line that does not stand before the word, if that is its or begins with it."""
        wanted = word.encode("utf-8", "surrogatepass")
        if not wanted or b" " in wanted or b"\n" in wanted:
            return None
        text, low, high = self._text, self._start, len(self._text)
        while low < high:  # both stand at the beginning of a line
            begin = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = text.find(b"\n", begin) + 1 or len(text)
            if text[begin : text.find(b" ", begin)] < wanted:
                low = end
            else:
                high = begin
        if not text.startswith(wanted, low):
            return None
        end = text.find(b"\n", low)
        known, _, count = text[low : end if end >= 0 else len(text)].partition(b" ")
        return int(count) if known == wanted else 0

    def _read(self) -> None:
        """Take over all words and their beginnings."""
        known: dict[str, int | None] = {}
        for line in self._text[self._start :].decode().splitlines():
            word, _, count = line.partition(" ")
            known[word] = int(count)
        for word in [*known]:
            for end in range(1, len(word)):
                known.setdefault(word[:end], 0)
        self._known, self._whole = known, True
