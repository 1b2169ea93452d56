"""The pages of Audnexus: books, their chapters, and people."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from aiohttp import web

from audiobook_daemon.demo.audnexus.book_json import book_json, chapters_json
from audiobook_daemon.demo.audnexus.search import name_search, search
from audiobook_daemon.demo.audnexus.shop import TLDS, ShopProduct, author_asin

_ASIN = re.compile(r"(?:B[\dA-Z]{9}|\d{9}[\dX])", re.ASCII)
_MOST_PEOPLE, _MOST_BOOKS = 25, 10
_RETRY_SECONDS = 42

_Page = Callable[[web.Request], Awaitable[web.Response]]


class Server(Protocol):
    """What the pages need to know of the server."""

    products: list[ShopProduct]
    limit: int | None
    old_errors: bool
    searches: bool

    @property
    def url(self) -> str:
        """Where the pictures are."""


class BookPages:
    """What Audnexus answers, its refusals included."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """The pages; `/books/search` before the one for a single book."""
        pages: dict[str, _Page] = {
            "/books/search": self._search,
            "/books/{asin}": self._book,
            "/books/{asin}/chapters": self._chapters,
            "/authors": self._authors,
            "/authors/{asin}": self._author,
        }
        for path, page in pages.items():
            yield web.get(path, self._counted(page))

    def _counted(self, page: _Page) -> _Page:
        async def counted(request: web.Request) -> web.Response:
            server = self._server
            if server.limit is not None:
                if server.limit <= 0:
                    answer = _error(429, "RATE_LIMIT_EXCEEDED", "Rate limit reached. Please try again later.", None)
                    answer.headers["Retry-After"] = str(_RETRY_SECONDS)
                    return answer
                server.limit -= 1
            return await page(request)

        return counted

    async def _book(self, request: web.Request) -> web.Response:
        product = self._find(request, "Book", "/books")
        return product if isinstance(product, web.Response) else web.json_response(book_json(product, self._server.url))

    async def _chapters(self, request: web.Request) -> web.Response:
        product = self._find(request, "Chapter", "/chapters")
        return product if isinstance(product, web.Response) else web.json_response(chapters_json(product))

    def _find(self, request: web.Request, what: str, endpoint: str) -> ShopProduct | web.Response:
        asin, region = request.match_info["asin"].upper(), request.query.get("region", "us")
        if not _ASIN.fullmatch(asin):
            return _error(400, "BAD_REQUEST", "Bad ASIN", None)
        if region not in TLDS:
            return _error(422, "VALIDATION_ERROR", "Invalid region", {"region": region})
        known = [product for product in self._server.products if product.asin == asin and product.title]
        here = next((product for product in known if product.region == region), None)
        if here is None:
            return self._absent(asin, region, what, endpoint, elsewhere=bool(known))
        if not here.is_book:
            message = f"Item is a podcast, not a book. ASIN: {asin}"
            return _error(400, "CONTENT_TYPE_MISMATCH", message, {"asin": asin, "expectedType": "book"})
        return here

    def _absent(self, asin: str, region: str, what: str, endpoint: str, *, elsewhere: bool) -> web.Response:
        if not elsewhere:
            message = f"{what} with ASIN {asin} not found"
            return _error(404, "NOT_FOUND", message, {"asin": asin, "endpoint": endpoint})
        message = f"Item not available in region '{region}' for ASIN: {asin}"
        if self._server.old_errors:
            told = {"statusCode": 500, "error": "Internal Server Error", "message": message}
            return web.json_response(told, status=500)
        return _error(404, "REGION_UNAVAILABLE", message, {"asin": asin})

    async def _search(self, request: web.Request) -> web.Response:
        if not self._server.searches:
            return _error(400, "BAD_REQUEST", "Bad ASIN", None)
        wanted, region = request.query.get("q", "").strip(), request.query.get("region", "us")
        if not wanted:
            return web.json_response({"error": "Bad Request", "message": "q is required"}, status=400)
        shop = [it for it in self._server.products if it.region == region and it.title and it.is_book]
        found = search(shop, {"keywords": wanted})[:_MOST_BOOKS]
        return web.json_response([book_json(product, self._server.url) for product in found])

    async def _authors(self, request: web.Request) -> web.Response:
        wanted = request.query.get("name", "").strip()
        if not wanted:
            return _error(422, "VALIDATION_ERROR", "name is required", None)
        found = name_search(self._people(), wanted)[:_MOST_PEOPLE]
        return web.json_response([{"asin": author_asin(name), "name": name} for name in found])

    async def _author(self, request: web.Request) -> web.Response:
        asin = request.match_info["asin"].upper()
        for name in self._people():
            if author_asin(name) == asin:
                told = {"asin": asin, "name": name, "description": "", "genres": [], "similar": [], "region": "us"}
                return web.json_response(told)
        message = f"Author with ASIN {asin} not found"
        return _error(404, "NOT_FOUND", message, {"asin": asin, "endpoint": "/authors"})

    def _people(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for product in self._server.products for name in product.authors))


def _error(status: int, code: str, message: str, details: object) -> web.Response:
    return web.json_response({"error": {"code": code, "message": message, "details": details}}, status=status)
