"""What the command line and MQTT may ask of the daemon."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from audiobook_daemon.actions import UnknownAction, from_afar
from audiobook_daemon.daemon.doctor import CHECK_TIMEOUT
from audiobook_daemon.daemon.setting_doors import SHORT, SettingDoors
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Health, InstanceStatus, Outcome, Run, RunOutcome, Want
from audiobook_daemon.mqtt import Conflict, NotFound
from audiobook_daemon.scheduler import AlreadyRunning, Step, UnknownJob

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon


_AT_ONCE = SHORT | {"want", "accept", "reject", "give_up", "drop", "revive", "search_again"}
"""Short commands: several people may give them at the same time."""
_Running = tuple[str, asyncio.Task[tuple[Run, Outcome | None]]]


class DaemonDoors(SettingDoors):
    """The commands of every door; what moves books is an action of the one table, and a run of the history."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    async def do(self, action: str, arguments: Mapping[str, object], trigger: str) -> tuple[Run, Outcome | None]:
        """Run an action by name and wait for its end."""
        return await self._begin(action, arguments, trigger)[1]

    async def do_job(self, job: str, trigger: str) -> tuple[Run, Outcome | None]:
        """Run a job by name and wait for its end."""
        return await self._daemon.scheduler.run_and_wait(job, trigger)

    async def run_job(self, name: str, trigger: str) -> str:
        """Start a job and return the run's id; raises NotFound or Conflict."""
        try:
            return self._daemon.scheduler.run_now(name, trigger)
        except UnknownJob as error:
            raise NotFound(str(error)) from error
        except AlreadyRunning as error:
            raise Conflict(str(error)) from error

    async def run_action(self, name: str, arguments: Mapping[str, object], trigger: str) -> str:
        """Start an action and return the run's id; raises NotFound, Conflict or BadArguments."""
        try:
            with from_afar():
                return self._begin(name, arguments, trigger)[0]
        except UnknownAction as error:
            raise NotFound(str(error)) from error
        except AlreadyRunning as error:
            raise Conflict(str(error)) from error

    async def approve(self, want_id: int, candidate: int | None = None) -> Want:
        """Accept the release a want shows for review, or one of its candidates by number."""
        return await self._person("accept", want_id, candidate=candidate)

    async def reject(self, want_id: int, candidate: int | None = None) -> Want:
        """Refuse the release a want shows for review, or one of its candidates by number."""
        return await self._person("reject", want_id, candidate=candidate)

    async def give_up_want(self, want_id: int) -> Want:
        """Look for a book no longer."""
        return await self._person("give_up", want_id)

    async def drop_want(self, want_id: int) -> Want:
        """Want a book no longer."""
        return await self._person("drop", want_id)

    async def revive_want(self, want_id: int) -> Want:
        """Want a closed book again."""
        return await self._person("revive", want_id)

    async def search_want(self, want_id: int) -> Want:
        """Search for a book soon."""
        return await self._person("search_again", want_id)

    async def request_book(self, title: str, author: str | None) -> int:
        """Want a book by title; returns the want's id."""
        data = (await self._command("want", {"title": title, "author": author})).data
        return int(data["id"]) if isinstance(data, dict) else 0

    async def check_instance(self, name: str) -> InstanceStatus:
        """Ask an instance whether it is well."""
        instance = self._daemon.host.instances.get(name)
        if instance is None:
            raise NotFound(f"There is no instance called {name!r}.")
        status = await self._daemon.host.retry(name)
        if status.health is Health.READY:
            await instance.call("check", instance.plugin.check, CHECK_TIMEOUT)
        return instance.status()

    async def retry(self, instance: str) -> None:
        """Forget the faults of an instance and try it again."""
        if instance not in self._daemon.host.instances:
            known = ", ".join(self._daemon.host.instances) or "none"
            raise AudiobookDaemonError(f"There is no instance called {instance!r}. Instances: {known}.")
        await self._daemon.host.retry(instance)

    async def reload(self) -> str:
        """Read the configuration again."""
        return await self._daemon.reload()

    def _begin(self, action: str, arguments: Mapping[str, object], trigger: str) -> _Running:
        steps = [Step(action, arguments)]
        return self._daemon.runner.begin(action, steps, trigger, alone=action not in _AT_ONCE)

    async def _person(self, action: str, want_id: int, **more: object) -> Want:
        wants = self._daemon.database.wants
        if await wants.get(want_id) is None:
            raise NotFound(f"There is no want {want_id}.")
        await self._command(action, {"want": want_id, **more})
        want = await wants.get(want_id)
        if want is None:
            raise NotFound(f"There is no want {want_id}.")
        return want

    async def _command(self, action: str, arguments: Mapping[str, object]) -> Outcome:
        """Run what a person commands by MQTT to its end, even if nobody waits for it any longer."""
        run, outcome = await asyncio.shield(self._begin(action, arguments, "mqtt")[1])
        if outcome is None or run.outcome is RunOutcome.FAILED:
            raise Conflict(run.error or f"{action} failed.")
        return outcome
