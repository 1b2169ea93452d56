"""The cover of a book, as its library has it."""

from __future__ import annotations

import hashlib
from typing import Annotated

from aiohttp import web
from pydantic import Field

from audiobook_daemon.web.answers import Raw
from audiobook_daemon.web.api.books.reading import BookAsked, owned_book
from audiobook_daemon.web.api.books.room import operations
from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.refusals import NotFound

_SECONDS = 3600


class CoverAsked(BookAsked):
    """The cover of which book."""

    width: Annotated[int, Field(ge=50, le=600)] = 300
    """About so many pixels."""


class Cover(Raw):
    """A picture that browsers keep for an hour."""

    content_type = "image/jpeg"

    def __init__(self, picture: bytes) -> None:
        self._picture = picture

    async def send(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002
        """Answer with the picture, and with a name by which a browser knows that it has it."""
        answer = web.Response(body=self._picture, content_type=self.content_type)
        answer.headers["Cache-Control"] = f"private, max-age={_SECONDS}"
        answer.etag = hashlib.sha256(self._picture).hexdigest()[:32]
        return answer


@operations.add("GET", "/{book_id}/cover", errors=(404,), example={"book_id": 1, "width": 300})
async def get_book_cover(desk: Desk, asked: CoverAsked) -> Cover:
    """Return the cover of a book as JPEG; browsers keep it for an hour."""
    item = (await owned_book(desk, asked.book_id)).item
    picture = await desk.lent.source.cover(item.id, asked.width) if item.library and item.cover is not False else None
    if picture is None:
        raise NotFound(f"There is no cover of {item.book.title} to be had now.")
    return Cover(picture)
