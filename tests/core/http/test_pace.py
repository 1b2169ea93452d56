from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from audiobook_daemon.http import Pace

if TYPE_CHECKING:
    from tests.core.conftest import Travel


def now() -> float:
    return asyncio.get_running_loop().time()


def test_without_a_distance_nobody_waits(travel: Travel) -> None:
    async def story() -> None:
        pace = Pace()
        for _ in range(3):
            async with pace.turn():
                pass
        assert now() == 0

    travel(story())


def test_starts_are_at_least_so_far_apart(travel: Travel) -> None:
    async def story() -> None:
        pace, starts = Pace(), list[float]()
        pace.keep(2.0, one_at_a_time=False)

        async def request() -> None:
            async with pace.turn():
                starts.append(now())
                await asyncio.sleep(5)

        await asyncio.gather(*(request() for _ in range(4)))
        assert starts == [0, 2, 4, 6]
        await asyncio.sleep(100)
        await request()
        assert starts[-1] == now() - 5

    travel(story())


def test_in_single_file_each_waits_for_the_end_of_the_one_before(travel: Travel) -> None:
    async def story() -> None:
        pace, spans = Pace(), list[tuple[float, float]]()
        pace.keep(2.0, one_at_a_time=True)

        async def request(seconds: float) -> None:
            async with pace.turn():
                begin = now()
                await asyncio.sleep(seconds)
                spans.append((begin, now()))

        await asyncio.gather(request(5), request(1), request(1))
        assert spans == [(0, 5), (5, 6), (7, 8)]

    travel(story())


@pytest.mark.parametrize("one_at_a_time", [True, False])
def test_one_that_is_cancelled_holds_nobody_up(travel: Travel, one_at_a_time: bool) -> None:
    async def story() -> None:
        pace = Pace()
        pace.keep(1.0, one_at_a_time=one_at_a_time)

        async def request() -> None:
            async with pace.turn():
                await asyncio.Event().wait()

        tasks = [asyncio.create_task(request()) for _ in range(3)]
        await asyncio.sleep(0.5)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with asyncio.timeout(4), pace.turn():
            pass

    travel(story())
