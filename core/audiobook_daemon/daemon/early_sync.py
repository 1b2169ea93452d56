"""Reads the libraries soon after one has hinted that something changed there; the times of the jobs stay the base."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from audiobook_daemon.events import Event, InstanceHinted
from audiobook_daemon.host import Host
from audiobook_daemon.plugin import Library
from audiobook_daemon.scheduler import AlreadyRunning, Runner, Step

_log = logging.getLogger(__name__)

QUIET = 30.0
"""Seconds without a further hint after which the libraries are read."""
PAUSE = 300.0
"""Seconds that lie between two early readings at least; as long a burst of hints may put one off at most."""


class EarlySync:
    """Hears the hints of libraries and runs `sync`; sleeps while there are none."""

    def __init__(
        self,
        runner: Runner,
        host: Host,
        wanted: Callable[[], bool],
        *,
        quiet: float | None = None,
        pause: float | None = None,
    ) -> None:
        self._runner = runner
        self._host = host
        self._wanted = wanted
        self._quiet = QUIET if quiet is None else quiet
        self._pause = PAUSE if pause is None else pause
        self._hinted = asyncio.Event()

    def hear(self, event: Event) -> None:
        """Note a hint of a library."""
        if isinstance(event, InstanceHinted) and event.instance in self._host.playing(Library) and self._wanted():
            _log.debug("%s has hinted: %s", event.instance, event.text)
            self._hinted.set()

    async def run(self) -> None:
        """Wait for hints and act on them; runs until cancelled."""
        while True:
            await self._hinted.wait()
            await self._until_quiet()
            await self._sync()
            await asyncio.sleep(self._pause)

    async def _until_quiet(self) -> None:
        loop = asyncio.get_running_loop()
        latest = loop.time() + self._pause
        while self._hinted.is_set():
            self._hinted.clear()
            try:
                async with asyncio.timeout_at(min(loop.time() + self._quiet, latest)):
                    await self._hinted.wait()
            except TimeoutError:
                return

    async def _sync(self) -> None:
        self._hinted.clear()
        try:
            _, run = self._runner.begin("sync", (Step("sync", {}),), "hint", quiet=True)
        except AlreadyRunning:
            self._hinted.set()  # that one may have passed the place already
            return
        await asyncio.wait({run})
