"""Tells pages that are open what has changed, in one word, so that they ask for that part of themselves again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import suppress

from aiohttp import web

from audiobook_daemon import events
from audiobook_daemon.events import Bus, Event
from audiobook_daemon.web.pages.entrance import Entrance
from audiobook_daemon.web.refusals import TooMany

_TOPICS: Mapping[type[Event], str] = {
    events.WantChanged: "wants",
    events.DownloadsSeen: "downloads",
    events.InstanceChanged: "instances",
    events.RunStarted: "runs",
    events.RunFinished: "runs",
    events.RunProgressed: "progress",
    events.JobsChanged: "jobs",
    events.GapsFound: "gaps",
    events.StandingSeen: "trackers",
    events.SettingsChanged: "settings",
    events.LibraryShrunk: "books",
    events.LibraryReturned: "books",
}
_SECONDS_BETWEEN = 1.0
_HEARTBEAT = 20.0
MOST_STREAMS = 64


class Hints:
    """Everything that open pages wait for; a page that is slow misses nothing, for each topic is told once."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._waiting: dict[asyncio.Event, set[str]] = {}
        self._closing = asyncio.Event()

    async def listening(self, _: web.Application) -> AsyncGenerator[None, None]:
        """Hear the bus as long as the server runs."""
        with self._bus.listening(self.hear):
            yield

    async def close(self, _: web.Application) -> None:
        """Let every stream end."""
        self._closing.set()
        for changed in self._waiting:
            changed.set()

    def hear(self, event: Event) -> None:
        """Note for every open page what it will be told."""
        if topic := _TOPICS.get(type(event)):
            for changed, topics in self._waiting.items():
                topics.add(topic)
                changed.set()

    def stream(self, entrance: Entrance) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Return the handler of the stream (SSE); raises Unauthorised, and TooMany beyond `MOST_STREAMS`."""

        async def handle(request: web.Request) -> web.StreamResponse:
            await entrance.admit(request)
            if len(self._waiting) >= MOST_STREAMS:
                raise TooMany("Too many pages are open.", retry_after=30)
            answer = web.StreamResponse(
                headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            )
            changed, topics = asyncio.Event(), set[str]()
            self._waiting[changed] = topics
            try:
                await answer.prepare(request)
                with suppress(ConnectionError):
                    await self._tell(answer, changed, topics)
            finally:
                del self._waiting[changed]
            return answer

        return handle

    async def _tell(self, answer: web.StreamResponse, changed: asyncio.Event, topics: set[str]) -> None:
        await answer.write(b"retry: 2000\n\n")
        while not self._closing.is_set():
            await _within(_HEARTBEAT, changed)
            told = " ".join(sorted(topics))
            topics.clear()
            changed.clear()
            await answer.write(f"event: changed\ndata: {told}\n\n".encode() if told else b": still there\n\n")
            if told:
                await _within(_SECONDS_BETWEEN, self._closing)


async def _within(seconds: float, event: asyncio.Event) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
