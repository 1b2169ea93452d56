"""The pages under `/api/libraries` and `/api/tasks`."""

from __future__ import annotations

from aiohttp import web

from audiobook_daemon.demo.audiobookshelf.accounts import Accounts, read_json
from audiobook_daemon.demo.audiobookshelf.library import Library
from audiobook_daemon.demo.audiobookshelf.listing import InvalidQuery, list_items, search
from audiobook_daemon.demo.audiobookshelf.settings import LIBRARY_SETTINGS
from audiobook_daemon.demo.audiobookshelf.shapes import VERSION, JsonObject

_SEARCH_RESULTS = 12


class LibraryPages:
    """Answers what is asked of the library as a whole."""

    def __init__(self, library: Library, accounts: Accounts) -> None:
        self._library = library
        self._accounts = accounts

    async def libraries(self, _request: web.Request) -> web.Response:
        """List the libraries: always this one."""
        return web.json_response({"libraries": [self._json()]})

    async def one(self, request: web.Request) -> web.Response:
        """Give the library."""
        self._check(request)
        return web.json_response(self._json())

    async def items(self, request: web.Request) -> web.Response:
        """List the items of the library."""
        self._check(request)
        try:
            return web.json_response(list_items(self._library.shelf, self._library.shapes, request.query))
        except InvalidQuery as error:
            raise web.HTTPBadRequest(text=str(error), content_type="text/html") from None

    async def search(self, request: web.Request) -> web.Response:
        """Search the library."""
        self._check(request)
        if not (text := request.query.get("q")):
            message = 'Invalid request. Query param "q" must be a string'
            raise web.HTTPBadRequest(text=message, content_type="text/html")
        limit = request.query.get("limit", "")
        count = int(limit) if limit.isdigit() and int(limit) else _SEARCH_RESULTS
        return web.json_response(search(self._library.shelf, self._library.shapes, text, count))

    async def scan(self, request: web.Request) -> web.Response:
        """Begin a scan; while one runs the answer is the same, and the request is dropped."""
        self._check(request)
        self._accounts.require_admin(request)
        self._library.scan()
        return web.Response(text="OK")

    async def path_exists(self, request: web.Request) -> web.Response:
        """Say whether there is something at a path below the library's folder."""
        body = await read_json(request)
        directory, folder = body.get("directory"), body.get("folderPath")
        if not isinstance(directory, str) or not isinstance(folder, str) or folder != str(self._library.folder):
            raise web.HTTPBadRequest(text="Invalid request", content_type="text/html")
        return web.json_response({"exists": (self._library.folder / directory).exists()})

    async def tasks(self, _request: web.Request) -> web.Response:
        """List the running tasks."""
        return web.json_response({"tasks": self._library.tasks()})

    def _check(self, request: web.Request) -> None:
        if request.match_info["library"] != self._library.shelf.library_id:
            raise web.HTTPNotFound(text="Library not found", content_type="text/html")

    def _json(self) -> JsonObject:
        shelf = self._library.shelf
        folder = {
            "id": shelf.folder_id,
            "fullPath": str(self._library.folder),
            "libraryId": shelf.library_id,
            "addedAt": shelf.created_at,
        }
        return {
            "id": shelf.library_id,
            "name": shelf.name,
            "folders": [folder],
            "displayOrder": 1,
            "icon": "audiobookshelf",
            "mediaType": "book",
            "provider": "audible",
            "settings": LIBRARY_SETTINGS,
            "lastScan": shelf.last_scan,
            "lastScanVersion": VERSION if shelf.last_scan else None,
            "createdAt": shelf.created_at,
            "lastUpdate": shelf.last_update,
        }
