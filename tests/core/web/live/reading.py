"""Reads server-sent events as a browser does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from tests.core.web.conftest import KEY, Served

_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Heard:
    """One event, as it came."""

    kind: str
    data: Any
    id: int | None


class Stream:
    """An open stream."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def next(self, kind: str | None = None) -> Heard:
        """Return the next event, of a kind if named: others before it are passed over."""
        async with asyncio.timeout(_PATIENCE):
            while (heard := await self._event()) is None or (kind is not None and heard.kind != kind):
                pass
        return heard

    async def ended(self) -> bool:
        """Read until the server says no more, in an orderly way."""
        async with asyncio.timeout(_PATIENCE):
            while await self.response.content.readline():
                pass
        return True

    async def _event(self) -> Heard | None:
        fields: dict[str, str] = {}
        while line := (await self._line()):
            name, _, value = line.partition(": ")
            fields[name] = value
        if "data" not in fields:
            return None
        return Heard(fields["event"], json.loads(fields["data"]), int(fields["id"]) if "id" in fields else None)

    async def _line(self) -> str:
        line = await self.response.content.readline()
        assert line, "the stream has ended"
        return line.decode().rstrip("\n")


@asynccontextmanager
async def following(
    served: Served, path: str = "/api/events", headers: Mapping[str, str] | None = None
) -> AsyncIterator[Stream]:
    """Follow what happens until the block ends."""
    sent = {"Authorization": f"Bearer {KEY}", **(headers or {})}
    async with served.session.get(f"{served.address}{path}", headers=sent) as response:
        assert response.status == 200, await response.text()
        yield Stream(response)
