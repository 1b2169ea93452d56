"""Backups as actions: one name each, the same for YAML, command line and MQTT."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel

from audiobook_daemon.actions import Actions, parameters_of
from audiobook_daemon.backup.settings import BackupSettings
from audiobook_daemon.store import Database


class Backups:
    """Backs up what the daemon remembers; `settings` is replaced when the configuration is read again."""

    names: ClassVar[tuple[str, ...]] = ()
    """The methods that are actions."""

    def __init__(self, database: Database, settings: BackupSettings) -> None:
        self._database = database
        self.settings = settings

    def register(self, actions: Actions) -> None:
        """Add the actions to the table."""
        for name in self.names:
            actions.add(name, getattr(self, name))


def declared() -> dict[str, type[BaseModel]]:
    """The argument models of all actions, known before there is a database to run them on."""
    return {name: parameters_of(name, getattr(Backups, name)) for name in Backups.names}
