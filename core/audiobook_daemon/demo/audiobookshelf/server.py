"""The server: which paths there are, and who is let in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from audiobook_daemon.demo.audiobookshelf.accounts import Accounts, error_page
from audiobook_daemon.demo.audiobookshelf.item_pages import ItemPages
from audiobook_daemon.demo.audiobookshelf.library import Library
from audiobook_daemon.demo.audiobookshelf.library_pages import LibraryPages
from audiobook_daemon.demo.audiobookshelf.records import Shelf
from audiobook_daemon.demo.audiobookshelf.scan import ScanCounts
from audiobook_daemon.demo.audiobookshelf.shapes import VERSION, JsonObject
from audiobook_daemon.demo.audiobookshelf.sockets import Sockets
from audiobook_daemon.demo.standin import StandIn

_PREFIX = "/audiobookshelf"


class AudiobookshelfStandIn(StandIn):
    """Plays Audiobookshelf 2.36.0 over a real folder on disk.

    `api_key` is the key of the root user; `reader_key` is that of a plain user who may neither scan nor edit.
    A new book takes `seconds_per_book` in a scan. With `state` the items, their ids and edits are kept in that JSON
    file, so that another object made of the same file goes on where this one ended; a scan is kept every ten books
    and at its end.
    """

    def __init__(
        self,
        folder: Path,
        api_key: str,
        *,
        library_name: str = "Audiobooks",
        state: Path | None = None,
        reader_key: str | None = None,
        username: str = "root",
        password: str = "demo",
        seconds_per_book: float = 0.02,
    ) -> None:
        super().__init__()
        self.library = Library(folder, library_name, state, seconds_per_book)
        self._accounts = Accounts(api_key, reader_key, username, password)
        self._sockets = Sockets(self._accounts.tokens)
        self.library.tell = self._sockets.tell

    @property
    def shelf(self) -> Shelf:
        """What the server knows, for demonstrations and tests to look at."""
        return self.library.shelf

    @property
    def scans(self) -> list[ScanCounts]:
        """What the finished scans did, the newest last."""
        return self.library.scans

    @property
    def server_settings(self) -> JsonObject:
        """The server's settings, to be changed at will."""
        return self._accounts.server_settings

    def listeners(self) -> Iterator[str]:
        """Name the connections of the socket that are told what happens."""
        return self._sockets.introduced()

    async def stop(self) -> None:
        """End at once; a running scan is broken off and has to be asked for again."""
        await self._sockets.close()
        await super().stop()
        await self.library.close()

    def routes(self) -> Iterator[web.RouteDef]:
        """Name every path twice: with and without the prefix `/audiobookshelf`."""
        for method, path, handler in self._pages():
            for prefix in ("", _PREFIX):
                yield web.route(method, prefix + path, handler)
        yield web.route("*", "/{path:.*}", self._guarded(_unknown))

    def _pages(self) -> Iterator[tuple[str, str, Handler]]:
        accounts = self._accounts
        library, items = LibraryPages(self.library, accounts), ItemPages(self.library, accounts)
        yield from self._sockets.routes()
        yield from (
            ("GET", "/status", _status),
            ("GET", "/ping", _ping),
            ("GET", "/healthcheck", _healthcheck),
            ("POST", "/login", accounts.login),
            ("GET", "/api/items/{item}/cover", items.cover),
        )
        guarded: tuple[tuple[str, str, Handler], ...] = (
            ("POST", "/api/authorize", accounts.authorize),
            ("GET", "/api/me", accounts.me),
            ("GET", "/api/tasks", library.tasks),
            ("GET", "/api/libraries", library.libraries),
            ("GET", "/api/libraries/{library}", library.one),
            ("GET", "/api/libraries/{library}/items", library.items),
            ("GET", "/api/libraries/{library}/search", library.search),
            ("POST", "/api/libraries/{library}/scan", library.scan),
            ("POST", "/api/filesystem/pathexists", library.path_exists),
            ("POST", "/api/items/batch/get", items.several),
            ("GET", "/api/items/{item}", items.one),
            ("DELETE", "/api/items/{item}", items.remove),
            ("PATCH", "/api/items/{item}/media", items.change),
            ("POST", "/api/items/{item}/scan", items.scan),
            ("POST", "/api/items/{item}/cover", items.upload_cover),
            ("DELETE", "/api/items/{item}/cover", items.remove_cover),
        )
        for method, path, handler in guarded:
            yield method, path, self._guarded(handler)

    def _guarded(self, handler: Handler) -> Handler:
        async def guard(request: web.Request) -> web.StreamResponse:
            if request.path.removeprefix(_PREFIX).startswith("/api"):
                self._accounts.user(request)
            return await handler(request)

        return guard


async def _status(_request: web.Request) -> web.Response:
    answer: JsonObject = {
        "app": "audiobookshelf",
        "serverVersion": VERSION,
        "isInit": True,
        "language": "en-us",
        "authMethods": ["local"],
        "authFormData": {"authLoginCustomMessage": ""},
    }
    return web.json_response(answer)


async def _ping(_request: web.Request) -> web.Response:
    return web.json_response({"success": True})


async def _healthcheck(_request: web.Request) -> web.Response:
    return web.Response(text="OK")


async def _unknown(request: web.Request) -> web.Response:
    raise error_page(web.HTTPNotFound, f"Cannot {request.method} {request.path}")
