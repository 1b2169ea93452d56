"""A browser that holds cookies and sends what browsers send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie

import aiohttp
import pytest
from tests.core.web.conftest import KEY, Served

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read to its end."""

    status: int
    headers: Mapping[str, str]
    text: str
    cookies: tuple[str, ...]
    """The `Set-Cookie` headers."""


class Browser:
    """Keeps the cookies it is given; follows no redirect, so that a test sees each answer."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session, self.address = session, address
        self.cookies: dict[str, str] = {}

    def another(self) -> Browser:
        """Return one that has never been here."""
        return Browser(self._session, self.address)

    async def ask(
        self,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: object = None,
    ) -> Answer:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        asked = self._session.request(
            method,
            f"{self.address}{path}",
            data=form,
            json=body,
            headers={**({"Cookie": held} if held else {}), **(headers or {})},
            allow_redirects=False,
        )
        async with asked as answer:
            given = tuple(answer.headers.getall("Set-Cookie", []))
            self._take(given)
            return Answer(answer.status, answer.headers, await answer.text(), given)

    async def token(self) -> str:
        """Return the token of the form that the login shows."""
        shown = await self.ask("GET", "/login")
        found = _TOKEN.search(shown.text)
        assert found, shown.text
        return found[1]

    async def log_in(self, key: str = KEY, to: str = "", headers: Mapping[str, str] | None = None) -> Answer:
        form = {"csrf_token": await self.token(), "key": key, "to": to}
        return await self.ask("POST", "/login", form, headers)

    def _take(self, given: tuple[str, ...]) -> None:
        for text in given:
            for name, morsel in SimpleCookie(text).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value


@pytest.fixture
def browser(served: Served) -> Browser:
    """A browser that has never been here."""
    return Browser(served.session, served.address)
