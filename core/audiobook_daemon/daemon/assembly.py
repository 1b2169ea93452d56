"""Puts the daemon together, keeps its long-lived tasks alive, and takes it apart in reverse order."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Self

from audiobook_daemon.actions import Actions
from audiobook_daemon.announcing import Announcer
from audiobook_daemon.backup import Backups
from audiobook_daemon.config import Configuration, difference, held_back
from audiobook_daemon.control import ControlServer, control_place
from audiobook_daemon.daemon.adjusting import Adjusting
from audiobook_daemon.daemon.claim import claimed
from audiobook_daemon.daemon.command_line_doors import CommandLineDoors
from audiobook_daemon.daemon.counting import write_down
from audiobook_daemon.daemon.doctor import Doctor
from audiobook_daemon.daemon.doors import DaemonDoors
from audiobook_daemon.daemon.early_sync import EarlySync
from audiobook_daemon.daemon.free_space import FreeSpace
from audiobook_daemon.daemon.outside import Outside
from audiobook_daemon.daemon.overlay import Overlay
from audiobook_daemon.daemon.pausing import Pausing
from audiobook_daemon.daemon.plugins import find_plugins, read_configuration
from audiobook_daemon.daemon.reloading import told
from audiobook_daemon.daemon.settings import backup_of, instances_of, jobs_of, pipeline_of, upkeep_of
from audiobook_daemon.daemon.standing_by import as_it_is_now, opened
from audiobook_daemon.errors import ConfigurationError
from audiobook_daemon.events import Bus, SettingsChanged
from audiobook_daemon.host import Host, PluginTypes
from audiobook_daemon.http import PoliteSession, Transport
from audiobook_daemon.pipeline import Pipeline, World, announce_disks
from audiobook_daemon.plugin import declared_actions
from audiobook_daemon.scheduler import Runner, Scheduler
from audiobook_daemon.service import RecentLines, Redaction
from audiobook_daemon.store import Database, Succession, utc_now
from audiobook_daemon.upkeep import House, Upkeep, mirror_follows

_log = logging.getLogger(__name__)
_LONGEST_PAUSE = 60.0


class Daemon:
    """Everything that runs, joined; made by `assembled`."""

    def __init__(
        self,
        path: Path,
        environ: Mapping[str, str],
        types: PluginTypes,
        configuration: Configuration,
        overlay: Overlay,
        database: Database,
        now: Callable[[], datetime],
        redaction: Redaction,
        set_level: Callable[[str], None],
    ) -> None:
        self.path = path
        self.configuration = configuration
        """What holds: the file, and over it what somebody has set."""
        self.overlay = overlay
        self.database = database
        self.started = now()
        self.bus = Bus()
        self.transport = Transport()
        self.host = Host(
            types,
            self.transport,
            database.memory,
            self.bus,
            now,
            database.confirm,
            lambda: self.configuration.timezone,
        )
        self.world = World(self.host, database, self.bus, now, pipeline_of(configuration))
        self.actions = Actions()
        self.house = House(self.world, upkeep_of(configuration), http=PoliteSession(self.transport, "updates"))
        self.free_space = FreeSpace(self.world)
        Pipeline(self.world).register(self.actions)
        self.upkeep = Upkeep(self.house)
        self.world.edited = self.upkeep.edited
        self.upkeep.register(self.actions)
        self.backups = Backups(database, backup_of(path, configuration))
        self.backups.register(self.actions)
        self.actions.add("doctor", Doctor(self).doctor)
        self.runner = Runner(self.actions, database.runs, self.bus, now)
        self.scheduler = Scheduler(self.runner, database.runs, database.jobs, self.bus, now)
        self.adjusting = Adjusting(self)
        self.adjusting.register(self.actions)
        Pausing(self.scheduler).register(self.actions)
        self.doors = DaemonDoors(self)
        self.outside = Outside(self, self._kept_alive)
        self._types = types
        self._environ = environ
        self.redaction = redaction
        self.recent_lines = RecentLines(redaction)
        """What was logged last; it hears nothing unless somebody may ask for it."""
        self._set_level = set_level
        self.changing = asyncio.Lock()
        """Held while what holds is changed, by a person or by a new file."""
        self._own_actions = frozenset(action.name for action in self.actions)

    @classmethod
    @asynccontextmanager
    async def assembled(
        cls,
        path: Path,
        environ: Mapping[str, str] | None = None,
        *,
        now: Callable[[], datetime] = utc_now,
        redaction: Redaction | None = None,
        configured: Callable[[Configuration], None] = lambda _: None,
        set_level: Callable[[str], None] = lambda _: None,
        succession: Succession | None = None,
    ) -> AsyncGenerator[Self, None]:
        """Read the configuration, open the database and start the instances; nothing runs by itself yet.

        `configured` is called as soon as the configuration is known, before anything is logged, and `set_level` when
        more or less is to be logged than it said. With a `succession` the daemon stands by if the configuration says
        so, as long as another one has the database. Raises ConfigurationError or DatabaseError before anything is
        started, also when another daemon has them.
        """
        surroundings = os.environ if environ is None else environ
        types = find_plugins(path, surroundings)
        configuration = read_configuration(path, types, surroundings)
        redaction = redaction or Redaction()
        _keep_secret(redaction, configuration)
        configured(configuration)
        level = configuration.log.level
        async with AsyncExitStack() as stack:
            stack.enter_context(claimed(path))
            turn = replace(succession or Succession(), stand_by=succession is not None and configuration.standby)
            database, waited = await stack.enter_async_context(opened(path, configuration, now, turn))
            if waited:
                configuration = as_it_is_now(path, types, surroundings, configuration)
                _keep_secret(redaction, configuration)
            for run in await database.runs.interrupted(now()):
                _log.warning("%s was interrupted when the daemon last ended.", run.name)
            overlay = Overlay(database, types, configuration)
            configuration = await overlay.load()
            if configuration.log.level != level:
                set_level(configuration.log.level)
            daemon = cls(path, surroundings, types, configuration, overlay, database, now, redaction, set_level)
            if configuration.web:
                stack.enter_context(daemon.recent_lines.listening())
            stack.push_async_callback(daemon.transport.close)
            stack.push_async_callback(daemon.host.stop)
            stack.push_async_callback(daemon.free_space.stop)
            stack.push_async_callback(daemon.upkeep.stop)
            stack.enter_context(daemon.bus.listening(daemon.upkeep.hear))
            stack.push_async_callback(daemon.runner.stop)
            await mirror_follows(daemon.house)
            await daemon.house.load()
            await daemon.host.apply(instances_of(configuration))
            daemon._offer_instance_actions()
            yield daemon

    async def serve(self, ready: Callable[[], None], stop: asyncio.Event) -> None:
        """Run jobs, answer the command line and MQTT until `stop` is set; `ready` is called when all is up."""
        await self.plan()
        async with AsyncExitStack() as stack:
            control = ControlServer(control_place(self.path, self.configuration.database_path), CommandLineDoors(self))
            await stack.enter_async_context(control.serving())
            group = await stack.enter_async_context(asyncio.TaskGroup())
            tasks = [
                group.create_task(self._kept_alive("the scheduler", self.scheduler.keep_time)),
                group.create_task(self._kept_alive("the heartbeat", self.host.heartbeat)),
            ]
            early = EarlySync(self.runner, self.host, self._heeds_hints)
            stack.enter_context(self.bus.listening(early.hear))
            tasks.append(group.create_task(self._kept_alive("early syncs", early.run)))
            announcer = Announcer(self.host)
            stack.enter_context(self.bus.listening(announcer.hear))
            tasks.append(group.create_task(self._kept_alive("the notifiers", announcer.run)))
            tasks.append(group.create_task(announce_disks(self.world)))
            tasks.append(group.create_task(write_down(self.transport.tally, self.database)))
            await self.outside.begin(group)
            ready()
            await stop.wait()
            await self.runner.stop()
            self.outside.end()
            for task in tasks:
                task.cancel()

    async def plan(self) -> None:
        """Give the scheduler the jobs of the configuration; `serve` does so itself."""
        await self.scheduler.apply(jobs_of(self.configuration), self.configuration.timezone)

    async def reload(self) -> str:
        """Read the configuration again: a bad one changes nothing, a good one changes only what differs.

        What holds after a restart only is named each time, and stays as it was until then. Raises ConfigurationError;
        returns a sentence about what has changed.
        """
        async with self.changing:
            new = await self.read_file()
            _keep_secret(self.redaction, new)
            waiting = difference(self.overlay.file, new).restart
            laid = self.overlay.over(held_back(self.overlay.file, new))
            changes = replace(difference(self.configuration, laid.configuration), restart=waiting)
            async with self.outside.changing(laid.configuration):
                if changes:
                    await self.host.apply(instances_of(laid.configuration))
                await self.overlay.settle(laid)
                if not changes and not laid.drop:
                    return "Nothing has changed."
                self.take_over(laid.configuration)
            await mirror_follows(self.house)
            self._offer_instance_actions()
            await self.plan()
            return told(changes) or "Nothing has changed."

    async def read_file(self) -> Configuration:
        """Read the configuration file and do nothing about it; raises ConfigurationError."""
        return await asyncio.to_thread(read_configuration, self.path, self._types, self._environ)

    def take_over(self, configuration: Configuration) -> None:
        """Let another configuration hold for everything but instances and jobs; never waits."""
        before, self.configuration = self.configuration, configuration
        self.world.settings = pipeline_of(configuration)
        self.house.settings = upkeep_of(configuration)
        self.backups.settings = backup_of(self.path, configuration)
        if configuration.log.level != before.log.level:
            self._set_level(configuration.log.level)
        self.bus.publish(SettingsChanged(at=self.world.now()))

    async def reload_or_complain(self) -> None:
        """Reload for a signal: nobody waits for the answer, so it goes to the log."""
        try:
            _log.info("Configuration read again. %s", await self.reload())
        except ConfigurationError as error:
            _log.error("The configuration was not taken over; the daemon goes on with the old one.\n%s", error)

    def _heeds_hints(self) -> bool:
        return self.configuration.sync.hints and not self.scheduler.paused

    def _offer_instance_actions(self) -> None:
        for action in self.actions:
            if action.name not in self._own_actions:
                self.actions.remove(action.name)
        for name, instance in self.host.instances.items():
            for method, function in declared_actions(instance.plugin):
                self.actions.add(f"{name}.{method}", function)

    async def _kept_alive(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        pause = 1.0
        while True:
            try:
                await work()
            except Exception:  # noqa: BLE001 - nothing may end the daemon but the end of the daemon
                _log.exception("A mistake in the program ended %s; it is started again.", name)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


def _keep_secret(redaction: Redaction, configuration: Configuration) -> None:
    for secret in configuration.secrets:
        redaction.add(secret)
