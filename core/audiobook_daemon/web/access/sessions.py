"""Who has logged in to the pages: a cookie, of which only hashes are kept."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from audiobook_daemon import store
from audiobook_daemon.web.access.callers import Caller
from audiobook_daemon.web.access.keyring import Keyring, KnownKey
from audiobook_daemon.web.access.memory import Remembered
from audiobook_daemon.web.access.visits import visit_of

COOKIE = "audiobook_daemon_session"
VISITOR = "audiobook_daemon_visitor"
"""The cookie of those who have not logged in yet; it holds the form of the login together."""
CALLER: web.RequestKey[Caller] = web.RequestKey("caller", Caller)
_NEW_VISITOR: web.RequestKey[str] = web.RequestKey("new_visitor", str)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_MOST = 1000


def caller_of(request: web.Request) -> Caller | None:
    """Return who has been let in, by key or by login; None where everybody is."""
    return request.get(CALLER)


def csrf_token(request: web.Request) -> str:
    """Return what a form sends as the field `csrf_token`, and a script as the header `X-CSRF-Token`.

    It belongs to the login (before that, to a cookie of its own, which the answer sets) and lasts as long.
    """
    return _token_for(session_token(request) or _visitor(request))


def is_csrf_token(request: web.Request, sent: str) -> bool:
    """Whether a form is one that we have given out to this browser."""
    held = [token for token in (session_token(request), _well_formed(request.cookies.get(VISITOR))) if token]
    return any(hmac.compare_digest(_token_for(one).encode(), sent.encode(errors="replace")) for one in held)


def session_token(request: web.Request) -> str | None:
    """Return the cookie of a login, whether or not it is worth anything."""
    return _well_formed(request.cookies.get(COOKIE))


@dataclass(frozen=True, slots=True)
class _Session:
    caller: Caller
    ends: datetime


class Sessions:
    """Knows the logins; one ends with its time, with its key, and by logging out."""

    def __init__(self, kept: store.Sessions, keyring: Keyring, now: Callable[[], datetime], lasts: timedelta) -> None:
        self._kept, self._keyring, self._now, self._lasts = kept, keyring, now, lasts
        self._remembered: Remembered[_Session] = Remembered(_MOST)

    async def begin(self, known: KnownKey) -> tuple[str, timedelta]:
        """Log in with a key that was shown, and return the cookie and how long it is good."""
        token = secrets.token_urlsafe(32)
        now = self._now()
        ends = min(now + self._lasts, known.expires or datetime.max.replace(tzinfo=now.tzinfo))
        await self._kept.add(_digest(token), known.name, _proof(token, known.identity), ends)
        return token, ends - now

    async def find(self, token: str) -> Caller | None:
        """Return who has logged in with this cookie, if that still counts."""
        at = (self._kept.version, self._keyring.version)
        digest = _digest(token)
        session = self._remembered.get(digest, at)
        if session is None:
            session = await self._look(token, digest)
            if session is None:
                return None
            self._remembered.put(digest, session, at)
        return session.caller if self._now() < session.ends else None

    async def end(self, token: str) -> None:
        """Log out."""
        await self._kept.end(_digest(token))

    async def _look(self, token: str, digest: str) -> _Session | None:
        kept = await self._kept.get(digest)
        if kept is None:
            return None
        for known in await self._keyring.named(kept.key):
            if hmac.compare_digest(_proof(token, known.identity), kept.proof):
                ends = min(kept.expires, known.expires or kept.expires)
                return _Session(Caller(known.name, known.scope, in_browser=True), ends)
        return None


def keep_visitor(request: web.Request, answer: web.StreamResponse) -> None:
    """Give a new visitor, whose form was made just now, the cookie that belongs to it."""
    if token := request.get(_NEW_VISITOR):
        give_cookie(request, answer, VISITOR, token, None)


def give_cookie(
    request: web.Request, answer: web.StreamResponse, name: str, value: str, lasts: timedelta | None
) -> None:
    """Set a cookie that no script can read and no other site can use; without `lasts` it goes with the browser."""
    visit = visit_of(request)
    seconds = None if lasts is None else int(lasts.total_seconds())
    answer.set_cookie(
        name, value, max_age=seconds, path=f"{visit.prefix}/", secure=visit.secure, httponly=True, samesite="Strict"
    )


def take_cookie(request: web.Request, answer: web.StreamResponse, name: str) -> None:
    """Let the browser forget a cookie."""
    visit = visit_of(request)
    answer.del_cookie(name, path=f"{visit.prefix}/", secure=visit.secure, httponly=True, samesite="Strict")


def _visitor(request: web.Request) -> str:
    if token := _well_formed(request.cookies.get(VISITOR)) or request.get(_NEW_VISITOR):
        return token
    request[_NEW_VISITOR] = secrets.token_urlsafe(32)
    return request[_NEW_VISITOR]


def _well_formed(token: str | None) -> str | None:
    return token if token and _TOKEN.fullmatch(token) else None


def _token_for(token: str) -> str:
    return hmac.new(token.encode(), b"forms", hashlib.sha256).hexdigest()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _proof(token: str, identity: str) -> str:
    return hmac.new(token.encode(), identity.encode(errors="surrogateescape"), hashlib.sha256).hexdigest()
