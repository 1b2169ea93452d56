"""What every request passes first, whatever it asks for: whom it calls, and which site lets it ask."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from audiobook_daemon.web.access.hosts import Hosts
from audiobook_daemon.web.access.sessions import keep_visitor
from audiobook_daemon.web.access.visits import VISIT, Visits
from audiobook_daemon.web.refusals import Forbidden
from audiobook_daemon.web.settings import WebSettings

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-API-Key",
    "Access-Control-Max-Age": "600",
}


def reads_visits(settings: WebSettings) -> Middleware:
    """Return the middleware that notes where a request comes from; all others build upon it.

    On the way out it gives a new visitor the cookie of the form that was shown.
    """
    visits = Visits(settings)

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[VISIT] = visits.read(request)
        answer = await handler(request)
        if not answer.prepared:
            keep_visitor(request, answer)
        return answer

    return middleware


def at_the_door(settings: WebSettings) -> Middleware:
    """Return the middleware that refuses foreign names, and lets the pages of named sites ask with a key."""
    hosts = Hosts(settings.hosts, settings.host)
    origins = frozenset(settings.origins)

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        visit = request[VISIT]
        if not hosts.knows(visit.host):
            raise Forbidden(
                "This server is not called by that name.", hint="If it is, add the name to `web.hosts` in the file."
            )
        asks_first = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        if asks_first and request.headers.get("Origin") in origins:
            return web.Response(status=204, headers=_ALLOWED)
        return await handler(request)

    return middleware
