"""Covers: the server fetches them itself; where it may not, we do and hand them over."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin

from audiobook_daemon import Context, HttpAnswer, Refused, Unavailable
from audiobook_plugins.audiobookshelf.client import Client

MOST_BYTES: Final = 10 * 1024 * 1024
"""A larger picture is no cover."""
MOST_SHOWN: Final = 2 * 1024 * 1024
"""A larger picture is none that was made small."""
_REDIRECTS = 3
_TIMEOUT = 60.0
_BEGINNINGS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


class Covers:
    """Sets, reads and removes the pictures of items."""

    def __init__(self, client: Client, context: Context) -> None:
        self._client = client
        self._context = context

    async def fetch(self, item: str, url: str) -> bool:
        """Give an item the picture at an address; False if nobody can fetch it or it is none."""
        if await self._client.fetch_cover(item, url):
            return True
        # The server does not fetch from private addresses, and does not tell that from a picture that is gone.
        picture = await self._download(url)
        return picture is not None and await self.put(item, picture)

    async def shown(self, item: str, width: int) -> bytes | None:
        """Return the picture of an item as a JPEG of a width in pixels; None if it has none.

        Raises Refused if what the server gives is no JPEG, or far too large for one of that width.
        """
        picture = await self._client.cover(item, width)
        if picture is None:
            return None
        if kind_of(picture) != "jpg":
            raise Refused(f"The cover of item {item} does not come as JPEG.", "no_picture")
        if len(picture) > MOST_SHOWN:
            raise Refused(f"The cover of item {item} has {len(picture)} bytes, too many to be shown.", "no_picture")
        return picture

    async def put(self, item: str, picture: bytes) -> bool:
        """Give an item this picture; False if it is of no kind that the server takes."""
        if (kind := kind_of(picture)) is None:
            return False
        return await self._client.upload_cover(item, picture, kind)

    async def restore(self, item: str, picture: bytes | None) -> None:
        """Give an item the picture it had, or none; what is so already is not touched.

        Raises Unavailable if the server does not take it.
        """
        present = await self._client.cover(item)
        if picture == present:
            return
        if picture is None:
            await self._client.remove_cover(item)
        elif not await self.put(item, picture):
            raise Unavailable(f"Audiobookshelf did not take back the cover of item {item}.")

    async def _download(self, url: str) -> bytes | None:
        for _ in range(_REDIRECTS + 1):
            try:
                answer = await self._context.http.request("GET", url, timeout=_TIMEOUT, max_bytes=MOST_BYTES)
            except Unavailable as error:
                self._context.log.info("%s: a cover cannot be fetched: %s", self._context.name, error)
                return None
            if (further := _further(answer, url)) is None:
                return answer.body if answer.status == 200 and kind_of(answer.body) else None
            url = further
        return None


def kind_of(picture: bytes) -> str | None:
    """Name the kind of a picture by its first bytes; None for what is no cover, whatever it is called."""
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return "webp"
    return next((kind for beginning, kind in _BEGINNINGS.items() if picture.startswith(beginning)), None)


def _further(answer: HttpAnswer, url: str) -> str | None:
    address = answer.headers.get("location")
    return urljoin(url, address) if answer.status in {301, 302, 303, 307, 308} and address else None
