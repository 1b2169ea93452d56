"""Puts the server's rooms together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web

from audiobook_daemon.web.access.gate import Gate
from audiobook_daemon.web.api import all_operations
from audiobook_daemon.web.faults import answers_faults
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.openapi import Description, reference_pages
from audiobook_daemon.web.routing import routes
from audiobook_daemon.web.settings import WebSettings


def application(settings: WebSettings, lent: Lent) -> web.Application:
    """Return the application, ready to be served."""
    app = web.Application(middlewares=[answers_faults(lent)], client_max_size=settings.largest_body)
    gate = Gate(settings.keys)
    app.add_routes(routes(Description(all_operations(), settings.prefix).operations, lent, gate))
    reference_pages(app, gate, settings.prefix)
    app.cleanup_ctx.append(_live(lent))
    app.on_shutdown.append(_end_streams(lent))
    return app


def _live(lent: Lent) -> Callable[[web.Application], AsyncIterator[None]]:
    async def context(_: web.Application) -> AsyncIterator[None]:
        with lent.live.listening():
            yield

    return context


def _end_streams(lent: Lent) -> Callable[[web.Application], Awaitable[None]]:
    """Streams end first: the server would wait for those who look on."""

    async def end(_: web.Application) -> None:
        lent.live.close()

    return end
