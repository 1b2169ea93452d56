"""Serves the pages of Open Library."""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from audiobook_daemon.demo.open_library.records import author_record, edition_record, work_record
from audiobook_daemon.demo.open_library.search import search_authors, search_works
from audiobook_daemon.demo.open_library.shelves import OpenLibraryShelves
from audiobook_daemon.demo.standin import StandIn

_CONTACT = re.compile(r"\([^()]*(?:@|https?://)[^()]*\)")
_WORKS, _MOST_WORKS = 50, 1000
_JPEG = b"\xff\xd8\xff\xe0cover"


class OpenLibraryStandIn(StandIn):
    """Plays Open Library.

    A User-Agent that names nobody to write to is refused, unless `strangers` are welcome. `quota` counts down with
    every answer; at its end callers are told to use the dumps (None is without end).
    """

    def __init__(self, shelves: OpenLibraryShelves, *, strangers: bool = False, quota: int | None = None) -> None:
        super().__init__()
        self.shelves = shelves
        self.strangers = strangers
        self.quota = quota
        self.user_agents: set[str] = set()
        self.asked: list[str] = []
        """The path and query of each question, the newest last."""

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """Searches, records and covers."""
        pages = {
            "/search.json": self._search,
            "/search/authors.json": self._search_authors,
            "/authors/{key}/works.json": self._works_by,
            "/authors/{key}.json": self._author,
            "/works/{key}/editions.json": self._editions,
            "/works/{key}.json": self._work,
            "/books/{key}.json": self._book,
            "/isbn/{isbn}.json": self._isbn,
            "/b/id/{cover}-{size}.jpg": self._cover,
        }
        return [web.get(path, self._admitting(page)) for path, page in pages.items()]

    def _admitting(self, page: Handler) -> Handler:
        async def admitted(request: web.Request) -> web.StreamResponse:
            agent = request.headers.get("User-Agent", "")
            self.user_agents.add(agent)
            self.asked.append(request.path_qs)
            if not self.strangers and not _CONTACT.search(agent):
                return web.Response(status=403, text="Forbidden")
            if self.quota is not None:
                if self.quota <= 0:
                    return _too_many()
                self.quota -= 1
            return await page(request)

        return admitted

    async def _search(self, request: web.Request) -> web.Response:
        return web.json_response(search_works(self.shelves, request.query))

    async def _search_authors(self, request: web.Request) -> web.Response:
        return web.json_response(search_authors(self.shelves, request.query))

    async def _author(self, request: web.Request) -> web.Response:
        author = self.shelves.author(request.match_info["key"])
        return _not_found(request) if author is None else web.json_response(author_record(author))

    async def _works_by(self, request: web.Request) -> web.Response:
        author = self.shelves.author(request.match_info["key"])
        if author is None:
            return _not_found(request)
        limit = min(int(request.query.get("limit", _WORKS)), _MOST_WORKS)
        offset = int(request.query.get("offset", 0))
        works = self.shelves.works_by(author)
        path = f"/authors/{author.key}/works.json"
        links = {"self": request.path_qs, "author": f"/authors/{author.key}"}
        if offset + limit < len(works):
            links["next"] = f"{path}?limit={limit}&offset={offset + limit}"
        entries = [work_record(work) for work in works[offset : offset + limit]]
        return web.json_response({"links": links, "size": len(works), "entries": entries})

    async def _work(self, request: web.Request) -> web.Response:
        work = self.shelves.work(request.match_info["key"])
        return _not_found(request) if work is None else web.json_response(work_record(work))

    async def _editions(self, request: web.Request) -> web.Response:
        work = self.shelves.work(request.match_info["key"])
        if work is None:
            return _not_found(request)
        entries = [edition_record(edition) for edition in self.shelves.editions_of(work)]
        links = {"self": request.path_qs, "work": f"/works/{work.key}"}
        return web.json_response({"links": links, "size": len(entries), "entries": entries})

    async def _book(self, request: web.Request) -> web.Response:
        edition = self.shelves.edition(request.match_info["key"])
        return _not_found(request) if edition is None else web.json_response(edition_record(edition))

    async def _isbn(self, request: web.Request) -> web.Response:
        isbn = request.match_info["isbn"].replace("-", "")
        for edition in self.shelves.editions:
            if isbn in (*edition.isbn_13, *edition.isbn_10):
                return web.Response(status=HTTPStatus.FOUND, headers={"Location": f"/books/{edition.key}.json"})
        return _not_found(request)

    async def _cover(self, request: web.Request) -> web.Response:
        known = {str(work.cover) for work in self.shelves.works if work.cover is not None}
        if request.match_info["cover"] in known:
            return web.Response(body=_JPEG, content_type="image/jpeg")
        return web.Response(status=404 if request.query.get("default") == "false" else 200, body=b"")


def _not_found(request: web.Request) -> web.Response:
    return web.json_response({"error": "notfound", "key": request.path.removesuffix(".json")}, status=404)


def _too_many() -> web.Response:
    text = "Too Many Requests. Consider using https://openlibrary.org/developers/dumps."
    return web.json_response({"status": 429, "message": text}, status=429)
