"""Backups as actions: one name each, the same for YAML, command line and MQTT."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from audiobook_daemon.actions import Actions, parameters_of
from audiobook_daemon.actions.kinds import Name
from audiobook_daemon.backup.exporting import export
from audiobook_daemon.backup.making import make
from audiobook_daemon.backup.manifest import Manifest
from audiobook_daemon.backup.rotation import name_for, rotate, rotate_exports
from audiobook_daemon.backup.settings import BackupSettings
from audiobook_daemon.backup.writing import flush, new_file
from audiobook_daemon.models import Outcome
from audiobook_daemon.store import Database, utc_now

Tables = Annotated[Sequence[Name], Field(max_length=100)]


class Backups:
    """Backs up what the daemon remembers; `settings` is replaced when the configuration is read again."""

    names: ClassVar[tuple[str, ...]] = ("backup", "export")
    """The methods that are actions."""

    def __init__(self, database: Database, settings: BackupSettings) -> None:
        self._database = database
        self.settings = settings
        self._turn = asyncio.Lock()

    def register(self, actions: Actions) -> None:
        """Add the actions to the table."""
        for name in self.names:
            actions.add(name, getattr(self, name))

    async def backup(self) -> Outcome:
        """Back up everything that is remembered, and the configuration, into the folder of backups; the oldest go."""
        # Two at once would take the same name, or each other for old.
        async with self._turn:
            target = name_for(self.settings.folder, utc_now())
            manifest = await self.write(target)
            gone = await asyncio.to_thread(rotate, target, self._database.label, self.settings.keep)
        rows = sum(part.rows or 0 for part in manifest.parts)
        size = (await asyncio.to_thread(target.stat)).st_size
        old = f" {len(gone)} older {'was' if len(gone) == 1 else 'were'} deleted." if gone else ""
        secrets = "secrets encrypted" if manifest.seal else "without secrets"
        summary = f"backup: {target} ({rows} rows, {secrets}).{old}"
        data = {"file": str(target), "size": size, "rows": rows, "encrypted": manifest.seal is not None}
        return Outcome(summary, rows, rows, 0, data | {"deleted": [str(path) for path in gone]})

    async def export(self, tables: Tables = ()) -> Outcome:
        """Write tables (all if none is named) as JSON lines, without secrets, into a new file beside the backups."""
        form = "audiobook-daemon-export-{}.jsonl"
        async with self._turn:
            now = utc_now()
            target = name_for(self.settings.folder, now, form)
            with new_file(target) as file:
                async with self._database.snapshot() as snapshot:
                    rows = await export(snapshot, file.write, tables, now)
                await asyncio.to_thread(flush, file)  # a slow disk must not hold up everything else
            await asyncio.to_thread(rotate_exports, target, self.settings.keep)
        return Outcome(f"export: {target} ({rows} rows).", rows, rows, 0, {"file": str(target), "rows": rows})

    async def write(self, target: Path) -> Manifest:
        """Write a backup to a new file of any name; raises BackupError."""
        async with self._database.snapshot() as snapshot:
            return await make(snapshot, self._database.label, target, self.settings, utc_now())


def declared() -> dict[str, type[BaseModel]]:
    """The argument models of all actions, known before there is a database to run them on."""
    return {name: parameters_of(name, getattr(Backups, name)) for name in Backups.names}
