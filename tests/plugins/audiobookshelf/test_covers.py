"""A cover reaches the item also where the server may not fetch it; what is no picture never does."""

from __future__ import annotations

import base64
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web

from audiobook_daemon import Facts, LibraryItem
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.standin import StandIn
from audiobook_plugins.audiobookshelf import Audiobookshelf, covers

PICTURES = {
    "jpg": b"\xff\xd8\xff a picture",
    "png": b"\x89PNG\r\n\x1a\n a picture",
    "webp": b"RIFF\x10\0\0\0WEBPVP8 a picture",
}


class PictureSite(StandIn):
    """Has pictures of three kinds, ways to them, and what looks like pictures."""

    def routes(self) -> Iterator[web.RouteDef]:
        yield web.get("/{name}", self._give)

    async def _give(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name in PICTURES:
            return web.Response(body=PICTURES[name], content_type="application/octet-stream")
        match name:
            case "moved":
                raise web.HTTPFound("/jpg")
            case "circle":
                raise web.HTTPFound("/circle")
            case "page.jpg":
                return web.Response(text="<html>no picture</html>", content_type="image/jpeg")
            case "large.jpg":
                return web.Response(body=PICTURES["jpg"] + bytes(covers.MOST_BYTES))
        raise web.HTTPNotFound


@pytest.fixture
async def site() -> AsyncIterator[PictureSite]:
    async with PictureSite() as pictures:
        yield pictures


@pytest.fixture
async def item(plugin: Audiobookshelf, put: Callable[..., Path]) -> LibraryItem:
    return await plugin.admit(str(put("Ada Lovett/The Iron Bough")))


def _picture(server: AudiobookshelfStandIn, item: str) -> bytes | None:
    stored = server.shelf.items[item].cover_image
    return None if stored is None else base64.b64decode(stored)


@pytest.mark.parametrize("kind", list(PICTURES))
async def test_a_picture_that_the_server_may_not_fetch_is_fetched_and_handed_over(
    plugin: Audiobookshelf, item: LibraryItem, server: AudiobookshelfStandIn, site: PictureSite, kind: str
) -> None:
    changed = await plugin.update(item.id, Facts(source="a", cover=f"{site.url}/{kind}"))
    assert _picture(server, item.id) == PICTURES[kind]
    assert (item.cover, changed.cover) == (False, True)
    assert str(server.shelf.items[item.id].cover).endswith(f".{kind}")


async def test_a_picture_elsewhere_is_followed_to(
    plugin: Audiobookshelf, item: LibraryItem, server: AudiobookshelfStandIn, site: PictureSite
) -> None:
    await plugin.update(item.id, Facts(source="a", cover=f"{site.url}/moved"))
    assert _picture(server, item.id) == PICTURES["jpg"]


@pytest.mark.parametrize("name", ["circle", "page.jpg", "large.jpg", "gone.jpg"])
async def test_what_is_no_cover_changes_nothing(
    plugin: Audiobookshelf,
    item: LibraryItem,
    server: AudiobookshelfStandIn,
    site: PictureSite,
    name: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        changed = await plugin.update(item.id, Facts(source="a", title="Other", cover=f"{site.url}/{name}"))
    assert (changed.book.title, changed.cover) == ("Other", False)
    assert _picture(server, item.id) is None
    assert "nor we could fetch a cover" in caplog.text


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/x.jpg", "not an address", "http://"])
async def test_only_web_addresses_are_fetched(
    plugin: Audiobookshelf, item: LibraryItem, server: AudiobookshelfStandIn, address: str
) -> None:
    assert (await plugin.update(item.id, Facts(source="a", cover=address))).cover is False
    assert _picture(server, item.id) is None


async def test_the_key_of_the_library_is_not_told_to_others(
    plugin_for: Callable[..., Audiobookshelf], item: LibraryItem, site: PictureSite, spy: object
) -> None:
    await plugin_for(http=spy).update(item.id, Facts(source="a", cover=f"{site.url}/jpg"))
    (sent,) = spy.to("/jpg")  # type: ignore[attr-defined]
    assert not sent.get("headers")
