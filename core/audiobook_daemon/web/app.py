"""Puts the server's rooms together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

from aiohttp import web

from audiobook_daemon.web.access.crowd import Crowd
from audiobook_daemon.web.access.door import at_the_door, reads_visits
from audiobook_daemon.web.access.gate import Gate
from audiobook_daemon.web.access.headers import puts_headers
from audiobook_daemon.web.access.login import login_routes
from audiobook_daemon.web.api import all_operations
from audiobook_daemon.web.faults import FAULT_PAGE, answers_faults
from audiobook_daemon.web.leaving import Readers
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.openapi import Description, reference_assets, reference_pages
from audiobook_daemon.web.pages import Site
from audiobook_daemon.web.routing import pages, routes
from audiobook_daemon.web.settings import WebSettings


def application(settings: WebSettings, lent: Lent, crowd: Crowd) -> web.Application:
    """Return the application, ready to be served."""
    readers = Readers()
    outer = [crowd.middleware(), readers.middleware(), lent.requests.middleware(), reads_visits(settings)]
    middlewares = [*outer, answers_faults(lent), at_the_door(settings)]
    app = web.Application(middlewares=middlewares, client_max_size=settings.largest_body)
    app.on_response_prepare.append(puts_headers(settings))
    gate = Gate(settings, lent.database, lent.now)
    site = Site(lent, gate.sessions)
    app[FAULT_PAGE] = site.fault
    described = Description(all_operations()).operations
    people = pages((*site.table(), *reference_pages()), lent, gate)
    table = [*routes(described, lent, gate), *login_routes(gate, site.login), *people]
    _add(app, settings.prefix, [*table, *site.open_routes(), *reference_assets()])
    app.cleanup_ctx.append(_live(lent))
    app.on_shutdown.append(_end_streams(lent))
    app.on_shutdown.append(readers.leave)
    return app


def _add(app: web.Application, prefix: str, table: Iterable[web.RouteDef]) -> None:
    """Serve everything below the prefix of a proxy as well, for some proxies take it off and some do not."""
    found = list(table)
    app.add_routes(found)
    if prefix:
        app.add_routes([web.RouteDef(one.method, f"{prefix}{one.path}", one.handler, one.kwargs) for one in found])


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
