"""The doctor: really talks to every configured service and says what is wrong and how to mend it."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from audiobook_daemon.actions import report_progress
from audiobook_daemon.backup import examined as backups_examined
from audiobook_daemon.errors import AuthFailed, PluginError
from audiobook_daemon.models import Finding, Health, Level, Outcome
from audiobook_daemon.pipeline import examine_disks
from audiobook_daemon.pipeline.returning.emptying import strangers_in_trash
from audiobook_daemon.plugin import DownloadClient, ImportList, Indexer, Library
from audiobook_daemon.upkeep.versions import installed_here
from audiobook_daemon.version import __version__

if TYPE_CHECKING:
    from audiobook_daemon.daemon.assembly import Daemon
    from audiobook_daemon.host import Instance

CHECK_TIMEOUT = 60.0
_LITTLE_SPACE = 100 * 1000**2
_ROLES = (
    (ImportList, "Nothing says which books to want; add top10 under `plugins:`."),
    (Indexer, "Nothing offers releases; add mam or prowlarr under `plugins:`."),
    (DownloadClient, "Nothing downloads; add qbittorrent under `plugins:`."),
    (Library, "Nothing shelves; add audiobookshelf under `plugins:`."),
)
_SERVICE_AWAY = "See that its service runs, and that its address in the configuration is right."
_FOR_A_PERSON = "Mend that, then run: audiobook-daemon reload; if the file has not changed, audiobook-daemon retry {}"
_NOT_SEEDED = "Let the download client seed them again."

Examined = dict[str, list[Finding]]


class Doctor:
    """Examines a daemon, running or just put together; changes nothing."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    async def doctor(self) -> Outcome:
        """Talk to every configured service and say what is wrong and how to mend it."""
        names = list(self._daemon.host.instances)
        examined: Examined = {
            "configuration": self._configuration(),
            "database": [*self._database(), await asyncio.to_thread(self._backups)],
        }
        if newer := await asyncio.to_thread(self._newer):
            examined["version"] = [newer]
        for place, name in enumerate(names):
            report_progress(place, len(names), f"examine {name}")
            examined[name] = await self._instance(name)
        if others := await self._trash():
            examined["trash"] = others
        for name, found in (await examine_disks(self._daemon.world)).items():
            examined.setdefault(name, []).extend(found)
        if mqtt := self._daemon.configuration.mqtt:
            report_progress(len(names), len(names), "examine MQTT")
            from audiobook_daemon.daemon.broker import examined as broker_examined  # noqa: PLC0415

            examined["mqtt"] = [*await broker_examined(self._daemon, mqtt)]
        findings = [finding for found in examined.values() for finding in found]
        wrong = sum(finding.level is Level.FAILURE for finding in findings)
        warned = sum(finding.level is Level.WARNING for finding in findings)
        summary = "All is well." if not wrong + warned else f"{wrong} to mend, {warned} to look at."
        data = [
            {"what": what, "level": finding.level.value, "text": finding.text, "remedy": finding.remedy}
            for what, found in examined.items()
            for finding in found
        ]
        return Outcome(f"doctor: {summary}", len(findings), len(findings) - wrong, wrong, data)

    def _configuration(self) -> list[Finding]:
        configuration = self._daemon.configuration
        found = [Finding(Level.OK, f"{self._daemon.path} is valid.")]
        found += [Finding(Level.WARNING, str(warning)) for warning in configuration.warnings]
        for role, remedy in _ROLES:
            if not self._daemon.host.playing(role):
                found.append(Finding(Level.WARNING, f"No instance plays {role.__name__}.", remedy))
        found += self._set_by_people()
        lists = [item for item in configuration.instances if item.enabled and not item.auto_grab]
        waiting = [item.name for item in lists if item.name in self._daemon.host.playing(ImportList)]
        if waiting:
            names = ", ".join(waiting)
            text = f"auto_grab is off for {names}: what they wish waits for you in review."
            found.append(Finding(Level.OK, text, "Set `auto_grab: yes` there to let the daemon grab by itself."))
        return found

    def _set_by_people(self) -> list[Finding]:
        """What differs from the file because somebody wanted it so."""
        found = [
            Finding(Level.OK, one.told(), f"audiobook-daemon unset {one.name} lets the file count again.")
            for one in self._daemon.overlay.differences()
        ]
        scheduler = self._daemon.scheduler
        if scheduler.paused:
            end = scheduler.paused_until
            lasting = f" until {end.astimezone(scheduler.zone):%Y-%m-%d %H:%M}" if end else ""
            text = f"The whole schedule is paused{lasting}: no job runs by itself."
            found.append(Finding(Level.WARNING, text, "audiobook-daemon resume lets it go on."))
        return found

    def _database(self) -> list[Finding]:
        path = self._daemon.configuration.database_path
        if path is None:
            return [Finding(Level.OK, "The database answers.")]
        try:
            free = shutil.disk_usage(path.parent).free
        except OSError as error:
            return [Finding(Level.FAILURE, f"{path.parent} cannot be read: {error.strerror}.", "See that it is there.")]
        if free < _LITTLE_SPACE:
            return [Finding(Level.WARNING, f"{path.parent} has {free // 1000**2} MB left.", "Free some space there.")]
        return [Finding(Level.OK, f"{path} answers.")]

    def _backups(self) -> Finding:
        return backups_examined(self._daemon.backups.settings, self._daemon.world.now())

    def _newer(self) -> Finding | None:
        """A version newer than the one that runs: on the disk, or told of by the feed when it was last asked."""
        if there := installed_here(__version__):
            text = f"Version {there.version} is installed, but {__version__} still runs."
            return Finding(Level.WARNING, text, "Restart the daemon: systemctl restart audiobook-daemon")
        if found := self._daemon.house.versions.newer_than(__version__):
            remedy = f"Read on at {found.url}" if found.url else None
            return Finding(Level.OK, f"Version {found.version} is out; {__version__} runs.", remedy)
        return None

    async def _instance(self, name: str) -> list[Finding]:
        status = await self._daemon.host.retry(name)
        if status.health is not Health.READY:
            needs_person = status.health is Health.NEEDS_PERSON
            return [_failure(name, status.error or f"{name} is {status.health}.", needs_person=needs_person)]
        instance = self._daemon.host.instances[name]
        try:
            found = await instance.call("check", lambda: _checked(instance), CHECK_TIMEOUT)
        except PluginError as error:
            return [_failure(name, str(error), needs_person=isinstance(error, AuthFailed))]
        found += [Finding(Level.WARNING, text, _NOT_SEEDED) for text in self._daemon.house.ledger.neglected(name)]
        return found or [Finding(Level.OK, f"{name} is ready.")]

    async def _trash(self) -> list[Finding]:
        """What lies in the trash of a library and was not put there by the daemon."""
        remedy = "Look at it, and delete it yourself if you like; the daemon deletes only what it put there."
        others = await strangers_in_trash(self._daemon.world)
        return [Finding(Level.WARNING, f"{place} lies in the trash and is on no record.", remedy) for place in others]


async def _checked(instance: Instance) -> list[Finding]:
    return [replace(finding) for finding in await instance.plugin.check()]


def _failure(name: str, text: str, *, needs_person: bool) -> Finding:
    return Finding(Level.FAILURE, text, _FOR_A_PERSON.format(name) if needs_person else _SERVICE_AWAY)
