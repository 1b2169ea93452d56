"""Remembers how far the runs under way have come, for a page that is opened in their midst."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from audiobook_daemon.events import Bus, Event, RunFinished, RunProgressed, RunStarted
from audiobook_daemon.models import Run


@dataclass(frozen=True, slots=True)
class Progress:
    """A run under way, and how far it was when it was heard of last."""

    run: Run
    at: datetime
    done: int | None = None
    total: int | None = None
    text: str = ""

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None if nobody knows."""
        return min(self.done / self.total, 1.0) if self.total and self.done is not None else None


class Running:
    """Hears the bus as long as the server runs."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._runs: dict[str, Progress] = {}

    async def listening(self, _: web.Application) -> AsyncGenerator[None, None]:
        """Begin and end with the server."""
        with self._bus.listening(self.hear):
            yield

    def now(self) -> tuple[Progress, ...]:
        """Return the runs under way, the oldest first."""
        return tuple(self._runs.values())

    def hear(self, event: Event) -> None:
        """Note what an event tells of a run."""
        match event:
            case RunStarted():
                self._runs[event.run.id] = Progress(event.run, event.at)
            case RunProgressed():
                self._runs[event.run.id] = Progress(event.run, event.at, event.done, event.total, event.text)
            case RunFinished():
                self._runs.pop(event.run.id, None)
