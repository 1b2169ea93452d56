"""Work that events give rise to: begun at once, in the background, and ended before the daemon ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, Protocol, runtime_checkable

from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.events import Event

_log = logging.getLogger(__name__)


@runtime_checkable
class Hears(Protocol):
    """An owner that has something to do after some events."""

    def heard(self, event: Event) -> Coroutine[Any, Any, object] | None:
        """What is to be done about an event, if anything; nobody waits for it."""


class Errands:
    """Holds the tasks, for one that nobody holds may vanish."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, object]) -> None:
        """Begin something; what goes wrong is logged, for nobody waits for it."""
        task = asyncio.create_task(_guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Wait until everything that was begun has ended."""
        while self._tasks:
            await asyncio.gather(*self._tasks)


async def _guarded(work: Coroutine[Any, Any, object]) -> None:
    try:
        await work
    except AudiobookDaemonError as error:
        _log.warning("%s", error)
    except Exception:  # noqa: BLE001 - it must not end the daemon
        _log.exception("A mistake in the program stopped what an event had begun.")
