"""What the command line, MQTT and HTTP may ask of the daemon."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from audiobook_daemon.actions import Mistake, from_afar
from audiobook_daemon.config import InvalidConfiguration
from audiobook_daemon.daemon.doctor import CHECK_TIMEOUT
from audiobook_daemon.daemon.key_doors import OwnKeyDoors
from audiobook_daemon.daemon.refusals import digest, refused_in_words
from audiobook_daemon.daemon.setting_doors import SHORT, SettingDoors
from audiobook_daemon.doors import BookWish, Conflict, Misconfigured, NotFound, Repeated
from audiobook_daemon.errors import AudiobookDaemonError, ConfigurationError
from audiobook_daemon.models import Health, InstanceStatus, Outcome, Run, RunOutcome, Want
from audiobook_daemon.scheduler import Step
from audiobook_daemon.upkeep.owning import Owning
from audiobook_daemon.upkeep.stating import Stating

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon


_OF_WANTS = {"want", "accept", "reject", "give_up", "drop", "revive", "search_again", "add_torrent", "adopt_torrent"}
_OF_DOWNLOADS = {"retry_download", "fail_download", "complete_download", "cancel_download", "block", "unblock"}
_OF_STANDINGS = {"follow", "unfollow", "ignore_gap", "want_gap", "accept_merge", "refuse_merge", *Stating.names}
_OF_BOOKS = {*Owning.names, "set_field", "lock", "unlock", "correct", "keep_copy", "ignore_duplicate"}
_AT_ONCE = SHORT | _OF_WANTS | _OF_DOWNLOADS | _OF_STANDINGS | _OF_BOOKS
"""Short commands: several people may give them at the same time."""
_Running = tuple[str, asyncio.Task[tuple[Run, Outcome | None]]]


class DaemonDoors(SettingDoors, OwnKeyDoors):
    """The commands of every door; what moves books is an action of the one table, and a run of the history."""

    def __init__(self, daemon: Daemon, trigger: str = "mqtt") -> None:
        self._daemon = daemon
        self._trigger = trigger

    async def do(self, action: str, arguments: Mapping[str, object], trigger: str) -> tuple[Run, Outcome | None]:
        """Run an action by name and wait for its end."""
        return await self._begin(action, arguments, trigger)[1]

    async def do_job(self, job: str, trigger: str) -> tuple[Run, Outcome | None]:
        """Run a job by name and wait for its end."""
        return await self._daemon.scheduler.run_and_wait(job, trigger)

    async def run_job(self, name: str, trigger: str, *, key: str | None = None) -> str:
        """Start a job and return the run's id; raises NotFound, Conflict or Repeated."""
        scheduler = self._daemon.scheduler
        with refused_in_words():
            if key is None:
                return scheduler.run_now(name, trigger)
            return await scheduler.run_once(key, digest("job", name), name, trigger)

    async def run_action(
        self, name: str, arguments: Mapping[str, object], trigger: str, *, key: str | None = None
    ) -> str:
        """Start an action and return the run's id; raises NotFound, Conflict, Repeated or BadArguments."""
        with refused_in_words(), from_afar():
            return (await self._begin_once(name, arguments, trigger, key))[0]

    async def command(self, action: str, arguments: Mapping[str, object], *, key: str | None = None) -> Outcome:
        """Run what a person commands to its end, even if nobody waits for it any longer."""
        with refused_in_words(), from_afar():
            _, task = await self._begin_once(action, arguments, self._trigger, key)
        run, outcome = await asyncio.shield(task)
        if outcome is None or run.outcome in {RunOutcome.FAILED, RunOutcome.CANCELLED}:
            raise Conflict(run.error or f"{action} failed.")
        return outcome

    async def show_run(self, run_id: str) -> Run:
        """Tell how a run stands, or how it ended."""
        if run := self._daemon.runner.under_way(run_id) or await self._daemon.database.runs.get(run_id):
            return run
        raise NotFound(f"There is no run {run_id!r}.", hint="Runs are forgotten after the time set in `retention`.")

    async def cancel_run(self, run_id: str) -> Run:
        """Call a run off; raises NotFound or Conflict."""
        if run := self._daemon.runner.cancel(run_id):
            return run
        raise Conflict(f"The run {run_id} has ended: {(await self.show_run(run_id)).outcome}.")

    async def cancel_job(self, name: str) -> Run:
        """Call the run of a job off; raises NotFound or Conflict."""
        with refused_in_words():
            run = self._daemon.scheduler.cancel(name)
        if run is None:
            raise Conflict(f"{name} is not running.")
        return run

    async def approve(self, want_id: int, candidate: int | None = None, *, key: str | None = None) -> Want:
        """Accept the release a want shows for review, or one of its candidates by number."""
        return await self._person("accept", want_id, key, candidate=candidate)

    async def reject(self, want_id: int, candidate: int | None = None, *, key: str | None = None) -> Want:
        """Refuse the release a want shows for review, or one of its candidates by number."""
        return await self._person("reject", want_id, key, candidate=candidate)

    async def give_up_want(self, want_id: int, *, key: str | None = None) -> Want:
        """Look for a book no longer."""
        return await self._person("give_up", want_id, key)

    async def drop_want(self, want_id: int, *, key: str | None = None) -> Want:
        """Want a book no longer."""
        return await self._person("drop", want_id, key)

    async def revive_want(self, want_id: int, *, key: str | None = None) -> Want:
        """Want a closed book again."""
        return await self._person("revive", want_id, key)

    async def search_want(self, want_id: int, *, key: str | None = None) -> Want:
        """Search for a book soon."""
        return await self._person("search_again", want_id, key)

    async def show_want(self, want_id: int) -> Want:
        """Return a want; raises NotFound."""
        if want := await self._daemon.database.wants.get(want_id):
            return want
        raise NotFound(f"There is no want {want_id}.")

    async def request_book(self, wish: BookWish, *, key: str | None = None) -> Want:
        """Want a book; returns the want, new or known."""
        asked = {"title": ""} | {name: value for name, value in asdict(wish).items() if value is not None}
        data = (await self.command("want", asked, key=key)).data
        if not isinstance(data, dict):
            raise Conflict("The book could not be wanted.")
        return await self.show_want(int(data["id"]))

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
        """Read the configuration again; raises Misconfigured, which names every mistake and its place.

        It comes to its end even if nobody waits for it any longer: half a configuration is none.
        """
        try:
            return await asyncio.shield(asyncio.create_task(self._daemon.reload()))
        except InvalidConfiguration as error:
            raise Misconfigured(
                "The configuration has mistakes and was not taken over.",
                mistakes=[Mistake(one.path, str(one)) for one in error.mistakes],
            ) from error
        except ConfigurationError as error:
            raise Misconfigured(f"The configuration was not taken over. {error}") from error

    def _begin(self, action: str, arguments: Mapping[str, object], trigger: str) -> _Running:
        steps = [Step(action, arguments)]
        return self._daemon.runner.begin(action, steps, trigger, alone=action not in _AT_ONCE)

    async def _begin_once(
        self, action: str, arguments: Mapping[str, object], trigger: str, key: str | None
    ) -> _Running:
        if key is None:
            return self._begin(action, arguments, trigger)
        asked, steps = digest(action, arguments), [Step(action, arguments)]
        runner = self._daemon.runner
        return await runner.begin_once(key, asked, action, steps, trigger, alone=action not in _AT_ONCE)

    async def _person(self, action: str, want_id: int, key: str | None, **more: object) -> Want:
        want = await self.show_want(want_id)
        try:
            await self.command(action, {"want": want_id, **more}, key=key)
        except Repeated as error:
            raise Repeated(error.run, want) from error
        return await self.show_want(want_id)
