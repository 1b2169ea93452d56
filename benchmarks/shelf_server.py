"""A library server in a process of its own: lists the items of `shelf.py` as Audiobookshelf does, from ready bytes.

`python shelf_server.py SIZE` prints its port. `POST /change` gives every hundredth item another publisher.
"""

from __future__ import annotations

import asyncio
import sys

import msgspec
from aiohttp import web

from shelf import item

PAGE = 500
_LIBRARY = {"id": "books", "name": "Books", "mediaType": "book", "folders": [{"fullPath": "/books"}]}


class Server:
    """Makes each page once, and again after a change."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._round = 0
        self._pages = [self._page(number) for number in range(-(-size // PAGE))]

    def application(self) -> web.Application:
        """Name the paths that reading a library takes."""
        application = web.Application()
        application.router.add_get("/status", _status)
        application.router.add_get("/api/libraries", _libraries)
        application.router.add_get("/api/libraries/books/items", self._items)
        application.router.add_post("/change", self._change)
        return application

    async def _items(self, request: web.Request) -> web.Response:
        page = self._pages[int(request.query["page"])]
        return web.Response(body=page, content_type="application/json")

    async def _change(self, _request: web.Request) -> web.Response:
        self._round += 1
        self._pages = [self._page(number) for number in range(len(self._pages))]
        return web.Response(text="OK")

    def _page(self, number: int) -> bytes:
        numbers = range(number * PAGE, min(self._size, (number + 1) * PAGE))
        rows = [_row(one, f"House {self._round if one % 100 == 0 else 0}") for one in numbers]
        page = {"results": rows, "total": self._size, "limit": PAGE, "page": number, "sortBy": "addedAt"}
        return msgspec.json.encode(page)


def _row(number: int, publisher: str) -> dict[str, object]:
    """One item with the members that the real server sends, about 1.1 KB of them."""
    one = item(number)
    book, at = one.book, 1_790_000_000_000 + number
    first, _, last = book.authors[0].partition(" ")
    metadata = {
        "title": book.title,
        "titleIgnorePrefix": book.title,
        "subtitle": book.subtitle,
        "authorName": book.authors[0],
        "authorNameLF": f"{last}, {first}",
        "narratorName": ", ".join(one.narrators),
        "seriesName": ", ".join(f"{place.name} #{place.position}" for place in book.series),
        "genres": ["Fantasy", "Adventure"],
        "publishedYear": str(book.year),
        "publishedDate": None,
        "publisher": publisher,
        "description": "<p>A long way, and nobody who knows it but one. She does not tell.</p>" * 3,
        "isbn": book.isbn,
        "asin": book.asin,
        "language": "English",
        "explicit": False,
        "abridged": False,
    }
    media = {
        "id": f"m-{one.id}",
        "metadata": metadata,
        "coverPath": f"/metadata/items/{one.id}/cover.jpg",
        "tags": [],
        "numTracks": 1,
        "numAudioFiles": 1,
        "numChapters": 24,
        "duration": one.runtime,
        "size": one.size,
    }
    times = dict.fromkeys(("mtimeMs", "ctimeMs", "birthtimeMs", "addedAt", "updatedAt"), at)
    head = {"id": one.id, "ino": str(number), "libraryId": "books", "folderId": "folder", "path": one.path}
    flags = {"isFile": False, "isMissing": False, "isInvalid": False, "mediaType": "book"}
    return {**head, "relPath": one.path, **times, **flags, "media": media, "numFiles": 2, "size": one.size}


async def _status(_request: web.Request) -> web.Response:
    return web.json_response({"app": "audiobookshelf", "serverVersion": "2.36.0", "isInit": True})


async def _libraries(_request: web.Request) -> web.Response:
    return web.json_response({"libraries": [_LIBRARY]})


async def serve(size: int) -> None:
    runner = web.AppRunner(Server(size).application(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
