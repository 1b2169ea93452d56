"""A Home Assistant in use: what a person does in it, and what they wait to see."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from tests.real.home_assistant.config_flow import add_mqtt
from tests.real.home_assistant.log import complaints
from tests.real.home_assistant.onboarding import Http
from tests.real.home_assistant.process import HomeAssistantProgram
from tests.real.home_assistant.registry import Entity, our_devices, our_entities
from tests.real.home_assistant.websocket import Socket, State, connected

_SEEN_WITHIN = 90.0


class Home:
    """One Home Assistant, made ours and connected to the broker."""

    def __init__(self, program: HomeAssistantProgram, http: Http, stack: AsyncExitStack) -> None:
        self.program, self.http, self._stack = program, http, stack
        self.socket: Socket
        self.provoked: list[str] = []
        """Words of complaints that a test has brought about on purpose."""
        self._connection = AsyncExitStack()

    async def connect(self) -> None:
        """Open the websocket, and wait until everything has been set up."""
        self._connection = AsyncExitStack()
        self._stack.push_async_callback(self._connection.aclose)
        self.socket = await self._connection.enter_async_context(connected(self.http))
        async with asyncio.timeout(_SEEN_WITHIN):
            while (await self.socket.ask("get_config"))["state"] != "RUNNING":
                await asyncio.sleep(0.2)

    async def restart(self) -> None:
        """Stop and start it, as after an update."""
        await self._connection.aclose()
        await self.program.stop()
        await self.program.start()
        await self.connect()

    def state(self, entity: str) -> str | None:
        """Return what an entity shows."""
        found = self.socket.states.get(entity)
        return None if found is None else found.state

    def attribute(self, entity: str, name: str) -> Any:  # noqa: ANN401 - JSON of Home Assistant
        """Return an attribute of an entity."""
        found = self.socket.states.get(entity)
        return None if found is None else found.attributes.get(name)

    async def shows(self, entity: str, *states: str) -> str:
        """Wait until an entity is in one of these states, and return it."""
        await self.sees(lambda: self.state(entity) in states, f"{entity} is {'/'.join(states)}", entity)
        return str(self.state(entity))

    async def sees(self, true: Callable[[], bool], what: str, *entities: str) -> None:
        """Wait until something is true; else tell what was awaited, and what the entities show."""
        try:
            async with asyncio.timeout(_SEEN_WITHIN):
                while not true():
                    await asyncio.sleep(0.05)
        except TimeoutError:
            shown = {entity: self.socket.states.get(entity) for entity in entities}
            raise AssertionError(f"Home Assistant never saw: {what}; {shown}") from None

    async def call(self, service: str, entity: str | None = None, **data: object) -> None:
        """Perform an action (`button.press`), as a tap on the screen does."""
        domain, _, name = service.partition(".")
        target = {"target": {"entity_id": entity}} if entity else {}
        await self.socket.ask("call_service", domain=domain, service=name, service_data=data, **target)

    async def automate(self, id_: str, document: Mapping[str, object]) -> str:
        """Save an automation as its editor does, and return its entity."""
        await self.http.post(f"/api/config/automation/config/{id_}", {"alias": id_, **document})
        entity = f"automation.{id_}"
        await self.shows(entity, "on")
        return entity

    async def forget(self, id_: str) -> None:
        """Delete an automation."""
        await self.http.delete(f"/api/config/automation/config/{id_}")

    async def fire(self, event: str, data: Mapping[str, object]) -> None:
        """Put an event on its bus, as an application on a phone does."""
        await self.http.post(f"/api/events/{event}", data)

    async def ended(self, automation: str) -> None:
        """Wait until no run of an automation goes on."""
        await self.sees(lambda: self.attribute(automation, "current") == 0, f"{automation} at rest", automation)

    async def notices(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the notifications on its screen by id."""
        return {one["notification_id"]: one for one in await self.socket.ask("persistent_notification/get")}

    async def notice(self, fits: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any]:
        """Wait for a notification and return it."""
        found: Mapping[str, Mapping[str, Any]] = {}
        try:
            async with asyncio.timeout(_SEEN_WITHIN):
                while True:
                    found = await self.notices()
                    for one in found.values():
                        if fits(one):
                            return one
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(f"No such notification among {list(found.values())}") from None

    async def entities(self) -> Sequence[Entity]:
        """Return every entity of ours."""
        return await our_entities(self.socket)

    async def device(self, identifier: str) -> str | None:
        """Return the id of one of our devices, None if there is none."""
        found = (await our_devices(self.socket)).get(identifier)
        return None if found is None else found.id

    def history(self, entity: str) -> Sequence[State]:
        """Return every state the entity was seen to take on since this connection."""
        return [state for state in self.socket.changes if state.entity == entity]

    def complaints(self) -> Sequence[str]:
        """Return what its log holds against us."""
        found = complaints(self.program.configuration)
        return [text for text in found if not any(words in text for words in self.provoked)]


@asynccontextmanager
async def at_home(folder: Path, venv: Path, port: int, protocol: str) -> AsyncIterator[Home]:
    """Run a new Home Assistant that is connected to a broker on `port`."""
    program = HomeAssistantProgram(folder, venv)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        stack.push_async_callback(program.stop)
        await program.start()
        home = Home(program, Http(program.url, session), stack)
        await home.http.onboard()
        await home.connect()
        await add_mqtt(home.http, port, protocol)
        yield home
