"""Backs up a server's database before its tables are changed; a file is copied by the store itself."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from audiobook_daemon.backup.making import make
from audiobook_daemon.backup.rotation import name_for
from audiobook_daemon.backup.settings import BackupSettings
from audiobook_daemon.store import Snapshot, read_address, utc_now

_log = logging.getLogger(__name__)


def keeping(settings: BackupSettings, database: str) -> Callable[[Snapshot], Awaitable[None]]:
    """Return what writes a backup of a database in its old form, by a name that rotation leaves alone."""

    async def keep(snapshot: Snapshot) -> None:
        now = utc_now()
        target = name_for(settings.folder, now, f"audiobook-daemon-of-{snapshot.revision}-{{}}.zip")
        await make(snapshot, read_address(database).label, target, settings, now)
        _log.info("The database was backed up to %s before it is brought up to date.", target)

    return keep
