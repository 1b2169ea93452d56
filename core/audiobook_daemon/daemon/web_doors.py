"""What only HTTP may ask of the daemon."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from audiobook_daemon.actions import Mistake
from audiobook_daemon.config import InvalidConfiguration
from audiobook_daemon.daemon.doctor import CHECK_TIMEOUT
from audiobook_daemon.daemon.doors import DaemonDoors
from audiobook_daemon.doors import Examination, NotFound
from audiobook_daemon.errors import PluginError
from audiobook_daemon.models import Finding, Health, InstanceStatus, Level

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon
    from audiobook_daemon.host import Instance

_QUICK_CHECK = 10.0
"""Seconds in which a service answers that is well; who asks for the health of all waits no longer."""


class HttpDoors(DaemonDoors):
    """The doors of every kind of caller, and those of people who look after the daemon."""

    def __init__(self, daemon: Daemon) -> None:
        super().__init__(daemon, "http")

    async def test_instance(self, name: str) -> Examination:
        """Forget the faults of an instance and ask its service whether all is well; raises NotFound."""
        await self.retry_instance(name)
        return await _examined(self._instance(name), CHECK_TIMEOUT)

    async def retry_instance(self, name: str) -> InstanceStatus:
        """Forget the faults of an instance and start it if needed; raises NotFound."""
        self._instance(name)
        return await self._daemon.host.retry(name)

    async def examine_instances(self) -> Sequence[Examination]:
        """Ask every service that is not left alone whether all is well; changes nothing, not even a rest."""
        instances = tuple(self._daemon.host.instances.values())
        return await asyncio.gather(*(_examined(one, _QUICK_CHECK) for one in instances))

    async def check_file(self) -> Sequence[Mistake]:
        """Read the configuration file as a reload would, and name what is wrong with it; takes nothing over."""
        try:
            await self._daemon.read_file()
        except InvalidConfiguration as error:
            return [Mistake(one.path, str(one)) for one in error.mistakes]
        return ()

    def _instance(self, name: str) -> Instance:
        if instance := self._daemon.host.instances.get(name):
            return instance
        known = ", ".join(self._daemon.host.instances) or "none"
        raise NotFound(f"There is no instance called {name!r}. Instances: {known}.")


async def _examined(instance: Instance, seconds: float) -> Examination:
    status = instance.status()
    if status.health is not Health.READY:
        return Examination(status, asked=False)
    try:
        findings = tuple(await instance.call("check", instance.plugin.check, seconds))
    except PluginError as error:
        findings = (Finding(Level.FAILURE, str(error)),)
    return Examination(instance.status(), asked=True, findings=findings)
