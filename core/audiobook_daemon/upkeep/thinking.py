"""Threads that only think: a daemon that stops leaves them behind, where it waits for those that write."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def think(function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Compute something beside everything else, and return what comes of it or raise what it raises.

    As `asyncio.to_thread`, but the process ends without waiting for it, wherever it is: it must not write anything,
    neither to the disk nor to values that others go on with.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    context = contextvars.copy_context()

    def work() -> None:
        try:
            found = context.run(function, *given, **named)
        except BaseException as error:  # noqa: BLE001 - whatever it is, who waits for it is told
            settle(answer.set_exception, error)
        else:
            settle(answer.set_result, found)

    def settle(tell: Callable[[T], None] | Callable[[BaseException], None], what: object) -> None:
        with suppress(RuntimeError):  # nobody waits any more, and the loop is closed
            loop.call_soon_threadsafe(lambda: answer.done() or tell(what))  # type: ignore[arg-type]

    Thread(target=work, name=f"thinking of {getattr(function, '__name__', function)}", daemon=True).start()
    return await answer
