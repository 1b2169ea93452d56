"""Home Assistant's websocket: commands, and every change of a state as it comes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from tests.real.home_assistant.onboarding import Http, Refused

_ANSWER_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class State:
    """An entity at a moment."""

    entity: str
    state: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


class Socket:
    """One connection; `states` follows what Home Assistant shows, `changes` keeps all that was ever seen."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self.states: dict[str, State] = {}
        self.changes: list[State] = []
        self._connection = connection
        self._number = 0
        self._answers: dict[int, asyncio.Future[Mapping[str, Any]]] = {}

    async def ask(self, kind: str, **fields: Any) -> Any:  # noqa: ANN401 - JSON of Home Assistant
        """Send a command and return its result; raises Refused."""
        self._number += 1
        number, answer = self._number, asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        await self._connection.send_json({"id": number, "type": kind, **fields})
        async with asyncio.timeout(_ANSWER_WITHIN):
            document = await answer
        if not document["success"]:
            raise Refused(f"{kind}: {document['error']['message']}")
        return document["result"]

    async def follow(self) -> None:
        """Learn all states, and every change from now on."""
        await self.ask("subscribe_events", event_type="state_changed")
        for state in await self.ask("get_states"):
            self.states.setdefault(state["entity_id"], _state(state))

    async def read(self) -> None:
        """Take in what comes until the connection ends."""
        async for message in self._connection:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            document = json.loads(message.data)
            for one in document if isinstance(document, list) else [document]:
                self._take(one)

    def _take(self, document: Mapping[str, Any]) -> None:
        if document["type"] == "result":
            answer = self._answers.pop(document["id"])
            if not answer.done():
                answer.set_result(document)
        elif document["type"] == "event":
            data = document["event"]["data"]
            if data["new_state"] is None:
                self.states.pop(data["entity_id"], None)
            else:
                state = self.states[data["entity_id"]] = _state(data["new_state"])
                self.changes.append(state)


@asynccontextmanager
async def connected(http: Http) -> AsyncIterator[Socket]:
    """Log in and follow all states until the block ends."""
    address = f"{http.url}/api/websocket"
    async with http.session.ws_connect(address, max_msg_size=0) as connection:
        await connection.receive_json()
        await connection.send_json({"type": "auth", "access_token": http.tokens["access_token"]})
        welcome = await connection.receive_json()
        assert welcome["type"] == "auth_ok", welcome
        socket = Socket(connection)
        reading = asyncio.create_task(socket.read())
        try:
            with suppress(Refused):
                # Newer versions try settings of HTTP for some minutes only, unless somebody says that they work.
                await socket.ask("http/config/promote")
            await socket.follow()
            yield socket
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


def _state(document: Mapping[str, Any]) -> State:
    return State(document["entity_id"], document["state"], document["attributes"])
