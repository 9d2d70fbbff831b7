"""The language server: problems while a file is written, their fixes at hand, and the rule's reasons under the cursor.

Needs the extra `lsp` (pygls). Offsets of the protocol count what the client says; metalint's count code points.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from metalint import __version__, api
from metalint.formats import SUFFIXES
from metalint.formats.source import open_source
from metalint.model import Edit, Extras, Problem, Severity, Span
from metalint.output.pages import explanation
from metalint.output.summary import proposed
from metalint.run import CannotRun, Options
from metalint.terminal import safe

if TYPE_CHECKING:
    from pygls.workspace import TextDocument

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}
_SAYS = {
    "zh-TW": {"fix": "改成：{}", "look": "改成（請確認）：{}", "all": "套用所有安全的修正"},
    "en": {"fix": "Change to: {}", "look": "Change (look first) to: {}", "all": "Make all safe fixes"},
}
_FIX_ALL = "source.fixAll.metalint"


class MetadataServer(LanguageServer):
    """A language server that remembers what it found in each open document."""

    def __init__(self, options: Options) -> None:
        super().__init__("metalint", __version__)
        self.options = options._replace(extras=Extras(excerpts=False, edits=True), baseline=None)
        self.lang = options.lang or "en"
        self.found: dict[str, tuple[int | None, list[Problem]]] = {}

    def check(self, uri: str) -> None:
        """Check a document as it is in the editor, and tell the client what is found."""
        document = self.workspace.get_text_document(uri)
        problems = _problems(document, self.options)
        self.found[uri] = document.version, problems
        diagnostics = [self._diagnostic(document, problem) for problem in problems]
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=uri, diagnostics=diagnostics, version=document.version)
        )

    def near(self, uri: str, span: lsp.Range) -> list[tuple[Problem, lsp.Range]]:
        """Return the problems of a document that a range touches, with their own."""
        document = self.workspace.get_text_document(uri)
        version, problems = self.found.get(uri, (None, []))
        if version != document.version:
            return []
        placed = [(problem, _range(document, _span(problem))) for problem in problems]
        return [(problem, where) for problem, where in placed if _touch(where, span)]

    def edits(self, uri: str, edits: Sequence[Edit]) -> lsp.WorkspaceEdit:
        """Return changes of a document as the client makes them."""
        document = self.workspace.get_text_document(uri)
        changes = [lsp.TextEdit(range=_range(document, edit.span), new_text=edit.text) for edit in edits]
        return lsp.WorkspaceEdit(changes={uri: changes})

    def _diagnostic(self, document: TextDocument, problem: Problem) -> lsp.Diagnostic:
        words = problem.message + (f"\n{problem.help}" if problem.help else "")
        return lsp.Diagnostic(
            range=_range(document, _span(problem)),
            message=safe(words.replace("\n", "\v")).replace("\\x0b", "\n"),
            severity=_SEVERITIES[problem.severity],
            code=problem.rule,
            source="metalint",
        )


def serve(options: Options) -> MetadataServer:
    """Return a server; it is started by its `start_io`."""
    server = MetadataServer(options)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.check(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.check(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.found.pop(params.text_document.uri, None)
        server.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=params.text_document.uri, diagnostics=[])
        )

    kinds = [lsp.CodeActionKind.QuickFix, _FIX_ALL]

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=kinds))
    def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        return _actions(server, params)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        return _hover(server, params)

    return server


def _actions(server: MetadataServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Return a quick fix for each problem that has one, and one for all safe fixes of the document."""
    uri, says = params.text_document.uri, _SAYS[server.lang]
    made = []
    for problem, _ in server.near(uri, params.range):
        if problem.fix is not None and problem.edits:
            what = safe(proposed(problem.fix, server.lang))[:80]
            given = [one for one in params.context.diagnostics if one.code == problem.rule]
            made.append(
                lsp.CodeAction(
                    title=says["fix" if problem.fix.safe else "look"].format(what),
                    kind=lsp.CodeActionKind.QuickFix,
                    diagnostics=given or None,
                    edit=server.edits(uri, problem.edits),
                    is_preferred=problem.fix.safe,
                )
            )
    everything = _apart([one for one in server.found.get(uri, (None, []))[1] if one.fix is not None and one.fix.safe])
    if everything:
        made.append(lsp.CodeAction(title=says["all"], kind=_FIX_ALL, edit=server.edits(uri, everything)))
    only = params.context.only
    return [one for one in made if not only or any(_name(one.kind).startswith(_name(kind)) for kind in only)]


def _name(kind: lsp.CodeActionKind | str | None) -> str:
    return kind.value if isinstance(kind, lsp.CodeActionKind) else kind or ""


def _hover(server: MetadataServer, params: lsp.HoverParams) -> lsp.Hover | None:
    """Return what the rules say that found something under the cursor."""
    at = lsp.Range(start=params.position, end=params.position)
    touched = server.near(params.text_document.uri, at)
    if not touched:
        return None
    closest = min(touched, key=lambda one: _size(one[1]))
    lang, pages = server.lang, []
    for rule in dict.fromkeys(problem.rule for problem, where in touched if where == closest[1]):
        try:
            pages.append(explanation(api.explain(rule, server.options), lang, color=False, markdown=True))
        except CannotRun:
            continue
    text = lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value="\n\n---\n\n".join(pages))
    return lsp.Hover(contents=text, range=closest[1])


def _problems(document: TextDocument, options: Options) -> list[Problem]:
    path = unquote(urlsplit(document.uri).path) or document.uri
    data = document.source.encode("utf-8", "surrogatepass")
    source = open_source(path, shown=path, encoding="utf-8", stdin=io.BytesIO(data))
    if not path.lower().endswith(tuple(SUFFIXES)):
        named = {"json": "json", "jsonl": "jsonl", "yaml": "yaml", "csv": "csv", "xml": "xml"}
        options = options._replace(format=named.get(document.language_id or ""))
    try:
        report = api.check_sources([source], options)
    except CannotRun:
        return []
    try:
        return [problem for problem in report.problems() if problem.path == path]
    finally:
        report.close()


def _apart(problems: Sequence[Problem]) -> list[Edit]:
    """Return the changes of some problems; of those that would touch the same stretch the first."""
    chosen: list[Edit] = []
    for problem in problems:
        if not any(_meet(one.span, other.span) for one in problem.edits for other in chosen):
            chosen += problem.edits
    return chosen


def _meet(one: Span, other: Span) -> bool:
    return (one.line, one.column) <= (other.end_line, other.end_column) and (other.line, other.column) <= (
        one.end_line,
        one.end_column,
    )


def _span(problem: Problem) -> Span:
    return Span(0, 0, problem.line, problem.column, problem.end_line, problem.end_column)


def _range(document: TextDocument, span: Span) -> lsp.Range:
    """Return a span in the client's units."""
    start = lsp.Position(line=max(span.line - 1, 0), character=max(span.column - 1, 0))
    end = lsp.Position(line=max(span.end_line - 1, 0), character=max(span.end_column - 1, 0))
    return document.position_codec.range_to_client_units(document.lines, lsp.Range(start=start, end=end))


def _touch(one: lsp.Range, other: lsp.Range) -> bool:
    return one.start <= other.end and other.start <= one.end


def _size(span: lsp.Range) -> tuple[int, int]:
    return span.end.line - span.start.line, span.end.character - span.start.character
