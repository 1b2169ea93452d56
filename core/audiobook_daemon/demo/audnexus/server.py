"""The stand-in server: Audnexus at its root, and the shops of Audible below `/audible.{tld}`."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Sequence

from aiohttp import web

from audiobook_daemon.demo.audnexus.book_pages import BookPages
from audiobook_daemon.demo.audnexus.catalogue_pages import CataloguePages
from audiobook_daemon.demo.audnexus.shop import ShopProduct
from audiobook_daemon.demo.standin import StandIn

_PICTURE = re.compile(r"(?P<asin>[\dA-Z]+)(?:\._SL(?P<size>\d{2,4})_)?\.png")
_LARGEST_PICTURE = 2400


class AudnexusStandIn(StandIn):
    """Plays Audnexus and the Audible catalogue.

    `products` are those of all shops. `limit` is how many questions Audnexus still answers before its 429 (None is
    without end), `old_errors` whether it reports a wrong region as it used to, with status 500, and `searches`
    whether it is new enough for `/books/search`. `turns_pages` is whether a shop heeds the number of a page. All may
    be changed while it runs.
    """

    def __init__(self, products: Sequence[ShopProduct]) -> None:
        super().__init__()
        self.products = list(products)
        self.limit: int | None = None
        self.old_errors = False
        self.searches = True
        self.turns_pages = True
        self.withdrawn: set[str] = set()
        """The ASINs that no shop sells any longer; Audnexus still knows them."""

    def withdraw(self, asin: str) -> None:
        """Let the shops forget a product, and Audnexus keep it."""
        self.withdrawn.add(asin)

    @property
    def catalogue(self) -> str:
        """The address of the catalogue, with the region's ending left open as `{tld}`."""
        return f"{self.url}/audible.{{tld}}"

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """Audnexus, the catalogue, and the pictures both name."""
        yield web.get("/images/I/{name}", _picture)
        yield from BookPages(self).routes()
        yield from CataloguePages(self).routes()


async def _picture(request: web.Request) -> web.Response:
    """A square of one colour, as large as its name says; without a size it is the largest."""
    asked = _PICTURE.fullmatch(request.match_info["name"])
    if asked is None:
        raise web.HTTPNotFound
    side = min(int(asked["size"] or _LARGEST_PICTURE), _LARGEST_PICTURE)
    return web.Response(body=_square(side, zlib.crc32(asked["asin"].encode()) % 256), content_type="image/png")


def _square(side: int, grey: int) -> bytes:
    rows = (b"\x00" + bytes([grey]) * side) * side
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
