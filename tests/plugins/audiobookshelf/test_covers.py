"""A cover reaches the item also where the server may not fetch it; what is no picture never does."""

from __future__ import annotations

import base64
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web

from audiobook_daemon import Facts, Http, LibraryItem, Refused
from audiobook_daemon.demo.audiobookshelf import AudiobookshelfStandIn
from audiobook_daemon.demo.standin import StandIn
from audiobook_daemon.testing import FakeSite, Reply
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


async def test_a_cover_is_shown_as_small_as_asked_for(
    plugin: Audiobookshelf, item: LibraryItem, site: PictureSite
) -> None:
    assert await plugin.cover(item.id, 600) is None
    await plugin.update(item.id, Facts(source="a", cover=f"{site.url}/png"))
    for width in (600, 300):
        picture = await plugin.cover(item.id, width)
        assert picture is not None
        assert (picture[:3], picture[-2:]) == (b"\xff\xd8\xff", b"\xff\xd9")
        frame = picture.index(b"\xff\xc0")
        assert int.from_bytes(picture[frame + 7 : frame + 9]) == width


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (PICTURES["webp"], "does not come as JPEG"),
        (b"<html>no picture</html>", "does not come as JPEG"),
        (PICTURES["jpg"] + bytes(covers.MOST_SHOWN), "too many to be shown"),
    ],
)
async def test_what_is_no_small_jpeg_is_refused_and_the_library_goes_on(
    plugin_for: Callable[..., Audiobookshelf], http: Http, body: bytes, words: str
) -> None:
    async with FakeSite() as site:
        site.answer("GET", "/api/items/some-item/cover", Reply(body, headers={"Content-Type": "image/jpeg"}))
        with pytest.raises(Refused, match=words):
            await plugin_for(url=site.url, http=http).cover("some-item", 600)
    assert site.asked[0].query == {"width": "600", "format": "jpeg"}


async def test_of_an_item_that_is_gone_there_is_no_cover(plugin: Audiobookshelf) -> None:
    assert await plugin.cover("no-such-item", 600) is None
