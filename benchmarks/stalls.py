"""How long an event loop is held up: a task that wants to wake every millisecond and notes how late it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import quantiles

_EVERY = 0.001


@dataclass(slots=True)
class Stalls:
    """The seconds the loop was late, at each look."""

    late: list[float] = field(default_factory=list)

    @property
    def usual(self) -> float:
        """The stall in milliseconds that 99 of 100 do not exceed."""
        return quantiles(self.late, n=100)[-1] * 1000

    @property
    def longest(self) -> float:
        """The longest stall in milliseconds."""
        return max(self.late, default=0.0) * 1000


@asynccontextmanager
async def noted() -> AsyncIterator[Stalls]:
    """Note the stalls of the running loop until the block ends."""
    stalls = Stalls()
    watch = asyncio.create_task(_watch(stalls))
    try:
        yield stalls
    finally:
        await asyncio.sleep(2 * _EVERY)  # what held up the loop last is seen only after it
        watch.cancel()


async def _watch(stalls: Stalls) -> None:
    loop = asyncio.get_running_loop()
    while True:
        asked = loop.time()
        await asyncio.sleep(_EVERY)
        stalls.late.append(max(0.0, loop.time() - asked - _EVERY))
