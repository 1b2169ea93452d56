"""Plugs a plugin into a real host, with a real HTTP session and a memory in RAM."""

from __future__ import annotations

import asyncio
import copy
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Self, TypeVar

from audiobook_daemon.events import Bus
from audiobook_daemon.host import Host, InstanceSpec, PluginTypes
from audiobook_daemon.http import Transport
from audiobook_daemon.plugin import Plugin, PluginConfig

C = TypeVar("C", bound=PluginConfig)


class RamMemory:
    """The memory of one instance; keeps copies, as a database would."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    async def get(self, key: str) -> object:
        """Return the value, or None."""
        return copy.deepcopy(self.values.get(key))

    async def put(self, key: str, value: object, *, secret: bool = True) -> None:  # noqa: ARG002
        """Keep a JSON value."""
        self.values[key] = copy.deepcopy(value)

    async def delete(self, key: str) -> None:
        """Forget a value."""
        self.values.pop(key, None)


class PlugIn:
    """Makes hosts: `host = await plug_in(MyPlugin, MyConfig(...))`; an async context manager."""

    def __init__(self) -> None:
        self.memories: defaultdict[str, RamMemory] = defaultdict(RamMemory)
        """What each instance remembers, by its name; a later host finds it again."""
        self._transport = Transport(sleep=_without_waiting)
        self._hosts: list[Host] = []

    async def __call__(self, plugin: type[Plugin[C]], config: C | Mapping[str, C]) -> Host:
        """Return a host with one instance called `it`, or one for each name, after each has tried to start.

        Requests are neither paced nor are there pauses before another attempt. Raises BrokenPlugin if the class breaks
        the contract.
        """
        host = self.host(plugin)
        settings = config if isinstance(config, Mapping) else {"it": config}
        await host.apply([InstanceSpec(name, plugin.__name__, section) for name, section in settings.items()])
        await host.started()
        return host

    def host(self, plugin: type[Plugin[C]]) -> Host:
        """Return a host that knows the plugin but has no instance yet."""
        types = PluginTypes(found=(), classes={plugin.__name__: plugin})
        types.get(plugin.__name__)
        host = Host(types, self._transport, self.memories.__getitem__, Bus(), _now)
        self._hosts.append(host)
        return host

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for host in self._hosts:
            await host.stop()
        await self._transport.close()


def _now() -> datetime:
    return datetime.now(UTC)


async def _without_waiting(_: float) -> None:
    await asyncio.sleep(0)
