"""The language server as an editor uses it: a real client of the protocol talks to a real process."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

TEXT = '{"title": "😀臺北巿公園 ",\n "keyword": ["公園", "公園"]}\n'
URI = "file:///metadata/%E5%85%AC%E5%9C%92.json"


class Client(LanguageClient):
    def __init__(self) -> None:
        super().__init__("test", "1")
        self.told: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def diagnostics(params: lsp.PublishDiagnosticsParams) -> None:
            self.told.put_nowait(params)


def talk(say: Callable[[Client], Awaitable[None]], encodings: list[lsp.PositionEncodingKind] | None = None) -> None:
    async def run() -> None:
        client = Client()
        await client.start_io(sys.executable, "-m", "metalint", "server", "--lang", "en")
        general = lsp.GeneralClientCapabilities(position_encodings=encodings) if encodings else None
        capabilities = lsp.ClientCapabilities(general=general)
        await client.initialize_async(lsp.InitializeParams(capabilities=capabilities, process_id=None, root_uri=None))
        client.initialized(lsp.InitializedParams())
        await say(client)
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()

    asyncio.run(asyncio.wait_for(run(), 60))


def opened(client: Client, text: str, uri: str = URI, language: str = "json") -> None:
    item = lsp.TextDocumentItem(uri=uri, language_id=language, version=1, text=text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))


def cut(text: str, span: lsp.Range, unit: str) -> tuple[str, str]:
    """Return a text in two, without a range on one line, in the units of an encoding."""
    lines = text.splitlines(keepends=True)
    size = {"utf-16": 2, "utf-8": 1, "utf-32": 4}[unit]
    name = {"utf-16": "utf-16-le", "utf-8": "utf-8", "utf-32": "utf-32-le"}[unit]
    assert span.start.line == span.end.line
    line = lines[span.start.line].encode(name)
    before = line[: span.start.character * size].decode(name)
    behind = line[span.end.character * size :].decode(name)
    return "".join(lines[: span.start.line]) + before, behind + "".join(lines[span.end.line + 1 :])


@pytest.mark.parametrize("unit", ["utf-16", "utf-8", "utf-32"])
def test_problems_fixes_and_reasons(unit: str) -> None:
    async def say(client: Client) -> None:
        opened(client, TEXT)
        told = await client.told.get()
        found = {one.code: one for one in told.diagnostics}
        assert {"text/edge-space", "text/confusable", "keyword/duplicate"} <= set(found)
        assert found["text/edge-space"].source == "metalint"
        span = found["text/edge-space"].range
        before, behind = cut(TEXT, span, unit)
        assert before == '{"title": '
        assert behind.startswith(",\n")

        where = lsp.TextDocumentIdentifier(uri=URI)
        context = lsp.CodeActionContext(diagnostics=[found["text/edge-space"]])
        params = lsp.CodeActionParams(text_document=where, range=span, context=context)
        actions = await client.text_document_code_action_async(params)
        assert actions is not None
        titles = [action.title for action in actions]
        assert any(title.startswith("Change to: 😀臺北巿公園") for title in titles)
        assert any(title.startswith("Change (look first) to: ") for title in titles)
        (quick,) = [one for one in actions if isinstance(one, lsp.CodeAction) and one.title.startswith("Change to: ")]
        assert quick.edit is not None
        assert quick.edit.changes is not None
        (edit,) = quick.edit.changes[URI]
        before, behind = cut(TEXT, edit.range, unit)
        assert before + edit.new_text + behind == TEXT.replace("公園 ", "公園")
        (everything,) = [
            one for one in actions if isinstance(one, lsp.CodeAction) and one.title == "Make all safe fixes"
        ]
        assert everything.edit is not None
        assert everything.edit.changes is not None
        text = TEXT
        for edit in sorted(everything.edit.changes[URI], key=lambda one: one.range.start, reverse=True):
            before, behind = cut(text, edit.range, unit)
            text = before + edit.new_text + behind
        assert text == '{"title": "😀臺北巿公園",\n "keyword": ["公園"]}\n'

        at = lsp.HoverParams(text_document=where, position=found["keyword/duplicate"].range.start)
        hover = await client.text_document_hover_async(at)
        assert hover is not None
        assert "keyword/duplicate" in hover.contents.value  # type: ignore[union-attr]

        change = lsp.TextDocumentContentChangeWholeDocument(text='{"title": "公園"}')
        version = lsp.VersionedTextDocumentIdentifier(uri=URI, version=2)
        client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(text_document=version, content_changes=[change])
        )
        told = await client.told.get()
        assert not {"text/edge-space", "keyword/duplicate"} & {str(one.code) for one in told.diagnostics}
        client.text_document_did_close(lsp.DidCloseTextDocumentParams(text_document=where))
        assert not (await client.told.get()).diagnostics

    talk(say, [lsp.PositionEncodingKind(unit)])


@pytest.mark.parametrize(
    ("text", "uri", "language"),
    [
        pytest.param("{broken", "file:///a.json", "json", id="no JSON"),
        pytest.param("", "file:///a.yaml", "yaml", id="nothing"),
        pytest.param("a: [1\n\x00", "untitled:Untitled-1", "yaml", id="an unsaved document"),
        pytest.param("<a><b></a>", "file:///a.xml", "xml", id="no XML"),
        pytest.param("a,b\n1", "file:///x", "csv", id="no suffix"),
    ],
)
def test_whatever_is_typed(text: str, uri: str, language: str) -> None:
    async def say(client: Client) -> None:
        opened(client, text, uri, language)
        assert (await client.told.get()).uri == uri

    talk(say)


def test_the_script_of_each_shell(tmp_path: Path) -> None:
    import shutil
    import subprocess

    for shell, mark in (("bash", "complete"), ("zsh", "compdef"), ("fish", "complete")):
        done = subprocess.run([sys.executable, "-m", "metalint", "completion", shell], capture_output=True, check=True)
        script: Any = tmp_path / shell
        script.write_bytes(done.stdout)
        assert mark in done.stdout.decode()
        if shutil.which(shell) is not None:
            subprocess.run([shell, "-n", str(script)], check=True)
