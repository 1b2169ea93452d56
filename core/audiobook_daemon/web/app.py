"""Puts the server's rooms together."""

from __future__ import annotations

from aiohttp import web

from audiobook_daemon.web.access.gate import Gate
from audiobook_daemon.web.api import all_operations
from audiobook_daemon.web.faults import answers_faults
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.pages import add_pages
from audiobook_daemon.web.routing import routes
from audiobook_daemon.web.settings import WebSettings


def application(settings: WebSettings, lent: Lent) -> web.Application:
    """Return the application, ready to be served."""
    app = web.Application(middlewares=[answers_faults(lent)], client_max_size=settings.largest_body)
    gate = Gate(settings.keys)
    app.add_routes(routes(all_operations(), lent, gate))
    add_pages(app, lent, gate, settings.prefix)
    return app
