"""The account's registered address: `/json/dynamicSeedbox.php` and `/json/jsonIp.php`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web

_BETWEEN_CHANGES = timedelta(hours=1)


class Seedbox:
    """Which address the site believes the torrent client to have; one change an hour.

    All callers come from loopback, so `caller` says which address (of a documentation range) they appear with.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.caller = "203.0.113.20"
        self.allowed = True
        """Whether the session was made with the permission to set the address."""
        self.registered: str | None = None
        self._now = now
        self._changed: datetime | None = None

    def where(self) -> dict[str, object]:
        """The caller's address as the site sees it."""
        return {"ip": self.caller, "ASN": 64500, "AS": "EXAMPLE-NET"}

    def refuse(self, reason: str) -> web.Response:
        """Answer a call whose session is not accepted; this page always says why, in JSON."""
        return web.json_response({"Success": False, "msg": reason} | self.where(), status=403)

    def register(self) -> web.Response:
        """Register the caller's address as the account's."""
        if not self.allowed:
            return self.refuse("Incorrect session type - not allowed this function")
        now = self._now()
        if self.caller == self.registered:
            return web.json_response({"Success": True, "msg": "No change"} | self.where())
        if self._changed is not None and now - self._changed < _BETWEEN_CHANGES:
            return web.json_response({"Success": False, "msg": "Last change too recent"} | self.where(), status=429)
        self.registered, self._changed = self.caller, now
        return web.json_response({"Success": True, "msg": "Completed"} | self.where())
