"""Takes in what is sent with a request, if it comes in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from audiobook_daemon.web.refusals import BadRequest

T = TypeVar("T")
SECONDS = 20.0
"""For all of it; the largest there may be takes less over any line."""


async def in_time(body: Awaitable[T]) -> T:
    """Wait for a body; raises BadRequest if it does not arrive, so that nobody holds a place by being slow."""
    try:
        async with asyncio.timeout(SECONDS):
            return await body
    except TimeoutError:
        raise BadRequest("What you sent did not arrive in time.") from None
