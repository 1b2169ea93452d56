"""What the command line and MQTT may ask of the daemon."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from audiobook_daemon.actions import UnknownAction
from audiobook_daemon.errors import AudiobookDaemonError
from audiobook_daemon.models import Health, InstanceStatus, Outcome, Run, Want
from audiobook_daemon.mqtt import Conflict, NotFound
from audiobook_daemon.pipeline import NotPossible, People, UnknownWant
from audiobook_daemon.scheduler import AlreadyRunning, Step, UnknownJob

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon


class DaemonDoors:
    """The commands of every door; each does its work through the one table of actions."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon
        self._people = People(daemon.world)

    async def do(self, action: str, arguments: Mapping[str, object], trigger: str) -> tuple[Run, Outcome | None]:
        """Run an action by name and wait for its end."""
        return await self._daemon.runner.begin(action, [Step(action, arguments)], trigger)[1]

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
            return self._daemon.runner.begin(name, [Step(name, arguments)], trigger)[0]
        except UnknownAction as error:
            raise NotFound(str(error)) from error
        except AlreadyRunning as error:
            raise Conflict(str(error)) from error

    async def set_job_enabled(self, name: str, enabled: bool) -> None:
        """Pause or resume a job; raises NotFound."""
        scheduler = self._daemon.scheduler
        try:
            await (scheduler.resume if enabled else scheduler.pause)(name)
        except UnknownJob as error:
            raise NotFound(str(error)) from error

    async def approve(self, want_id: int) -> Want:
        """Accept the release a want shows for review."""
        return await self._person(self._people.accept, want_id)

    async def reject(self, want_id: int) -> Want:
        """Refuse the release a want shows for review."""
        return await self._person(self._people.reject, want_id)

    async def drop_want(self, want_id: int) -> Want:
        """Want a book no longer."""
        return await self._person(self._people.drop, want_id)

    async def revive_want(self, want_id: int) -> Want:
        """Want a closed book again."""
        return await self._person(self._people.revive, want_id)

    async def search_want(self, want_id: int) -> Want:
        """Search for a book soon."""
        return await self._person(self._people.search_again, want_id)

    async def request_book(self, title: str, author: str | None) -> int:
        """Want a book by title; returns the want's id."""
        outcome = await self._people.want(title, author)
        data = outcome.data
        return int(data["id"]) if isinstance(data, dict) else 0

    async def check_instance(self, name: str) -> InstanceStatus:
        """Ask an instance whether it is well."""
        instance = self._daemon.host.instances.get(name)
        if instance is None:
            raise NotFound(f"There is no instance called {name!r}.")
        status = await self._daemon.host.retry(name)
        if status.health is Health.READY:
            await instance.plugin.check()
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

    async def _person(self, command: Callable[[int], Awaitable[Outcome]], want_id: int) -> Want:
        try:
            await command(want_id)
        except UnknownWant as error:
            raise NotFound(str(error)) from error
        except NotPossible as error:
            raise Conflict(str(error)) from error
        want = await self._daemon.database.wants.get(want_id)
        if want is None:
            raise NotFound(f"There is no want {want_id}.")
        return want
