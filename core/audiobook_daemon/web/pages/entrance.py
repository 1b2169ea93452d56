"""What the pages need of those who let people in."""

from __future__ import annotations

from typing import Protocol

from aiohttp import web

from audiobook_daemon.web.access import Caller


class Entrance(Protocol):
    """Knows the keys, and who has logged in."""

    async def admit(self, request: web.Request) -> Caller:
        """Return who asks; raises Unauthorised."""
