"""Covers are asked for once, kept for a while, and never without bounds."""

from __future__ import annotations

import asyncio

import pytest

from audiobook_daemon.daemon.covers import Covers

LARGE = 6 * 1024 * 1024


class Shop:
    """A library that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.pictures: dict[str, bytes | None] = {}
        self.now = 0.0
        self.together = self.most = 0
        self.fault: Exception | None = None

    async def __call__(self, item: str, width: int) -> bytes | None:
        self.asked.append((item, width))
        self.together += 1
        self.most = max(self.most, self.together)
        await asyncio.sleep(0)
        self.together -= 1
        if self.fault:
            raise self.fault
        return self.pictures.get(item)


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def covers(shop: Shop) -> Covers:
    return Covers(shop, lambda: shop.now)


async def test_many_at_once_ask_for_a_cover_once(shop: Shop, covers: Covers) -> None:
    shop.pictures["one"] = b"jpeg"
    assert await asyncio.gather(*(covers.get("one", 300) for _ in range(9))) == [b"jpeg"] * 9
    assert shop.asked == [("one", 300)]
    assert await covers.get("one", 600) == b"jpeg"
    assert len(shop.asked) == 2


async def test_a_few_are_asked_for_at_the_same_time(shop: Shop, covers: Covers) -> None:
    await asyncio.gather(*(covers.get(f"item {number}", 300) for number in range(50)))
    assert (len(shop.asked), shop.most) == (50, 4)


@pytest.mark.parametrize(("picture", "seconds"), [(b"jpeg", 3600.0), (None, 50.0)])
async def test_a_library_is_asked_again_after_a_while(
    shop: Shop, covers: Covers, picture: bytes | None, seconds: float
) -> None:
    shop.pictures["one"] = picture
    await covers.get("one", 300)
    shop.now = seconds - 1
    await covers.get("one", 300)
    assert len(shop.asked) == 1
    shop.pictures["one"] = b"another"
    shop.now = seconds + 1
    assert await covers.get("one", 300) == b"another"
    assert len(shop.asked) == 2


async def test_what_nobody_has_looked_at_for_longest_is_forgotten_first(shop: Shop, covers: Covers) -> None:
    for name in ("one", "two", "three"):
        shop.pictures[name] = b"." * LARGE
    await covers.get("one", 300)
    await covers.get("two", 300)
    await covers.get("one", 300)
    await covers.get("three", 300)  # there is room for two
    shop.asked.clear()
    await covers.get("one", 300)
    assert shop.asked == []
    await covers.get("two", 300)
    assert shop.asked == [("two", 300)]


async def test_a_fault_and_a_caller_who_leaves_block_nobody(shop: Shop, covers: Covers) -> None:
    shop.fault = RuntimeError("broken")
    with pytest.raises(RuntimeError):
        await covers.get("one", 300)
    shop.fault, shop.pictures["one"] = None, b"jpeg"
    leaving = asyncio.ensure_future(covers.get("one", 300))
    staying = asyncio.ensure_future(covers.get("one", 300))
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == b"jpeg"
