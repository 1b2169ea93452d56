"""A stand-in: a small HTTP server on loopback that plays one outside service, true to its quirks."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterable
from types import TracebackType
from typing import NamedTuple, Self

from aiohttp import web
from aiohttp.typedefs import Handler

from audiobook_daemon.demo.faults import Faults
from audiobook_daemon.demo.ports import free_ports

_HOST = "127.0.0.1"
_LOG_LENGTH = 10_000
_UPLOAD_BYTES = 64_000_000
_SHUTDOWN_SECONDS = 0.05


class Served(NamedTuple):
    """One request a stand-in has answered; `status` is 499 when the client left before the answer."""

    method: str
    path: str
    status: int


class StandIn(ABC):
    """Plays one service on loopback. A subclass names its `routes` and keeps the service's state.

    The state belongs to the object, not to the running server: `stop` and `start` are a crash and a restart of
    the service, on the same port. Usable as an async context manager.
    """

    def __init__(self) -> None:
        self.faults = Faults()
        self.port = 0
        """The TCP port; 0 before the first start, kept after `stop`."""
        self.requests: list[Served] = []
        """What was answered, the newest last; the path is without its query, which may hold secrets."""
        self._runner: web.AppRunner | None = None

    @abstractmethod
    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """Name the paths this service answers."""

    @property
    def url(self) -> str:
        """The base address, without a slash at its end; raises RuntimeError before the first start."""
        if not self.port:
            raise RuntimeError(f"{type(self).__name__} has no address before it is started.")
        return f"http://{_HOST}:{self.port}"

    @property
    def running(self) -> bool:
        """Whether the service answers now."""
        return self._runner is not None

    async def start(self, port: int = 0) -> None:
        """Begin to answer, on `port`; 0 takes the port of the last start, or a free one at first.

        Raises OSError if the port is taken and RuntimeError if the stand-in runs already.
        """
        if self._runner is not None:
            raise RuntimeError(f"{type(self).__name__} runs already.")
        app = web.Application(middlewares=[self._log, self.faults.middleware], client_max_size=_UPLOAD_BYTES)
        app.add_routes(self.routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, _HOST, port or self.port or free_ports(1)[0]).start()
        except OSError:
            await runner.cleanup()
            raise
        self.port = int(runner.addresses[0][1])
        self._runner = runner

    async def stop(self) -> None:
        """End within a moment, cutting off whoever is connected; harmless when not running."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @web.middleware
    async def _log(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        status = 500
        try:
            answer = await handler(request)
            status = answer.status
            return answer
        except web.HTTPException as error:
            status = error.status
            raise
        except (asyncio.CancelledError, ConnectionError):
            status = 499
            raise
        finally:
            self.requests.append(Served(request.method, request.path, status))
            del self.requests[:-_LOG_LENGTH]
