"""Comments of XML that begin with `metalint:`, each with the element that follows."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.formats.disguise import disguise, reveal
from metalint.formats.source import Source
from metalint.formats.xml_doctype import DoctypeRefused, doctype_refused
from metalint.suppression.comments import Comment
from metalint.suppression.given import MARK
from metalint.suppression.held import At, Reach


def comments(source: Source) -> Iterator[Comment]:
    """Yield the comments, in order; of a file that breaks off, those of the elements that end before."""
    scan = _Scan()
    scan.run(source)
    yield from sorted(scan.done, key=lambda comment: (comment.line, comment.column))


class _Scan:
    def __init__(self) -> None:
        from xml.parsers import expat

        self._parser = expat.ParserCreate("utf-8")
        self._parser.CommentHandler = self._comment
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = doctype_refused(self._parser)
        self._waiting: list[Comment] = []  # for the next element
        self._open: list[tuple[At, list[Comment]]] = []
        self.done: list[Comment] = []

    def run(self, source: Source) -> None:
        from xml.parsers import expat

        try:
            for chunk in source.text():
                self._parser.Parse(disguise(chunk).encode(), False)
            self._parser.Parse(b"", True)
        except (expat.ExpatError, DoctypeRefused):
            return
        self.done += self._waiting

    @property
    def _at(self) -> At:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _comment(self, text: str) -> None:
        text = reveal(text)
        if text.strip().startswith(MARK):
            line, column = self._at
            whole = f"<!--{text}-->"
            said = text.strip().removeprefix(MARK)
            self._waiting.append(Comment(said, line, column, len(whole), whole, 0, None))

    def _start(self, _name: str, _attributes: object) -> None:
        self._open.append((self._at, self._waiting))
        self._waiting = []

    def _end(self, _name: str) -> None:
        self.done += self._waiting  # nothing follows them in here
        self._waiting = []
        start, about = self._open.pop()
        self.done += [comment._replace(reach=Reach(start, self._at)) for comment in about]
