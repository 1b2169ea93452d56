"""What is dear to find is looked for once, however many ask, and again when it is old or was not found."""

from __future__ import annotations

import asyncio

import pytest

from audiobook_daemon.web.remembered import Remembered


class Source:
    """Is asked, and counts how often."""

    def __init__(self) -> None:
        self.asked = 0
        self.broken = False
        self.open = asyncio.Event()

    async def find(self) -> int:
        self.asked += 1
        await self.open.wait()
        if self.broken:
            raise ValueError("It cannot be found.")
        return self.asked


async def test_many_who_ask_at_once_wait_for_one_answer() -> None:
    source = Source()
    remembered = Remembered(source.find, 1000.0)
    asking = [asyncio.create_task(remembered.get()) for _ in range(50)]
    await asyncio.sleep(0)
    source.open.set()
    assert set(await asyncio.gather(*asking)) == {1}
    assert await remembered.get() == 1


async def test_an_old_answer_is_looked_for_anew() -> None:
    source = Source()
    source.open.set()
    remembered = Remembered(source.find, 0.0)
    assert [await remembered.get() for _ in range(3)] == [1, 2, 3]


async def test_what_could_not_be_found_is_not_remembered() -> None:
    source = Source()
    source.open.set()
    source.broken = True
    remembered = Remembered(source.find, 1000.0)
    with pytest.raises(ValueError, match="cannot be found"):
        await remembered.get()
    source.broken = False
    assert await remembered.get() == 2


async def test_one_who_asks_no_longer_takes_the_answer_from_nobody() -> None:
    source = Source()
    remembered = Remembered(source.find, 1000.0)
    first, second = asyncio.create_task(remembered.get()), asyncio.create_task(remembered.get())
    await asyncio.sleep(0)
    first.cancel()
    source.open.set()
    assert await second == 2


async def test_what_was_cheap_to_find_is_found_anew_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now)
    found = 0

    async def find() -> int:
        nonlocal now, found
        now += 0.5
        found += 1
        return found

    remembered = Remembered(find, 20.0, times=10)
    assert [await remembered.get(), await remembered.get()] == [1, 1]
    now += 4.9
    assert await remembered.get() == 1
    now += 0.2
    assert await remembered.get() == 2
