"""Lets in whoever shows a key."""

from __future__ import annotations

import hmac

from aiohttp import web

from audiobook_daemon.web.access.callers import Caller, Scope
from audiobook_daemon.web.refusals import Unauthorised
from audiobook_daemon.web.settings import Key


class Gate:
    """Knows the keys."""

    def __init__(self, keys: tuple[Key, ...]) -> None:
        self._keys = keys

    async def admit(self, request: web.Request) -> Caller:
        """Return whose key it is; raises Unauthorised."""
        shown = _shown(request).encode(errors="surrogateescape")
        found: Caller | None = None
        for key in self._keys:
            if hmac.compare_digest(shown, key.secret.encode()):
                found = Caller(key.name, Scope(key.scope))
        if found is None:
            raise Unauthorised("A key is needed: send it as `Authorization: Bearer KEY` or as `X-API-Key: KEY`.")
        return found


def _shown(request: web.Request) -> str:
    if key := request.headers.get("X-API-Key"):
        return key
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
