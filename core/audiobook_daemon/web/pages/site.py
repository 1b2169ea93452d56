"""All pages together, as the server's routes."""

from __future__ import annotations

from aiohttp import web

from audiobook_daemon.web.access import Caller
from audiobook_daemon.web.access.login import own_path
from audiobook_daemon.web.access.sessions import Sessions, caller_of, session_token
from audiobook_daemon.web.answers import Problem
from audiobook_daemon.web.lending import Lent
from audiobook_daemon.web.pages import history, jobs, now, report, runs, settings, tracker
from audiobook_daemon.web.pages.assets import serve_assets
from audiobook_daemon.web.pages.shelves import SHELVES
from audiobook_daemon.web.pages.showing import Showing
from audiobook_daemon.web.routing import PageRoute

ROOMS = (now.pages, tracker.pages, jobs.pages, runs.pages, history.pages, report.pages, settings.pages)
_REFUSED = {
    "wrong": "This key opens nothing. The command audiobook-daemon keys list names those that there are.",
    "often": "There were too many wrong keys. Wait a little before the next one.",
}


class Site:
    """The pages over one daemon."""

    def __init__(self, lent: Lent, sessions: Sessions) -> None:
        self._showing, self._sessions = Showing(lent), sessions

    def table(self) -> list[PageRoute]:
        """Return the pages and their forms; a path without anything that varies is never shadowed by one with."""
        entries = sorted((entry for room in (*ROOMS, *SHELVES) for entry in room), key=lambda one: len(one.in_path))
        return [
            PageRoute(
                entry.method,
                entry.pattern,
                self._showing.page(entry) if entry.method == "GET" else self._showing.deed(entry),
                entry.scope,
            )
            for entry in entries
        ]

    def open_routes(self) -> list[web.RouteDef]:
        """Return what everybody may have: the files that pages are made of."""
        return [web.get("/static/{name:.+}", serve_assets())]

    async def login(self, request: web.Request) -> web.StreamResponse:
        """Show the form of the login."""
        query = request.query
        context = {
            "title": "Log in",
            "here": "",
            "to": own_path(query.get("to", "")),
            "problem": _REFUSED.get(query.get("refused", "")),
        }
        return await self._showing.answer(request, None, "login.html.j2", context)

    async def fault(self, request: web.Request, status: int, problem: Problem) -> web.StreamResponse:
        """Show what went wrong to somebody who looks at it with a browser."""
        caller = caller_of(request) or await self._logged_in(request)
        return await self._showing.problem(request, caller, status, problem.message, problem.hint)

    async def _logged_in(self, request: web.Request) -> Caller | None:
        """Who has logged in, at an address where nobody has asked for that: so the menu is there all the same."""
        token = session_token(request)
        return await self._sessions.find(token) if token else None
