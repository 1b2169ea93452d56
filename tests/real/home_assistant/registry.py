"""What Home Assistant has made of the discovery: devices and entities."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.real.home_assistant.websocket import Socket, State


@dataclass(frozen=True, slots=True)
class Device:
    """A device as it is registered."""

    id: str
    name: str
    identifier: str
    via: str | None
    manufacturer: str | None
    version: str | None


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity as it is registered, and the state it has; None if it is disabled."""

    id: str
    unique_id: str
    device: Device
    name: str | None
    category: str | None
    disabled: bool
    state: State | None

    @property
    def domain(self) -> str:
        """What kind of entity it is (`sensor`)."""
        return self.id.partition(".")[0]

    def attribute(self, name: str) -> Any:  # noqa: ANN401 - JSON of Home Assistant
        """Return an attribute of its state, None without one."""
        return None if self.state is None else self.state.attributes.get(name)


async def our_devices(socket: Socket) -> Mapping[str, Device]:
    """Return the devices that came by MQTT, by our identifier."""
    found = [_device(row) for row in await socket.ask("config/device_registry/list") if _identifier(row)]
    return {device.identifier: device for device in found}


async def our_entities(socket: Socket) -> Sequence[Entity]:
    """Return every entity of these devices, in the order of their ids."""
    devices = {device.id: device for device in (await our_devices(socket)).values()}
    rows = [row for row in await socket.ask("config/entity_registry/list") if row["device_id"] in devices]
    return [
        Entity(
            id=row["entity_id"],
            unique_id=row["unique_id"],
            device=devices[row["device_id"]],
            name=row.get("name") or row.get("original_name"),
            category=row.get("entity_category"),
            disabled=row.get("disabled_by") is not None,
            state=socket.states.get(row["entity_id"]),
        )
        for row in sorted(rows, key=lambda row: str(row["entity_id"]))
    ]


async def settled(socket: Socket, quiet: float = 3.0, within: float = 90.0) -> Sequence[Entity]:
    """Wait until there are entities of ours and none has come or gone for `quiet` seconds, and return them."""
    loop, known, since = asyncio.get_running_loop(), frozenset[str](), 0.0
    async with asyncio.timeout(within):
        while True:
            entities = await our_entities(socket)
            now = frozenset(entity.id for entity in entities)
            if now != known or not now:
                known, since = now, loop.time()
            elif loop.time() - since > quiet:
                return entities
            await asyncio.sleep(0.25)


def _device(row: Mapping[str, Any]) -> Device:
    return Device(
        id=row["id"],
        name=row["name_by_user"] or row["name"] or "",
        identifier=_identifier(row) or "",
        via=row["via_device_id"],
        manufacturer=row["manufacturer"],
        version=row["sw_version"],
    )


def _identifier(row: Mapping[str, Any]) -> str | None:
    return next((str(pair[1]) for pair in row["identifiers"] if pair[0] == "mqtt"), None)
