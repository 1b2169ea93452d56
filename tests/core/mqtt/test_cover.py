from __future__ import annotations

import asyncio
from typing import cast

import pytest

from audiobook_daemon.doors import Source
from audiobook_daemon.errors import Unavailable
from audiobook_daemon.mqtt import cover
from audiobook_daemon.mqtt.cover import Cover

JPEG = b"\xff\xd8\xff" + bytes(100)


class Shelf:
    """A source of covers that may be slow, away or wrong."""

    def __init__(self) -> None:
        self.covers: dict[str, bytes | Exception | None] = {"li_1": JPEG, "li_2": JPEG + b"2"}
        self.asked: list[str] = []
        self.open = asyncio.Event()
        self.open.set()

    async def cover(self, book: str, width: int = 600) -> bytes | None:
        self.asked.append(book)
        await self.open.wait()
        found = self.covers[book]
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
async def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def shown() -> list[bytes]:
    return []


@pytest.fixture
def last(shelf: Shelf, shown: list[bytes]) -> Cover:
    return Cover(cast("Source", shelf), shown.append)


async def fetched(last: Cover) -> None:
    assert last._task is not None
    await asyncio.wait([last._task])


async def test_a_cover_is_shown_once_for_each_book(last: Cover, shelf: Shelf, shown: list[bytes]) -> None:
    for book in ("li_1", "li_1", "li_2", "li_2"):
        last.look(book)
        await fetched(last)
    assert shown == [JPEG, JPEG + b"2"]
    assert shelf.asked == ["li_1", "li_2"]


@pytest.mark.parametrize(
    "found",
    [None, b"", b"<html>no picture</html>", b"\xff\xd8\xff" + bytes(256 * 1024), Unavailable("The library is away.")],
)
async def test_what_cannot_be_shown_clears_what_was(
    last: Cover, shelf: Shelf, shown: list[bytes], found: bytes | Exception | None
) -> None:
    shelf.covers["li_2"] = found
    for book in ("li_1", "li_2"):
        last.look(book)
        await fetched(last)
    assert shown == [JPEG, b""]


async def test_an_empty_library_clears_the_cover_of_another_time(last: Cover, shown: list[bytes]) -> None:
    last.look(None)
    last.look(None)
    assert shown == [b""]


async def test_a_slow_cover_of_a_book_before_is_never_shown(last: Cover, shelf: Shelf, shown: list[bytes]) -> None:
    shelf.open.clear()
    last.look("li_1")
    await asyncio.sleep(0)
    last.look("li_1")
    last.look("li_2")
    await asyncio.sleep(0)
    shelf.open.set()
    await fetched(last)
    assert shelf.asked == ["li_1", "li_2"]
    assert shown == [JPEG + b"2"]


async def test_a_missing_cover_is_asked_for_again_after_a_while(
    last: Cover, shelf: Shelf, shown: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.covers["li_1"] = None
    last.look("li_1")
    await fetched(last)
    last.look("li_1")
    assert shelf.asked == ["li_1"]
    monkeypatch.setattr(cover, "ASK_AGAIN", 0.0)
    shelf.covers["li_1"] = JPEG
    last.look("li_1")
    await fetched(last)
    assert shown == [b"", JPEG]


async def test_a_mistake_of_the_source_is_told_and_ends_nothing(last: Cover, shelf: Shelf, shown: list[bytes]) -> None:
    told: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(str(context["message"])))
    shelf.covers["li_1"] = ZeroDivisionError("a bug")
    last.look("li_1")
    await fetched(last)
    assert (told, shown) == (["A cover cannot be had"], [b""])
