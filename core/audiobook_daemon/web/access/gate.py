"""Lets in whoever shows a key, or has logged in with one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from aiohttp import web

from audiobook_daemon.errors import DatabaseError
from audiobook_daemon.web.access.callers import Caller, Scope
from audiobook_daemon.web.access.forgery import check_forgery
from audiobook_daemon.web.access.guesses import Guesses
from audiobook_daemon.web.access.keyring import Keyring, KnownKey
from audiobook_daemon.web.access.sessions import CALLER, Sessions, session_token
from audiobook_daemon.web.access.visits import visit_of
from audiobook_daemon.web.refusals import Away, Forbidden, Unauthorised
from audiobook_daemon.web.settings import WebSettings

if TYPE_CHECKING:
    from audiobook_daemon.store import Database

_log = logging.getLogger(__name__)
_SOON = 5.0


class Gate:
    """The one way in; whoever has been let in is the request's `caller_of` from then on."""

    def __init__(self, settings: WebSettings, database: Database, now: Callable[[], datetime]) -> None:
        self.keyring = Keyring(settings.keys, database.keys, now)
        self.sessions = Sessions(database.sessions, self.keyring, now, settings.session)
        self._guesses = Guesses(settings.wrong_keys)

    async def admit(self, request: web.Request, needed: Scope = Scope.READ) -> Caller:
        """Return who asks; raises Unauthorised, Forbidden (scope too narrow, forged) or TooMany (wrong keys)."""
        caller = await self._caller(request)
        request[CALLER] = caller
        if not caller.scope.holds(needed):
            raise Forbidden(
                f"The key {caller.name} has the scope {caller.scope}; this needs {needed}.",
                hint="Use another key, or give this one a wider scope.",
            )
        return caller

    async def try_key(self, request: web.Request, key: str) -> KnownKey:
        """Return the key that was shown; raises Unauthorised, or TooMany for those who guess."""
        address, digest = visit_of(request).address, self.keyring.digest(key)
        self._guesses.check(address, digest)
        with _not_told_of_the_database():
            known = None if self._guesses.was_tried(address, digest) else await self.keyring.find(key)
        if known is None:
            self._guesses.wrong(address, digest)
            raise Unauthorised(
                "This key opens nothing.", hint="`audiobook-daemon keys list` names the keys that there are."
            )
        self._guesses.right(address, digest)
        return known

    async def _caller(self, request: web.Request) -> Caller:
        if shown := _shown(request):
            known = await self.try_key(request, shown)
            return Caller(known.name, known.scope)
        token = session_token(request)
        with _not_told_of_the_database():
            caller = await self.sessions.find(token) if token else None
        if caller is None:
            raise Unauthorised(
                "A key is needed: send it as `Authorization: Bearer KEY` or as `X-API-Key: KEY`.",
                hint="`audiobook-daemon keys add NAME` makes one.",
            )
        await check_forgery(request)
        return caller


@contextmanager
def _not_told_of_the_database() -> Iterator[None]:
    """Raise Away for what a database says that does not answer: whoever has no key need not know where it is."""
    try:
        yield
    except DatabaseError as error:
        _log.warning("A key could not be looked up: %s", error)
        raise Away("Keys cannot be looked up at the moment.", retry_after=_SOON) from error


def _shown(request: web.Request) -> str:
    """Return the key that is shown: in a header of its own, as a bearer's, or bare as older programs send it."""
    if key := request.headers.get("X-API-Key"):
        return key.strip()
    given = request.headers.get("Authorization", "").strip()
    scheme, blank, key = given.partition(" ")
    if not blank:
        return "" if scheme.lower() == "bearer" else scheme
    return key.strip() if scheme.lower() == "bearer" else ""
