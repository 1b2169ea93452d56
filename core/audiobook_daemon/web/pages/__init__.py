"""Pages for people: written on the server, alive by a stream of hints, working without any script."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from audiobook_daemon.web.desk import Desk
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.pages import now
from audiobook_daemon.web.pages.assets import serve_assets
from audiobook_daemon.web.pages.entrance import Entrance
from audiobook_daemon.web.pages.entry import Entry
from audiobook_daemon.web.pages.hints import Hints
from audiobook_daemon.web.pages.library import book, deeds
from audiobook_daemon.web.pages.library import listing as library
from audiobook_daemon.web.pages.running import Running
from audiobook_daemon.web.pages.showing import PageHandler, Showing
from audiobook_daemon.web.pages.wanted import listing as wanted
from audiobook_daemon.web.pages.wanted import review, want
from audiobook_daemon.web.refusals import Forbidden

ROOMS = (now.pages, review.pages, wanted.pages, want.pages, library.pages, book.pages, deeds.pages)


def add_pages(app: web.Application, lent: Lent, entrance: Entrance, prefix: str = "") -> None:
    """Add every page to an application, with what belongs to them."""
    running = Running(lent.bus)
    app.cleanup_ctx.append(running.listening)
    showing = Showing(lent, running, prefix)
    entries = sorted((entry for room in ROOMS for entry in room), key=lambda one: len(one.in_path))
    for entry in entries:
        make = showing.page if entry.method == "GET" else showing.deed
        app.router.add_route(entry.method, entry.pattern, _guarded(entry, make(entry), lent, entrance))
    app.router.add_get("/static/{name:.+}", serve_assets())
    hints = Hints(lent.bus)
    app.cleanup_ctx.append(hints.listening)
    app.on_shutdown.append(hints.close)
    app.router.add_get("/live", hints.stream(entrance))


def _guarded(
    entry: Entry, handler: PageHandler, lent: Lent, entrance: Entrance
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        caller = await entrance.admit(request)
        if not caller.scope.holds(entry.scope):
            raise Forbidden(f"The key {caller.name} may only {caller.scope}; this needs {entry.scope}.")
        return await handler(request, Desk(lent, caller))

    return handle
