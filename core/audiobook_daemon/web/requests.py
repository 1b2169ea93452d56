"""Notes every request: in the log, for the figures, and for whose key it was."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from aiohttp import web
from aiohttp.typedefs import Middleware

from audiobook_daemon.http import Tally
from audiobook_daemon.web.access.sessions import caller_of
from audiobook_daemon.web.faults import CLIENT_GONE, REQUEST_ID

_log = logging.getLogger(__name__)
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_METHODS = _READS | {"POST", "PUT", "PATCH", "DELETE"}
_LONGEST_PATH = 200
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds; how long requests took is counted between these."""
_NO_ROUTE = "unknown"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Answered(NamedTuple):
    """What requests have in common that are counted together."""

    method: str
    route: str
    """The pattern of the path, so that there are no more of them than routes."""
    status: int


@dataclass(slots=True)
class Durations:
    """How long the requests of one route took."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    """How many took no longer than each of the bounds and longer than the one before; the last is the rest."""
    seconds: float = 0.0
    """All together."""

    def add(self, seconds: float) -> None:
        """Count one request."""
        place = next((place for place, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
        self.buckets[place] += 1
        self.seconds += seconds


class Requests:
    """Counts the requests since the start, and writes a line for each that is not a mere look."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._counts: dict[Answered, int] = {}
        self._durations: dict[str, Durations] = {}

    @property
    def counts(self) -> Mapping[Answered, int]:
        """How many requests there were of each kind."""
        return self._counts

    @property
    def durations(self) -> Mapping[str, Durations]:
        """How long the requests of each route took; streams are left out, which last as long as somebody looks on."""
        return self._durations

    def middleware(self) -> Middleware:
        """Return what stands around everything that answers."""

        @web.middleware
        async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
            begun = time.perf_counter()
            try:
                answer = await handler(request)
            except web.HTTPException as refusal:
                self._note(request, refusal.status, time.perf_counter() - begun)
                raise
            stream = answer.content_type == "text/event-stream"
            self._note(request, answer.status, None if stream else time.perf_counter() - begun)
            return answer

        return middleware

    def _note(self, request: web.Request, status: int, seconds: float | None) -> None:
        caller = caller_of(request)
        if caller is not None:
            self._tally.count("key", caller.name, failed=status >= 400)
        route = _route(request)
        method = request.method if request.method in _METHODS else "other"
        answered = Answered(method, route, status)
        self._counts[answered] = self._counts.get(answered, 0) + 1
        if seconds is not None:
            self._durations.setdefault(route, Durations()).add(seconds)
        uneventful = status < 400 or status == CLIENT_GONE
        level = logging.DEBUG if uneventful and request.method in _READS else logging.INFO
        if _log.isEnabledFor(level):
            took = "a stream" if seconds is None else f"{seconds * 1000:.1f} ms"
            who = caller.name if caller else "nobody"
            path = request.rel_url.raw_path[:_LONGEST_PATH]
            number = request.get(REQUEST_ID, "-")
            _log.log(level, "%s %s: %d, %s, for %s (%s).", method, path, status, took, who, number)


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return _NO_ROUTE if resource is None else resource.canonical
