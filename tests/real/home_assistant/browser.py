"""Pictures of Home Assistant's pages, taken by a headless Chromium."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

import aiohttp
from tests.real.home_assistant.onboarding import Http

from audiobook_daemon.demo.ports import free_ports
from audiobook_daemon.demo.processes import LocalProgram, find_program

_SHOWN_WITHIN = 60.0
_WORDS = """(() => {
  const words = [];
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { words.push(node.data); }
    if (node.shadowRoot) { visit(node.shadowRoot); }
    if (node.nodeName !== 'STYLE' && node.nodeName !== 'SCRIPT') { node.childNodes.forEach(visit); }
  };
  visit(document.body);
  return words.join(' ');
})()"""


class Chromium(LocalProgram):
    """A browser without a window, led over its DevTools port."""

    name: ClassVar[str] = "chromium"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, find_program("chromium") or find_program("chromium-browser"))
        (self.port,) = free_ports(1)

    def _prepare(self) -> None:
        pass

    def _arguments(self) -> list[str]:
        flags = ("headless=new", "no-sandbox", "disable-gpu", "no-first-run", "disable-dev-shm-usage", "disable-sync")
        ours = (f"remote-debugging-port={self.port}", f"user-data-dir={self.folder / 'profile'}")
        quiet = ("disable-background-networking", "disable-component-update")
        return [*(f"--{flag}" for flag in (*flags, *quiet, *ours)), "about:blank"]

    async def _ready(self) -> bool:
        try:
            async with aiohttp.ClientSession() as session:
                return bool(await self.pages(session))
        except aiohttp.ClientError:
            return False

    async def pages(self, session: aiohttp.ClientSession) -> list[str]:
        """Return the addresses its pages are led by."""
        async with session.get(f"http://127.0.0.1:{self.port}/json/list") as answer:
            found = await answer.json(content_type=None)
        return [page["webSocketDebuggerUrl"] for page in found if page["type"] == "page"]


class Page:
    """The one page of the browser."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse, http: Http) -> None:
        self._connection, self._http, self._number = connection, http, 0

    async def log_in(self) -> None:
        """Let Home Assistant's pages find the login of the owner."""
        expires = int(time.time() * 1000) + 1_500_000
        login = {**self._http.tokens, "hassUrl": self._http.url, "clientId": self._http.client_id, "expires": expires}
        script = f"localStorage.setItem('hassTokens', {json.dumps(json.dumps(login))});"
        script += "localStorage.setItem('dockedSidebar', '\"always_hidden\"');"
        await self._do("Page.enable")
        await self._do("Page.addScriptToEvaluateOnNewDocument", source=script)

    async def show(self, path: str, *words: str, width: int, height: int) -> str:
        """Open a page, wait until it shows these words, and return every word on it."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        await self._do("Emulation.setDeviceMetricsOverride", **size)
        await self._do("Page.navigate", url=f"{self._http.url}{path}")
        text = ""
        async with asyncio.timeout(_SHOWN_WITHIN):
            while not all(word in text for word in words):
                await asyncio.sleep(0.3)
                text = str((await self._do("Runtime.evaluate", expression=_WORDS))["result"].get("value", ""))
        return text

    async def photograph(self, file: Path) -> None:
        """Write what is shown as PNG."""
        await asyncio.sleep(2)  # charts and pictures move for a while after the words are there
        picture = await self._do("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(picture["data"]))

    async def _do(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        await self._connection.send_json({"id": self._number, "method": method, "params": parameters})
        async with asyncio.timeout(_SHOWN_WITHIN):
            while (answer := await self._connection.receive_json()).get("id") != self._number:
                pass
        assert "error" not in answer, answer
        return dict(answer["result"])


@asynccontextmanager
async def browsing(folder: Path, http: Http) -> AsyncIterator[Page]:
    """Run a browser in which the owner is logged in."""
    browser = Chromium(folder)
    try:
        await browser.start()
        (address, *_) = await browser.pages(http.session)
        async with http.session.ws_connect(address, max_msg_size=0) as connection:
            page = Page(connection, http)
            await page.log_in()
            yield page
    finally:
        await browser.stop()
