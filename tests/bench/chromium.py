"""A headless Chromium on its DevTools pipe: pages opened, measured, clicked, drawn. Standard library alone."""

from __future__ import annotations

import base64
import itertools
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--remote-debugging-pipe",
)  # fmt: skip


class Page:
    """A tab: commands in, results out; what else it tells is kept in `events`."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read = write, read
        self._numbers, self._left, self._session = itertools.count(1), b"", ""
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the result of a command."""
        number = next(self._numbers)
        said = {"id": number, "method": method, "params": params}
        if self._session:
            said["sessionId"] = self._session
        os.write(self._write, json.dumps(said).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") != number:
                self.events.append(told)
            elif "error" in told:
                raise RuntimeError(f"{method}: {told['error']}")
            else:
                return told["result"]  # type: ignore[no-any-return]

    def wait(self, method: str) -> dict[str, Any]:
        """Return the first event of a kind that has come, or comes."""
        for event in self.events:
            if event.get("method") == method:
                return event
        while True:
            event = self._next()
            self.events.append(event)
            if event.get("method") == method:
                return event

    def open(self, address: str) -> None:
        """Open a page and wait until it is loaded."""
        self.events = [event for event in self.events if event.get("method") != "Page.loadEventFired"]
        self.ask("Page.navigate", url=address)
        self.wait("Page.loadEventFired")

    def value(self, script: str) -> Any:
        """Return what a script comes to; a promise is waited for."""
        told = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise RuntimeError(str(told["exceptionDetails"]))
        return told["result"].get("value")

    def size(self, width: int, height: int) -> None:
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def dark(self, on: bool) -> None:
        features = [{"name": "prefers-color-scheme", "value": "dark" if on else "light"}]
        self.ask("Emulation.setEmulatedMedia", features=features)

    def picture(self, path: Path) -> None:
        """Write what is seen as PNG."""
        data = self.ask("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))

    def pdf(self, path: Path) -> None:
        """Write the page as it is printed."""
        data = self.ask("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"]
        path.write_bytes(base64.b64decode(data))

    def complaints(self) -> list[str]:
        """Return what the page complained of, and what it asked the network for."""
        found = []
        for event in self.events:
            method, params = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                found.append(str(params["exceptionDetails"]))
            elif method == "Log.entryAdded":
                found.append(params["entry"]["text"])
            elif method == "Network.requestWillBeSent" and not params["request"]["url"].startswith(("file:", "about:")):
                found.append(params["request"]["url"])
        return found

    def _next(self) -> dict[str, Any]:
        parts = [self._left]
        while b"\0" not in parts[-1]:
            data = os.read(self._read, 1 << 20)
            if not data:
                raise RuntimeError("chromium is gone")
            parts.append(data)
        said, _, self._left = b"".join(parts).partition(b"\0")
        return json.loads(said)  # type: ignore[no-any-return]


@contextmanager
def chromium(more: Sequence[str] = ()) -> Iterator[Page]:
    """Start a browser with a profile of its own, and end it afterwards."""
    to_read, to_write = os.pipe()
    from_read, from_write = os.pipe()
    # Above the two numbers that the browser wants.
    high = [_above(fd) for fd in (to_read, from_write)]

    def place() -> None:
        os.dup2(high[0], 3)
        os.dup2(high[1], 4)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = ["chromium", *FLAGS, *more, f"--user-data-dir={folder}"]
        out = subprocess.DEVNULL
        browser = subprocess.Popen(command, preexec_fn=place, close_fds=False, stdout=out, stderr=out)  # noqa: PLW1509
        for fd in (to_read, from_write, *high):
            os.close(fd)
        try:
            yield Page(to_write, from_read)
        finally:
            browser.terminate()
            browser.wait(20)
            os.close(to_write)
            os.close(from_read)


def _above(fd: int) -> int:
    import fcntl

    return fcntl.fcntl(fd, fcntl.F_DUPFD, 10)
