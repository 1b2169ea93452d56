"""Answers that are files."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from aiohttp import web

from audiobook_daemon.web.answers import Raw


class Document(Raw):
    """A text that was written for this answer."""

    content_type: ClassVar[str] = "text/html"

    def __init__(self, text: str) -> None:
        self._text = text

    async def send(self, request: web.Request) -> web.StreamResponse:
        """Send the text; scripts do not run in it, whoever opens it."""
        del request
        headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"}
        return web.Response(text=self._text, content_type=self.content_type, headers=headers)


class Download(Raw):
    """A file to be kept."""

    content_type: ClassVar[str] = "application/zip"

    def __init__(self, path: Path) -> None:
        self._path = path

    async def send(self, request: web.Request) -> web.StreamResponse:
        """Send the file under its name; part of it if the request asks for a range."""
        del request
        headers = {"Content-Disposition": f'attachment; filename="{self._path.name}"'}
        return web.FileResponse(self._path, headers={**headers, "Content-Type": self.content_type})
