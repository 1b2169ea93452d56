"""Listens to the bus and passes on what is worth it, to each notifier in its own time."""

from __future__ import annotations

import asyncio

from audiobook_daemon.announcing.line import Line
from audiobook_daemon.announcing.waiting import LIMIT, WINDOW, Waiting
from audiobook_daemon.announcing.worth import Worth
from audiobook_daemon.events import Event, InstanceChanged, SettingsChanged
from audiobook_daemon.host import Host
from audiobook_daemon.plugin import Notifier

FAREWELL = 1.0
"""Seconds that are left at the end for what still waits."""


class Announcer:
    """Passes events to every instance that plays Notifier; a slow or broken one delays neither the bus nor another.

    What an instance could not take (Unavailable, AuthFailed) is offered again when it has rested; what it refuses or
    fails at by mistake is not. Of each instance `limit` events wait at most; `window` is in seconds.
    """

    def __init__(self, host: Host, *, limit: int = LIMIT, window: float = WINDOW) -> None:
        self._host = host
        self._limit = limit
        self._window = window
        self._worth = Worth()
        self._lines: dict[str, Line] = {}
        self._changed = asyncio.Event()

    def hear(self, event: Event) -> None:
        """Take an event of the bus; never waits."""
        about = event.status.name if isinstance(event, InstanceChanged) else None
        if isinstance(event, InstanceChanged | SettingsChanged):  # of one that goes it is told while it is there still
            self._changed.set()
        if about is not None and (line := self._lines.get(about)):
            line.mended()
        if self._worth.is_worth(event):
            for name in self._host.playing(Notifier):
                if name != about:
                    self._line(name).put(event)

    async def run(self) -> None:
        """Tell until cancelled; then what waits has a second more."""
        working: dict[str, asyncio.Task[None]] = {}
        try:
            while True:
                self._changed.clear()
                present = self._host.playing(Notifier)
                for name in (name for name in present if name not in working):
                    working[name] = asyncio.create_task(self._line(name).work())
                for name in [name for name in working if name not in present]:
                    await _cut_off(working.pop(name))
                    self._lines.pop(name).give_up("it is no longer in the configuration")
                await self._changed.wait()
        finally:
            await self._farewell(working)

    async def _farewell(self, working: dict[str, asyncio.Task[None]]) -> None:
        for name in working:
            self._lines[name].close()
        if working:
            await asyncio.wait(working.values(), timeout=FAREWELL)
        for name, task in working.items():
            await _cut_off(task)
            self._lines.pop(name).give_up("the daemon stops")

    def _line(self, name: str) -> Line:
        if name not in self._lines:
            self._lines[name] = Line(self._host, name, Waiting(limit=self._limit, window=self._window))
            self._changed.set()
        return self._lines[name]


async def _cut_off(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
