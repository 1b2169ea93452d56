"""Somebody with a browser of the simplest kind: pages, forms and cookies."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from tests.core.web.conftest import KEY, Served

_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as it came."""

    status: int
    path: str
    text: str

    @property
    def said(self) -> str:
        """What the page says about the form that was sent."""
        (box,) = re.findall(r'<div id="said" role="status">(.*?)</div>', self.text, re.DOTALL)
        return " ".join(re.sub(r"<[^>]*>", " ", box).split())

    @property
    def token(self) -> str:
        """What its forms send back."""
        found = _TOKEN.search(self.text)
        assert found, self.text
        return found.group(1)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Looks at the pages of a daemon."""

    address: str
    session: aiohttp.ClientSession

    async def sees(self, path: str, headers: Mapping[str, str] | None = None) -> Seen:
        """Open a page, and follow where it leads."""
        sent = {"Accept": "text/html", **(headers or {})}
        async with self.session.get(f"{self.address}{path}", headers=sent) as answer:
            return Seen(answer.status, answer.url.path_qs, await answer.text())

    async def sends(self, path: str, fields: Mapping[str, str]) -> Seen:
        """Send a form, and follow where it leads."""
        headers = {"Accept": "text/html"}
        async with self.session.post(f"{self.address}{path}", data=dict(fields), headers=headers) as answer:
            return Seen(answer.status, answer.url.path_qs, await answer.text())

    async def does(self, page: str, path: str, **fields: str) -> Seen:
        """Send a form of a page as the page would."""
        seen = await self.sees(page)
        return await self.sends(path, {"csrf_token": seen.token, "back": page, **fields})


@asynccontextmanager
async def visiting(served: Served, *, known: bool = True, key: str = KEY) -> AsyncIterator[Visitor]:
    """Come to a daemon, and log in."""
    # Cookies of 127.0.0.1 are kept too.
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        visitor = Visitor(served.address, session)
        if known:
            door = await visitor.sees("/login")
            await visitor.sends("/login", {"csrf_token": door.token, "key": key, "to": "/"})
        yield visitor
