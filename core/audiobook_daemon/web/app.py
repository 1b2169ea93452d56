"""Puts the server's rooms together."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from audiobook_daemon.web.access.crowd import Crowd
from audiobook_daemon.web.access.door import at_the_door, reads_visits
from audiobook_daemon.web.access.gate import Gate
from audiobook_daemon.web.access.headers import puts_headers
from audiobook_daemon.web.access.login import login_routes
from audiobook_daemon.web.api import all_operations
from audiobook_daemon.web.faults import answers_faults
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.routing import routes
from audiobook_daemon.web.settings import WebSettings


def application(settings: WebSettings, lent: Lent, crowd: Crowd) -> web.Application:
    """Return the application, ready to be served."""
    middlewares = [crowd.middleware(), reads_visits(settings), answers_faults(lent), at_the_door(settings)]
    app = web.Application(middlewares=middlewares, client_max_size=settings.largest_body)
    app.on_response_prepare.append(puts_headers(settings))
    gate = Gate(settings, lent.database, lent.now)
    _add(app, settings.prefix, [*routes(all_operations(), lent, gate), *login_routes(gate)])
    return app


def _add(app: web.Application, prefix: str, table: Iterable[web.RouteDef]) -> None:
    """Serve everything below the prefix of a proxy as well, for some proxies take it off and some do not."""
    found = list(table)
    app.add_routes(found)
    if prefix:
        app.add_routes([web.RouteDef(one.method, f"{prefix}{one.path}", one.handler, one.kwargs) for one in found])
