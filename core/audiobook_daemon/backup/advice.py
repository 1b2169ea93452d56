"""What to do when the database is damaged, said by those who know where the backups are."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from audiobook_daemon.backup.rotation import Found, found_in
from audiobook_daemon.backup.settings import BackupSettings
from audiobook_daemon.errors import DamagedDatabase
from audiobook_daemon.models import Finding, Level

_OLD = timedelta(days=8)


@contextmanager
def advised(settings: BackupSettings) -> Iterator[None]:
    """Let a damaged database be told of together with the newest backup and the command that restores it."""
    try:
        yield
    except DamagedDatabase as error:
        raise DamagedDatabase(f"{error} {_advice(settings)}") from error


def _advice(settings: BackupSettings) -> str:
    config = shlex.quote(str(settings.configuration))
    command = f"audiobook-daemon -c {config} restore --set-aside"
    newest = next(iter(found_in(settings.folder)), None)
    if newest is None:
        return (
            f"There is no backup in {settings.folder}. If you have one elsewhere, run: {command} FILE. "
            "With an empty database the daemon would not know what is on its way and what has to go on seeding."
        )
    return (
        f"The newest backup is of {_when(newest)}. To restore it, and keep the damaged file beside, run: "
        f"{command} {shlex.quote(str(newest.path))}"
    )


def examined(settings: BackupSettings, now: datetime) -> Finding:
    """Say for the doctor how old the newest backup is."""
    newest = next(iter(found_in(settings.folder)), None)
    remedy = 'Add a job: backup: {at: "30 4 * * *", do: [backup]}'
    if newest is None:
        return Finding(Level.OK, f"There is no backup in {settings.folder} yet.", remedy)
    if now - newest.manifest.made > _OLD:
        return Finding(Level.WARNING, f"The newest backup is of {_when(newest)}.", remedy)
    return Finding(Level.OK, f"The newest backup is of {_when(newest)}: {newest.path}")


def _when(found: Found) -> str:
    return found.manifest.made.astimezone().strftime("%Y-%m-%d %H:%M")
