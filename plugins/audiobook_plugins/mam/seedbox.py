"""Keeps the account's seedbox address up to date, if the configuration asks for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from audiobook_daemon import Context
from audiobook_plugins.mam.client import Client

_MEMORY = "seedbox"
_LOOK = timedelta(hours=1)
_RENEW = timedelta(days=25)


class Seedbox:
    """Registers this machine's address when it has changed; the site allows one change an hour."""

    def __init__(self, client: Client, context: Context) -> None:
        self._client = client
        self._context = context
        self._looked: datetime | None = None

    async def keep(self, *, now_please: bool = False) -> str:
        """Look at the address at most once an hour, register it if it is new or 25 days old, and say what was done.

        Raises Unavailable and AuthFailed (the session may not set the address).
        """
        now = self._context.now()
        if not now_please and self._looked is not None and now - self._looked < _LOOK:
            return "The address was looked at within the last hour."
        address = await self._client.address()
        self._looked = now
        if not now_please and await self._fresh(address, now):
            return f"The address {address} is registered already."
        registered = await self._client.register_address()
        if registered is None:
            return f"The site allows one change an hour; {address} is registered later."
        await self._context.memory.put(_MEMORY, {"ip": address, "at": now.isoformat()})
        return f"The address {registered or address} is registered."

    async def _fresh(self, address: str, now: datetime) -> bool:
        stored = await self._context.memory.get(_MEMORY)
        if not isinstance(stored, dict) or stored.get("ip") != address:
            return False
        try:
            return now - datetime.fromisoformat(str(stored.get("at"))) < _RENEW
        except (ValueError, TypeError):
            return False
