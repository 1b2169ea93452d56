"""Who is let in: the login, its sessions and the ban of an address that fails too often."""

from __future__ import annotations

import base64
import secrets
import time
from email.utils import formatdate
from urllib.parse import urlsplit

from aiohttp import web

from audiobook_daemon.demo.qbittorrent.generation import Generation

_BANNED = "Your IP address has been banned after too many failed authentication attempts."


class Sessions:
    """The sessions of one server. All times are seconds; `timeout` 0 or less means that a session never ends."""

    def __init__(self, generation: Generation, username: str, password: str, api_key: str | None) -> None:
        self.timeout = 3600.0
        self.ban = 3600.0
        self.failures_allowed = 5
        self._generation = generation
        self._credentials = (username, password)
        self._api_key = None if generation.bare_replies else api_key
        self._ends: dict[str, float] = {}
        self._failures = 0
        self._banned_until = 0.0

    def forget(self) -> None:
        """End all sessions and lift the ban, as the end of the process does."""
        self._ends.clear()
        self._failures = 0
        self._banned_until = 0.0

    def check_origin(self, request: web.Request) -> None:
        """Refuse requests of foreign pages (cross-site forgery) with 401, not 403."""
        for header in ("Origin", "Referer"):
            if (value := request.headers.get(header)) and urlsplit(value).netloc != request.host:
                raise web.HTTPUnauthorized(text="Unauthorized")

    def has_key(self, request: web.Request) -> bool:
        """Whether the request carries the API key (5.2 and later)."""
        return self._api_key is not None and request.headers.get("Authorization") == f"Bearer {self._api_key}"

    def check(self, request: web.Request) -> None:
        """Let in who has a session, and renew it; everybody else gets 403, whatever the reason."""
        if not self.has_key(request) and not self._renew(request):
            raise web.HTTPForbidden(text="Forbidden")

    def session_of(self, request: web.Request) -> str:
        """Give the cookie's value: the state of `sync/maindata` is kept per session."""
        return request.cookies.get(self._cookie(request), "")

    async def login(self, request: web.Request) -> web.Response:
        """Answer `POST auth/login`; whoever has a session is welcome with any password."""
        if self.has_key(request):
            raise web.HTTPForbidden(text="Forbidden")
        if self._renew(request):
            return self._welcome()
        if time.monotonic() < self._banned_until:
            raise web.HTTPForbidden(text=_BANNED)
        form = await request.post()
        if (form.get("username"), form.get("password")) != self._credentials:
            return self._fail()
        self._failures = 0
        session = base64.b64encode(secrets.token_bytes(24)).decode()
        self._ends[session] = time.monotonic() + self.timeout
        answer = self._welcome()
        answer.headers["Set-Cookie"] = f"{self._cookie(request)}={session}; {self._attributes()}"
        return answer

    async def logout(self, request: web.Request) -> web.Response:
        """Answer `POST auth/logout`."""
        self.check(request)
        self._ends.pop(self.session_of(request), None)
        answer = web.Response(text="")
        answer.del_cookie(self._cookie(request))
        return answer

    def _renew(self, request: web.Request) -> bool:
        session = self.session_of(request)
        end = self._ends.get(session)
        if end is None or (self.timeout > 0 and time.monotonic() >= end):
            self._ends.pop(session, None)
            return False
        self._ends[session] = time.monotonic() + self.timeout
        return True

    def _cookie(self, request: web.Request) -> str:
        return self._generation.cookie(request.url.port or 0)

    def _attributes(self) -> str:
        """Write the cookie's attributes; its value holds `/` and `+` and goes out without quotes."""
        if self._generation.bare_replies:
            return "HttpOnly; path=/; SameSite=Strict"
        end = formatdate(time.time() + self.timeout, usegmt=True)
        return f"HttpOnly; {f'expires={end}; ' if self.timeout > 0 else ''}path=/; SameSite=Lax"

    def _welcome(self) -> web.Response:
        return web.Response(text="Ok.") if self._generation.bare_replies else web.Response(status=204)

    def _fail(self) -> web.Response:
        """Count a failure; the one that is too much still answers as usual, the ban shows on the next try."""
        self._failures += 1
        if 0 < self.failures_allowed <= self._failures:
            self._banned_until = time.monotonic() + self.ban
            self._failures = 0
        if self._generation.bare_replies:
            return web.Response(text="Fails.")
        raise web.HTTPUnauthorized(text="Unauthorized")
