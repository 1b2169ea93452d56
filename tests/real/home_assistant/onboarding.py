"""A new Home Assistant made ours over HTTP, as its first pages in the browser do it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import aiohttp

_OWNER = {"name": "Owner", "username": "owner", "password": "only-for-this-run", "language": "en"}


class Refused(Exception):
    """Home Assistant answered with an error; the text is its own."""


class Http:
    """Asks Home Assistant over HTTP; `token` is there once it has been made ours."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self.tokens: Mapping[str, Any] = {}
        self._session = session

    @property
    def client_id(self) -> str:
        """Who asks, in the words of OAuth: the address of its own pages."""
        return f"{self.url}/"

    @property
    def session(self) -> aiohttp.ClientSession:
        """What the requests go through."""
        return self._session

    async def get(self, path: str) -> Any:  # noqa: ANN401 - JSON of Home Assistant
        """Return the JSON of an answer; raises Refused."""
        return json.loads(await self._ask("GET", path))

    async def post(self, path: str, document: object = None) -> Any:  # noqa: ANN401 - JSON of Home Assistant
        """Send JSON and return the answer's; raises Refused."""
        return json.loads(await self._ask("POST", path, json=document if document is not None else {}))

    async def delete(self, path: str) -> None:
        """Delete something; raises Refused."""
        await self._ask("DELETE", path)

    async def rendered(self, template: str) -> str:
        """Return what a template makes of the states as they are; raises Refused."""
        return await self._ask("POST", "/api/template", json={"template": template})

    async def picture(self, path: str) -> bytes:
        """Return the bytes of a picture, named as a browser is told."""
        async with self._session.get(f"{self.url}{path}") as answer:
            answer.raise_for_status()
            return await answer.read()

    async def onboard(self) -> None:
        """Make the owner's account and log in with it."""
        code = await self.post("/api/onboarding/users", {"client_id": self.client_id, **_OWNER})
        fields = {"grant_type": "authorization_code", "code": code["auth_code"], "client_id": self.client_id}
        self.tokens = json.loads(await self._ask("POST", "/auth/token", data=fields))

    async def _ask(self, method: str, path: str, **body: Any) -> str:  # noqa: ANN401 - JSON of Home Assistant
        known = {"Authorization": f"Bearer {self.tokens['access_token']}"} if self.tokens else {}
        async with self._session.request(method, f"{self.url}{path}", headers=known, **body) as answer:
            text = await answer.text()
            if answer.status >= 400:
                raise Refused(f"{method} {path}: {answer.status} {text}")
            return text
