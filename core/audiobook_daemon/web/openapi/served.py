"""Serves the description of the API, and the pages that show it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import lru_cache, partial

from aiohttp import web

from audiobook_daemon.actions import Action
from audiobook_daemon.web.access.sessions import csrf_token
from audiobook_daemon.web.access.visits import visit_of
from audiobook_daemon.web.answers import Nothing, Raw
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.openapi.document import description
from audiobook_daemon.web.openapi.reference import PAGES, ReferencePage, asset
from audiobook_daemon.web.operation import Operation, Operations
from audiobook_daemon.web.routing import PageRoute

_KEPT = 4
"""Descriptions: of the actions before and after a reload, with and without a prefix."""


class Told(Raw):
    """The description as it goes over the line."""

    content_type = "application/json"

    def __init__(self, text: Callable[[str], bytes]) -> None:
        self._text = text

    async def send(self, request: web.Request) -> web.StreamResponse:
        """Answer with the whole of it."""
        text = await asyncio.to_thread(self._text, visit_of(request).prefix)
        return web.Response(body=text, content_type=self.content_type)


class Description:
    """The description of the operations that it is given, of itself, and of the actions there are at the moment."""

    def __init__(self, operations: tuple[Operation, ...]) -> None:
        own = Operations("description", "")
        own.add("GET", "/openapi.json")(self.get_description)
        self.operations = (*operations, *own)
        self._text = lru_cache(maxsize=_KEPT)(self._made)
        """Kept, for making it takes longer than a request should."""

    async def get_description(self, desk: Desk, asked: Nothing) -> Told:  # noqa: ARG002
        """Describe this API in the words of OpenAPI 3.1."""
        return Told(partial(self._text, tuple(desk.lent.actions)))

    def _made(self, actions: tuple[Action, ...], prefix: str) -> bytes:
        return json.dumps(description(self.operations, prefix, actions), ensure_ascii=False).encode()


def reference_pages() -> list[PageRoute]:
    """Return the pages that show the description."""
    return [PageRoute("GET", page.path, _shown(page)) for page in PAGES]


def reference_assets() -> list[web.RouteDef]:
    """Return what the pages load; it holds nothing of this daemon."""

    async def get_asset(request: web.Request) -> web.StreamResponse:
        return asset(request.match_info["name"])

    return [web.get("/docs/assets/{name}", get_asset)]


def _shown(page: ReferencePage) -> Callable[[web.Request, Desk], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request, desk: Desk) -> web.StreamResponse:
        return page.response(visit_of(request).prefix, csrf_token(request) if desk.caller.in_browser else "")

    return handle
