"""Logging in to the pages with a key, and out again."""

from __future__ import annotations

import math
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from aiohttp import web

from audiobook_daemon.web.access.forgery import check_forgery, form_of
from audiobook_daemon.web.access.gate import Gate
from audiobook_daemon.web.access.sessions import COOKIE, VISITOR, give_cookie, session_token, take_cookie
from audiobook_daemon.web.access.visits import visit_of
from audiobook_daemon.web.refusals import TooMany, Unauthorised

LOGIN, LOGOUT = "/login", "/logout"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_ONCE_MORE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0">'
    "<title>audiobook-daemon</title></html>"
)
_OURS = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]*")


def login_routes(gate: Gate, page: Handler) -> list[web.RouteDef]:
    """Return the routes of the login; `page` shows the form, and reads `refused`, `wait` and `to` from the query.

    The form is sent by POST with `key`, `to` (the path to go on to, if any) and `csrf_token`.
    """

    async def log_in(request: web.Request) -> web.StreamResponse:
        await check_forgery(request)
        form = await form_of(request)
        to = own_path(form.get("to", ""))
        try:
            known = await gate.try_key(request, form.get("key", "").strip())
        except TooMany as refusal:
            return _again(request, to, refused="often", wait=str(math.ceil(refusal.retry_after or 1)))
        except Unauthorised:
            return _again(request, to, refused="wrong")
        if before := session_token(request):
            await gate.sessions.end(before)
        token, lasts = await gate.sessions.begin(known)
        answer = _onward(request, to)
        give_cookie(request, answer, COOKIE, token, lasts)
        take_cookie(request, answer, VISITOR)
        return answer

    async def log_out(request: web.Request) -> web.StreamResponse:
        await check_forgery(request)
        if token := session_token(request):
            await gate.sessions.end(token)
        answer = _onward(request, LOGIN)
        take_cookie(request, answer, COOKIE)
        return answer

    return [web.get(LOGIN, page), web.post(LOGIN, log_in), web.post(LOGOUT, log_out)]


def to_login(request: web.Request) -> web.StreamResponse:
    """Send somebody who has not logged in to the form, and back here afterwards.

    Who follows a link on another site comes without any cookie, for ours are strict; asked by a page of ours, the
    browser sends it. So such a visitor asks once more before it is sent to the form.
    """
    if request.method == "GET" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        return web.Response(text=_ONCE_MORE, content_type="text/html")
    came_for = request.path_qs if request.method == "GET" else "/"
    prefix = visit_of(request).prefix
    to = own_path(came_for.removeprefix(prefix))
    return _onward(request, f"{LOGIN}?{urlencode({'to': to})}" if to != "/" else LOGIN)


def own_path(path: str) -> str:
    """Return a path of ours; what would lead to another site leads home."""
    return path if _OURS.fullmatch(path) and not path.startswith((LOGIN, LOGOUT)) else "/"


def _again(request: web.Request, to: str, **said: str) -> web.StreamResponse:
    return _onward(request, f"{LOGIN}?{urlencode(said | ({'to': to} if to != '/' else {}))}")


def _onward(request: web.Request, path: str) -> web.StreamResponse:
    return web.Response(status=303, headers={"Location": f"{visit_of(request).prefix}{path}"})
